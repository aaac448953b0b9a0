import Base
import Tensors

/// In training each number is dropped (made 0) with probability `rate`, and the others are divided by 1 − rate (as near as
/// draws of 24 bits come to it), so that the mean stays (Srivastava et al. 2014). Out of training nothing happens.
public final class Dropout: BuiltinLayer, ModalLayer {
  /// `dropout` in the braces of `net`.
  public static let word = LayerWord(
    "dropout", "In training, drops numbers at random and makes up for it in the others (Srivastava et al. 2014).",
    options: [.number("rate", default: 0.5, "the share that is dropped")],
    example: ("D = net { dropout 0.5 }\nsum(D(ones([2, 2])))", "4")
  ) { try Dropout($0.number("rate")) }

  /// The share of numbers that are dropped, in 0 ..< 1.
  public let rate: Double

  /// Whether the last pass was one of training.
  public private(set) var wasTraining: Bool?

  /// Drops that share of the numbers.
  ///
  /// - Throws: a `TensorError` for a rate that is not in 0 ..< 1.
  public init(_ rate: Double = 0.5) throws {
    guard rate >= 0, rate < 1 else {
      throw TensorError(
        title: "a dropout rate lies between 0 and 1", operands: [("rate", NumberText.shortest(Double(rate)))],
        advice: "0 drops nothing; 1 would drop all.")
    }
    self.rate = rate
  }

  /// "dropout 0.5".
  public var description: String { "dropout \(rate)" }

  /// From 0 to what is left, divided by 1 − rate.
  public func range(of inputs: ClosedRange<Double>) -> ClosedRange<Double> {
    min(inputs.lowerBound / (1 - rate), 0)...max(inputs.upperBound / (1 - rate), 0)
  }

  /// A dropout of the same rate.
  public func copied(by copying: LayerCopying) throws -> any Layer { try Dropout(rate) }

  /// `x` itself out of training; in training with zeros in it, drawn from the context.
  public func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor {
    wasTraining = context.isTraining || rate == 0
    guard context.isTraining, rate > 0 else { return x }
    let kept = try Tensor.bernoulli(x.shape.dimensions, probability: 1 - rate, key: context.random.nextKey())
    // Chosen, not multiplied by 0: what is dropped is gone, were it infinite.
    let factor = Double(1 / Float(Tensor.attainableProbability(1 - rate)))
    return try Tensor.where(kept, x * factor, Tensor(scalar: 0))
  }
}
