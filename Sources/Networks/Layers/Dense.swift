import Tensors

/// x·W + b: every output sees every input. `x` [n, inputs] gives [n, units].
public final class Dense: ParameterizedLayer {
  public static let word = LayerWord(
    "dense", "Every output sees every input: x·W + b. [n, inputs] gives [n, units].",
    options: [.integer("units", "how many outputs"), .biases, .weights],
    example: ("D = net { dense 3 }\nD(zeros([5, 4])).shape", "[5, 3]"),
    details: "Weights begin normal with deviation 0.02 unless `weights` says otherwise, biases at 0."
  ) { choices in
    try Dense(
      choices.integer("units"), biases: choices.flag("biases"),
      weights: choices.initializer("weights", default: .normal(deviation: 0.02)))
  }

  public let units: Int
  public let usesBiases: Bool
  public let weightInitializer: Initializer
  private let weights: ParameterSlot
  private let biases: ParameterSlot

  /// - Throws: `TensorError` for less than one unit.
  public init(_ units: Int, biases: Bool = true, weights: Initializer = .normal(deviation: 0.02)) throws {
    guard units > 0 else {
      throw TensorError(title: "a layer has at least one unit", operands: [("units", "\(units)")])
    }
    self.units = units
    usesBiases = biases
    weightInitializer = weights
    self.weights = ParameterSlot("weights", weights, fan: { ($0, units) }) { [$0, units] }
    self.biases = ParameterSlot("biases", .zeros) { _ in [units] }
  }

  public static let unit = "features"
  public var description: String { "dense \(units)" }
  public var slots: [ParameterSlot] { usesBiases ? [weights, biases] : [weights] }
  public func blank() throws -> Dense { try Dense(units, biases: usesBiases, weights: weightInitializer) }

  public func check(_ x: Tensor) throws {
    try expect(x, rank: 2, "[n, features]", otherwise: "Put `flatten` before it: that makes one row of each sample.")
  }

  public func pass(_ x: Tensor, in context: Context) throws -> Tensor {
    let product = try Tensor.matmul(x, weights.tensor)
    return usesBiases ? try product + biases.tensor : product
  }
}
