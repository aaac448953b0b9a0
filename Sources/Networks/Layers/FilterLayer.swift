import Tensors

/// What `conv` and `deconv` have in common: a filter of learned weights that is laid over images, and a learned number added to each
/// channel of the result.
public class FilterLayer: Layer {
  public let filters: Int
  public let kernel: (Int, Int)
  public let stride: (Int, Int)
  public let padding: Padding
  public let usesBiases: Bool
  public let weightInitializer: Initializer
  private var weights: Parameter?
  private var biases: Parameter?

  init(_ filters: Int, kernel: (Int, Int), stride: (Int, Int), padding: Padding, biases: Bool, weights: Initializer) throws {
    guard filters > 0 else { throw TensorError(title: "a layer has at least one filter", operands: [("filters", "\(filters)")]) }
    guard (1...4096).contains(kernel.0), (1...4096).contains(kernel.1) else {
      throw TensorError(title: "a kernel has 1 to 4096 pixels a side", operands: [("kernel", "\(kernel.0), \(kernel.1)")])
    }
    guard (1...4096).contains(stride.0), (1...4096).contains(stride.1) else {
      throw TensorError(title: "a stride is 1 to 4096 pixels", operands: [("stride", "\(stride.0), \(stride.1)")])
    }
    (self.filters, self.kernel, self.stride, self.padding) = (filters, kernel, stride, padding)
    usesBiases = biases
    weightInitializer = weights
  }

  public var kind: String { "filter" }

  /// The axis of the weights along which the input's channels lie; the filters lie along the other of the last two.
  var channelAxis: Int { 2 }

  func apply(_ weights: Tensor, to x: Tensor) throws -> Tensor { x }

  public var description: String {
    func pair(_ sides: (Int, Int)) -> String { sides.0 == sides.1 ? "\(sides.0)" : "[\(sides.0), \(sides.1)]" }
    let border = padding == .valid ? ", padding: \"valid\"" : ""
    return "\(kind) \(filters), kernel: \(pair(kernel)), stride: \(pair(stride))\(border)"
  }

  public var parameters: [Parameter] { [weights, biases].compactMap { $0 } }
  public var inputSize: Int? { weights?.shape[channelAxis] }

  public func parts(input: Int) -> [(name: String, shape: [Int])] {
    let sides = channelAxis == 2 ? [input, filters] : [filters, input]
    return [("weights", [kernel.0, kernel.1] + sides)] + (usesBiases ? [("biases", [filters])] : [])
  }

  public func make(_ values: [Tensor]) throws {
    weights = try values.first.map { try Parameter("weights", $0) }
    biases = try values.dropFirst().first.map { try Parameter("biases", $0) }
  }

  public func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor {
    try expect(
      x, rank: 4, "[n, height, width, channels]",
      otherwise: "Images of one channel are [n, height, width, 1]; `reshape` makes images of rows.")
    if weights == nil, context.isTrial { return try apply(firstWeights(channels: x.shape[3], context), to: x) }
    let weights = try self.weights ?? build(channels: x.shape[3], context)
    try expect(x, axis: 3, size: weights.shape[channelAxis], "channels")
    let result = try apply(weights.tensor, to: x)
    guard let biases else { return result }
    return try result + biases.tensor
  }

  public func copied(by copying: LayerCopying) throws -> any Layer { self }

  private func build(channels: Int, _ context: Context) throws -> Parameter {
    let made = try Parameter("weights", firstWeights(channels: channels, context))
    if usesBiases { biases = try Parameter("biases", Tensor.fill(0, shape: [filters])) }
    weights = made
    return made
  }

  private func firstWeights(channels: Int, _ context: Context) throws -> Tensor {
    let taps = kernel.0 * kernel.1
    let shape = parts(input: channels)[0].shape
    return try weightInitializer(shape, fan: (taps * channels, taps * filters), context.random)
  }
}
