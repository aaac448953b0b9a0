import Tensors

/// A tensor that is trained without being a layer's: what a script makes by `parameter(…)`, for a function to hold. It stands among the
/// layers of that function, and has the one parameter.
public final class LearnedTensor: Layer {
  public let parameter: Parameter

  /// - Parameter initial: Its numbers at first, of which it takes a copy.
  public init(_ initial: Tensor) throws { parameter = try Parameter("", initial.separate()) }

  public var kind: String { "parameter" }
  public var description: String { "parameter \(parameter.shape)" }
  public var parameters: [Parameter] { [parameter] }
  /// It does not depend on any input.
  public var inputSize: Int? { 0 }

  public func parts(input: Int) -> [(name: String, shape: [Int])] { [("", parameter.shape.dimensions)] }

  public func make(_ values: [Tensor], input: Int) throws {
    if let value = values.first { try parameter.assign(value) }
  }

  public func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor {
    throw TensorError(
      title: "a parameter is not a layer", operands: [("x", "\(x.shape)")],
      advice: "A function that uses it is: `x -> x * g`.")
  }

  public func copied(by copying: LayerCopying) throws -> any Layer { try LearnedTensor(parameter.tensor) }
}
