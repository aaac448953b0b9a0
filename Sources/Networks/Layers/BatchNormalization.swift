import Tensors

/// Shifts and scales each channel (the last axis) to mean 0 and variance 1, then by a learned scale and offset
/// (Ioffe and Szegedy 2015).
///
/// In training the mean and the (population) variance are the batch's; otherwise the running ones, which start at 0 and 1.
/// running ← decay · running + (1 − decay) · batch, for every pass that an update learns from: see `Optimizer.update`. Looking
/// at a value moves nothing.
public final class BatchNormalization: Layer {
  public let decay: Double
  /// Added to the variance.
  public let epsilon: Double
  private var state: State?

  private struct State {
    let scale: Parameter
    let offset: Parameter
    let mean: Parameter
    let variance: Parameter
  }

  public init(decay: Double = 0.9, epsilon: Double = 1e-5) throws {
    guard decay >= 0, decay <= 1 else {
      throw TensorError(title: "a decay lies between 0 and 1", operands: [("decay", "\(decay)")])
    }
    self.decay = decay
    self.epsilon = epsilon
  }

  public var kind: String { "batch_norm" }
  public var description: String {
    let chosen = (decay == 0.9 ? [] : ["decay: \(decay)"]) + (epsilon == 1e-5 ? [] : ["epsilon: \(epsilon)"])
    return chosen.isEmpty ? kind : "\(kind) " + chosen.joined(separator: ", ")
  }
  public var parameters: [Parameter] { state.map { [$0.scale, $0.offset] } ?? [] }
  public var statistics: [Parameter] { state.map { [$0.mean, $0.variance] } ?? [] }
  public var inputSize: Int? { state?.scale.count }

  public func parts(input: Int) -> [(name: String, shape: [Int])] {
    ["scale", "offset", "mean", "variance"].map { ($0, [input]) }
  }

  public func make(_ values: [Tensor]) throws {
    let made = try zip(parts(input: 0), values).map { try Parameter($0.0.name, $0.1) }
    guard made.count == 4 else { return }
    state = State(scale: made[0], offset: made[1], mean: made[2], variance: made[3])
  }

  public func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor {
    guard x.rank >= 2 else {
      throw TensorError(
        title: "batch_norm takes a batch", operands: [("x", "\(x.shape)")],
        advice: "The first axis is the sample, the last the channel.")
    }
    let channels = x.shape[x.rank - 1]
    let state = try self.state ?? build(channels, context)
    try expect(x, axis: x.rank - 1, size: state.scale.count, "channels")
    guard context.isTraining else {
      let factor = try state.scale.tensor * (state.variance.tensor + epsilon).map(.rsqrt)
      return try (x - state.mean.tensor) * factor + state.offset.tensor
    }
    let axes = Array(0..<(x.rank - 1))
    let mean = try x.mean(axes: axes, keep: true)
    let centred = try x - mean
    let variance = try centred.squared().mean(axes: axes, keep: true)
    variance.leave(BatchStatistics(mean: state.mean, variance: state.variance, decay: decay), with: [mean])
    return try centred * (variance + epsilon).map(.rsqrt) * state.scale.tensor + state.offset.tensor
  }

  public func copied(by copying: LayerCopying) throws -> any Layer {
    try filled(BatchNormalization(decay: decay, epsilon: epsilon))
  }

  private func build(_ channels: Int, _ context: Context) throws -> State {
    let made = State(
      scale: try Parameter("scale", Tensor.fill(1, shape: [channels])),
      offset: try Parameter("offset", Tensor.fill(0, shape: [channels])),
      mean: try Parameter("mean", Tensor.fill(0, shape: [channels])),
      variance: try Parameter("variance", Tensor.fill(1, shape: [channels])))
    if !context.isTrial { state = made }
    return made
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
