import Base
import Formats
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
      return try tensor.doubles()
    case .none, .boolean, .number, .string, .record, .function, .builtin: return nil
    }
  }

  /// The same as places: whole numbers that count rows or classes.
  /// - Throws: `Failure` where a tensor holds one of 2²⁴ or more, of which a tensor does not know whether it was rounded.
  static func places(_ value: Value, argument: String) throws -> [Double]? {
    let numbers = try list(value)
    if value.tensor != nil, let far = numbers?.first(where: { $0.magnitude >= RoundedNumbers.exactLimit }) {
      throw tooFar(far, .argument(argument))
    }
    return numbers
  }

  static func tooFar(_ place: Double, _ operand: Operand) -> Failure {
    Failure(
      "a tensor cannot tell places so far apart", [(operand, "\(Value.number(place).plainText) among them")],
      advice: [
        "Its numbers are float32, exact for whole numbers below 16777216 (2^24) only.",
        "Give places beyond as a list or a range.",
      ])
  }

  /// A tensor of places, [n].
  /// - Throws: `Failure` where one is beyond what a tensor can tell.
  static func tensor(ofPlaces places: [Int]) throws -> Tensor {
    if let far = places.first(where: { Double($0) > RoundedNumbers.exactLimit }) {
      throw Failure(
        "a place is too far for a tensor", [(.whole, "\(far)")],
        advice: "A tensor's numbers are float32, exact for whole numbers up to 16777216 (2^24). Work on a part.")
    }
    return try Tensor(places.map(Float.init), shape: [places.count])
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
  var brief: String { NumberText.significant(Double(self), digits: 4) }
}
