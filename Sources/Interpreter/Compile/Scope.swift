import Syntax

/// The names of a function, block or module while it is made ready to run; kept by its code for the suggestions of errors.
final class Scope {
  enum Kind {
    case module
    /// `fn` and `x -> …`: has variables of its own.
    case function
    /// `{ … }` after a call: shares the variables of the function or module it stands in.
    case block
  }

  let kind: Kind
  let parent: Scope?
  let globals: Globals
  let catalog: Catalog
  /// Own variables and captured ones.
  private var slots: [String: Int] = [:]
  /// Names whose slots hold cells.
  private var celled: Set<String> = []
  /// Own variables, as against captured ones.
  private(set) var own: Set<String> = []
  private(set) var slotCount = 0
  private(set) var ownCells: [Int] = []
  /// For each captured variable the slot in the parent's frame and in this one's.
  private(set) var captures: [(name: String, outer: Int, inner: Int)] = []
  /// What is read here, and in functions and blocks within, of variables outside; in the order of the text.
  private(set) var reads: [FunctionTemplate.Read] = []
  /// The vocabularies in whose braces the code stands, the innermost first.
  var vocabularies: [String] = []
  /// Names assigned within the braces of a collecting block: they come before the vocabulary.
  var assignedInBraces: Set<String> = []
  /// How many loops stand around the present statement.
  var loops = 0
  /// Where a collecting block keeps its values.
  var collectionSlot: Int?
  /// The variables of the loops around the present statement that each round has for itself.
  private(set) var rounds: [String: Assignable] = [:]
  /// Names read that no function around has, where, and in which function; kept by the module's scope, and only between
  /// `gatherGlobalReads` and `takeGlobalReads`: they hold scopes, which hold this one.
  private var globalReads: [GlobalRead]?
  typealias GlobalRead = (name: String, place: Place, scope: Scope)

  init(_ kind: Kind, parent: Scope?, globals: Globals, catalog: Catalog) {
    self.kind = kind
    self.parent = parent
    self.globals = globals
    self.catalog = catalog
    vocabularies = parent?.vocabularies ?? []
    assignedInBraces = parent?.assignedInBraces ?? []
  }

  enum Variable {
    case local(Int)
    case cell(Int)
    case global
  }

  func addSlot() -> Int {
    defer { slotCount += 1 }
    return slotCount
  }

  /// Makes a variable of this function; `isCelled`: functions within use it too.
  func declare(_ name: String, isCelled: Bool) {
    guard slots[name] == nil else { return }
    let slot = addSlot()
    slots[name] = slot
    own.insert(name)
    if isCelled {
      celled.insert(name)
      ownCells.append(slot)
    }
  }

  func resolve(_ name: String) -> Variable {
    if let slot = slots[name] { return celled.contains(name) ? .cell(slot) : .local(slot) }
    guard let parent else { return .global }
    switch parent.resolve(name) {
    case .local, .global: return .global
    case .cell(let outer):
      let inner = addSlot()
      slots[name] = inner
      celled.insert(name)
      captures.append((name: name, outer: outer, inner: inner))
      return .cell(inner)
    }
  }

  /// What a name meant around a loop.
  struct Before {
    fileprivate let slot: Int?
    fileprivate let isCelled: Bool
    fileprivate let isOwn: Bool
    fileprivate let round: Assignable?
  }

  /// Lets a name mean, until `endRounds`, the variable that each round of a loop has for itself, in a slot of this function's.
  func beginRounds(of name: String, _ variable: Assignable) -> Before {
    let before = Before(
      slot: slots[name], isCelled: celled.contains(name), isOwn: own.contains(name), round: rounds[name])
    let slot = addSlot()
    slots[name] = slot
    celled.insert(name)
    own.insert(name)
    rounds[name] = .withinRound(slot, of: variable)
    return before
  }

  func endRounds(of name: String, _ before: Before) {
    slots[name] = before.slot
    if !before.isCelled { celled.remove(name) }
    if !before.isOwn { own.remove(name) }
    rounds[name] = before.round
  }

