import Base
import Formats
import Interpreter
import Tensors

/// A list of lists of numbers, flattened, with the shape that it has.
struct NestedNumbers {
  private(set) var shape: [Int] = []
  private var floats: [Float] = []
  /// The whole numbers that are others as Floats.
  private(set) var rounded = RoundedNumbers()
  /// How many of the numbers are true or false.
  private var booleans = 0
  /// Tensors among the elements, which keep their derivatives: they are stacked.
  private var tensors: [Tensor] = []
  private let argument: String

  init(_ value: Value, argument: String) throws {
    self.argument = argument
    shape = try NestedNumbers.shape(of: value, depth: 0, argument)
    // A range of a few letters can stand for more numbers than there is memory.
    try floats.makeRoom(for: Tensors.Shape(shape).count)
    try collect(value, depth: 0)
  }

  func tensor() throws -> Tensor {
    guard !tensors.isEmpty else { return try Tensor(floats, shape: shape, isMask: booleans > 0 && booleans == floats.count) }
    guard floats.isEmpty else {
      throw Failure(
        "a list of numbers and tensors has no one shape", [(.argument(argument), "numbers and tensors mixed")],
        advice: "Use tensors alone (they are stacked) or numbers alone.")
    }
    return try Tensor.stack(tensors).reshaped(shape)
  }

  /// The shape that the first elements have; all others must have it too.
  private static func shape(of value: Value, depth: Int, _ argument: String) throws -> [Int] {
    guard depth < 32 else {
      throw Failure("the list is nested too deeply", [(.argument(argument), "more than 32 levels")])
    }
    switch value {
    case .list(let list):
      guard let first = list.elements.first else { return [0] }
      return [list.elements.count] + (try shape(of: first, depth: depth + 1, argument))
    case .range(let range): return [range.count]
    case .object(let object):
      if let tensor = (object as? TensorValue)?.tensor { return tensor.shape.dimensions }
      return []
    case .none, .boolean, .number, .string, .record, .function, .builtin: return []
    }
  }

  private mutating func collect(_ value: Value, depth: Int) throws {
    switch value {
    case .number(let number):
      guard depth == shape.count else { throw ragged(depth) }
      floats.append(rounded.float(number, at: floats.count))
    case .boolean(let boolean):
      guard depth == shape.count else { throw ragged(depth) }
      floats.append(boolean ? 1 : 0)
      booleans += 1
    case .list(let list):
      guard depth < shape.count, list.elements.count == shape[depth] else { throw ragged(depth) }
      for element in list.elements { try collect(element, depth: depth + 1) }
    case .range(let range):
      guard depth == shape.count - 1, range.count == shape[depth] else { throw ragged(depth) }
      _ = try Tensors.Shape([range.count])
      for place in 0..<range.count { floats.append(rounded.float(range.number(at: place), at: floats.count)) }
    case .object(let object):
      guard let tensor = (object as? TensorValue)?.tensor else { throw wrong(value) }
      guard Array(shape[depth...]) == tensor.shape.dimensions else { throw ragged(depth) }
      tensors.append(tensor)
    case .none, .string, .record, .function, .builtin: throw wrong(value)
    }
  }

  private func ragged(_ depth: Int) -> Failure {
    Failure(
      "the rows are not of one length",
      [(.argument(argument), "the first rows make \(Tensors.Shape.text(shape)); axis \(depth) differs")],
      advice: "Every list on one level must have as many elements as its neighbors.")
  }

  private func wrong(_ value: Value) -> Failure {
    Failure(
      "a tensor is made of numbers", [(.argument(argument), "\(value.typeNameWithArticle) among them")],
      advice: "Give numbers, or lists of numbers.")
  }
}
