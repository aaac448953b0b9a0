import Glibc
import Syntax

/// An operation on two numbers, made fast; any other operands go the general way (`Operators`).
protocol NumberOperation {
  static var operation: BinaryOperator { get }
  static func apply(_ left: Double, _ right: Double) -> Double
}

enum AddNumbers: NumberOperation {
  static var operation: BinaryOperator { .add }
  @inline(__always) static func apply(_ left: Double, _ right: Double) -> Double { left + right }
}

enum SubtractNumbers: NumberOperation {
  static var operation: BinaryOperator { .subtract }
  @inline(__always) static func apply(_ left: Double, _ right: Double) -> Double { left - right }
}

enum MultiplyNumbers: NumberOperation {
  static var operation: BinaryOperator { .multiply }
  @inline(__always) static func apply(_ left: Double, _ right: Double) -> Double { left * right }
}

enum DivideNumbers: NumberOperation {
  static var operation: BinaryOperator { .divide }
  @inline(__always) static func apply(_ left: Double, _ right: Double) -> Double { left / right }
}

/// The remainder has the sign of the divisor: -1 % 7 is 6.
enum RemainderNumbers: NumberOperation {
  static var operation: BinaryOperator { .remainder }
  @inline(__always) static func apply(_ left: Double, _ right: Double) -> Double {
    // Whole numbers that fit 32 bits need no `fmod`, which is many times slower.
    if abs(left) <= 2_147_483_647, abs(right) <= 2_147_483_647 {
      let whole = Int32(left)
      let divisor = Int32(right)
      if Double(whole) == left, Double(divisor) == right, divisor > 0 {
        let rest = whole % divisor
        return Double(rest < 0 ? rest &+ divisor : rest)
      }
    }
    let rest = fmod(left, right)
    return rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest
  }
}

enum PowerNumbers: NumberOperation {
  static var operation: BinaryOperator { .power }
  @inline(__always) static func apply(_ left: Double, _ right: Double) -> Double {
    right == 2 ? left * left : pow(left, right)
  }
}

/// A comparison of two numbers.
protocol NumberComparison {
  static var operation: BinaryOperator { get }
  static func apply(_ left: Double, _ right: Double) -> Bool
}

enum EqualNumbers: NumberComparison {
  static var operation: BinaryOperator { .equal }
  @inline(__always) static func apply(_ left: Double, _ right: Double) -> Bool { left == right }
}

enum UnequalNumbers: NumberComparison {
  static var operation: BinaryOperator { .notEqual }
  @inline(__always) static func apply(_ left: Double, _ right: Double) -> Bool { left != right }
}

enum LessNumbers: NumberComparison {
  static var operation: BinaryOperator { .less }
  @inline(__always) static func apply(_ left: Double, _ right: Double) -> Bool { left < right }
}

enum LessOrEqualNumbers: NumberComparison {
  static var operation: BinaryOperator { .lessOrEqual }
  @inline(__always) static func apply(_ left: Double, _ right: Double) -> Bool { left <= right }
}

enum GreaterNumbers: NumberComparison {
  static var operation: BinaryOperator { .greater }
  @inline(__always) static func apply(_ left: Double, _ right: Double) -> Bool { left > right }
}

enum GreaterOrEqualNumbers: NumberComparison {
  static var operation: BinaryOperator { .greaterOrEqual }
  @inline(__always) static func apply(_ left: Double, _ right: Double) -> Bool { left >= right }
}

/// Where an operand comes from; local variables and constants are read in place.
protocol OperandReader {
  func read(_ frame: Frame) throws -> Value
  /// The number, where it is at hand without evaluating anything.
  func number(_ frame: Frame) -> Double?
  var code: Code { get }
}

struct AnyOperand: OperandReader {
  let code: Code
  @inline(__always) func read(_ frame: Frame) throws -> Value { try code.evaluate(frame) }
  @inline(__always) func number(_ frame: Frame) -> Double? { nil }
}

struct LocalOperand: OperandReader {
  let slot: Int
  let code: Code
  @inline(__always) func read(_ frame: Frame) throws -> Value { try code.evaluate(frame) }
  @inline(__always) func number(_ frame: Frame) -> Double? {
    if case .some(.number(let number)) = frame.locals[slot] { number } else { nil }
  }
}

struct NumberOperand: OperandReader {
  let constant: Double
  let code: Code
  @inline(__always) func read(_ frame: Frame) throws -> Value { .number(constant) }
  @inline(__always) func number(_ frame: Frame) -> Double? { constant }
}

/// Both operands as numbers, or as values where one of them is none.
enum OperandPair {
  case numbers(Double, Double)
  case values(Value, Value)
}

@inline(__always)
private func readPair<Left: OperandReader, Right: OperandReader>(
  _ left: Left, _ right: Right, _ frame: Frame
) throws -> OperandPair {
  // The left side is evaluated before the right one; a number at hand stays what it is whatever the right side does, since a
  // variable is copied when it is read.
  if let first = left.number(frame) {
    if let second = right.number(frame) { return .numbers(first, second) }
    let second = try right.read(frame)
    if case .number(let number) = second { return .numbers(first, number) }
    return .values(.number(first), second)
  }
  let first = try left.read(frame)
  if case .number(let number) = first {
    if let second = right.number(frame) { return .numbers(number, second) }
    let second = try right.read(frame)
    if case .number(let other) = second { return .numbers(number, other) }
    return .values(first, second)
  }
  return .values(first, try right.read(frame))
}

/// The common part of arithmetic and comparisons: what is done where an operand is no number.
class BinaryCode: Code {
  let operatorSpan: Span
  let operation: BinaryOperator
  let leftPlace: Place
  let rightPlace: Place

