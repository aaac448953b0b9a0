/// The top-level variables of the session or of a module.
final class Globals {
  /// The module's name or path; empty for the program's own.
  let title: String
  private var cells: [String: Cell] = [:]
  /// Those that were assigned or defined here, in order.
  private(set) var ownNames: [String] = []

  /// The modules whose names are in view, those that they brought first.
  private var providers: [Globals] = []
  private var providerSet: Set<ObjectIdentifier> = []

  init(title: String = "") { self.title = title }

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

  /// Takes a variable away; what a module brought under its name can be seen again.
  func remove(_ name: String) {
    guard let cell = cells[name] else { return }
    disown(name, cell)
    cell.value = provider(of: name)?.value(name)
  }

  /// The module that brought a name last, also where a variable hides it now.
  func provider(of name: String) -> Globals? {
    guard !name.hasPrefix("_") else { return nil }
    return providers.last { $0.ownNames.contains(name) && $0.value(name) != nil }
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

  /// What could be called by a name if no variable hid it, in words: "the builtin `max`"; nil where there is nothing.
  func hidden(by name: String, _ catalog: Catalog) -> String? {
    if let module = provider(of: name), case .function = module.value(name) { return "the function `\(name)` of \(module.title)" }
    return catalog.builtin(named: name).map { "the builtin `\($0.name)`" }
  }

  /// Lets go of all values: a function holds the variables that it names, its own among them, and would hold them for ever.
  func removeAll() {
    own = []
    exports = []
    providers = []
    Dismantling.run(cells.values.flatMap { $0.takeValue() })
  }

  /// Brings a module's names into view, unless it was brought before: those that it brought from others, then its own.
  ///
  /// - Parameter isShared: Whether those that begin with `_` are brought too.
  func takeNames(from module: Globals, isShared: Bool) {
    for part in module.providers + [module] where providerSet.insert(ObjectIdentifier(part)).inserted {
      providers.append(part)
      for (name, value) in isShared ? part.own : part.exports { take(name, value) }
    }
  }

  /// A name whose value was exchanged for another, and whose it was: a module's, or the program's own.
  struct Hidden {
    let name: String
    let owner: String?
  }

  /// Brings a module's public names into view, also where it was brought before: they may have been hidden since.
  func takeNamesAgain(from module: Globals) -> [Hidden] {
    var hidden: [Hidden] = []
    for part in module.providers + [module] {
      for (name, value) in part.exports {
        if let old = cells[name]?.value, !old.isIdentical(to: value) {
          let owner = providers.last { $0 !== part && $0.value(name)?.isIdentical(to: old) == true }
          hidden.append(Hidden(name: name, owner: owner?.title))
        }
        take(name, value)
      }
      providerSet.insert(ObjectIdentifier(part))
      providers.removeAll { $0 === part }
      providers.append(part)
    }
    return hidden
  }

  private func take(_ name: String, _ value: Value) {
    let cell = cell(name)
    cell.value = value
    disown(name, cell)
  }

  /// The public names of a module, those that it has from others included, with their values.
  var record: Record { Record((providers + [self]).flatMap(\.exports).reversed().uniqued.reversed()) }

  /// The names that were made here, with their values; for modules that have run.
  private lazy var own: [(name: String, value: Value)] = ownNames.compactMap { name in value(name).map { (name, $0) } }
  /// The public ones among them.
  private lazy var exports = own.filter { !$0.name.hasPrefix("_") }

  /// All names that have a value.
  var visibleNames: [String] { cells.filter { $0.value.value != nil }.keys.sorted() }
}

extension Sequence where Element == (name: String, value: Value) {
  /// The first of each name.
  fileprivate var uniqued: [(String, Value)] {
    var seen: Set<String> = []
    return compactMap { seen.insert($0.name).inserted ? ($0.name, $0.value) : nil }
  }
}

extension Value {
  /// Whether both are the same thing: of numbers, strings and the like, that they are equal.
  fileprivate func isIdentical(to other: Value) -> Bool {
    switch (self, other) {
    case (.none, .none): true
    case (.boolean(let a), .boolean(let b)): a == b
    case (.number(let a), .number(let b)): a == b || a.isNaN && b.isNaN
    case (.string(let a), .string(let b)): a == b
    case (.list(let a), .list(let b)): a === b
    case (.range(let a), .range(let b)): a.lower == b.lower && a.count == b.count
    case (.record(let a), .record(let b)): a === b
    case (.function(let a), .function(let b)): a === b
    case (.builtin(let a), .builtin(let b)): a === b
    case (.object(let a), .object(let b)): a === b
    case _: false
    }
  }
}
