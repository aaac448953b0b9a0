import Tensors

/// Lays a filter over every place of an image. `x` [n, h, w, c] gives [n, ⌈h / stride⌉, ⌈w / stride⌉, filters] with padding
/// `same`. Weights [kh, kw, c, filters].
public final class Convolution: Layer {
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
    weights: Initializer = .truncatedNormal(deviation: 0.02)
  ) throws {
    try checkFilter(filters, kernel, stride)
    (self.filters, self.kernel, self.stride, self.padding) = (filters, kernel, stride, padding)
    usesBiases = biases
    weightInitializer = weights
  }

  public var kind: String { "conv" }
  public var description: String { "conv \(filterText(filters, kernel, stride, padding))" }
  public var parameters: [Parameter] { [weights, biases].compactMap { $0 } }

  public func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor {
    try expect(x, rank: 4, "[n, height, width, channels]", otherwise: imageAdvice)
    let weights = try self.weights ?? build(channels: x.shape[3], context)
    try expect(x, axis: 3, size: weights.shape[2], "channels")
    let result = try Tensor.convolution(x, weights.tensor, stride: stride, padding: padding)
    guard let biases else { return result }
    return try result + biases.tensor
  }

  private func build(channels: Int, _ context: Context) throws -> Parameter {
    let taps = kernel.0 * kernel.1
    let made = try Parameter(
      "weights",
      weightInitializer(
        [kernel.0, kernel.1, channels, filters], fan: (taps * channels, taps * filters), context.random))
    if usesBiases { biases = try Parameter("biases", Tensor.fill(0, shape: [filters])) }
    weights = made
    return made
  }
}

let imageAdvice = "Images of one channel are [n, height, width, 1]; `reshape` makes images of rows."

func checkFilter(_ filters: Int, _ kernel: (Int, Int), _ stride: (Int, Int)) throws {
  guard filters > 0 else { throw TensorError(title: "a layer has at least one filter", operands: [("filters", "\(filters)")]) }
  guard (1...4096).contains(kernel.0), (1...4096).contains(kernel.1) else {
    throw TensorError(title: "a kernel has 1 to 4096 pixels a side", operands: [("kernel", "\(kernel.0), \(kernel.1)")])
  }
  guard (1...4096).contains(stride.0), (1...4096).contains(stride.1) else {
    throw TensorError(title: "a stride is 1 to 4096 pixels", operands: [("stride", "\(stride.0), \(stride.1)")])
  }
}

/// `64, kernel: 4, stride: 2`.
func filterText(_ filters: Int, _ kernel: (Int, Int), _ stride: (Int, Int), _ padding: Padding) -> String {
  func pair(_ sides: (Int, Int)) -> String { sides.0 == sides.1 ? "\(sides.0)" : "[\(sides.0), \(sides.1)]" }
  return "\(filters), kernel: \(pair(kernel)), stride: \(pair(stride))" + (padding == .valid ? ", padding: \"valid\"" : "")
}
