import Tensors

/// Steps down the gradient: v ← momentum · v + g, p ← p − rate · v.
public final class SGD: Optimizer {
  /// The size of a step, 0 or more; may be changed at any time.
  public var rate: Double
  /// How much of the last step's v stays, in 0 ..< 1.
  public let momentum: Double
  /// For each parameter v, if there is momentum.
  public let memory = OptimizerMemory()

  /// An optimizer that has made no step.
  ///
  /// - Throws: a `TensorError` where the rate is negative or not finite, or the momentum is not in 0 ..< 1.
  public init(rate: Double = 0.01, momentum: Double = 0) throws {
    try checkRate(rate)
    try checkDecay("momentum", momentum)
    (self.rate, self.momentum) = (rate, momentum)
  }

  /// "sgd".
  public var kind: String { "sgd" }
  /// The momentum.
  public var settings: [(name: String, value: Double)] { [("momentum", momentum)] }
  /// One, v, with momentum; none without.
  public var remembered: Int { momentum > 0 ? 1 : 0 }

  /// The formula above for one parameter.
  public func move(_ parameter: Tensor, _ gradient: Tensor, remembered: [Tensor], step: Int) throws -> (Tensor, [Tensor]) {
    guard momentum > 0 else { return (try parameter - gradient * rate, []) }
    let velocity = try remembered[0] * momentum + gradient
    return (try parameter - velocity * rate, [velocity])
  }
}
