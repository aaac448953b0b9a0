import Tensors

/// What can be chosen of a layer where its word stands in a script: a name, what is taken without it, and what help says of it.
public enum LayerOption: Sendable {
  /// A whole number that must be given.
  case integer(String, _ help: String)
  case number(String, default: Double, _ help: String)
  /// A finite number from 0 up.
  case amount(String, default: Double, _ help: String)
  case finite(String, default: Double, _ help: String)
  case flag(String, default: Bool, _ help: String)
  /// A whole number above 0 for both directions of an image, or a list of two: down and to the right.
  case sides(String, default: Int, _ help: String)
  /// "same" or "valid".
  case padding(String, default: Padding, _ help: String)
  /// How first numbers are drawn; what is taken without it is the layer's to say.
  case initializer(String, _ help: String)
  /// All arguments, as the sizes of a shape.
  case sizes(String, _ help: String)

  /// By which the argument may be given.
  public var name: String {
    switch self {
    case .integer(let name, _), .number(let name, _, _), .amount(let name, _, _), .finite(let name, _, _), .flag(let name, _, _),
      .sides(let name, _, _), .padding(let name, _, _), .initializer(let name, _), .sizes(let name, _):
      name
    }
  }
}

extension LayerOption {
  /// What normalizations add to the variance.
  static let epsilon = amount("epsilon", default: 1e-5, "added to the variance")
  static let biases = flag("biases", default: true, "whether to add a learned number to each output")
  static let weights = initializer(
    "weights", "how the first weights are drawn: he(), glorot(), normal_weights(0.02), truncated_weights(0.02), zero_weights()")
}

/// What was chosen of a layer's options; each has a value, given or by default.
public struct LayerChoices {
  /// The value of one option.
  public enum Choice {
    case integer(Int)
    case number(Double)
    case flag(Bool)
    case sides(Int, Int)
    case padding(Padding)
    /// Nil where it is the layer's to say.
    case initializer(Initializer?)
    case sizes([Int])
  }

  private let values: [String: Choice]

  /// Choices by the names of the options.
  public init(_ values: [String: Choice]) { self.values = values }

  // Each throws `TensorError` for an option that the layer's word does not have.

  func integer(_ name: String) throws -> Int { if case .integer(let value) = values[name] { value } else { throw missing(name) } }
  func number(_ name: String) throws -> Double {
    if case .number(let value) = values[name] { value } else { throw missing(name) }
  }
  func flag(_ name: String) throws -> Bool { if case .flag(let value) = values[name] { value } else { throw missing(name) } }
  func padding(_ name: String) throws -> Padding {
    if case .padding(let value) = values[name] { value } else { throw missing(name) }
  }
  func sides(_ name: String) throws -> (Int, Int) {
    if case .sides(let down, let right) = values[name] { (down, right) } else { throw missing(name) }
  }
  func sizes(_ name: String) throws -> [Int] { if case .sizes(let value) = values[name] { value } else { throw missing(name) } }
  func initializer(_ name: String, default initializer: Initializer) throws -> Initializer {
    if case .initializer(let value) = values[name] { value ?? initializer } else { throw missing(name) }
  }

  private func missing(_ name: String) -> TensorError {
    TensorError(title: "the layer's word has no option `\(name)` of this kind")
  }
}
