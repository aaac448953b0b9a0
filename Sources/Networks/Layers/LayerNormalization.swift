import Tensors

/// Shifts and scales each sample, over all its axes, to mean 0 and variance 1, then each feature of the last axis by a learned
/// scale and offset (Ba et al. 2016). The same in training and out of it.
public final class LayerNormalization: ParameterizedLayer {
  /// `layer_norm` in the braces of `net`.
  public static let word = LayerWord(
    "layer_norm", "Each sample to mean 0 and variance 1, then by a learned scale and offset (Ba et al. 2016).",
    options: [.epsilon], example: ("D = net { layer_norm }\nD(zeros([2, 5])).shape", "[2, 5]")
  ) { LayerNormalization(epsilon: try $0.number("epsilon")) }

  /// Added to the variance.
  public let epsilon: Double
  private let scale = ParameterSlot("scale", .constant(1)) { [$0] }
  private let offset = ParameterSlot("offset", .zeros) { [$0] }

  /// A normalization before its first call.
  public init(epsilon: Double = 1e-5) { self.epsilon = epsilon }

  /// The last axis is the feature.
  public static let unit = "features"
  /// "layer_norm epsilon: 0.001"; the default epsilon is left out.
  public var description: String { epsilon == 1e-5 ? kind : "\(kind) epsilon: \(epsilon)" }
  /// Scale and offset, each [features].
  public var slots: [ParameterSlot] { [scale, offset] }
  /// A normalization with the same epsilon.
  public func blank() -> LayerNormalization { LayerNormalization(epsilon: epsilon) }

  /// Refuses what is no batch.
  ///
  /// - Throws: a `TensorError` for fewer than two axes.
  public func check(_ x: Tensor) throws {
    guard x.rank >= 2 else {
      throw TensorError(
        title: "layer_norm takes a batch", operands: [("x", "\(x.shape)")], advice: "The first axis is the sample.")
    }
  }

  /// Each sample of `x` normalized over all its axes.
  public func pass(_ x: Tensor, in context: Context) throws -> Tensor {
    try x.standardized(over: Array(1..<x.rank), epsilon: epsilon) * scale.tensor + offset.tensor
  }
}

extension Tensor {
  /// Shifted and scaled to mean 0 and (population) variance 1 over these axes.
  /// - Parameter epsilon: Added to the variance.
  func standardized(over axes: [Int], epsilon: Double) throws -> Tensor {
    let centered = try self - mean(axes: axes, keep: true)
    let variance = try centered.squared().mean(axes: axes, keep: true)
    return try centered * (variance + epsilon).map(.rsqrt)
  }
}
