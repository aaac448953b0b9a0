import Interpreter
import Tensors

/// An index that says of each place whether it is picked: the result of a comparison, or a list of true and false.
enum Mask {
  /// The mask that an index is; nil where it is a place, or several.
  static func of(_ index: Index) throws -> Tensor? {
    guard case .value(let value) = index else { return nil }
    return try of(value)
  }

  static func of(_ value: Value) throws -> Tensor? {
    switch value {
    case .object: return value.tensor.flatMap { $0.isMask ? $0 : nil }
    case .list:
      guard startsWithBoolean(value) else { return nil }
      let tensor = try NestedNumbers(value, argument: "index").tensor()
      return tensor.isMask ? tensor : nil
    case .none, .boolean, .number, .string, .range, .record, .function, .builtin: return nil
    }
  }

  private static func startsWithBoolean(_ value: Value) -> Bool {
    var value = value
    for _ in 0..<32 {
      switch value {
      case .boolean: return true
      case .list(let list):
        guard let first = list.elements.first else { return false }
        value = first
      case .none, .number, .string, .range, .record, .function, .builtin, .object: return false
      }
    }
    return false
  }

  /// The places that a mask of one axis picks, of `count` there are.
  static func places(_ mask: Tensor, count: Int, of owner: String, position: Int = 0) throws -> [Int] {
    guard mask.shape.dimensions == [count] else {
      throw Failure(
        "the mask does not fit", [(.position(position), "a mask \(mask.shape), for \(owner)")],
        advice: "It must say of each whether it is picked: [\(count)].")
    }
    return try mask.nonzeroPlaces()
  }
}
