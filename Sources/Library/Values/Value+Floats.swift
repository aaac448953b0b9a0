import Interpreter
import Tensors

extension Value {
  /// The numbers of a tensor in row-major order, and its shape; nil for other values.
  ///
  /// - Throws: a `TensorError` where they cannot be computed, and the error of an interruption.
  public func floats() throws -> (numbers: [Float], shape: [Int])? {
    guard let tensor else { return nil }
    return (try tensor.floats(), tensor.shape.dimensions)
  }

  /// A tensor of these numbers.
  ///
  /// - Throws: a `TensorError` where they do not fill the shape.
  public static func tensor(_ numbers: [Float], shape: [Int]) throws -> Value { .tensor(try Tensor(numbers, shape: shape)) }
}
