import Interpreter
import Tensors

/// Numbers out of values of the language.
enum Numbers {
  /// The numbers of a list, a range, or a tensor of one axis; nil for anything else.
  static func list(_ value: Value) throws -> [Double]? {
    switch value {
    case .list(let list):
      var numbers: [Double] = []
      for element in list.elements {
        guard let number = try single(element) else { return nil }
        numbers.append(number)
      }
      return numbers
    case .range(let range): return (0..<range.count).map { range.number(at: $0) }
    case .object(let object):
      guard let tensor = (object as? TensorValue)?.tensor, tensor.rank == 1 else { return nil }
      return try tensor.floats().map(Double.init)
    case .none, .boolean, .number, .string, .record, .function, .builtin: return nil
    }
  }

  /// The number that a value is or stands for.
  static func single(_ value: Value) throws -> Double? {
    switch value {
    case .number(let number): number
    case .object(let object): try object.scalar()
    case .none, .boolean, .string, .list, .range, .record, .function, .builtin: nil
    }
  }
}

extension BinaryFloatingPoint {
  /// At most four significant digits, whole numbers without a point: for labels and lines of facts.
  var brief: String { TensorText.number(Double(self), digits: 4) }
}
