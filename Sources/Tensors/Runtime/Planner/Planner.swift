import Kernels

/// Turns a graph into a plan: distinct values, groups that run as one kernel, steps in an order that keeps memory short.
struct Planner {
  struct Options: Hashable {
    /// Nodes that do the same become one value.
    var merges = true
    /// Element-wise chains and their reductions run as one kernel.
    var fuses = true
    /// Products that share a side run as one, or pack it once.
    var stacks = true
    /// Element-wise work follows each block of the matrix that it reads.
    var chains = true
    /// Work over the rows of a batch runs one kernel after another on each block of rows.
    var rows = true
    /// New numbers are written over those that they replace.
    var replaces = true
    /// When convolutions are done by tiles.
    var tiles = ConvolutionTiling.Use.whereLessWork

    /// One step for each node: what plans are tested against.
    static let none = Options(
      merges: false, fuses: false, stacks: false, chains: false, rows: false, replaces: false, tiles: .never)
  }

  private let graph: PlanGraph
  private let lowering: Lowering
  let options: Options
  var steps: [Step] = []
  /// Where filters lie at the points of their tiles.
  var filterPoints: [FilterPoints: Int] = [:]
  /// Floats of each buffer.
  private(set) var counts: [Int] = []
  /// Buffers whose numbers are there from the start.
  let leaves: Set<Int>
  private var constantPlaces: [Int] = []
  private var constantOf: [Int: Int] = [:]
  private var keyPlaces: [Int] = []
  private var keyOf: [Int: Int] = [:]
  /// Element-wise values whose numbers lie in memory.
  private var kept: Set<Int> = []

  /// - Parameter replacements: Places of leaves, and of the outputs that may be written over them.
  static func plan(
    _ nodes: [Node], outputs: [Node], replacements: [(old: Int, new: Int)] = [], options: Options
  ) throws -> Plan {
    var planner = Planner(PlanGraph(nodes, outputs: outputs, merges: options.merges), options)
    try planner.makeSteps(Grouping(planner.lowering, fuses: options.fuses))
    return try planner.finish(nodes, outputs, replacements)
  }

  private init(_ graph: PlanGraph, _ options: Options) {
    self.graph = graph
    self.options = options
    lowering = Lowering(graph)
    // Buffer 0 holds the constants; value i has buffer i + 1; parts of reductions come after.
    counts = [0] + graph.values.map(\.shape.count)
    leaves = Set(graph.values.indices.filter { graph.values[$0].isLeaf }.map { $0 + 1 })
    for (index, value) in graph.values.enumerated() {
      switch value.operation {
      case .fill:
        constantOf[index] = constantPlaces.count
        constantPlaces.append(value.place)
      case .random:
        keyOf[index] = keyPlaces.count
        keyPlaces.append(value.place)
      default: break
      }
    }
    counts[Plan.constants] = constantPlaces.count
  }

  private func buffer(_ index: Int) -> Int { index + 1 }

  /// The buffer and offset behind a view.
  private func memory(_ view: View) -> (buffer: Int, offset: Int) {
    lowering.kinds[view.base] == .fill
      ? (Plan.constants, constantOf[view.base] ?? 0) : (buffer(view.base), view.offset)
  }

  mutating func makeBuffer(_ count: Int) -> Int {
    counts.append(count)
    return counts.count - 1
  }

  // MARK: Steps

  private mutating func makeSteps(_ grouping: Grouping) throws {
    kept = keptValues(grouping)
    for members in grouping.groups {
      if let kernel = try kernel(members) { steps.append(FusedStep(kernel, space: space(ofGroup: members))) }
    }
    for index in graph.values.indices {
      if lowering.needsCopy(index) {
        let view = lowering.views[index]
        let source = memory(view)
        var placed = view
        placed.offset = source.offset
        steps.append(
          try CopyStep(placed, buffer: source.buffer, target: buffer(index), name: "copy \(graph.values[index].shape)"))
      }
      if lowering.kinds[index] == .heavy { steps.append(try heavyStep(index)) }
    }
  }

  /// The kernel of a group; nil where it does not fit the blocks that it is to follow.
  mutating func kernel(_ members: [Int], following: FusedKernel.Following? = nil) throws -> FusedKernel? {
    var kernel = try FusedKernel(
      members, kept: kept, lowering: lowering, buffer: buffer, constant: { constantOf[$0] ?? 0 }, key: { keyOf[$0] ?? 0 },
      following: following)
    guard kernel.fits else { return nil }
    for part in kernel.partials { kernel.setParts(of: part.reduction, buffer: makeBuffer(part.count)) }
    return kernel
  }

