extension Node {
  /// Over `axes` (ascending), which are kept with size 1.
  static func reduce(_ reduction: Reduction, _ x: Node, axes: [Int]) -> Node {
    let axes = axes.contains { x.shape[$0] == 1 } ? axes.filter { x.shape[$0] != 1 } : axes
    if axes.isEmpty { return x }
    var dimensions = x.shape.dimensions
    var reduced = 1
    for axis in axes {
      reduced &*= dimensions[axis]
      dimensions[axis] = 1
    }
    let shape = Shape(unchecked: dimensions)
    if let value = x.constant, reduced > 0 {
      return fill(reduction == .sum ? value * Double(reduced) : value, shape)
    }
    guard x.isOpen else { return Node(.reduce(reduction, axes: axes), x, shape) }
    switch x.operation {
    case .reduce(reduction, let inner):
      return reduce(reduction, x.inputs[0], axes: (inner + axes).sorted())
    case .broadcast where axes.contains(where: { x.inputs[0].shape[$0] == 1 }) && reduced > 0:
      // Repetitions need no adding up.
      let source = x.inputs[0]
      let repeated = axes.filter { source.shape[$0] == 1 }
      let times = repeated.reduce(1) { $0 &* x.shape[$1] }
      var kept = x.shape.dimensions
      for axis in repeated { kept[axis] = 1 }
      let scaled = reduction == .sum ? source * Double(times) : source
      return reduce(reduction, broadcast(scaled, to: Shape(unchecked: kept)), axes: axes.filter { source.shape[$0] != 1 })
    default:
      return Node(.reduce(reduction, axes: axes), x, shape)
    }
  }

  /// A sum gives each of its terms the gradient; a maximum or minimum shares it equally among the elements that attain it.
  func reduceDerivative(_ reduction: Reduction, axes: [Int], _ gradient: Node) -> Node {
    let x = inputs[0]
    let spread = Node.broadcast(gradient, to: x.shape)
    switch reduction {
    case .sum: return spread
    case .max, .min:
      // NaN is the extreme of what it is among.
      let attained = Node.binary(.equal, x, Node.broadcast(self, to: x.shape)) + Node.unary(.isNaN, x)
      let share = Node.broadcast(gradient / Node.reduce(.sum, attained, axes: axes), to: x.shape)
      return Node.select(attained, share, Node.fill(0, x.shape))
    }
  }
}
