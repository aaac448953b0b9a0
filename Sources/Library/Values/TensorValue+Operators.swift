import Formats
import Interpreter
import Syntax
import Tensors

extension TensorValue {
  func unary(_ operation: UnaryOperator) throws -> Value? {
    switch operation {
    case .negate: .tensor(try -tensor)
    case .not: nil
    }
  }

  func binary(_ operation: BinaryOperator, left: Value, right: Value) throws -> Value? {
    if operation == .matrixProduct {
      guard let left = left.tensor, let right = right.tensor else { return nil }
      return .tensor(try Tensor.matmul(left, right))
    }
    guard let result = try combined(operation, left, right) else {
      // Things of unlike kinds are not equal; that is no error.
      switch operation {
      case .equal: return .boolean(false)
      case .notEqual: return .boolean(true)
      case .add, .subtract, .multiply, .divide, .remainder, .matrixProduct, .power, .less, .lessOrEqual, .greater,
        .greaterOrEqual:
        return nil
      }
    }
    // Comparing single numbers gives an answer for `if`, not a tensor.
    guard operation.isComparison, result.rank == 0 else { return .tensor(result) }
    return .boolean(try result.scalar() != 0)
  }

  /// That a list or a text is never equal to it; or a whole number that float32 has not. One of few digits is no news where a measure is meant,
  /// as in `x * 1e12`.
  func remark(meeting value: Value, as side: Operand) -> Remark? {
    switch value {
    case .number(let number): remark(meeting: number, as: side)
    case .list, .range, .string:
      Remark(
        "a tensor is never equal to \(value.typeNameWithArticle)", [(side, value.briefly)],
        advice: ["`x == tensor([1, 2])` compares number by number, `list(x) == [1, 2]` the whole."])
    case .none, .boolean, .record, .function, .builtin, .object: nil
    }
  }

  private func remark(meeting number: Double, as side: Operand) -> Remark? {
    guard number.magnitude > RoundedNumbers.exactLimit else { return nil }
    var rounded = RoundedNumbers()
    let float = rounded.float(number)
    guard float.isInfinite || Double("\(float)") != number else { return nil }
    return Rounding.remark([("", rounded, [])], at: side)
  }

  private func combined(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws -> Tensor? {
    switch (left, right) {
    case (.object, .number(let number)):
      guard let left = left.tensor else { return nil }
      guard let function = operation.function else { return nil }
      return try Tensor.combine(function, left, number)
    case (.number(let number), .object):
      guard let right = right.tensor else { return nil }
      guard let function = operation.function else { return nil }
      return try Tensor.combine(function, number, right)
    case (.object, .object):
      guard let left = left.tensor, let right = right.tensor else { return nil }
      guard let function = operation.function else { return nil }
      return try Tensor.combine(function, left, right)
    default:
      return nil
    }
  }
}

extension BinaryOperator {
  /// The engine's function of numbers at the same place; nil for the product of matrices.
  fileprivate var function: BinaryFunction? {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .remainder: .remainder
    case .power: .power
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .matrixProduct: nil
    }
  }

  fileprivate var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    case .add, .subtract, .multiply, .divide, .remainder, .matrixProduct, .power: false
    }
  }
}
