import Tensors

/// Steps down the gradient: v ← momentum · v + g, p ← p − rate · v.
public final class SGD: Optimizer {
  public var rate: Double
  public let momentum: Double
  public let memory = OptimizerMemory()

  public init(rate: Double = 0.01, momentum: Double = 0) throws {
    try checkRate(rate)
    try checkDecay("momentum", momentum)
    (self.rate, self.momentum) = (rate, momentum)
  }

  public var kind: String { "sgd" }
  public var settings: [(name: String, value: Double)] { [("momentum", momentum)] }
  public var remembered: Int { momentum > 0 ? 1 : 0 }

  public func move(_ parameter: Tensor, _ gradient: Tensor, remembered: [Tensor], step: Int) throws -> (Tensor, [Tensor]) {
    guard momentum > 0 else { return (try parameter - gradient * rate, []) }
    let velocity = try remembered[0] * momentum + gradient
    return (try parameter - velocity * rate, [velocity])
  }
}
