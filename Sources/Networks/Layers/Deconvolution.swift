import Tensors

/// The transposed convolution: every input pixel lays its filter onto a larger image. `x` [n, h, w, c] gives
/// [n, h · stride, w · stride, filters] with padding `same`, [n, (h − 1) · stride + kernel height, …] with `valid`. Weights [kh, kw, filters, c].
public final class Deconvolution: FilterLayer {
  /// `deconv` in the braces of `net`.
  public static let word = LayerWord(
    "deconv", "A transposed convolution: makes images larger. [n, h, w, c] gives [n, h · stride, w · stride, filters].",
    options: LayerOption.filters("how many channels to make"),
    example: ("G = net { deconv 64, kernel: 4, stride: 2 }\nG(zeros([2, 7, 7, 128])).shape", "[2, 14, 14, 64]"),
    details: """
      With padding: \"valid\" the height becomes (h - 1) · stride + the kernel's height, as PyTorch's ConvTranspose2d has it, and the width \
      likewise. Weights begin normal with deviation 0.02 unless `weights` says otherwise, biases at 0.
      """
  ) { choices in
    try Deconvolution(
      choices.integer("filters"), kernel: choices.sides("kernel"), stride: choices.sides("stride"),
      padding: choices.padding("padding"), biases: choices.flag("biases"),
      weights: choices.initializer("weights", default: .normal(deviation: 0.02)))
  }

  /// The filters, with weights [kh, kw, count, channels].
  public let filters: Filters

  /// - Throws: `TensorError` for numbers that make no filter.
  public init(
    _ count: Int, kernel: (Int, Int), stride: (Int, Int) = (1, 1), padding: Padding = .same, biases: Bool = true,
    weights: Initializer = .normal(deviation: 0.02)
  ) throws {
    filters = try Filters(
      count, kernel: kernel, stride: stride, padding: padding, biases: biases, weights: weights, sides: { [count, $0] })
  }

  /// The transposed convolution of `x` with the weights.
  public func apply(_ weights: Tensor, to x: Tensor) throws -> Tensor {
    try Tensor.transposedConvolution(x, weights, stride: filters.stride, padding: filters.padding)
  }

  /// A transposed convolution with the same settings.
  public func blank() throws -> Deconvolution {
    try Deconvolution(
      filters.count, kernel: filters.kernel, stride: filters.stride, padding: filters.padding, biases: filters.usesBiases,
      weights: filters.initializer)
  }
}
