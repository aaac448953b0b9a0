import Tensors

/// Shifts and scales each channel (the last axis) of each sample, over its places, to mean 0 and variance 1, then by a learned scale and
/// offset (Ulyanov, Vedaldi and Lempitsky 2016, arXiv:1607.08022). `x` [n, …, channels]. The same in training and out of it.
public final class InstanceNormalization: ParameterizedLayer {
  /// `instance_norm` in the braces of `net`.
  public static let word = LayerWord(
    "instance_norm",
    "Each channel of each sample to mean 0 and variance 1 over its places, then by a learned scale and offset (Ulyanov et al. 2016).",
    options: [.epsilon], example: ("D = net { instance_norm }\nD(zeros([2, 4, 4, 3])).shape", "[2, 4, 4, 3]"),
    details: "The samples have places, [n, …, channels]: rows of features [n, features] take `layer_norm` or `batch_norm`."
  ) { InstanceNormalization(epsilon: try $0.number("epsilon")) }

  /// Added to the variance.
  public let epsilon: Double
  private let scale = ParameterSlot("scale", .constant(1)) { [$0] }
  private let offset = ParameterSlot("offset", .zeros) { [$0] }

  /// A normalization before its first call.
  public init(epsilon: Double = 1e-5) { self.epsilon = epsilon }

  /// The last axis is the channel.
  public static let unit = "channels"
  /// "instance_norm epsilon: 0.001"; the default epsilon is left out.
  public var description: String { epsilon == 1e-5 ? kind : "\(kind) epsilon: \(epsilon)" }
  /// Scale and offset, each [channels].
  public var slots: [ParameterSlot] { [scale, offset] }
  /// A normalization with the same epsilon.
  public func blank() -> InstanceNormalization { InstanceNormalization(epsilon: epsilon) }

  /// Refuses samples without places.
  ///
  /// - Throws: a `TensorError` for fewer than three axes.
  public func check(_ x: Tensor) throws {
    try expect(
      x, ranks: 3..., "[n, …, channels] with an axis of places",
      otherwise: "Rows of features have no places to take a mean over: take `layer_norm` or `batch_norm`.")
  }

  /// `x` normalized over the places of each sample and channel.
  public func pass(_ x: Tensor, in context: Context) throws -> Tensor {
    try x.standardized(over: Array(1..<(x.rank - 1)), epsilon: epsilon) * scale.tensor + offset.tensor
  }
}
