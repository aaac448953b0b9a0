import Glibc
import Tensors

/// Adaptive moments (Kingma and Ba 2015), in PyTorch's form:
/// m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², p ← p − rate / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε).
public final class Adam: Optimizer {
  /// The size of a step, 0 or more; may be changed at any time.
  public var rate: Double
  /// The decay β₁ of the mean gradient, 0 ≤ β₁ < 1.
  public let beta1: Double
  /// The decay β₂ of the mean squared gradient, 0 ≤ β₂ < 1.
  public let beta2: Double
  /// The ε that is added to the root.
  public let epsilon: Double
  /// For each parameter m and v.
  public let memory = OptimizerMemory()

  /// An optimizer without moments.
  ///
  /// - Throws: a `TensorError` where the rate is negative or not finite, or a decay is not in 0 ..< 1.
  public init(rate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8) throws {
    try checkRate(rate)
    try checkDecay("beta1", beta1)
    try checkDecay("beta2", beta2)
    (self.rate, self.beta1, self.beta2, self.epsilon) = (rate, beta1, beta2, epsilon)
  }

  /// "adam".
  public var kind: String { "adam" }
  /// β₁, β₂ and ε.
  public var settings: [(name: String, value: Double)] { [("beta1", beta1), ("beta2", beta2), ("epsilon", epsilon)] }
  /// Two: m and v.
  public var remembered: Int { 2 }

  /// The formula above for one parameter; `step` is its t.
  public func move(_ parameter: Tensor, _ gradient: Tensor, remembered: [Tensor], step: Int) throws -> (Tensor, [Tensor]) {
    let newMean = try remembered[0].runningMean(after: gradient, decay: beta1)
    let newSquare = try remembered[1].runningMean(after: gradient.squared(), decay: beta2)
    // √(1 − β₂ᵗ) is taken out of the fraction: a division less for each number.
    let correction = (1 - pow(beta2, Double(step))).squareRoot()
    let size = rate * correction / (1 - pow(beta1, Double(step)))
    return (try parameter - newMean * size / (newSquare.sqrt() + epsilon * correction), [newMean, newSquare])
  }
}