  /// The shape that a group's work goes over.
  private func space(ofGroup members: [Int]) -> Shape {
    let reduction = members.first { lowering.kinds[$0] == .reduction }
    return reduction.map { graph.values[graph.values[$0].inputs[0]].shape } ?? members.first.map { graph.values[$0].shape }
      ?? .scalar
  }

  /// Element-wise values whose numbers must lie in memory: because they are outputs, or because another kernel reads them.
  private func keptValues(_ grouping: Grouping) -> Set<Int> {
    var groupOf: [Int: Int] = [:]
    for (number, members) in grouping.groups.enumerated() {
      for member in members { groupOf[member] = number }
    }
    var kept: Set<Int> = []
    for (index, value) in graph.values.enumerated() {
      if value.isOutput { kept.insert(lowering.aliases[index] ?? index) }
      if lowering.needsCopy(index) { kept.insert(lowering.views[index].base) }
      switch lowering.kinds[index] {
      case .heavy: for input in value.inputs { kept.insert(lowering.memory(of: input).base) }
      case .elementwise, .reduction:
        for input in value.inputs {
          let base = lowering.views[input].base
          if groupOf[base] != groupOf[index] { kept.insert(base) }
        }
      case .leaf, .fill, .view, .absorbed: break
      }
    }
    return kept
  }

  private mutating func heavyStep(_ index: Int) throws -> Step {
    let value = graph.values[index]
    guard !value.terms.isEmpty else { return try heavyStep(value, target: buffer(index)) }
    var parts: [Step] = []
    for term in value.terms {
      parts.append(try heavyStep(graph.values[term], target: buffer(index), accumulates: !parts.isEmpty))
    }
    return SumStep(joined(parts), target: buffer(index))
  }

  private mutating func heavyStep(_ value: PlanGraph.Value, target: Int, accumulates: Bool = false) throws -> Step {
    let views = value.inputs.map { lowering.memory(of: $0) }
    let places = zip(value.inputs, views).map { lowering.needsCopy($0) ? (buffer: buffer($0), offset: 0) : memory($1) }
    switch value.operation {
    case .pad(let before, _, let interior):
      let strides = value.shape.strides
      let box = try BoxCopy(
        sizes: views[0].sizes, targetStrides: zip(strides, interior).map { $0 &* ($1 &+ 1) }, sourceStrides: views[0].strides)
      let part = AssemblyStep.Part(
        buffer: places[0].buffer, sourceOffset: places[0].offset,
        targetOffset: views[0].count == 0 ? 0 : zip(before, strides).reduce(0) { $0 &+ $1.0 &* $1.1 }, box: box)
      return AssemblyStep(
        views[0].count == 0 ? [] : [part], target: target, count: value.shape.count, hasGaps: true, name: "pad \(value.shape)")
    case .concat(let axis):
      let strides = value.shape.strides
      var start = 0
      var parts: [AssemblyStep.Part] = []
      for (view, place) in zip(views, places) {
        if view.count > 0 {
          parts.append(
            AssemblyStep.Part(
              buffer: place.buffer, sourceOffset: place.offset, targetOffset: start &* strides[axis],
              box: try BoxCopy(sizes: view.sizes, targetStrides: strides, sourceStrides: view.strides)))
        }
        start = start &+ view.sizes[axis]
      }
      return AssemblyStep(
        parts, target: target, count: value.shape.count, hasGaps: false, name: "concatenation \(value.shape)")
    case .gather, .scatterAdd:
      let scatters = value.operation == .scatterAdd
      let table = scatters ? value.shape : graph.values[value.inputs[0]].shape
      return RowsStep(
        scatters: scatters, values: places[0], indices: places[1], target: target, tableRows: table[0],
        count: graph.values[value.inputs[1]].shape.count, width: table.dimensions.dropFirst().reduce(1, &*))
    case .matmul(let transposeLeft, let transposeRight):
      return productStep(value, views, transposeLeft, transposeRight, target, accumulates)
    case .convolution(let geometry):
      return convolutionStep(.forward, geometry, value, views, places, target, accumulates)
    case .convolutionByInput(let geometry):
      return convolutionStep(.byInput, geometry, value, views, places, target, accumulates)
    case .convolutionByFilter(let geometry):
      return convolutionStep(.byFilter, geometry, value, views, places, target, accumulates)
    case .data, .fill, .random, .unary, .binary, .select, .reduce, .reshape, .transpose, .broadcast, .slice, .precise:
      return Step(name: "nothing", flops: 0, bytes: 0, reads: [], writes: [target])
    }
  }

