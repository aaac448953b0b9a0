import Tensors

/// How first weights are drawn.
public enum Initializer: Hashable, Sendable {
  case zeros
  case constant(Double)
  case uniform(low: Double, high: Double)
  case normal(deviation: Double)
  /// Normal, drawn again where it is further than two deviations from 0.
  case truncatedNormal(deviation: Double)
  /// Normal with deviation √(2 / inputs): keeps the size of signals through relu layers (He et al. 2015).
  case he
  /// Even in ±√(6 / (inputs + outputs)) (Glorot and Bengio 2010).
  case glorot

  /// - Parameter fan: How many inputs feed one output, and how many outputs one input feeds.
  func callAsFunction(_ shape: [Int], fan: (inputs: Int, outputs: Int), _ random: RandomSource) throws -> Tensor {
    switch self {
    case .zeros: return try Tensor.fill(0, shape: shape)
    case .constant(let value): return try Tensor.fill(value, shape: shape)
    case .uniform(let low, let high): return try Tensor.uniform(shape, low: low, high: high, key: random.nextKey())
    case .normal(let deviation): return try Tensor.normal(shape, deviation: deviation, key: random.nextKey())
    case .truncatedNormal(let deviation):
      return try Tensor.truncatedNormal(shape, deviation: deviation, key: random.nextKey())
    case .he:
      let deviation = (2 / Double(max(fan.inputs, 1))).squareRoot()
      return try Tensor.normal(shape, deviation: deviation, key: random.nextKey())
    case .glorot:
      let bound = (6 / Double(max(fan.inputs + fan.outputs, 1))).squareRoot()
      return try Tensor.uniform(shape, low: -bound, high: bound, key: random.nextKey())
    }
  }
}
