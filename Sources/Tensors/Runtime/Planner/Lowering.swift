/// The lowering of each value to what makes it: which ones are work, which ones are only a way of reading another's memory.
struct Lowering {
  enum Kind {
    /// Numbers are there already.
    case leaf
    /// One number, bound when the plan runs.
    case fill
    /// A function of numbers at the same place: fusible.
    case elementwise
    case reduction
    /// A step of its own, that reads memory and writes memory: a product, a convolution, a movement that no view can express.
    case standalone
    /// No work: read through `views`.
    case view
    /// A part of a sum, whose work is done there.
    case absorbed
  }

  let graph: PlanGraph
  private(set) var kinds: [Kind] = []
  /// How each value is read by fused kernels.
  private(set) var views: [View] = []
  /// Values that only were a view, and yet must lie in memory in order: someone can read nothing else.
  private(set) var isCopied: [Bool]
  /// For outputs that are another value's memory, that value.
  private(set) var aliases: [Int: Int] = [:]

  init(_ graph: PlanGraph) {
    self.graph = graph
    isCopied = [Bool](repeating: false, count: graph.values.count)
    for index in graph.values.indices { lower(index) }
    for index in graph.values.indices where kinds[index] == .standalone {
      for (operand, input) in graph.values[index].inputs.enumerated() where !isReadable(input, by: index, operand) {
        isCopied[input] = true
      }
    }
    for (index, value) in graph.values.enumerated() where value.isOutput { settleOutput(index) }
  }

  private mutating func lower(_ index: Int) {
    let value = graph.values[index]
    var view: View?
    var kind = Kind.view
    if value.isAbsorbed || !value.terms.isEmpty {
      kinds.append(value.isAbsorbed ? .absorbed : .standalone)
      views.append(View(whole: index, value.shape))
      return
    }
    switch value.operation {
    case .data, .precise: kind = .leaf
    case .fill:
      kind = .fill
      view = View(base: index, offset: 0, sizes: value.shape.dimensions, strides: value.shape.dimensions.map { _ in 0 })
    case .random, .unary, .binary, .select: kind = .elementwise
    case .reduce: kind = .reduction
    case .reshape:
      view = views[value.inputs[0]].reshaped(to: value.shape)
      if view == nil {
        isCopied[value.inputs[0]] = true
        view = View(whole: value.inputs[0], value.shape)
      }
    case .transpose(let permutation): view = views[value.inputs[0]].transposed(by: permutation)
    case .broadcast: view = views[value.inputs[0]].broadcast(to: value.shape)
    case .slice(let starts, let steps): view = views[value.inputs[0]].sliced(to: value.shape, starts: starts, steps: steps)
    case .pad, .concat, .gather, .scatterAdd, .matmul, .convolution, .convolutionByInput, .convolutionByFilter: kind = .standalone
    }
    kinds.append(kind)
    views.append(view ?? View(whole: index, value.shape))
  }

  /// Whether a step of its own can read the memory behind a view without a copy.
  private func isReadable(_ input: Int, by index: Int, _ operand: Int) -> Bool {
    if isCopied[input] || graph.values[input].shape.count == 0 { return true }
    let view = views[input]
    switch graph.reader(of: operand, in: index).operation {
    case .pad, .concat: return true
    case .matmul: return kinds[view.base] != .fill && ProductOperand(view) != nil
    default: return kinds[view.base] != .fill && view.isContiguous
    }
  }

  /// How a step of its own reads an input.
  func memory(of input: Int) -> View {
    isCopied[input] && !isOwner(input) ? View(whole: input, graph.values[input].shape) : views[input]
  }

  /// Whether a value has memory of its own even without a copy.
  private func isOwner(_ index: Int) -> Bool {
    switch kinds[index] {
    case .leaf, .elementwise, .reduction, .standalone: true
    case .fill, .view, .absorbed: false
    }
  }

  /// Whether a step is needed that copies a value to memory.
  func needsCopy(_ index: Int) -> Bool { isCopied[index] && !isOwner(index) }

  private mutating func settleOutput(_ index: Int) {
    guard kinds[index] == .view || kinds[index] == .fill, !isCopied[index] else { return }
    let view = views[index]
    if kinds[view.base] != .fill, view.offset == 0, view.isContiguous, view.count == graph.values[view.base].shape.count {
      aliases[index] = view.base
    } else {
      isCopied[index] = true
    }
  }
}