  private mutating func productStep(
    _ value: PlanGraph.Value, _ views: [View], _ transposeLeft: Bool, _ transposeRight: Bool, _ target: Int,
    _ accumulates: Bool
  ) -> Step {
    func turned(_ view: View, _ turns: Bool) -> View {
      let rank = view.sizes.count
      return turns ? view.transposed(by: Array(0..<(rank - 2)) + [rank - 1, rank - 2]) : view
    }
    let (left, right) = (turned(views[0], transposeLeft), turned(views[1], transposeRight))
    let rank = value.shape.rank
    guard let leftOperand = ProductOperand(left), let rightOperand = ProductOperand(right) else {
      return Step(name: "nothing", flops: 0, bytes: 0, reads: [], writes: [target])
    }
    return ProductStep(
      left: (leftOperand, buffer(left.base)), right: (rightOperand, buffer(right.base)), target: target,
      batch: value.shape.dimensions.dropLast(2).reduce(1, &*), m: value.shape[rank - 2], n: value.shape[rank - 1],
      k: left.sizes[rank - 1], accumulates: accumulates
    ) { makeBuffer($0) }
  }

  // MARK: Order and memory

  private mutating func finish(_ nodes: [Node], _ outputs: [Node], _ replacements: [(old: Int, new: Int)]) throws -> Plan {
    var outputBuffers: Set<Int> = []
    var bindings: [(place: Int, buffer: Int)] = []
    for node in outputs {
      let index = graph.valueOfNode[node.slot]
      let buffer = buffer(lowering.aliases[index] ?? index)
      bindings.append((node.slot, buffer))
      outputBuffers.insert(buffer)
    }
    var stacked: [[Int]] = []
    if options.stacks {
      let (values, leaves) = (graph.values.count, leaves)
      var made: [Int] = []
      let first = counts.count
      let makeBuffer: (Int) -> Int = {
        made.append($0)
        return first + made.count - 1
      }
      let merging = ProductMerging(
        ProductPacking(steps, leaves: leaves, makeBuffer: makeBuffer).steps,
        isFree: { $0 != Plan.constants && $0 <= values && !leaves.contains($0) && !outputBuffers.contains($0) },
        makeBuffer: makeBuffer)
      (steps, stacked) = (merging.steps, merging.stacks)
      counts += made
    }
    let pairs = replacements.map { pair in
      let buffers = [pair.old, pair.new].map { buffer(lowering.aliases[graph.valueOfNode[$0]] ?? graph.valueOfNode[$0]) }
      return (old: buffers[0], new: buffers[1])
    }
    if options.chains { steps = try chained(steps, outputs: outputBuffers) }
    if options.rows { steps = try joinedByRows(StepOrder.order(steps, outputs: bindings.map(\.buffer)), outputs: outputBuffers) }
    let inPlace = InPlaceOrder(
      StepOrder.order(steps, outputs: bindings.map(\.buffer)), outputs: outputBuffers, pairs: pairs, counts: counts)
    let ordered = inPlace.steps
    var locations = [Plan.Location](repeating: .none, count: counts.count)
    var temporaries: [Int] = []
    for buffer in counts.indices where buffer != Plan.constants {
      if leaves.contains(buffer) {
        locations[buffer] = .leaf(place: graph.values[buffer - 1].place)
      } else if outputBuffers.contains(buffer) {
        let leaf = inPlace.leafOf[buffer]
        locations[buffer] = leaf.map { .replaced(place: graph.values[$0 - 1].place) } ?? .output(count: counts[buffer])
      } else {
        temporaries.append(buffer)
      }
    }
    let arena = ArenaLayout(ordered, buffers: temporaries, counts: counts, stacks: stacked)
    for (buffer, offset) in arena.offsets { locations[buffer] = .arena(offset: offset) }
    return Plan(
      steps: ordered, firstReplacing: inPlace.firstReplacing, shapes: graph.values.map(\.shape), locations: locations,
      constantPlaces: constantPlaces,
      keyPlaces: keyPlaces, outputs: bindings,
      arenaCount: arena.count)
  }
}
