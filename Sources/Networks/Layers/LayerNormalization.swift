import Tensors

/// Shifts and scales each sample, over all its axes, to mean 0 and variance 1, then each feature of the last axis by a learned
/// scale and offset (Ba et al. 2016). The same in training and out of it.
public final class LayerNormalization: Layer {
  /// Added to the variance.
  public let epsilon: Double
  private var scale: Parameter?
  private var offset: Parameter?

  public init(epsilon: Double = 1e-5) { self.epsilon = epsilon }

  public var kind: String { "layer_norm" }
  public var description: String { epsilon == 1e-5 ? kind : "\(kind) epsilon: \(epsilon)" }
  public var parameters: [Parameter] { [scale, offset].compactMap { $0 } }
  public var inputSize: Int? { scale?.count }

  public func parts(input: Int) -> [(name: String, shape: [Int])] { [("scale", [input]), ("offset", [input])] }

  public func make(_ values: [Tensor]) throws {
    scale = try values.first.map { try Parameter("scale", $0) }
    offset = try values.dropFirst().first.map { try Parameter("offset", $0) }
  }

  public func copied(by copying: LayerCopying) throws -> any Layer { try filled(LayerNormalization(epsilon: epsilon)) }

  public func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor {
    guard x.rank >= 2 else {
      throw TensorError(
        title: "layer_norm takes a batch", operands: [("x", "\(x.shape)")], advice: "The first axis is the sample.")
    }
    let features = x.shape[x.rank - 1]
    let scale = try self.scale ?? Parameter("scale", Tensor.fill(1, shape: [features]))
    let offset = try self.offset ?? Parameter("offset", Tensor.fill(0, shape: [features]))
    if !context.isTrial { (self.scale, self.offset) = (scale, offset) }
    try expect(x, axis: x.rank - 1, size: scale.count, "features")
    let axes = Array(1..<x.rank)
    let centred = try x - x.mean(axes: axes, keep: true)
    let variance = try centred.squared().mean(axes: axes, keep: true)
    return try centred * (variance + epsilon).map(.rsqrt) * scale.tensor + offset.tensor
  }
}
