import Tensors

/// Lays a filter over every place of an image. `x` [n, h, w, c] gives [n, ⌈h / stride⌉, ⌈w / stride⌉, filters] with padding
/// `same`. Weights [kh, kw, c, filters].
public final class Convolution: FilterLayer {
  /// `conv` in the braces of `net`.
  public static let word = LayerWord(
    "conv", "A convolution: filters laid over every place of an image. [n, h, w, c] gives [n, h / stride, w / stride, filters].",
    options: LayerOption.filters("how many filters"),
    example: ("D = net { conv 64, kernel: 4, stride: 2 }\nD(zeros([2, 28, 28, 1])).shape", "[2, 14, 14, 64]"),
    details: "Weights begin truncated normal with deviation 0.02 unless `weights` says otherwise, biases at 0."
  ) { choices in
    try Convolution(
      choices.integer("filters"), kernel: choices.sides("kernel"), stride: choices.sides("stride"),
      padding: choices.padding("padding"), biases: choices.flag("biases"),
      weights: choices.initializer("weights", default: .truncatedNormal(deviation: 0.02)))
  }

  /// The filters, with weights [kh, kw, channels, count].
  public let filters: Filters

  /// - Throws: `TensorError` for numbers that make no filter.
  public init(
    _ count: Int, kernel: (Int, Int), stride: (Int, Int) = (1, 1), padding: Padding = .same, biases: Bool = true,
    weights: Initializer = .truncatedNormal(deviation: 0.02)
  ) throws {
    filters = try Filters(
      count, kernel: kernel, stride: stride, padding: padding, biases: biases, weights: weights, sides: { [$0, count] })
  }

  /// The convolution of `x` with the weights.
  public func apply(_ weights: Tensor, to x: Tensor) throws -> Tensor {
    try Tensor.convolution(x, weights, stride: filters.stride, padding: filters.padding)
  }

  /// A convolution with the same settings.
  public func blank() throws -> Convolution {
    try Convolution(
      filters.count, kernel: filters.kernel, stride: filters.stride, padding: filters.padding, biases: filters.usesBiases,
      weights: filters.initializer)
  }
}
