import Tensors

/// Lays a filter over every place of an image. `x` [n, h, w, c] gives [n, ⌈h / stride⌉, ⌈w / stride⌉, filters] with padding
/// `same`. Weights [kh, kw, c, filters].
public final class Convolution: FilterLayer {
  public override init(
    _ filters: Int, kernel: (Int, Int), stride: (Int, Int) = (1, 1), padding: Padding = .same, biases: Bool = true,
    weights: Initializer = .truncatedNormal(deviation: 0.02)
  ) throws {
    try super.init(filters, kernel: kernel, stride: stride, padding: padding, biases: biases, weights: weights)
  }

  public override var kind: String { "conv" }
  override var channelAxis: Int { 2 }

  override func apply(_ weights: Tensor, to x: Tensor) throws -> Tensor {
    try Tensor.convolution(x, weights, stride: stride, padding: padding)
  }

  public override func copied(by copying: LayerCopying) throws -> any Layer {
    try filled(
      Convolution(
        filters, kernel: kernel, stride: stride, padding: padding, biases: usesBiases, weights: weightInitializer))
  }
}
