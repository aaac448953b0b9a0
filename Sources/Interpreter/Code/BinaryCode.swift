import Glibc
import Syntax

/// Arithmetic and comparisons of two numbers.
enum NumberOperations {
  @inline(__always)
  static func apply(_ operation: BinaryOperator, _ left: Double, _ right: Double) -> Value {
    switch operation {
    case .add: .number(left + right)
    case .subtract: .number(left - right)
    case .multiply: .number(left * right)
    case .divide: .number(left / right)
    case .remainder: .number(remainder(left, right))
    case .power: .number(power(left, right))
    case .matrixProduct, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      .boolean(compare(operation, left, right))
    }
  }

  @inline(__always)
  static func compare(_ operation: BinaryOperator, _ left: Double, _ right: Double) -> Bool {
    switch operation {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    case .add, .subtract, .multiply, .divide, .remainder, .power, .matrixProduct: false
    }
  }

  /// The remainder has the sign of the divisor: -1 % 7 is 6.
  @inline(__always)
  static func remainder(_ left: Double, _ right: Double) -> Double {
    // Whole numbers that fit 32 bits need no `fmod`, which is many times slower.
    if abs(left) <= 2_147_483_647, right >= 1, right <= 2_147_483_647 {
      let whole = Int32(left)
      let divisor = Int32(right)
      if Double(whole) == left, Double(divisor) == right {
        let rest = whole % divisor
        return Double(rest < 0 ? rest &+ divisor : rest)
      }
    }
    return generalRemainder(left, right)
  }

  @inline(never)
  private static func generalRemainder(_ left: Double, _ right: Double) -> Double {
    let rest = fmod(left, right)
    return rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest
  }

  @inline(__always)
  static func power(_ left: Double, _ right: Double) -> Double { right == 2 ? left * left : pow(left, right) }
}

/// The common part of arithmetic and comparisons: what is done where an operand is no number.
class BinaryCode: Code {
  let operation: BinaryOperator
  let leftPlace: Place
  let rightPlace: Place
  let isComparison: Bool

  init(_ operation: BinaryOperator, left: Place, right: Place, _ place: Place) {
    self.operation = operation
    self.leftPlace = left
    self.rightPlace = right
    switch operation {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: isComparison = true
    case .add, .subtract, .multiply, .divide, .remainder, .power, .matrixProduct: isComparison = false
    }
    super.init(place)
  }

  @inline(never)
  final func applyGeneral(_ left: Value, _ right: Value, _ frame: Frame) throws -> Value {
    do {
      let result = try Operators.apply(operation, left, right)
      if let remark = Operators.remark(left, right) {
        let session = frame.machine.pointee.session
        session.remark(remark)
        session.tellRemarks(at: place, locate: locate)
      }
      return result
    } catch {
      throw Raised.from(error, at: place, in: frame.machine.pointee.session, locate: locate)
    }
  }

  private func locate(_ operand: Operand) -> Place {
    switch operand {
    case .left: leftPlace
    case .right: rightPlace
    case .callee, .whole, .argument, .position, .item: place
    }
  }

  /// The value for operands that were evaluated.
  @inline(__always)
  final func apply(_ left: Value, _ right: Value, _ frame: Frame) throws -> Value {
    if operation != .matrixProduct, case .number(let first) = left, case .number(let second) = right {
      return NumberOperations.apply(operation, first, second)
    }
    return try applyGeneral(left, right, frame)
  }

  /// The same as a condition.
  @inline(__always)
  final func test(_ left: Value, _ right: Value, _ frame: Frame) throws -> Bool {
    if isComparison, case .number(let first) = left, case .number(let second) = right {
      return NumberOperations.compare(operation, first, second)
    }
    return try testGeneral(left, right, frame)
  }

  @inline(never)
  private final func testGeneral(_ left: Value, _ right: Value, _ frame: Frame) throws -> Bool {
    let value = try apply(left, right, frame)
    if case .boolean(let boolean) = value { return boolean }
    return try ConstantCode(value, place).test(frame)
  }
}

/// Any operands.
final class PairCode: BinaryCode {
  let left: Code
  let right: Code

  init(_ operation: BinaryOperator, _ left: Code, _ right: Code, _ place: Place) {
    self.left = left
    self.right = right
    super.init(operation, left: left.place, right: right.place, place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let first = try left.evaluate(frame)
    return try apply(first, try right.evaluate(frame), frame)
  }

  override func test(_ frame: Frame) throws -> Bool {
    let first = try left.evaluate(frame)
    return try test(first, try right.evaluate(frame), frame)
  }
}

/// Any operand and a number: `x * 2`.
final class PairWithNumberCode: BinaryCode {
  let left: Code
  let number: Double

  init(_ operation: BinaryOperator, _ left: Code, _ number: Double, _ right: Place, _ place: Place) {
    self.left = left
    self.number = number
    super.init(operation, left: left.place, right: right, place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    try apply(try left.evaluate(frame), .number(number), frame)
  }

  override func test(_ frame: Frame) throws -> Bool {
    try test(try left.evaluate(frame), .number(number), frame)
  }
}

/// A variable of the function and a number: `n - 1`, `n < 2`.
final class LocalWithNumberCode: BinaryCode {
  let local: LocalCode
  let slot: Int
  let number: Double

  init(_ operation: BinaryOperator, _ local: LocalCode, _ number: Double, _ right: Place, _ place: Place) {
    self.local = local
    self.slot = local.slot
    self.number = number
    super.init(operation, left: local.place, right: right, place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    if case .some(.number(let first)) = frame.locals[slot], operation != .matrixProduct {
      return NumberOperations.apply(operation, first, number)
    }
    return try apply(try local.evaluate(frame), .number(number), frame)
  }

  override func test(_ frame: Frame) throws -> Bool {
    if case .some(.number(let first)) = frame.locals[slot], isComparison {
      return NumberOperations.compare(operation, first, number)
    }
    return try test(try local.evaluate(frame), .number(number), frame)
  }
}

/// Makes the node that fits where the operands come from.
enum BinaryCodes {
  static func make(_ operation: BinaryOperator, _ left: Code, _ right: Code, _ place: Place) -> Code {
    guard let constant = right as? ConstantCode, let number = constant.number else {
      return PairCode(operation, left, right, place)
    }
    if let local = left as? LocalCode {
      return LocalWithNumberCode(operation, local, number, right.place, place)
    }
    return PairWithNumberCode(operation, left, number, right.place, place)
  }
}

extension ConstantCode {
  var number: Double? { if case .number(let number) = value { number } else { nil } }
}
