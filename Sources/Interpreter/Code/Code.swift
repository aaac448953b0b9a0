import Syntax

/// How a statement ended.
enum Flow { case next, leaveLoop, nextRound, leaveFunction }

/// A `break`, `continue` or `return` inside an expression, on its way to its loop or function. Statements tell by their `Flow`,
/// which costs less.
struct Transfer: Error {
  let flow: Flow
}

/// A place in a program.
struct Place {
  let source: Source
  let span: Span

  /// What is written there.
  var text: String { source.text(of: span) }

  func label(_ text: String = "") -> Diagnostic.Label { Diagnostic.Label(source: source, span: span, text: text) }
}

/// A node of a program made ready to run: names are resolved to slots and cells.
class Code {
  let place: Place

  init(_ place: Place) {
    self.place = place
  }

  /// The value of the expression.
  func evaluate(_ frame: Frame) throws -> Value { .none }

  /// Runs it as a statement.
  func execute(_ frame: Frame) throws -> Flow {
    _ = try evaluate(frame)
    return .next
  }

  /// Its value as the last statement of a function; a `return` in it gives its value here.
  func result(_ frame: Frame) throws -> Value { try evaluate(frame) }

  /// To be called where something is made that takes memory of its own: every so many times it is seen whether some is left.
  @inline(__always)
  final func noteAllocation(_ frame: Frame) throws {
    frame.machine.pointee.allocations &+= 1
    if frame.machine.pointee.allocations & 0x1fff == 0 { try lookAtMemory(frame) }
  }

  @inline(never)
  private final func lookAtMemory(_ frame: Frame) throws {
    do {
      try frame.machine.pointee.memory.look()
    } catch {
      throw Raised.from(error, at: place, in: frame.machine.pointee.session)
    }
  }

  /// Its value as a condition.
  func test(_ frame: Frame) throws -> Bool {
    let value = try evaluate(frame)
    if case .boolean(let boolean) = value { return boolean }
    return try scalarTruth(value, frame)
  }

  @inline(never)
  private final func scalarTruth(_ value: Value, _ frame: Frame) throws -> Bool {
    if case .object(let object) = value {
      do {
        if let scalar = try object.scalar() { return scalar != 0 }
      } catch {
        throw Raised.from(error, at: place, in: frame.machine.pointee.session)
      }
    }
    var advice: [String] = []
    switch value {
    case .number: advice = ["Compare it: `… != 0`."]
    case .list, .string, .record, .range: advice = ["Ask for its length: `len(…) > 0`."]
    case .none: advice = ["Compare it: `… != none`."]
    case .boolean, .function, .builtin, .object: break
    }
    throw Raised("a condition must be true or false", place.label(value.briefly), advice: advice)
  }
}

final class ConstantCode: Code {
  let value: Value

  init(_ value: Value, _ place: Place) {
    self.value = value
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value { value }
}
