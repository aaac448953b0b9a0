import Tensors

/// A tensor that is trained without being a layer's: what a script makes by `parameter(…)`, for a function to hold. It stands among the
/// layers of that function, and has the one parameter.
public final class LearnedTensor: Layer {
  /// The tensor that is trained, with a name only where a function has it by a variable.
  public let parameter: Parameter

  /// - Parameter initial: Its numbers at first, of which it takes a copy.
  public init(_ initial: Tensor) throws { parameter = try Parameter("", initial.separate()) }

  /// "parameter".
  public var kind: String { "parameter" }
  /// "parameter [1, 8]".
  public var description: String { "parameter \(parameter.shape)" }
  /// The one parameter.
  public var parameters: [Parameter] { [parameter] }
  /// It does not depend on any input.
  public var inputSize: Int? { 0 }

  /// The one parameter, without a name of its own.
  public func parts(input: Int) -> [(name: String, shape: [Int])] { [("", parameter.shape.dimensions)] }

  /// Sets the parameter.
  public func make(_ values: [Tensor], input: Int) throws {
    if let value = values.first { try parameter.assign(value) }
  }

  /// The failure of calling what is no layer.
  public func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor {
    throw TensorError(
      title: "a parameter is not a layer", operands: [("x", "\(x.shape)")],
      advice: "A function that uses it is: `x -> x * g`.")
  }

  /// A parameter that begins with the same numbers.
  public func copied(by copying: LayerCopying) throws -> any Layer { try LearnedTensor(parameter.tensor) }
}
