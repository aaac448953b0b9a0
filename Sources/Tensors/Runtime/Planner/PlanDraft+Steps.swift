/// Lowering to steps: a kernel for each group, copies, and a step for each value that needs one of its own.
extension PlanDraft {
  /// - Parameter tiles: When convolutions are done in the Winograd domain.
  mutating func makeSteps(tiles: ConvolutionTiling.Use) throws {
    for members in groups {
      if let kernel = try kernel(members) { steps.append(.fused(kernel)) }
    }
    var filters: [WinogradFilter.Identity: Int] = [:]
    for index in graph.values.indices {
      if lowering.needsCopy(index) {
        let view = lowering.views[index]
        steps.append(
          .copy(
            try CopyWork(
              view, shape: graph.values[index].shape, source: memory(view), target: PlanBuffers.buffer(of: index))))
      }
      if lowering.kinds[index] == .standalone { steps.append(try standaloneStep(index, tiles, &filters)) }
    }
  }

  /// The buffer and offset behind a view.
  private func memory(_ view: View) -> BufferPlace {
    lowering.kinds[view.base] == .fill
      ? BufferPlace(buffer: PlanBuffers.constants, offset: buffers.constant(view.base))
      : BufferPlace(buffer: PlanBuffers.buffer(of: view.base), offset: view.offset)
  }

  private mutating func standaloneStep(
    _ index: Int, _ tiles: ConvolutionTiling.Use, _ filters: inout [WinogradFilter.Identity: Int]
  ) throws -> PlannedStep {
    let value = graph.values[index]
    let target = PlanBuffers.buffer(of: index)
    guard !value.terms.isEmpty else {
      return try standaloneStep(value, target: target, accumulates: false, tiles, &filters)
    }
    var parts: [PlannedStep] = []
    for term in value.terms {
      parts.append(
        try standaloneStep(graph.values[term], target: target, accumulates: !parts.isEmpty, tiles, &filters))
    }
    // Weight gradients by one filter are one step.
    if let joined = WinogradWeightGradient(joining: parts) { parts = [.winogradGradient(joined)] }
    return .sum(SequentialSum(parts: parts, target: target))
  }

  private mutating func standaloneStep(
    _ value: PlanGraph.Value, target: Int, accumulates: Bool, _ tiles: ConvolutionTiling.Use,
    _ filters: inout [WinogradFilter.Identity: Int]
  ) throws -> PlannedStep {
    let views = value.inputs.map { lowering.memory(of: $0) }
    let places = zip(value.inputs, views).map {
      lowering.needsCopy($0) ? BufferPlace(buffer: PlanBuffers.buffer(of: $0)) : memory($1)
    }
    switch value.operation {
    case .pad(let before, _, let interior):
      return .assembly(try padding(views[0], places[0], before, interior, value.shape, target))
    case .concat(let axis): return .assembly(try concatenation(views, places, axis, value.shape, target))
    case .gather, .scatterAdd:
      let scatters = value.operation == .scatterAdd
      let table = scatters ? value.shape : graph.values[value.inputs[0]].shape
      return .rowMovement(
        RowMovement(
          scatters: scatters, values: places[0], indices: places[1], target: target, tableRows: table[0],
          count: graph.values[value.inputs[1]].shape.count, width: table.dimensions.dropFirst().reduce(1, &*)))
    case .matmul(let transposeLeft, let transposeRight):
      return .product(try product(value, views, transposeLeft, transposeRight, target, accumulates))
    case .convolution(let geometry):
      return convolution(
        Convolution(
          direction: .forward, geometry: geometry, images: value.shape[0], channels: views[0].sizes[3], outputs: value.shape[3],
          x: places[0], filter: places[1], y: BufferPlace(buffer: target), accumulates: accumulates), tiles, &filters)
    case .convolutionByInput(let geometry):
      return convolution(
        Convolution(
          direction: .inputGradient, geometry: geometry, images: value.shape[0], channels: value.shape[3],
          outputs: views[0].sizes[3], x: BufferPlace(buffer: target), filter: places[1], y: places[0], accumulates: accumulates),
        tiles, &filters)
    case .convolutionByFilter(let geometry):
      return convolution(
        Convolution(
          direction: .weightGradient, geometry: geometry, images: views[0].sizes[0], channels: value.shape[2],
          outputs: value.shape[3], x: places[0], filter: BufferPlace(buffer: target), y: places[1], accumulates: accumulates),
        tiles, &filters)
    case .data, .fill, .random, .unary, .binary, .select, .reduce, .reshape, .transpose, .broadcast, .slice, .precise:
      throw Self.cannotPlan(value)
    }
  }

