import Tensors

/// x·W + b: every output sees every input. `x` [n, inputs] gives [n, units].
public final class Dense: Layer {
  public let units: Int
  public let usesBiases: Bool
  public let weightInitializer: Initializer
  private var weights: Parameter?
  private var biases: Parameter?

  public init(_ units: Int, biases: Bool = true, weights: Initializer = .normal(deviation: 0.02)) throws {
    guard units > 0 else {
      throw TensorError(title: "a layer has at least one unit", operands: [("units", "\(units)")])
    }
    self.units = units
    usesBiases = biases
    weightInitializer = weights
  }

  public var kind: String { "dense" }
  public var description: String { "dense \(units)" }
  public var parameters: [Parameter] { [weights, biases].compactMap { $0 } }
  public var inputSize: Int? { weights?.shape[0] }

  public func parts(input: Int) -> [(name: String, shape: [Int])] {
    [("weights", [input, units])] + (usesBiases ? [("biases", [units])] : [])
  }

  public func make(_ values: [Tensor]) throws {
    weights = try values.first.map { try Parameter("weights", $0) }
    biases = try values.dropFirst().first.map { try Parameter("biases", $0) }
  }

  public func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor {
    try expect(x, rank: 2, "[n, features]", otherwise: "Put `flatten` before it: that makes one row of each sample.")
    if weights == nil, context.isTrial { return try Tensor.matmul(x, firstWeights(inputs: x.shape[1], context)) }
    let weights = try self.weights ?? build(inputs: x.shape[1], context)
    try expect(x, axis: 1, size: weights.shape[0], "features")
    let product = try Tensor.matmul(x, weights.tensor)
    guard let biases else { return product }
    return try product + biases.tensor
  }

  public func copied(by copying: LayerCopying) throws -> any Layer {
    try filled(Dense(units, biases: usesBiases, weights: weightInitializer))
  }

  private func build(inputs: Int, _ context: Context) throws -> Parameter {
    let made = try Parameter("weights", firstWeights(inputs: inputs, context))
    if usesBiases { biases = try Parameter("biases", Tensor.fill(0, shape: [units])) }
    weights = made
    return made
  }

  private func firstWeights(inputs: Int, _ context: Context) throws -> Tensor {
    try weightInitializer([inputs, units], fan: (inputs, units), context.random)
  }
}
