import Base
import Tensors

/// Shifts and scales each channel (the last axis) to mean 0 and variance 1, then by a learned scale and offset
/// (Ioffe and Szegedy 2015).
///
/// In training the mean and the (population) variance are the batch's; otherwise the running ones, which start at 0 and 1.
/// running ← decay · running + (1 − decay) · batch, for every pass that an update learns from: see `Optimizer.update`. Looking
/// at a value moves nothing.
public final class BatchNormalization: ParameterizedLayer, ModalLayer {
  /// `batch_norm` in the braces of `net`.
  public static let word = LayerWord(
    "batch_norm",
    "Each channel to mean 0 and variance 1 over the batch, then by a learned scale and offset (Ioffe & Szegedy 2015).",
    options: [.number("decay", default: 0.9, "how much of the running statistics stays at each update"), .epsilon],
    example: ("D = net { batch_norm }\nmean(training { D(tensor([[1], [3]])) })", "0"),
    details: "In `training` the statistics are the batch's; otherwise the running ones."
  ) { try BatchNormalization(decay: $0.number("decay"), epsilon: $0.number("epsilon")) }

  /// How much of the running statistics stays at an update, 0…1.
  public let decay: Double
  /// Added to the variance.
  public let epsilon: Double
  private let scale = ParameterSlot("scale", .constant(1)) { [$0] }
  private let offset = ParameterSlot("offset", .zeros) { [$0] }
  private let mean = ParameterSlot("mean", .zeros, isTrained: false) { [$0] }
  private let variance = ParameterSlot("variance", .constant(1), isTrained: false) { [$0] }

  /// Whether the last pass was one of training.
  public private(set) var wasTraining: Bool?

  /// - Throws: `TensorError` for a decay that is not between 0 and 1.
  public init(decay: Double = 0.9, epsilon: Double = 1e-5) throws {
    guard decay >= 0, decay <= 1 else {
      throw TensorError(title: "a decay lies between 0 and 1", operands: [("decay", NumberText.shortest(Double(decay)))])
    }
    self.decay = decay
    self.epsilon = epsilon
  }

  /// The last axis is the channel.
  public static let unit = "channels"
  /// "batch_norm decay: 0.99"; settings that are the default are left out.
  public var description: String {
    let chosen = (decay == 0.9 ? [] : ["decay: \(decay)"]) + (epsilon == 1e-5 ? [] : ["epsilon: \(epsilon)"])
    return chosen.isEmpty ? kind : "\(kind) " + chosen.joined(separator: ", ")
  }
  /// Scale, offset, running mean and running variance, each [channels].
  public var slots: [ParameterSlot] { [scale, offset, mean, variance] }
  /// A normalization with the same decay and epsilon.
  public func blank() throws -> BatchNormalization { try BatchNormalization(decay: decay, epsilon: epsilon) }

  /// Refuses a tensor without a channel axis.
  ///
  /// - Throws: a `TensorError` for fewer than two axes.
  public func check(_ x: Tensor) throws {
    guard x.rank >= 2 else {
      throw TensorError(
        title: "batch_norm takes a batch", operands: [("x", "\(x.shape)")],
        advice: "The first axis is the sample, the last the channel.")
    }
  }

  /// `x` normalized over all axes but the last; in training the graph keeps the batch's statistics for the update.
  public func pass(_ x: Tensor, in context: Context) throws -> Tensor {
    wasTraining = context.isTraining
    guard context.isTraining else {
      let factor = try scale.tensor * (variance.tensor + epsilon).map(.rsqrt)
      return try (x - mean.tensor) * factor + offset.tensor
    }
    let axes = Array(0..<(x.rank - 1))
    let batchMean = try x.mean(axes: axes, keep: true)
    let centered = try x - batchMean
    let batchVariance = try centered.squared().mean(axes: axes, keep: true)
    try batchVariance.leave(BatchStatistics(mean: mean.made, variance: variance.made, decay: decay), with: [batchMean])
    return try centered * (batchVariance + epsilon).map(.rsqrt) * scale.tensor + offset.tensor
  }
}

/// What one pass in training is to move: left in the graph at the batch's variance, with the batch's mean, until an update
/// learns from that pass.
final class BatchStatistics: Spendable {
  let runningMean: Parameter
  let runningVariance: Parameter
  let decay: Double
  /// Whether an update has taken it in.
  var isTaken = false
  var isSpent: Bool { isTaken }

  init(mean: Parameter, variance: Parameter, decay: Double) {
    runningMean = mean
    runningVariance = variance
    self.decay = decay
  }
}