  /// What no lowering leads to: said, rather than computed wrongly.
  private static func cannotPlan(_ value: PlanGraph.Value) -> TensorError {
    TensorError(
      title: "there is no kernel for this work", operands: [("x", "\(value.operation), \(value.shape)")],
      advice: "Please report it, with the expression.")
  }

  // MARK: Movement

  private func padding(
    _ view: View, _ place: BufferPlace, _ before: [Int], _ interior: [Int], _ shape: Shape, _ target: Int
  ) throws -> AssemblyWork {
    let strides = shape.strides
    guard view.count > 0 else { return AssemblyWork(parts: [], target: target, shape: shape, hasGaps: true) }
    let part = AssemblyWork.Part(
      source: place, targetOffset: zip(before, strides).reduce(0) { $0 &+ $1.0 &* $1.1 },
      box: try BoxCopy(
        sizes: view.sizes, targetStrides: zip(strides, interior).map { $0 &* ($1 &+ 1) }, sourceStrides: view.strides))
    return AssemblyWork(parts: [part], target: target, shape: shape, hasGaps: true)
  }

  private func concatenation(
    _ views: [View], _ places: [BufferPlace], _ axis: Int, _ shape: Shape, _ target: Int
  ) throws -> AssemblyWork {
    let strides = shape.strides
    var start = 0
    var parts: [AssemblyWork.Part] = []
    for (view, place) in zip(views, places) {
      if view.count > 0 {
        parts.append(
          AssemblyWork.Part(
            source: place, targetOffset: start &* strides[axis],
            box: try BoxCopy(sizes: view.sizes, targetStrides: strides, sourceStrides: view.strides)))
      }
      start = start &+ view.sizes[axis]
    }
    return AssemblyWork(parts: parts, target: target, shape: shape, hasGaps: false)
  }

  // MARK: Contractions

  private mutating func product(
    _ value: PlanGraph.Value, _ views: [View], _ transposeLeft: Bool, _ transposeRight: Bool, _ target: Int,
    _ accumulates: Bool
  ) throws -> Product {
    func turned(_ view: View, _ turns: Bool) -> View {
      let rank = view.sizes.count
      return turns ? view.transposed(by: Array(0..<(rank - 2)) + [rank - 1, rank - 2]) : view
    }
    let (left, right) = (turned(views[0], transposeLeft), turned(views[1], transposeRight))
    let rank = value.shape.rank
    guard let leftOperand = ProductOperand(left), let rightOperand = ProductOperand(right) else {
      throw Self.cannotPlan(value)
    }
    return Product(
      left: (leftOperand, PlanBuffers.buffer(of: left.base)), right: (rightOperand, PlanBuffers.buffer(of: right.base)),
      target: target, batch: value.shape.dimensions.dropLast(2).reduce(1, &*), m: value.shape[rank - 2],
      n: value.shape[rank - 1], k: left.sizes[rank - 1], accumulates: accumulates, buffers: &buffers)
  }

  /// In the Winograd domain where that is less work, by im2col elsewhere. A filter is transformed once for all that use it.
  private mutating func convolution(
    _ convolution: Convolution, _ tiles: ConvolutionTiling.Use, _ filters: inout [WinogradFilter.Identity: Int]
  ) -> PlannedStep {
    guard let tiling = WinogradTiling(convolution, use: tiles) else {
      return .convolution(Im2colConvolution(convolution, buffers: &buffers))
    }
    let isTransposed: Bool
    switch convolution.direction {
    case .forward: isTransposed = false
    case .inputGradient: isTransposed = true
    case .weightGradient:
      return .winogradGradient(
        WinogradWeightGradient(
          convolution, tiling, [.init(x: convolution.x, y: convolution.y)], buffers: &buffers))
    }
    let identity = WinogradFilter.Identity(
      filter: convolution.filter, geometry: convolution.geometry, isTransposed: isTransposed)
    let filter: Int
    if let known = filters[identity] {
      filter = known
    } else {
      filter = buffers.make(WinogradFilter.count(tiling, isTransposed: isTransposed))
      filters[identity] = filter
      steps.append(.winogradFilter(WinogradFilter(tiling: tiling, identity: identity, target: filter)))
    }
    return .winograd(WinogradConvolution(convolution, tiling, filter: filter))
  }
}