  init(_ operation: BinaryOperator, operatorSpan: Span, left: Place, right: Place, _ place: Place) {
    self.operation = operation
    self.operatorSpan = operatorSpan
    self.leftPlace = left
    self.rightPlace = right
    super.init(place)
  }

  @inline(never)
  final func applyGeneral(_ left: Value, _ right: Value, _ frame: Frame) throws -> Value {
    do {
      return try Operators.apply(operation, left, right)
    } catch {
      throw Raised.from(error, at: place, in: frame.machine.pointee.session) { operand in
        switch operand {
        case .left: self.leftPlace
        case .right: self.rightPlace
        case .callee, .whole, .argument, .position, .item: self.place
        }
      }
    }
  }
}

final class ArithmeticCode<Operation: NumberOperation, Left: OperandReader, Right: OperandReader>: BinaryCode {
  let left: Left
  let right: Right

  init(_ left: Left, _ right: Right, operatorSpan: Span, _ place: Place) {
    self.left = left
    self.right = right
    super.init(
      Operation.operation, operatorSpan: operatorSpan, left: left.code.place, right: right.code.place, place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    switch try readPair(left, right, frame) {
    case .numbers(let first, let second): return .number(Operation.apply(first, second))
    case .values(let first, let second): return try applyGeneral(first, second, frame)
    }
  }
}

final class ComparisonCode<Operation: NumberComparison, Left: OperandReader, Right: OperandReader>: BinaryCode {
  let left: Left
  let right: Right

  init(_ left: Left, _ right: Right, operatorSpan: Span, _ place: Place) {
    self.left = left
    self.right = right
    super.init(
      Operation.operation, operatorSpan: operatorSpan, left: left.code.place, right: right.code.place, place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    switch try readPair(left, right, frame) {
    case .numbers(let first, let second): return .boolean(Operation.apply(first, second))
    case .values(let first, let second): return try applyGeneral(first, second, frame)
    }
  }

  override func test(_ frame: Frame) throws -> Bool {
    switch try readPair(left, right, frame) {
    case .numbers(let first, let second): return Operation.apply(first, second)
    case .values(let first, let second):
      let value = try applyGeneral(first, second, frame)
      if case .boolean(let boolean) = value { return boolean }
      return try ConstantCode(value, place).test(frame)
    }
  }
}

/// `@`, which has no meaning for numbers.
final class MatrixProductCode: BinaryCode {
  let left: Code
  let right: Code

  init(_ left: Code, _ right: Code, operatorSpan: Span, _ place: Place) {
    self.left = left
    self.right = right
    super.init(.matrixProduct, operatorSpan: operatorSpan, left: left.place, right: right.place, place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let first = try left.evaluate(frame)
    return try applyGeneral(first, try right.evaluate(frame), frame)
  }
}

/// Makes the node that fits an operation and where its operands come from.
enum BinaryCodes {
  static func make(_ operation: BinaryOperator, _ left: Code, _ right: Code, operatorSpan: Span, _ place: Place) -> Code {
    func arithmetic<Operation: NumberOperation>(_: Operation.Type) -> Code {
      func withLeft<Left: OperandReader>(_ first: Left) -> Code {
        switch right {
        case let local as LocalCode:
          ArithmeticCode<Operation, Left, LocalOperand>(
            first, LocalOperand(slot: local.slot, code: local), operatorSpan: operatorSpan, place)
        case let constant as ConstantCode where constant.number != nil:
          ArithmeticCode<Operation, Left, NumberOperand>(
            first, NumberOperand(constant: constant.number ?? 0, code: constant), operatorSpan: operatorSpan, place)
        default:
          ArithmeticCode<Operation, Left, AnyOperand>(
            first, AnyOperand(code: right), operatorSpan: operatorSpan, place)
        }
      }
      if let local = left as? LocalCode { return withLeft(LocalOperand(slot: local.slot, code: local)) }
      return withLeft(AnyOperand(code: left))
    }
    func comparison<Operation: NumberComparison>(_: Operation.Type) -> Code {
      func withLeft<Left: OperandReader>(_ first: Left) -> Code {
        switch right {
        case let local as LocalCode:
          ComparisonCode<Operation, Left, LocalOperand>(
            first, LocalOperand(slot: local.slot, code: local), operatorSpan: operatorSpan, place)
        case let constant as ConstantCode where constant.number != nil:
          ComparisonCode<Operation, Left, NumberOperand>(
            first, NumberOperand(constant: constant.number ?? 0, code: constant), operatorSpan: operatorSpan, place)
        default:
          ComparisonCode<Operation, Left, AnyOperand>(
            first, AnyOperand(code: right), operatorSpan: operatorSpan, place)
        }
      }
      if let local = left as? LocalCode { return withLeft(LocalOperand(slot: local.slot, code: local)) }
      return withLeft(AnyOperand(code: left))
    }
    switch operation {
    case .add: return arithmetic(AddNumbers.self)
    case .subtract: return arithmetic(SubtractNumbers.self)
    case .multiply: return arithmetic(MultiplyNumbers.self)
    case .divide: return arithmetic(DivideNumbers.self)
    case .remainder: return arithmetic(RemainderNumbers.self)
    case .power: return arithmetic(PowerNumbers.self)
    case .matrixProduct: return MatrixProductCode(left, right, operatorSpan: operatorSpan, place)
    case .equal: return comparison(EqualNumbers.self)
    case .notEqual: return comparison(UnequalNumbers.self)
    case .less: return comparison(LessNumbers.self)
    case .lessOrEqual: return comparison(LessOrEqualNumbers.self)
    case .greater: return comparison(GreaterNumbers.self)
    case .greaterOrEqual: return comparison(GreaterOrEqualNumbers.self)
    }
  }
}

extension ConstantCode {
  var number: Double? { if case .number(let number) = value { number } else { nil } }
}
