import Tensors

/// The transposed convolution: every input pixel lays its filter onto a larger image. `x` [n, h, w, c] gives
/// [n, h · stride, w · stride, filters] with padding `same`. Weights [kh, kw, filters, c].
public final class Deconvolution: Layer {
  public let filters: Int
  public let kernel: (Int, Int)
  public let stride: (Int, Int)
  public let padding: Padding
  public let usesBiases: Bool
  public let weightInitializer: Initializer
  private var weights: Parameter?
  private var biases: Parameter?

  public init(
    _ filters: Int, kernel: (Int, Int), stride: (Int, Int) = (1, 1), padding: Padding = .same, biases: Bool = true,
    weights: Initializer = .normal(deviation: 0.02)
  ) throws {
    try checkFilter(filters, kernel, stride)
    (self.filters, self.kernel, self.stride, self.padding) = (filters, kernel, stride, padding)
    usesBiases = biases
    weightInitializer = weights
  }

  public var kind: String { "deconv" }
  public var description: String { "deconv \(filterText(filters, kernel, stride, padding))" }
  public var parameters: [Parameter] { [weights, biases].compactMap { $0 } }

  public func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor {
    try expect(x, rank: 4, "[n, height, width, channels]", otherwise: imageAdvice)
    let weights = try self.weights ?? build(channels: x.shape[3], context)
    try expect(x, axis: 3, size: weights.shape[3], "channels")
    let result = try Tensor.transposedConvolution(x, weights.tensor, stride: stride, padding: padding)
    guard let biases else { return result }
    return try result + biases.tensor
  }

  private func build(channels: Int, _ context: Context) throws -> Parameter {
    let taps = kernel.0 * kernel.1
    let made = try Parameter(
      "weights",
      weightInitializer(
        [kernel.0, kernel.1, filters, channels], fan: (taps * channels, taps * filters), context.random))
    if usesBiases { biases = try Parameter("biases", Tensor.fill(0, shape: [filters])) }
    weights = made
    return made
  }
}
