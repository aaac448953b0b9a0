import Syntax

final class AndCode: Code {
  let left: Code
  let right: Code

  init(_ left: Code, _ right: Code, _ place: Place) {
    self.left = left
    self.right = right
    super.init(place)
  }

  override func test(_ frame: Frame) throws -> Bool { try left.test(frame) ? right.test(frame) : false }
  override func evaluate(_ frame: Frame) throws -> Value { .boolean(try test(frame)) }
}

final class OrCode: Code {
  let left: Code
  let right: Code

  init(_ left: Code, _ right: Code, _ place: Place) {
    self.left = left
    self.right = right
    super.init(place)
  }

  override func test(_ frame: Frame) throws -> Bool { try left.test(frame) ? true : right.test(frame) }
  override func evaluate(_ frame: Frame) throws -> Value { .boolean(try test(frame)) }
}

final class NotCode: Code {
  let operand: Code

  init(_ operand: Code, _ place: Place) {
    self.operand = operand
    super.init(place)
  }

  override func test(_ frame: Frame) throws -> Bool { try !operand.test(frame) }
  override func evaluate(_ frame: Frame) throws -> Value { .boolean(try test(frame)) }
}

/// `a < b <= c`: each operand is evaluated once, up to the first comparison that is false.
final class ChainCode: Code {
  let first: Code
  let links: [(comparison: BinaryCode, operand: Code)]

  init(_ first: Code, _ links: [(BinaryOperator, Code)], _ place: Place) {
    self.first = first
    var left = first.place
    var made: [(BinaryCode, Code)] = []
    for (operation, operand) in links {
      made.append((BinaryCode(operation, left: left, right: operand.place, place), operand))
      left = operand.place
    }
    self.links = made
    super.init(place)
  }

  override func test(_ frame: Frame) throws -> Bool {
    var left = try first.evaluate(frame)
    for (comparison, operand) in links {
      let right = try operand.evaluate(frame)
      guard try comparison.test(left, right, frame) else { return false }
      left = right
    }
    return true
  }

  override func evaluate(_ frame: Frame) throws -> Value { .boolean(try test(frame)) }
}

final class NegateCode: Code {
  let operand: Code

  init(_ operand: Code, _ place: Place) {
    self.operand = operand
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let value = try operand.evaluate(frame)
    if case .number(let number) = value { return .number(-number) }
    do {
      return try Operators.negate(value)
    } catch {
      throw Raised.from(error, at: place, in: frame.machine.pointee.session) { _ in self.operand.place }
    }
  }
}
