import Glibc

// Builders simplify only what cannot be told from the outside: a node that a user holds is never looked through (he may ask for
// the derivative by it), and a fill he holds is no constant.

extension Node {
  static func fill(_ value: Double, _ shape: Shape) -> Node { Node(.fill, [], shape, value: value) }

  /// Whether a simplification may look past this node.
  var isOpen: Bool { handleCount == 0 && !isDetached }

  /// The number everywhere here, if that is known and nobody holds the node.
  var constant: Double? { isFill && isOpen ? value : nil }

  /// What this node is the negative of, if a simplification may look past it.
  private var negated: Node? {
    guard case .unary(.negate) = operation, isOpen else { return nil }
    return inputs[0]
  }

  // MARK: One input

  static func unary(_ function: UnaryFunction, _ x: Node) -> Node {
    if let value = x.constant { return fill(function(value), x.shape) }
    if function == .negate, let negated = x.negated { return negated }
    return Node(.unary(function), x, x.shape)
  }

  /// What `gradient` (of this node, y = function(x)) gives to x; nil is zero everywhere.
  func unaryDerivative(_ function: UnaryFunction, _ gradient: Node) -> Node? {
    let x = inputs[0]
    switch function {
    case .negate: return -gradient
    case .reciprocal: return -(gradient * Node.unary(.square, self))
    case .square: return gradient * (x * 2)
    case .sqrt: return gradient * 0.5 / self
    case .rootOfSquares:
      // At 0, 0 / 1: with all its derivatives.
      let zero = Node.fill(0, shape)
      let isZero = Node.binary(.equal, self, zero)
      return gradient * 0.5 * Node.binary(.notEqual, self, zero) / (self + isZero)
    case .rsqrt: return gradient * (Node.unary(.square, self) * self * -0.5)
    case .abs: return gradient * Node.unary(.sign, x)
    case .exp: return gradient * self
    case .log: return gradient / x
    case .sin: return gradient * Node.unary(.cos, x)
    case .cos: return -(gradient * Node.unary(.sin, x))
    case .tanh: return gradient * (1 - Node.unary(.square, self))
    case .sigmoid: return gradient * (self * (1 - self))
    case .softplus: return gradient * Node.unary(.sigmoid, x)
    // By the result, which is above 0 where x is: x need not be kept for it.
    case .relu: return Node.binary(.gate, gradient, self)
    case .leakyRelu(let slope): return gradient * Node.unary(.leakyStep(slope: slope), slope >= 0 ? self : x)
    case .sign, .leakyStep, .floor, .ceil, .round, .isNaN: return nil
    }
  }

  // MARK: Two inputs

  /// Both sides have one shape.
  static func binary(_ function: BinaryFunction, _ left: Node, _ right: Node) -> Node {
    let (leftValue, rightValue) = (left.constant, right.constant)
    if let leftValue, let rightValue { return fill(function(leftValue, rightValue), left.shape) }
    switch function {
    case .add:
      if leftValue == 0 { return right }
      if rightValue == 0 { return left }
      if let negated = right.negated { return binary(.subtract, left, negated) }
      if let negated = left.negated { return binary(.subtract, right, negated) }
    case .subtract:
      if rightValue == 0 { return left }
      if leftValue == 0 { return unary(.negate, right) }
      if let negated = right.negated { return binary(.add, left, negated) }
    case .multiply:
      if leftValue == 1 { return right }
      if rightValue == 1 { return left }
      if leftValue == -1 { return unary(.negate, right) }
      if rightValue == -1 { return unary(.negate, left) }
      if left === right { return unary(.square, left) }
    case .divide:
      if rightValue == 1 { return left }
      if rightValue == -1 { return unary(.negate, left) }
      if leftValue == 1 { return unary(.reciprocal, right) }
    case .power:
      if rightValue == 0 { return fill(1, left.shape) }
      if rightValue == 1 { return left }
      if rightValue == 2 { return unary(.square, left) }
      if rightValue == 0.5 { return unary(.sqrt, left) }
      if rightValue == -0.5 { return unary(.rsqrt, left) }
      if rightValue == -1 { return unary(.reciprocal, left) }
    case .remainder, .maximum, .minimum, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .gate: break
    }
    return Node(.binary(function), left, right, left.shape)
  }

  /// What `gradient` gives to input `index`; nil is zero everywhere. Where `maximum` and `minimum` have equal sides, each has half.
  func binaryDerivative(_ function: BinaryFunction, _ gradient: Node, to index: Int) -> Node? {
    let (left, right) = (inputs[0], inputs[1])
    switch (function, index) {
    case (.add, _): return gradient
    case (.subtract, 0): return gradient
    case (.subtract, _): return -gradient
    case (.multiply, _): return gradient * (index == 0 ? right : left)
    case (.divide, 0): return gradient / right
    case (.divide, _): return -(gradient * self / right)
    case (.power, 0):
      if right.constant != nil { return gradient * (right * Node.binary(.power, left, right - 1)) }
      // 0 · 0⁻¹ is no number, but the slope of x⁰ is 0.
      let isCounted = Node.binary(.maximum, Node.unary(.abs, left), Node.unary(.abs, right))
      return gradient * (right * Node.binary(.power, left, Node.select(isCounted, right - 1, Node.fill(1, shape))))
    case (.power, _):
      // 0 · log 0 is no number, but the slope of 0ᵖ by p is 0 from p = 0 up.
      let isCounted = Node.binary(.maximum, Node.unary(.abs, left), Node.binary(.less, right, Node.fill(0, shape)))
      let logarithm = Node.unary(.log, Node.select(isCounted, left, Node.fill(1, shape)))
      return gradient * (self * logarithm)
    case (.remainder, 0): return gradient
    case (.remainder, _): return -(gradient * quotientOfRemainder)
    case (.maximum, _): return Node.share(gradient, .less, index == 0 ? left : right, index == 0 ? right : left)
    case (.minimum, _): return Node.share(gradient, .greater, index == 0 ? left : right, index == 0 ? right : left)
    case (.gate, 0): return Node.binary(.gate, gradient, right)
    case (.less, _), (.lessOrEqual, _), (.greater, _), (.greaterOrEqual, _), (.equal, _), (.notEqual, _), (.gate, _): return nil
    }
  }

  /// Nothing where `mine` loses, half of the gradient where both are equal, all of it elsewhere.
  private static func share(_ gradient: Node, _ loses: BinaryFunction, _ mine: Node, _ other: Node) -> Node {
    let rest = select(binary(.equal, mine, other), gradient * 0.5, gradient)
    return select(binary(loses, mine, other), fill(0, gradient.shape), rest)
  }

  /// ⌊x / y⌋ of the remainder x − ⌊x / y⌋ y that this node is, such that it fits that remainder. Where that is infinite, x and the
  /// infinite y have different signs, and the quotient is −1.
  private var quotientOfRemainder: Node {
    let (x, y) = (inputs[0], inputs[1])
    let isInfinite = Node.binary(.equal, Node.unary(.abs, self), Node.fill(.infinity, shape))
    return Node.select(isInfinite, Node.fill(-1, shape), Node.unary(.round, (x - self) / y)).detached
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
