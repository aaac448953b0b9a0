import Tensors

/// The place of a parameter in a layer. It says once what the parameter is called, how large it is and how it begins, and holds the
/// parameter from the layer's first call on.
public final class ParameterSlot {
  /// "weights", "scale", …
  public let name: String
  /// Whether an optimizer moves it; running statistics are moved by the passes that an update learns from.
  public let isTrained: Bool
  private let initializer: Initializer
  private let fan: (_ input: Int) -> (inputs: Int, outputs: Int)
  private let shape: (_ input: Int) -> [Int]
  /// Nil before the first call.
  private(set) var parameter: Parameter?
  /// For how many features or channels of input the parameter was made; nil before the first call.
  private(set) var input: Int?

  /// - Parameter initializer: How its first numbers are drawn.
  /// - Parameter isTrained: Whether an optimizer moves it.
  /// - Parameter fan: How many inputs feed one output, and how many outputs one input feeds; for initializers that ask.
  /// - Parameter shape: Its shape in a layer for so many features or channels of input.
  init(
    _ name: String, _ initializer: Initializer, isTrained: Bool = true,
    fan: @escaping (_ input: Int) -> (inputs: Int, outputs: Int) = { ($0, $0) }, shape: @escaping (_ input: Int) -> [Int]
  ) {
    self.name = name
    self.isTrained = isTrained
    self.initializer = initializer
    self.fan = fan
    self.shape = shape
  }

  /// The parameter, in a pass.
  /// - Throws: `TensorError` before the first call.
  var made: Parameter {
    get throws {
      guard let parameter else { throw TensorError(title: "\(name) is asked for before the layer's first call") }
      return parameter
    }
  }

  /// The parameter's present numbers, in a pass.
  /// - Throws: `TensorError` before the first call.
  var tensor: Tensor { get throws { try made.tensor } }

  /// Its shape in a layer for so many features or channels of input.
  func shape(input: Int) -> [Int] { shape(input) }

  /// First numbers for a layer of so many features or channels of input.
  /// - Throws: `TensorError` for a shape that is too large.
  func drawn(input: Int, _ random: RandomSource) throws -> Tensor { try initializer(shape(input), fan: fan(input), random) }

  /// Holds `parameter`, made for `input`, from here on; nil: is as before the first call.
  func hold(_ parameter: Parameter?, input: Int?) { (self.parameter, self.input) = (parameter, input) }
}
