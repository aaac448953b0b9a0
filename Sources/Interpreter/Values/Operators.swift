import Base
import Syntax

/// Operators on values that are not two numbers.
enum Operators {
  /// Lists and strings made by `*` and `+` may not be longer.
  static let lengthLimit = List.lengthLimit

  static func apply(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws -> Value {
    if case .object(let object) = left, let value = try object.binary(operation, left: left, right: right) { return value }
    if case .object(let object) = right, let value = try object.binary(operation, left: left, right: right) { return value }
    switch operation {
    case .equal: return .boolean(try Equality.areEqual(left, right))
    case .notEqual: return .boolean(try !Equality.areEqual(left, right))
    case .less: return .boolean(try isOrdered(operation, left, right, <, <))
    case .lessOrEqual: return .boolean(try isOrdered(operation, left, right, <=, <=))
    case .greater: return .boolean(try isOrdered(operation, left, right, >, >))
    case .greaterOrEqual: return .boolean(try isOrdered(operation, left, right, >=, >=))
    case .add: return try add(left, right)
    case .subtract: return .number(try numbers(operation, left, right, -))
    case .multiply: return try multiply(left, right)
    case .divide: return .number(try numbers(operation, left, right, /))
    case .remainder: return .number(try numbers(operation, left, right, NumberOperations.remainder))
    case .power: return .number(try numbers(operation, left, right, NumberOperations.power))
    case .matrixProduct:
      throw Failure(
        "`@` is the product of two matrices", marks(left, right), advice: "Multiply numbers with `*`; make tensors by `tensor`.")
    }
  }

  /// What is to be said where a value meets one that holds numbers in another way.
  static func remark(_ left: Value, _ right: Value) -> Remark? {
    switch (left, right) {
    case (.object, .object): nil
    case (.object(let object), let value): object.remark(meeting: value, as: .right)
    case (let value, .object(let object)): object.remark(meeting: value, as: .left)
    default: nil
    }
  }

  static func negate(_ value: Value) throws -> Value {
    if case .number(let number) = value { return .number(-number) }
    if case .object(let object) = value, let result = try object.unary(.negate) { return result }
    throw Failure("`-` wants a number", [(.whole, value.briefly)])
  }

  private static func marks(_ left: Value, _ right: Value) -> [(Operand, String)] {
    [(.left, left.briefly), (.right, right.briefly)]
  }

  private static func isOrdered(
    _ operation: BinaryOperator, _ left: Value, _ right: Value,
    _ numbers: (Double, Double) -> Bool, _ strings: (String, String) -> Bool
  ) throws -> Bool {
    switch (left, right) {
    case (.number(let first), .number(let second)): return numbers(first, second)
    case (.string(let first), .string(let second)): return strings(first, second)
    default:
      throw Failure("`\(operation.rawValue)` compares two numbers or two strings", marks(left, right))
    }
  }

  private static func numbers(
    _ operation: BinaryOperator, _ left: Value, _ right: Value, _ apply: (Double, Double) -> Double
  ) throws -> Double {
    if case .number(let first) = left, case .number(let second) = right { return apply(first, second) }
    var advice: [String] = []
    for case .list in [left, right] { advice = ["For arithmetic on many numbers make a tensor: `tensor([…])`."] }
    for case .none in [left, right] { advice = ["A function without a value, and a variable set to `none`, give none."] }
    if operation == .remainder, case .string = left { advice = ["Write values into a text by braces: \"{x:.3}\"."] }
    throw Failure("`\(operation.rawValue)` wants two numbers", marks(left, right), advice: advice)
  }

  private static func add(_ left: Value, _ right: Value) throws -> Value {
    switch (left, right) {
    case (.number(let first), .number(let second)): return .number(first + second)
    case (.string(let first), .string(let second)):
      guard first.utf8.count + second.utf8.count <= lengthLimit else { throw tooLong(left, right) }
      try Memory.require(first.utf8.count + second.utf8.count)
      return .string(first + second)
    case (.list(let first), .list(let second)):
      guard first.elements.count + second.elements.count <= lengthLimit else { throw tooLong(left, right) }
      try Memory.require(first.elements.count + second.elements.count, of: Value.self)
      return .list(List(first.elements + second.elements))
    case (.string, _), (_, .string):
      throw Failure(
        "`+` joins two strings, or adds two numbers", marks(left, right),
        advice: "Set a value into a string with braces: \"… {x} …\".")
    case (.list, _), (_, .list):
      throw Failure(
        "`+` joins two lists, or adds two numbers", marks(left, right),
        advice: "To add one element: `append(list, element)`; for arithmetic: `tensor(list)`.")
    default: return .number(try numbers(.add, left, right, +))
    }
  }

  private static func tooLong(_ left: Value, _ right: Value) -> Failure {
    Failure("the result would be too long", marks(left, right))
  }

  private static func multiply(_ left: Value, _ right: Value) throws -> Value {
    switch (left, right) {
    case (.number(let first), .number(let second)): return .number(first * second)
    case (.list(let list), .number(let times)), (.number(let times), .list(let list)):
      let count = try repeats(times, list.elements.count, left, right)
      var elements: [Value] = []
      try elements.makeRoom(for: count * list.elements.count)
      for _ in 0..<count { elements += list.elements }
      return .list(List(elements))
    case (.string(let string), .number(let times)), (.number(let times), .string(let string)):
      let count = try repeats(times, string.utf8.count, left, right)
      try Memory.require(count * string.utf8.count)
      return .string(String(repeating: string, count: count))
    default: return .number(try numbers(.multiply, left, right, *))
    }
  }

  private static func repeats(_ times: Double, _ length: Int, _ left: Value, _ right: Value) throws -> Int {
    guard let count = Int(exactly: times) else {
      throw Failure("a list or a string is repeated a whole number of times", marks(left, right))
    }
    if count <= 0 || length == 0 { return 0 }
    let (total, overflow) = count.multipliedReportingOverflow(by: length)
    guard !overflow, total <= lengthLimit else { throw tooLong(left, right) }
    return count
  }
}
