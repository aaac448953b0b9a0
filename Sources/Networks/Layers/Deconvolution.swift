import Tensors

/// The transposed convolution: every input pixel lays its filter onto a larger image. `x` [n, h, w, c] gives
/// [n, h · stride, w · stride, filters] with padding `same`, [n, (h − 1) · stride + kernel height, …] with `valid`. Weights [kh, kw, filters, c].
public final class Deconvolution: FilterLayer {
  public override init(
    _ filters: Int, kernel: (Int, Int), stride: (Int, Int) = (1, 1), padding: Padding = .same, biases: Bool = true,
    weights: Initializer = .normal(deviation: 0.02)
  ) throws {
    try super.init(filters, kernel: kernel, stride: stride, padding: padding, biases: biases, weights: weights)
  }

  public override var kind: String { "deconv" }
  override var channelAxis: Int { 3 }

  override func apply(_ weights: Tensor, to x: Tensor) throws -> Tensor {
    try Tensor.transposedConvolution(x, weights, stride: stride, padding: padding)
  }

  public override func copied(by copying: LayerCopying) throws -> any Layer {
    try filled(
      Deconvolution(
        filters, kernel: kernel, stride: stride, padding: padding, biases: usesBiases, weights: weightInitializer))
  }
}
