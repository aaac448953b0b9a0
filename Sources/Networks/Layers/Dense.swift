import Tensors

/// x·W + b: every output sees every input. `x` [n, inputs] gives [n, units].
public final class Dense: ParameterizedLayer {
  /// `dense` in the braces of `net`.
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

  /// How many outputs it has, at least 1.
  public let units: Int
  /// Whether a learned number is added to each output.
  public let usesBiases: Bool
  /// How the first weights are drawn; biases begin at 0.
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

  /// The last axis is the feature.
  public static let unit = "features"
  /// "dense 128".
  public var description: String { "dense \(units)" }
  /// Weights [inputs, units] and biases [units].
  public var slots: [ParameterSlot] { usesBiases ? [weights, biases] : [weights] }
  /// A dense layer with the same settings.
  public func blank() throws -> Dense { try Dense(units, biases: usesBiases, weights: weightInitializer) }

  /// Refuses what is no batch of rows.
  ///
  /// - Throws: a `TensorError` for other than two axes.
  public func check(_ x: Tensor) throws {
    try expect(x, rank: 2, "[n, features]", otherwise: "Put `flatten` before it: that makes one row of each sample.")
  }

  /// x·W + b, [n, units].
  public func pass(_ x: Tensor, in context: Context) throws -> Tensor {
    let product = try Tensor.matmul(x, weights.tensor)
    return usesBiases ? try product + biases.tensor : product
  }
}
