extension Tensor {
  // MARK: One operand

  /// `function` of each number.
  /// - Parameter parameter: Of a function that has one, such as the slope of `leakyRelu`; others do not look at it.
  public func map(_ function: UnaryFunction, parameter: Float = 0) throws -> Tensor {
    try Tensor(built: Node.unary(function, node, parameter: parameter), isMask: function.definition.isMask)
  }

  /// x².
  public func squared() throws -> Tensor { try map(.square) }
  /// √x; NaN below 0. Its derivative at 0 is infinite.
  public func sqrt() throws -> Tensor { try map(.sqrt) }
  /// |x|; its derivative at 0 is taken as 0.
  public func abs() throws -> Tensor { try map(.abs) }
  /// −1, 0 or 1; NaN of NaN. Its derivative is 0.
  public func sign() throws -> Tensor { try map(.sign) }
  /// eˣ.
  public func exp() throws -> Tensor { try map(.exp) }
  /// The natural logarithm; NaN below 0.
  public func log() throws -> Tensor { try map(.log) }
  /// The sine of radians.
  public func sin() throws -> Tensor { try map(.sin) }
  /// The cosine of radians.
  public func cos() throws -> Tensor { try map(.cos) }
  /// The hyperbolic tangent.
  public func tanh() throws -> Tensor { try map(.tanh) }
  /// 1 / (1 + exp(−x)), without overflow.
  public func sigmoid() throws -> Tensor { try map(.sigmoid) }
  /// log(1 + exp(x)), without overflow.
  public func softplus() throws -> Tensor { try map(.softplus) }
  /// max(x, 0); its derivative at 0 is 0.
  public func relu() throws -> Tensor { try map(.relu) }
  /// x where x > 0, else slope · x.
  public func leakyRelu(slope: Double = 0.2) throws -> Tensor { try map(.leakyRelu, parameter: Float(slope)) }

  // MARK: Two operands, broadcast to each other

  /// `function` of two tensors, number by number.
  ///
  /// - Throws: a `TensorError` where the shapes cannot be broadcast to each other. So do all operators of two tensors.
  public static func combine(_ function: BinaryFunction, _ left: Tensor, _ right: Tensor) throws -> Tensor {
    let shape = try Shape.broadcast(left.shape, right.shape)
    return try Tensor(
      built: Node.binary(function, Node.broadcast(left.node, to: shape), Node.broadcast(right.node, to: shape)),
      isMask: isMask(function, left, right))
  }

  /// `function` of each number and `right`.
  public static func combine(_ function: BinaryFunction, _ left: Tensor, _ right: Double) throws -> Tensor {
    try Tensor(
      built: Node.binary(function, left.node, Node.fill(right, left.shape)), isMask: function.definition.mask == .always)
  }

  /// `function` of `left` and each number.
  public static func combine(_ function: BinaryFunction, _ left: Double, _ right: Tensor) throws -> Tensor {
    // 1 − mask is its opposite.
    let isMask = function.definition.mask == .always || (function == .subtract && left == 1 && right.isMask)
    return try Tensor(built: Node.binary(function, Node.fill(left, right.shape), right.node), isMask: isMask)
  }

  /// Each number negated.
  public static prefix func - (x: Tensor) throws -> Tensor { try x.map(.negate) }
  /// The sum.
  public static func + (left: Tensor, right: Tensor) throws -> Tensor { try combine(.add, left, right) }
  /// The difference.
  public static func - (left: Tensor, right: Tensor) throws -> Tensor { try combine(.subtract, left, right) }
  /// The product, number by number.
  public static func * (left: Tensor, right: Tensor) throws -> Tensor { try combine(.multiply, left, right) }
  /// The quotient; ±∞ or NaN where `right` is 0.
  public static func / (left: Tensor, right: Tensor) throws -> Tensor { try combine(.divide, left, right) }
  /// A number added to each.
  public static func + (left: Tensor, right: Double) throws -> Tensor { try combine(.add, left, right) }
  /// A number subtracted from each.
  public static func - (left: Tensor, right: Double) throws -> Tensor { try combine(.subtract, left, right) }
  /// Each multiplied by a number.
  public static func * (left: Tensor, right: Double) throws -> Tensor { try combine(.multiply, left, right) }
  /// Each divided by a number.
  public static func / (left: Tensor, right: Double) throws -> Tensor { try combine(.divide, left, right) }
  /// Each added to a number.
  public static func + (left: Double, right: Tensor) throws -> Tensor { try combine(.add, left, right) }
  /// Each subtracted from a number.
  public static func - (left: Double, right: Tensor) throws -> Tensor { try combine(.subtract, left, right) }
  /// A number multiplied by each.
  public static func * (left: Double, right: Tensor) throws -> Tensor { try combine(.multiply, left, right) }
  /// A number divided by each.
  public static func / (left: Double, right: Tensor) throws -> Tensor { try combine(.divide, left, right) }

  /// Each number to the power of its exponent, as C's pow: 0⁰ is 1, a negative base with a fractional exponent is NaN.
  public func power(_ exponent: Tensor) throws -> Tensor { try Tensor.combine(.power, self, exponent) }
  /// Each number to the power `exponent`, as C's pow.
  public func power(_ exponent: Double) throws -> Tensor { try Tensor.combine(.power, self, exponent) }

  /// Each number moved into low … high; either may be missing.
  public func clipped(low: Double? = nil, high: Double? = nil) throws -> Tensor {
    var result = try node
    if let low { result = Node.binary(.maximum, result, Node.fill(low, shape)) }
    if let high { result = Node.binary(.minimum, result, Node.fill(high, shape)) }
    return try Tensor(built: result)
  }

  /// decay · self + (1 − decay) · other: a running mean after `other`.
  public func runningMean(after other: Tensor, decay: Double) throws -> Tensor {
    let shape = try Shape.broadcast(shape, other.shape)
    return try Tensor(built: Node.broadcast(node, to: shape) * decay + Node.broadcast(other.node, to: shape) * (1 - decay))
  }

  // MARK: Choice

  /// `a` where `condition` is not 0, `b` elsewhere; the three are broadcast to each other.
  public static func `where`(_ condition: Tensor, _ a: Tensor, _ b: Tensor) throws -> Tensor {
    let shape = try Shape.broadcast([("condition", condition.shape), ("a", a.shape), ("b", b.shape)])
    let nodes = try [condition, a, b].map { Node.broadcast(try $0.node, to: shape) }
    return try Tensor(built: Node.select(nodes[0], nodes[1], nodes[2]), isMask: isMask(choice: a, b))
  }

  /// The same numbers, through which no derivative passes.
  public func detached() throws -> Tensor { try Tensor(built: node.detached, isMask: isMask) }
}

extension Node {
  var detached: Node { Node(.reshape, self, shape, isDetached: true) }
}
