/// The top-level variables of the session or of a module.
final class Globals {
  private var cells: [String: Cell] = [:]
  /// Those that were assigned or defined here, in order.
  private(set) var ownNames: [String] = []

  /// The modules whose names are in view, those that they brought first.
  private var providers: [Globals] = []
  private var providerSet: Set<ObjectIdentifier> = []

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

  /// Lets go of all values: a function holds the variables that it names, its own among them, and would hold them for ever.
  func removeAll() {
    exports = []
    providers = []
    Dismantling.run(cells.values.flatMap { $0.takeValue() })
  }

  /// Brings a module's public names into view: those that it brought from others, then its own.
  ///
  /// - Parameter again: Whether names of modules that have been brought before are brought again, as they may hide others since.
  func takeNames(from module: Globals, again: Bool) {
    for part in module.providers + [module] {
      guard providerSet.insert(ObjectIdentifier(part)).inserted || again else { continue }
      providers.removeAll { $0 === part }
      providers.append(part)
      for (name, value) in part.exports {
        let cell = cell(name)
        cell.value = value
        disown(name, cell)
      }
    }
  }

  /// The public names that were made here, with their values; for modules that have run.
  private lazy var exports: [(name: String, value: Value)] = ownNames.compactMap { name in
    name.hasPrefix("_") ? nil : value(name).map { (name, $0) }
  }

  /// All names that have a value.
  var visibleNames: [String] { cells.filter { $0.value.value != nil }.keys.sorted() }
}
