// Builders simplify only where this cannot be observed: a node that a user holds is never looked through (its derivative may be
// asked for), and a fill that a user holds is no constant.

extension Node {
  static func fill(_ value: Double, _ shape: Shape) -> Node { Node(.fill, [], shape, value: value) }

  /// Whether a simplification may look past this node.
  var isOpen: Bool { handleCount == 0 && !isDetached }

  /// The number everywhere here, if that is known and nobody holds the node.
  var constant: Double? { isFill && isOpen ? value : nil }

  /// What this node is the negative of, if a simplification may look past it.
  var negated: Node? {
    guard case .unary(.negate, _) = operation, isOpen else { return nil }
    return inputs[0]
  }

  // MARK: One input

  static func unary(_ function: UnaryFunction, _ x: Node, parameter: Float = 0) -> Node {
    if let value = x.constant { return fill(function(value, parameter: Double(parameter)), x.shape) }
    if function == .negate, let negated = x.negated { return negated }
    return Node(.unary(function, parameter: parameter), x, x.shape)
  }

  /// What `gradient` (of this node, y = function(x)) gives to x; nil is zero everywhere.
  func unaryDerivative(_ function: UnaryFunction, parameter: Float, _ gradient: Node) -> Node? {
    switch function.definition.derivative {
    case .zero: nil
    case .of(let derivative): derivative(inputs[0], self, gradient)
    case .with(let derivative): derivative(inputs[0], self, gradient, parameter)
    }
  }

  var squared: Node { Node.unary(.square, self) }

  // MARK: Two inputs

  /// Both sides have one shape.
  static func binary(_ function: BinaryFunction, _ left: Node, _ right: Node) -> Node {
    let (leftValue, rightValue) = (left.constant, right.constant)
    if let leftValue, let rightValue { return fill(function(leftValue, rightValue), left.shape) }
    if case .by(let rewriting) = function.definition.rewriting {
      let operands = BinaryDefinition.Operands(left: left, right: right, leftValue: leftValue, rightValue: rightValue)
      if let simpler = rewriting(operands) { return simpler }
    }
    return Node(.binary(function), left, right, left.shape)
  }

  /// What `gradient` gives to input `index`; nil is zero everywhere.
  func binaryDerivative(_ function: BinaryFunction, _ gradient: Node, to index: Int) -> Node? {
    let definition = function.definition
    switch index == 0 ? definition.left : definition.right {
    case .zero: return nil
    case .of(let derivative): return derivative(self, gradient)
    }
  }

  // MARK: Three inputs

  /// `a` where `condition` is not 0, `b` elsewhere; all of one shape.
  static func select(_ condition: Node, _ a: Node, _ b: Node) -> Node {
    if let value = condition.constant { return value != 0 ? a : b }
    return Node(.select, [condition, a, b], condition.shape)
  }

  func selectDerivative(_ gradient: Node, to index: Int) -> Node? {
    let zero = Node.fill(0, shape)
    switch index {
    case 1: return Node.select(inputs[0], gradient, zero)
    case 2: return Node.select(inputs[0], zero, gradient)
    default: return nil
    }
  }

  // MARK: Operators

  static prefix func - (x: Node) -> Node { unary(.negate, x) }
  static func + (left: Node, right: Node) -> Node { binary(.add, left, right) }
  static func - (left: Node, right: Node) -> Node { binary(.subtract, left, right) }
  static func * (left: Node, right: Node) -> Node { binary(.multiply, left, right) }
  static func / (left: Node, right: Node) -> Node { binary(.divide, left, right) }
  static func * (left: Node, right: Double) -> Node { left * fill(right, left.shape) }
  static func - (left: Node, right: Double) -> Node { left - fill(right, left.shape) }
  static func - (left: Double, right: Node) -> Node { fill(left, right.shape) - right }
}
