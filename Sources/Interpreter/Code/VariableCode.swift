import Base
import Syntax

/// A variable that outlives its call: a global, or one that a function or block captured.
final class Cell: Object, Container {
  @exclusivity(unchecked) var value: Value?
  /// For a global: whether it was assigned in the program itself, not brought by a module.
  @exclusivity(unchecked) var isOwn = false

  init(_ value: Value? = nil) {
    self.value = value
  }

  var suspicion: Suspicion?

  deinit {
    suspicion?.end()
    // Not bound to a name here, which would hold it once more.
    if value?.isContainer == true { Dismantling.run(takeValue()) }
  }

  /// Gives up its value.
  func takeValue() -> [Value] {
    guard let taken = value else { return [] }
    value = nil
    return [taken]
  }

  var typeName: String { "variable" }

  func tellHeld(to search: inout CycleSearch) { if let holder = value?.holder { search.tell(holder) } }
  func letGo() { value = nil }
}

extension Optional where Wrapped == Value {
  /// The cell in a slot that the compiler gave to a captured variable.
  @inline(__always)
  var cell: Cell {
    if case .some(.object(let object)) = self { return unsafeDowncast(object, to: Cell.self) }
    return Cell()
  }
}

/// A variable of the running call.
final class LocalCode: Code {
  let slot: Int
  let name: String
  let scope: Scope

  init(slot: Int, name: String, scope: Scope, _ place: Place) {
    self.slot = slot
    self.name = name
    self.scope = scope
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    if let value = frame.locals[slot] { return value }
    throw scope.unassigned(name, place)
  }
}

/// A variable of the running call, or of one around it, that lives in a cell.
final class CellCode: Code {
  let slot: Int
  let name: String
  let scope: Scope

  init(slot: Int, name: String, scope: Scope, _ place: Place) {
    self.slot = slot
    self.name = name
    self.scope = scope
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    if let value = frame.locals[slot].cell.value { return value }
    throw scope.unassigned(name, place)
  }
}

/// A global, or what lies below the globals.
final class GlobalCode: Code {
  let cell: Cell
  let fallback: Value?
  let name: String
  let scope: Scope

  init(cell: Cell, fallback: Value?, name: String, scope: Scope, _ place: Place) {
    self.cell = cell
    self.fallback = fallback
    self.name = name
    self.scope = scope
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    if let value = cell.value { return value }
    if let fallback { return fallback }
    throw scope.unknown(name, place)
  }
}

final class AssignLocalCode: Code {
  let slot: Int
  let value: Code

  init(slot: Int, value: Code, _ place: Place) {
    self.slot = slot
    self.value = value
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    frame.locals[slot] = try value.evaluate(frame)
    return .none
  }

  override func execute(_ frame: Frame) throws -> Flow {
    frame.locals[slot] = try value.evaluate(frame)
    return .next
  }
}

final class AssignCellCode: Code {
  let slot: Int
  let value: Code

  init(slot: Int, value: Code, _ place: Place) {
    self.slot = slot
    self.value = value
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let value = try value.evaluate(frame)
    frame.assign(value, toCell: slot)
    return .none
  }
}

/// Assigns the variable of a loop within a round of it.
final class AssignInRoundCode: Code {
  let variable: Assignable
  let value: Code

  init(_ variable: Assignable, value: Code, _ place: Place) {
    self.variable = variable
    self.value = value
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    try variable.assign(value.evaluate(frame), frame)
    return .none
  }
}

final class AssignGlobalCode: Code {
  let cell: Cell
  let name: String
  let globals: Globals
  let value: Code

  init(cell: Cell, name: String, globals: Globals, value: Code, _ place: Place) {
    self.cell = cell
    self.name = name
    self.globals = globals
    self.value = value
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let value = try value.evaluate(frame)
    if !cell.isOwn { globals.noteOwn(name, cell) }
    cell.value = value
    return .none
  }
}
