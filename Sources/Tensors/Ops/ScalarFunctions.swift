import Glibc

// The element-wise functions on one number, in Double: what folds constants, and what the tests' oracle computes with.

extension UnaryFunction {
  public func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .negate: -x
    case .reciprocal: 1 / x
    case .square: x * x
    case .sqrt, .rootOfSquares: x.squareRoot()
    case .rsqrt: 1 / x.squareRoot()
    case .abs: Swift.abs(x)
    case .sign: x > 0 ? 1 : x < 0 ? -1 : x.isNaN ? x : 0
    case .exp: Glibc.exp(x)
    case .log: Glibc.log(x)
    case .sin: Glibc.sin(x)
    case .cos: Glibc.cos(x)
    case .tanh: Glibc.tanh(x)
    case .sigmoid: x >= 0 ? 1 / (1 + Glibc.exp(-x)) : Glibc.exp(x) / (1 + Glibc.exp(x))
    case .softplus: x.isNaN ? x : Swift.max(x, 0) + log1p(Glibc.exp(-Swift.abs(x)))
    case .relu: x < 0 ? 0 : x
    case .leakyRelu(let slope): x > 0 ? x : Double(slope) * x
    case .leakyStep(let slope): x > 0 ? 1 : Double(slope)
    case .floor: x.rounded(.down)
    case .ceil: x.rounded(.up)
    case .round: x.rounded(.toNearestOrEven)
    case .isNaN: x.isNaN ? 1 : 0
    }
  }
}

extension BinaryFunction {
  public func callAsFunction(_ left: Double, _ right: Double) -> Double {
    switch self {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: left / right
    case .remainder: Self.remainder(left, right)
    case .power: pow(left, right)
    case .maximum: left.isNaN || left > right ? left : right
    case .minimum: left.isNaN || left < right ? left : right
    case .less: left < right ? 1 : 0
    case .lessOrEqual: left <= right ? 1 : 0
    case .greater: left > right ? 1 : 0
    case .greaterOrEqual: left >= right ? 1 : 0
    case .equal: left == right ? 1 : 0
    case .notEqual: left != right ? 1 : 0
    case .gate: right <= 0 ? 0 : left
    }
  }

  private static func remainder(_ left: Double, _ right: Double) -> Double {
    let rest = fmod(left, right)
    return rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest
  }
}
