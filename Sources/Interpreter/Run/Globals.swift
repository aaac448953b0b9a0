/// The top-level variables of the session or of a module.
final class Globals {
  private var cells: [String: Cell] = [:]
  /// Those that were assigned or defined here, in order.
  private(set) var ownNames: [String] = []
  private var own: Set<String> = []

  /// The cell of a name, made where there is none yet: code may be made ready before its variables have values.
  func cell(_ name: String) -> Cell {
    if let cell = cells[name] { return cell }
    let cell = Cell()
    cells[name] = cell
    return cell
  }

  func value(_ name: String) -> Value? { cells[name]?.value }

  func set(_ name: String, _ value: Value) {
    noteOwn(name)
    cell(name).value = value
  }

  func remove(_ name: String) {
    cells[name]?.value = nil
    if own.remove(name) != nil { ownNames.removeAll { $0 == name } }
  }

  /// Remembers that a name was assigned here, not brought by a module.
  func noteOwn(_ name: String) {
    if own.insert(name).inserted { ownNames.append(name) }
  }

  /// Brings a module's public names into view.
  func takeNames(from module: Globals) {
    for (name, cell) in module.cells where !name.hasPrefix("_") {
      guard let value = cell.value else { continue }
      if own.remove(name) != nil { ownNames.removeAll { $0 == name } }
      self.cell(name).value = value
    }
  }

  /// All names that have a value.
  var visibleNames: [String] { cells.filter { $0.value.value != nil }.keys.sorted() }
}