  /// The builtin of a vocabulary in scope.
  func vocabularyBuiltin(_ name: String) -> Builtin? {
    guard !assignedInBraces.contains(name) else { return nil }
    for vocabulary in vocabularies {
      if let builtin = catalog.builtin(named: name, vocabulary: vocabulary) { return builtin }
    }
    return nil
  }

  /// Whether an assignment to the name here makes or changes a variable of this function or module.
  func owns(_ name: String) -> Bool {
    switch kind {
    case .module: true
    case .function: own.contains(name)
    case .block: parent?.owns(name) ?? true
    }
  }

  /// Notes, in each function and block around the place up to the variable's own, that the text reads a variable; `global` is its
  /// cell where it is one of the module.
  func noteRead(_ name: String, _ path: [Read.Step], isSet: Bool, global: Cell?) {
    var scope: Scope? = self
    while let here = scope, !here.isModule, global != nil || !here.own.contains(name) {
      let isKnown = here.reads.contains { read in
        read.name == name && read.global === global && (read.path == path || read.path.isEmpty) && (read.isSet || !isSet)
      }
      if !isKnown { here.reads.append(FunctionTemplate.Read(name: name, path: path, isSet: isSet, global: global)) }
      scope = here.parent
    }
  }

  private var isModule: Bool { if case .module = kind { true } else { false } }

  func noteGlobalRead(_ name: String, _ place: Place) {
    var module = self
    while let parent = module.parent { module = parent }
    module.globalReads?.append((name: name, place: place, scope: self))
  }

  /// Lets `noteGlobalRead` keep what it is told of.
  func gatherGlobalReads() { globalReads = [] }

  /// What it has kept, which it keeps no longer.
  func takeGlobalReads() -> [GlobalRead] {
    defer { globalReads = nil }
    return globalReads ?? []
  }

  /// All names that could be meant here.
  private func visibleNames(known: [String]) -> [String] {
    var names = known
    var scope: Scope? = self
    while let here = scope {
      names += here.slots.keys
      for vocabulary in here.vocabularies { names += catalog.all(vocabulary: vocabulary).map(\.name) }
      scope = here.parent
    }
    return names + globals.visibleNames + catalog.names
  }

  /// The words that count here alone.
  private var vocabularyNames: [String] {
    vocabularies.flatMap { catalog.all(vocabulary: $0).map(\.name) }
  }

  /// What could be called by a name if no variable hid it, in words.
  func hidden(by name: String) -> String? { globals.hidden(by: name, catalog) }

  func unassigned(_ name: String, _ place: Place) -> Raised {
    var advice = ["It is assigned in this function, but not before this line."]
    if globals.value(name) != nil {
      advice = [
        "The function assigns `\(name)`, which makes it a variable of its own; the `\(name)` outside is another. Give one of them another name."
      ]
    }
    return Raised("`\(name)` has no value yet", place.label(), advice: advice)
  }

  /// The keywords that are values.
  private static let valueWords = ["true", "false", "none"]

  func unknown(_ name: String, _ place: Place, known: [String] = []) -> Raised {
    var advice: [String] = []
    if let foreign = ForeignNames.names[name] {
      advice = [foreign]
    } else if let vocabulary = catalog.vocabulary(of: name) {
      advice = ["`\(name)` is one of the words that count only between the braces of \(vocabulary.users)."]
    } else if let module = catalog.moduleBringing(name) {
      advice = ["`\(name)` comes with `use \(module)`."]
    } else if let method = ForeignNames.fields[name] {
      advice = [method]
    } else if let near = Suggestion.nearest(to: name, among: vocabularyNames) {
      // Between the braces of a net a layer is meant.
      advice = ["Did you mean `\(near)`?"]
    } else if let near = Suggestion.nearest(to: name, among: visibleNames(known: known) + Self.valueWords) {
      advice = ["Did you mean `\(near)`?"]
    } else if let near = Suggestion.nearest(to: name, among: catalog.moduleNames()), let module = catalog.moduleBringing(near) {
      advice = ["Did you mean `\(near)`, which comes with `use \(module)`?"]
    }
    return Raised("there is no `\(name)`", place.label(), advice: advice)
  }
}
