import Glibc

// The functions of one number, a row each.

extension UnaryFunction {
  var row: UnaryDefinition {
    switch self {
    case .negate:
      UnaryDefinition(
        "negate", notation: .written { Formula("-\($0[0].within(.power))", .negation) },
        value: .of { -$0 }, derivative: .of { _, _, gradient in -gradient }, samples: .init(-1...1))
    case .reciprocal:
      UnaryDefinition(
        "reciprocal", notation: .written { Formula("1 / \($0[0].within(.negation))", .product) },
        value: .of { 1 / $0 }, derivative: .of { _, y, gradient in -(gradient * y.squared) },
        samples: .init(2...4, -4 ... -2, domain: .positive))
    case .square:
      UnaryDefinition(
        "square",
        help: .init("Each number times itself.", example: ("print square(tensor([-3, 2]))", "[9, 4]"), takesNumbers: true),
        notation: .written { Formula("\($0[0].within(.atom)) ^ 2", .power) },
        value: .of { $0 * $0 }, derivative: .of { x, _, gradient in gradient * (x * 2) }, samples: .init(-1...1))
    case .sqrt:
      UnaryDefinition(
        "sqrt",
        help: .init(
          "The square root of each number.", example: ("print sqrt(tensor([4, 9]))", "[2, 3]"),
          details: """
            Its derivative at 0 is infinite, and nan where that meets a slope of 0: of sqrt(x * x) at 0, and also of where(x > 0, sqrt(x), x). \
            Keep 0 away from the root itself, sqrt(x + 1e-12) or sqrt(where(x > 0, x, 1)); for a length there is `norm`.
            """),
        value: .of { $0.squareRoot() }, derivative: .of { _, y, gradient in gradient * 0.5 / y },
        samples: .init(2...4, domain: .positive))
    // √x of a sum of squares, as a norm or a deviation is: `sqrt`, but where it is 0 its slope is taken as 0, not infinite.
    case .rootOfSquares:
      UnaryDefinition(
        "sqrt", value: .of { $0.squareRoot() },
        derivative: .of { _, y, gradient in
          // At 0, 0 / 1: with all its derivatives.
          let zero = Node.fill(0, y.shape)
          let isZero = Node.binary(.equal, y, zero)
          return gradient * 0.5 * Node.binary(.notEqual, y, zero) / (y + isZero)
        }, samples: .init(2...4, domain: .positive))
    // 1 / √x.
    case .rsqrt:
      UnaryDefinition(
        "rsqrt", value: .of { 1 / $0.squareRoot() },
        derivative: .of { _, y, gradient in gradient * (y.squared * y * -0.5) }, samples: .init(2...4, domain: .positive))
    case .abs:
      UnaryDefinition(
        "abs",
        help: .init(
          "The size of each number, without its sign.", example: ("print abs(tensor([-2, 3]))", "[2, 3]"),
          details: "Its derivative at 0 is 0."),
        value: .of { Swift.abs($0) }, derivative: .of { x, _, gradient in gradient * Node.unary(.sign, x) },
        samples: .init(2...4, -4 ... -2))
    // NaN of NaN.
    case .sign:
      UnaryDefinition(
        "sign",
        help: .init(
          "−1, 0 or 1, by the sign of each number.", example: ("print sign(tensor([-3, 0, 2]))", "[-1, 0, 1]"),
          details: FunctionHelp.steps, takesNumbers: true),
        value: .of { $0 > 0 ? 1 : $0 < 0 ? -1 : $0.isNaN ? $0 : 0 }, derivative: .zero, samples: .init(2...4, -4 ... -2))
    case .exp:
      UnaryDefinition(
        "exp", help: .init("e to the power of each number.", example: ("print exp(tensor([0]))", "[1]")),
        value: .of { Glibc.exp($0) }, derivative: .of { _, y, gradient in gradient * y }, samples: .init(-1...1))
    case .log:
      UnaryDefinition(
        "log", help: .init("The natural logarithm of each number.", example: ("print log(tensor([1]))", "[0]")),
        value: .of { Glibc.log($0) }, derivative: .of { x, _, gradient in gradient / x },
        samples: .init(2...4, domain: .positive))
    case .log2:
      UnaryDefinition(
        "log2", help: .init("The logarithm to base 2 of each number.", example: ("print log2(tensor([1, 8]))", "[0, 3]")),
        value: .of { Glibc.log2($0) }, derivative: .of { x, _, gradient in gradient / (x * M_LN2) },
        samples: .init(2...4, domain: .positive))
    case .log10:
      UnaryDefinition(
        "log10",
        help: .init("The logarithm to base 10 of each number.", example: ("print log10(tensor([1, 1000]))", "[0, 3]")),
        value: .of { Glibc.log10($0) }, derivative: .of { x, _, gradient in gradient / (x * M_LN10) },
        samples: .init(2...4, domain: .positive))
    case .sin:
      UnaryDefinition(
        "sin", help: .init("The sine of each number, in radians.", example: ("print sin(tensor([0]))", "[0]")),
        value: .of { Glibc.sin($0) }, derivative: .of { x, _, gradient in gradient * Node.unary(.cos, x) },
        // Exact to 2⁻²⁴ of 1, not to units of what is near a zero.
        samples: .init(-1...1, absolute: 1.2e-7))
    case .cos:
      UnaryDefinition(
        "cos", help: .init("The cosine of each number, in radians.", example: ("print cos(tensor([0]))", "[1]")),
        value: .of { Glibc.cos($0) }, derivative: .of { x, _, gradient in -(gradient * Node.unary(.sin, x)) },
        samples: .init(-1...1, absolute: 1.2e-7))
    case .tanh:
      UnaryDefinition(
        "tanh",
        help: .init(
          "The hyperbolic tangent.", example: ("print tanh(tensor([0]))", "[0]"), subject: .activations, takesNumbers: true),
        value: .of { Glibc.tanh($0) }, derivative: .of { _, y, gradient in gradient * (1 - y.squared) },
        samples: .init(-1...1))
    case .erf:
      UnaryDefinition(
        "erf",
        help: .init(
          "The error function, 2 / √π · ∫ exp(−t²) dt from 0 to x.", example: ("print erf(tensor([0, 10]))", "[0, 1]"),
          details: "(1 + erf(x / sqrt(2))) / 2 is how much of a normal distribution lies below x.", takesNumbers: true),
        value: .of { Glibc.erf($0) },
        derivative: .of { x, _, gradient in gradient * (Node.unary(.exp, -x.squared) * (2 / Double.pi.squareRoot())) },
        samples: .init(-1...1, units: 2))
    // Without overflow at either end.
    case .sigmoid:
      UnaryDefinition(
        "sigmoid",
        help: .init("1 / (1 + exp(−x)).", example: ("sigmoid(0)", "0.5"), subject: .activations, takesNumbers: true),
        value: .of { $0 >= 0 ? 1 / (1 + Glibc.exp(-$0)) : Glibc.exp($0) / (1 + Glibc.exp($0)) },
        derivative: .of { _, y, gradient in gradient * (y * (1 - y)) }, samples: .init(-1...1))
    // As max(x, 0) + log1p(exp(−|x|)).
    case .softplus:
      UnaryDefinition(
        "softplus",
        help: .init(
          "log(1 + exp(x)), exact for large and for small x.", example: ("softplus(1000)", "1000"), subject: .activations,
          takesNumbers: true),
        value: .of { $0.isNaN ? $0 : Swift.max($0, 0) + log1p(Glibc.exp(-Swift.abs($0))) },
        derivative: .of { x, _, gradient in gradient * Node.unary(.sigmoid, x) }, samples: .init(-1...1))
    // NaN of NaN.
    case .relu:
      UnaryDefinition(
        "relu",
        help: .init(
          "max(x, 0).", example: ("print relu(tensor([-1, 2]))", "[0, 2]"), details: "Its derivative at 0 is 0.",
          subject: .activations, takesNumbers: true),
        value: .of { $0 < 0 ? 0 : $0 },
        // By the result, which is above 0 where x is: x need not be kept for it.
        derivative: .of { _, y, gradient in Node.binary(.gate, gradient, y) }, samples: .init(2...4, -4 ... -2))
    case .leakyRelu:
      UnaryDefinition(
        "leaky_relu",
        help: .init(
          "x where x is above 0, else slope · x.", example: ("print leaky_relu(tensor([-1, 2]))", "[-0.2, 2]"),
          subject: .activations, takesNumbers: true),
        parameter: FunctionParameter(name: "slope", initial: 0.2, summary: "the slope below 0"),
        value: .with { x, slope in x > 0 ? x : slope * x },
        // By the result where that has the sign of x.
        derivative: .with { x, y, gradient, slope in
          gradient * Node.unary(.leakyStep, slope >= 0 ? y : x, parameter: slope)
        }, samples: .init(2...4, -4 ... -2))
    // 1 where x > 0, else slope: the derivative of `leakyRelu`.
    case .leakyStep:
      UnaryDefinition(
        "leaky_step", parameter: FunctionParameter(name: "slope", initial: 0.2, summary: "what it is below 0"),
        value: .with { x, slope in x > 0 ? 1 : slope }, derivative: .zero, samples: .init(2...4, -4 ... -2))
    case .floor:
      UnaryDefinition(
        "floor",
        help: .init(
          "The next whole number below.", example: ("print floor(tensor([1.5, -1.5]))", "[1, -2]"), details: FunctionHelp.steps
        ),
        value: .of { $0.rounded(.down) }, derivative: .zero, samples: .init(0.3...0.7, -1.7 ... -1.3))
    case .ceil:
      UnaryDefinition(
        "ceil",
        help: .init(
          "The next whole number above.", example: ("print ceil(tensor([1.5, -1.5]))", "[2, -1]"), details: FunctionHelp.steps),
        value: .of { $0.rounded(.up) }, derivative: .zero, samples: .init(0.3...0.7, -1.7 ... -1.3))
    case .round:
      UnaryDefinition(
        "round",
        help: .init(
          "The nearest whole number, halves to the even one.", example: ("print round(tensor([1.4, 2.5]))", "[1, 2]"),
          details: FunctionHelp.steps),
        value: .of { $0.rounded(.toNearestOrEven) }, derivative: .zero, samples: .init(-0.2...0.2, 1.6...2.4))
    case .isNaN:
      UnaryDefinition(
        "is_nan",
        help: .init(
          "1 where a number is not a number (such as 0/0), else 0.", example: ("print is_nan(tensor([1, 2]) / 0)", "[0, 0]"),
          details: FunctionHelp.steps),
        isMask: true, value: .of { $0.isNaN ? 1 : 0 }, derivative: .zero, samples: .init(-1...1))
    }
  }
}
