import Glibc

// The functions of two numbers, a row each.

extension BinaryFunction {
  var row: BinaryDefinition {
    switch self {
    case .add:
      BinaryDefinition(
        "add", notation: .infix("+", .sum, left: .sum, right: .product), value: { $0 + $1 },
        left: .of { _, gradient in gradient }, right: .of { _, gradient in gradient },
        rewriting: .by {
          if $0.leftValue == 0 { return $0.right }
          if $0.rightValue == 0 { return $0.left }
          if let negated = $0.right.negated { return $0.left - negated }
          if let negated = $0.left.negated { return $0.right - negated }
          return nil
        }, samples: [(-1...1, -1...1)])
    case .subtract:
      BinaryDefinition(
        "subtract", notation: .infix("-", .sum, left: .sum, right: .product), value: { $0 - $1 },
        left: .of { _, gradient in gradient }, right: .of { _, gradient in -gradient },
        rewriting: .by {
          if $0.rightValue == 0 { return $0.left }
          if $0.leftValue == 0 { return -$0.right }
          if let negated = $0.right.negated { return $0.left + negated }
          return nil
        }, samples: [(-1...1, -1...1)])
    case .multiply:
      BinaryDefinition(
        "multiply", notation: .product("*"), mask: .ofMasks, value: { $0 * $1 },
        left: .of { z, gradient in gradient * z.inputs[1] }, right: .of { z, gradient in gradient * z.inputs[0] },
        rewriting: .by {
          if $0.leftValue == 1 { return $0.right }
          if $0.rightValue == 1 { return $0.left }
          if $0.leftValue == -1 { return -$0.right }
          if $0.rightValue == -1 { return -$0.left }
          if $0.left === $0.right { return $0.left.squared }
          return nil
        }, samples: [(-1...1, -1...1)])
    case .divide:
      BinaryDefinition(
        "divide", notation: .product("/"), value: { $0 / $1 },
        left: .of { z, gradient in gradient / z.inputs[1] }, right: .of { z, gradient in -(gradient * z / z.inputs[1]) },
        rewriting: .by {
          if $0.rightValue == 1 { return $0.left }
          if $0.rightValue == -1 { return -$0.left }
          if $0.leftValue == 1 { return Node.unary(.reciprocal, $0.right) }
          return nil
        }, samples: [(-1...1, 2...4), (-1...1, -4 ... -2)])
    // Exact, with the sign of the right side, as `%` of the language: fmod, moved by the right side where signs differ.
    case .remainder:
      BinaryDefinition(
        "remainder", notation: .product("%"),
        value: { left, right in
          let rest = fmod(left, right)
          return rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest
        },
        left: .of { _, gradient in gradient }, right: .of { z, gradient in -(gradient * z.quotientOfRemainder) },
        samples: [(2.1...2.9, 1.6...2), (-2.9 ... -2.1, 1.6...2), (2.1...2.9, -2 ... -1.6)])
    // As C's pow: 0 to the 0 is 1, a negative base with a fractional exponent is NaN.
    case .power:
      BinaryDefinition(
        "power", notation: .infix("^", .power, left: .atom, right: .negation), value: { pow($0, $1) },
        left: .of { z, gradient in
          let (x, y) = (z.inputs[0], z.inputs[1])
          if y.constant != nil { return gradient * (y * Node.binary(.power, x, y - 1)) }
          // 0 · 0⁻¹ is no number, but the slope of x⁰ is 0.
          let isCounted = Node.binary(.maximum, Node.unary(.abs, x), Node.unary(.abs, y))
          return gradient * (y * Node.binary(.power, x, Node.select(isCounted, y - 1, Node.fill(1, z.shape))))
        },
        right: .of { z, gradient in
          let (x, y) = (z.inputs[0], z.inputs[1])
          // 0 · log 0 is no number, but the slope of 0ᵖ by p is 0 from p = 0 up.
          let isCounted = Node.binary(.maximum, Node.unary(.abs, x), Node.binary(.less, y, Node.fill(0, z.shape)))
          let logarithm = Node.unary(.log, Node.select(isCounted, x, Node.fill(1, z.shape)))
          return gradient * (z * logarithm)
        },
        rewriting: .by {
          switch $0.rightValue {
          case 0: Node.fill(1, $0.left.shape)
          case 1: $0.left
          case 2: $0.left.squared
          case 0.5: Node.unary(.sqrt, $0.left)
          case -0.5: Node.unary(.rsqrt, $0.left)
          case -1: Node.unary(.reciprocal, $0.left)
          case _: nil
          }
        }, samples: [(2...4, -1...1), (0.5...1.5, -3 ... -1)])
    // As C's atan2, with the signs of zeros: at the origin it has no derivative, but nan.
    case .atan2:
      BinaryDefinition(
        "atan2",
        help: .init(
          "The angle in radians, from −π to π, of the point with height y and width x.",
          example: ("atan2(1, -1) == 0.75 * pi", "true"),
          details: "The height comes first, as in other languages: atan2(y, x) is atan(y / x), in the right quarter.",
          takesNumbers: true),
        operands: ("y", "x"), value: { Glibc.atan2($0, $1) },
        left: .of { z, gradient in gradient * z.inputs[1] / (z.inputs[0].squared + z.inputs[1].squared) },
        right: .of { z, gradient in -(gradient * z.inputs[0] / (z.inputs[0].squared + z.inputs[1].squared)) },
        samples: [(-1...1, 2...4), (2...4, -1...1), (0.5...1, -2 ... -1), (-1 ... -0.5, -2 ... -1)])
    // NaN when either side is.
    case .maximum:
      BinaryDefinition(
        "maximum",
        help: .init(
          "The greater of two numbers, place by place.", example: ("print maximum(tensor([1, 3]), 2)", "[2, 3]"),
          details: "Where both are equal each has half of the derivative.", takesNumbers: true),
        mask: .ofMasks, value: { $0.isNaN || $0 > $1 ? $0 : $1 },
        left: .of { z, gradient in Node.share(gradient, .less, z.inputs[0], z.inputs[1]) },
        right: .of { z, gradient in Node.share(gradient, .less, z.inputs[1], z.inputs[0]) }, samples: branches)
    case .minimum:
      BinaryDefinition(
        "minimum",
        help: .init(
          "The lesser of two numbers, place by place.", example: ("print minimum(tensor([1, 3]), 2)", "[1, 2]"),
          details: "Where both are equal each has half of the derivative.", takesNumbers: true),
        mask: .ofMasks, value: { $0.isNaN || $0 < $1 ? $0 : $1 },
        left: .of { z, gradient in Node.share(gradient, .greater, z.inputs[0], z.inputs[1]) },
        right: .of { z, gradient in Node.share(gradient, .greater, z.inputs[1], z.inputs[0]) }, samples: branches)
    case .less: comparison("less", "<") { $0 < $1 }
    case .lessOrEqual: comparison("less_or_equal", "<=") { $0 <= $1 }
    case .greater: comparison("greater", ">") { $0 > $1 }
    case .greaterOrEqual: comparison("greater_or_equal", ">=") { $0 >= $1 }
    case .equal: comparison("equal", "==") { $0 == $1 }
    case .notEqual: comparison("not_equal", "!=") { $0 != $1 }
    // 0 where the right side is 0 or below, else the left one: the derivative of `relu`. (A product would make NaN of ∞ times 0.)
    case .gate:
      BinaryDefinition(
        "gate", notation: .written { Formula("where(\($0[1].within(.sum)) <= 0, 0, \($0[0].text))", .atom) },
        value: { left, right in right <= 0 ? 0 : left },
        left: .of { z, gradient in Node.binary(.gate, gradient, z.inputs[1]) }, right: .zero,
        samples: [(-1...1, 2...4), (-1...1, -4 ... -2)])
    }
  }

