import Tensors

/// Divides each step by a running root mean square of the gradient (Tieleman and Hinton 2012):
/// s ← decay · s + (1 − decay) · g², p ← p − rate · g / (√s + ε).
public final class RMSProp: Optimizer {
  /// The size of a step, 0 or more; may be changed at any time.
  public var rate: Double
  /// The decay of the mean squared gradient, in 0 ..< 1.
  public let decay: Double
  /// The ε that is added to the root.
  public let epsilon: Double
  /// For each parameter s.
  public let memory = OptimizerMemory()

  /// An optimizer without a mean square.
  ///
  /// - Throws: a `TensorError` where the rate is negative or not finite, or the decay is not in 0 ..< 1.
  public init(rate: Double = 0.001, decay: Double = 0.99, epsilon: Double = 1e-8) throws {
    try checkRate(rate)
    try checkDecay("decay", decay)
    (self.rate, self.decay, self.epsilon) = (rate, decay, epsilon)
  }

  /// "rmsprop".
  public var kind: String { "rmsprop" }
  /// The decay and ε.
  public var settings: [(name: String, value: Double)] { [("decay", decay), ("epsilon", epsilon)] }
  /// One: s.
  public var remembered: Int { 1 }

  /// The formula above for one parameter.
  public func move(_ parameter: Tensor, _ gradient: Tensor, remembered: [Tensor], step: Int) throws -> (Tensor, [Tensor]) {
    let square = try remembered[0].runningMean(after: gradient.squared(), decay: decay)
    return (try parameter - gradient * rate / (square.sqrt() + epsilon), [square])
  }
}
