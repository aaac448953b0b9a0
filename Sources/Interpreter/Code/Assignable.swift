import Base
import Syntax

/// A variable as the target of an assignment, a loop or a handler.
enum Assignable {
  case local(Int)
  case cell(Int)
  case global(Cell, name: String, globals: Globals)
  /// The variable of a loop in whose body a function or block uses it: an assignment begins a round, with a new cell in the slot, so
  /// that what is made in a round keeps the variable of that round. `of` is the variable that goes on behind the loop.
  indirect case round(Int, of: Assignable)
  /// The same variable within a round.
  indirect case withinRound(Int, of: Assignable)

  /// Where a variable of the function itself lies; nil for any other.
  var slot: Int? { if case .local(let slot) = self { slot } else { nil } }

  /// Whether a code gives what the variable holds.
  func isRead(by code: Code) -> Bool {
    switch self {
    case .local(let slot): (code as? LocalCode)?.slot == slot
    case .cell(let slot), .withinRound(let slot, _): (code as? CellCode)?.slot == slot
    case .global(let cell, _, _): (code as? GlobalCode)?.cell === cell
    case .round: false
    }
  }

  @inline(__always)
  func assign(_ value: Value, _ frame: Frame) throws {
    switch self {
    case .local(let slot): frame.locals[slot] = value
    case .cell(let slot): frame.assign(value, toCell: slot)
    case .global(let cell, let name, let globals):
      if !cell.isOwn { globals.noteOwn(name, cell) }
      cell.value = value
    case .round(let slot, let variable):
      frame.locals[slot] = .object(Cell(value))
      try variable.assign(value, frame)
    case .withinRound(let slot, let variable):
      frame.assign(value, toCell: slot)
      try variable.assign(value, frame)
    }
  }

  /// Ends a round: the variable behind the loop has the value that the round's came to, which only functions and blocks keep.
  func endRound(_ frame: Frame) throws {
    guard case .round(let slot, let variable) = self else { return }
    let value = frame.locals[slot].cell.value
    frame.locals[slot] = nil
    if let value { try variable.assign(value, frame) }
  }
}

/// `a, b = value` and `for a, b in …`.
enum Unpacking {
  static func parts(of value: Value, count: Int, place: Place, in session: Session) throws -> [Value] {
    do {
      let elements = try Elements(value)
      var parts: [Value] = []
      while parts.count <= count, let next = try elements.next() { parts.append(next) }
      if parts.count == count { return parts }
      let found = elements.count.map { "\($0)" } ?? (parts.count > count ? "more" : "\(parts.count)")
      throw Failure("\(count) variables want \(count) values", [(.whole, "\(value.typeNameWithArticle) of \(found)")])
    } catch {
      throw Raised.from(error, at: place, in: session)
    }
  }
}

/// `a, b = value`.
final class UnpackCode: Code {
  let setters: [(Value, Frame) throws -> Void]
  let value: Code

  init(setters: [(Value, Frame) throws -> Void], value: Code, _ place: Place) {
    self.setters = setters
    self.value = value
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let value = try value.evaluate(frame)
    let session = frame.machine.pointee.session
    let parts = try Unpacking.parts(of: value, count: setters.count, place: self.value.place, in: session)
    for (set, part) in zip(setters, parts) { try set(part, frame) }
    return .none
  }
}