  private func comparison(_ name: String, _ sign: String, _ holds: @escaping @Sendable (Double, Double) -> Bool)
    -> BinaryDefinition
  {
    BinaryDefinition(
      name, notation: .comparison(sign), mask: .always, value: { holds($0, $1) ? 1 : 0 }, left: .zero, right: .zero,
      samples: branches)
  }

  /// The left side below the right one, and above it.
  private var branches: [(left: ClosedRange<Double>, right: ClosedRange<Double>)] { [(-1...1, 2...4), (2...4, -1...1)] }
}

extension Node {
  /// Nothing where `mine` loses, half of the gradient where both are equal, all of it elsewhere.
  fileprivate static func share(_ gradient: Node, _ loses: BinaryFunction, _ mine: Node, _ other: Node) -> Node {
    let rest = select(binary(.equal, mine, other), gradient * 0.5, gradient)
    return select(binary(loses, mine, other), fill(0, gradient.shape), rest)
  }

  /// ⌊x / y⌋ of the remainder x − ⌊x / y⌋ y that this node is, such that it fits that remainder. Where that is infinite, x and the
  /// infinite y have different signs, and the quotient is −1.
  fileprivate var quotientOfRemainder: Node {
    let (x, y) = (inputs[0], inputs[1])
    let isInfinite = Node.binary(.equal, Node.unary(.abs, self), Node.fill(.infinity, shape))
    return Node.select(isInfinite, Node.fill(-1, shape), Node.unary(.round, (x - self) / y)).detached
  }
}
