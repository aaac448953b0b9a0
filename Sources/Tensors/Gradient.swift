extension Node {
  /// What `gradient`, the derivative by this node, adds to the derivative by input `index`; nil is zero everywhere.
  /// - Throws: `TensorError` where no derivative passes.
  func derivative(_ gradient: Node, to index: Int) throws -> Node? {
    switch operation {
    case .data, .fill, .random: nil
    case .unary(let function, let parameter): unaryDerivative(function, parameter: parameter, gradient)
    case .binary(let function): binaryDerivative(function, gradient, to: index)
    case .select: selectDerivative(gradient, to: index)
    case .reduce(let reduction, let axes): reduceDerivative(reduction, axes: axes, gradient)
    case .reshape: reshapeDerivative(gradient)
    case .transpose(let permutation): transposeDerivative(permutation, gradient)
    case .broadcast: broadcastDerivative(gradient)
    case .slice(let starts, let steps): sliceDerivative(starts: starts, steps: steps, gradient)
    case .pad(let before, _, let interior): padDerivative(before: before, interior: interior, gradient)
    case .concat(let axis): concatDerivative(axis: axis, gradient, to: index)
    case .gather: gatherDerivative(gradient, to: index)
    case .scatterAdd: scatterAddDerivative(gradient, to: index)
    case .matmul(let transposeLeft, let transposeRight):
      matmulDerivative(transposeLeft: transposeLeft, transposeRight: transposeRight, gradient, to: index)
    case .convolution(let geometry): convolutionDerivative(geometry, gradient, to: index)
    case .convolutionByInput(let geometry): convolutionByInputDerivative(geometry, gradient, to: index)
    case .convolutionByFilter(let geometry): convolutionByFilterDerivative(geometry, gradient, to: index)
    case .precise(let function): try preciseDerivative(function, gradient, to: index)
    }
  }
}

/// The derivatives of `y`, a single number, by each of `targets`: tensors of the targets' shapes, which are graph like any other
/// and can be differentiated again. A target that `y` does not depend on has zeros.
///
/// - Throws: a `TensorError` where `y` is not a single number, where no derivative passes on the way to a target, and where
///   the graph between them has been cut or its weights replaced.
public func gradients(of y: Tensor, withRespectTo targets: [Tensor]) throws -> [Tensor] {
  try zip(connectedGradients(of: y, withRespectTo: targets), targets).map {
    try $0 ?? Tensor(built: Node.fill(0, $1.shape))
  }
}

/// As `gradients`, with nil for a target that `y` does not depend on.
///
/// - Throws: a `TensorError`, as `gradients` does.
public func connectedGradients(of y: Tensor, withRespectTo targets: [Tensor]) throws -> [Tensor?] {
  guard y.count == 1 else {
    throw TensorError(
      title: "a derivative is taken of a single number", operands: [("y", "\(y.shape)")],
      advice: "Sum it, or take its mean, first.")
  }
  return try Graph.gradients(of: y.node, targets.map { try $0.node }).map { try $0.map { try Tensor(built: $0) } }
}

extension Graph {
  /// Reverse mode, along the paths that lead to the targets and no others; nil for a target that is not on one. What lies behind a
  /// constant is not looked at, however long it is.
  static func gradients(of y: Node, _ targets: [Node]) throws -> [Node?] {
    let order = Graph.order(of: [y], stopAtRealized: false, stopAtDetached: true)
    var isTarget = [Bool](repeating: false, count: order.count)
    for target in targets where order.contains(target) { isTarget[target.slot] = true }
    let leads = order.reaching(from: { isTarget[$0] }, through: { !$0.contains(.isDetached) })
    try checkCuts(order, targets)

    var gradients = [Node?](repeating: nil, count: order.count)
    gradients[y.slot] = Node.fill(1, y.shape)
    for slot in order.slots.reversed() where leads[slot] {
      guard let gradient = gradients[slot] else { continue }
      if !order.state(slot).contains(.isDetached) {
        let node = order[slot]
        for (index, input) in order.inputs(slot).enumerated() where leads[input] {
          guard let part = try node.derivative(gradient, to: index) else { continue }
          gradients[input] = gradients[input].map { $0 + part } ?? part
        }
      }
      if !isTarget[slot] { gradients[slot] = nil }
    }
    let results = targets.map { order.contains($0) ? gradients[$0.slot] : nil }
    let constants = order.slots.filter { order.state($0).contains(.isDetached) && !order.state($0).contains(.isRealized) }.map {
      order[$0]
    }
    if order.containsAny(.isReplaced) || dependOnReplaced(constants), dependOnReplaced(results.compactMap { $0 }) {
      throw TensorError.replacedWeights
    }
    return results
  }

  /// Whether numbers that are gone would be needed to compute any of `nodes`.
  private static func dependOnReplaced(_ nodes: [Node]) -> Bool {
    !nodes.isEmpty && Graph.order(of: nodes, stopAtRealized: true).containsAny(.isReplaced)
  }

  /// A derivative that would have gone where the tape has been cut is an error, never a silent zero.
  private static func checkCuts(_ order: Order, _ targets: [Node]) throws {
    // A node can only depend on older ones.
    if order.containsAny(.isCut), let cut = order.nodes.first(where: { $0.cut == .tooDeep }),
      targets.contains(where: { $0.serial < cut.serial })
    {
      throw TensorError(
        title: "the derivative would go back further than the record reaches",
        operands: [("y", "was built over more than \(Tape.depth) steps")],
        advice: "Keep a running total as a number, or cut it off with constant(…), or take the derivative of each term by itself."
      )
    }
    for target in targets where !order.contains(target) {
      guard let parameter = target.parameter else { continue }
      let isStale = order.slots.contains { slot in
        order.withNode(slot) { $0.cut == .replacedParameters || ($0.parameter === parameter && $0 !== target) }
      }
      if isStale { throw TensorError.replacedWeights }
    }
  }
}
