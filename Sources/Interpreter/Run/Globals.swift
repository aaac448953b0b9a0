/// The top-level variables of the session or of a module.
final class Globals {
  private var cells: [String: Cell] = [:]
  /// Those that were assigned or defined here, in order.
  private(set) var ownNames: [String] = []

  /// The cell of a name, made where there is none yet: code may be made ready before its variables have values.
  func cell(_ name: String) -> Cell {
    if let cell = cells[name] { return cell }
    let cell = Cell()
    cells[name] = cell
    return cell
  }

  func value(_ name: String) -> Value? { cells[name]?.value }

  func set(_ name: String, _ value: Value) {
    let cell = cell(name)
    if !cell.isOwn { noteOwn(name, cell) }
    cell.value = value
  }

  func remove(_ name: String) {
    guard let cell = cells[name] else { return }
    cell.value = nil
    disown(name, cell)
  }

  /// Remembers that a name was assigned here, not brought by a module.
  func noteOwn(_ name: String, _ cell: Cell) {
    cell.isOwn = true
    ownNames.append(name)
  }

  private func disown(_ name: String, _ cell: Cell) {
    guard cell.isOwn else { return }
    cell.isOwn = false
    ownNames.removeAll { $0 == name }
  }

  /// Brings a module's public names into view.
  func takeNames(from module: Globals) {
    for (name, source) in module.cells where !name.hasPrefix("_") {
      guard let value = source.value else { continue }
      let cell = cell(name)
      cell.value = value
      disown(name, cell)
    }
  }

  /// All names that have a value.
  var visibleNames: [String] { cells.filter { $0.value.value != nil }.keys.sorted() }
}
