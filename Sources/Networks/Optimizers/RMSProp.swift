import Tensors

/// Divides each step by a running root mean square of the gradient (Tieleman and Hinton 2012):
/// s ← decay · s + (1 − decay) · g², p ← p − rate · g / (√s + ε).
public final class RMSProp: Optimizer {
  public var rate: Double
  public let decay: Double
  public let epsilon: Double
  public let memory = OptimizerMemory()

  public init(rate: Double = 0.001, decay: Double = 0.99, epsilon: Double = 1e-8) throws {
    try checkRate(rate)
    try checkDecay("decay", decay)
    (self.rate, self.decay, self.epsilon) = (rate, decay, epsilon)
  }

  public var kind: String { "rmsprop" }
  public var settings: [(name: String, value: Double)] { [("decay", decay), ("epsilon", epsilon)] }
  public var remembered: Int { 1 }

  public func move(_ parameter: Tensor, _ gradient: Tensor, remembered: [Tensor], step: Int) throws -> (Tensor, [Tensor]) {
    let square = try remembered[0].runningMean(after: gradient.squared(), decay: decay)
    return (try parameter - gradient * rate / (square.sqrt() + epsilon), [square])
  }
}
