/// All builtins, by name; and the vocabularies, whose names count only inside the blocks of commands such as `net`.
public final class Catalog {
  private var builtins: [String: Builtin] = [:]
  private var vocabularies: [String: [String: Builtin]] = [:]
  /// The headings of the reference, in the order of their first builtin.
  public private(set) var subjects: [String] = []
  /// Constants below the globals: `pi`.
  public private(set) var constants: [String: Value] = [:]
  private var kindWords = KindWords()
  /// The standard module that brings a name, for errors about names that are not there.
  public var moduleBringing: (String) -> String? = { _ in nil }
  /// The public names of all standard modules, for suggestions.
  public var moduleNames: () -> [String] = { [] }

  /// A catalog without builtins, kinds or constants.
  public init() {}

  /// Registers the kind of a value, so that its word can stand after the colon of a parameter.
  public func add(_ kind: Kind) { kindWords.add(kind) }

  /// The kind that a word stands for.
  public func kind(named word: String) -> Kind? { kindWords[word] }

  /// All kinds that have a word, sorted by it.
  public var kinds: [Kind] { kindWords.all }

  /// What to write in place of a word that stands for no kind.
  func advice(forKind word: String) -> [String] { kindWords.advice(for: word) }

  /// Registers a builtin; under a name that is taken, as a further form of it for other kinds of first arguments.
  public func add(_ builtin: Builtin, vocabulary: String? = nil) {
    if !subjects.contains(builtin.subject) { subjects.append(builtin.subject) }
    let known = vocabulary.map { vocabularies[$0]?[builtin.name] } ?? builtins[builtin.name]
    if let known {
      known.alternatives.append(builtin)
    } else if let vocabulary {
      vocabularies[vocabulary, default: [:]][builtin.name] = builtin
    } else {
      builtins[builtin.name] = builtin
    }
  }

  /// Registers a value that programs read by its name, and may hide by a variable of their own.
  public func addConstant(_ name: String, _ value: Value) {
    constants[name] = value
  }

  /// The first form under a name, at the top level or in a vocabulary; the others are its `alternatives`.
  public func builtin(named name: String, vocabulary: String? = nil) -> Builtin? {
    vocabulary.map { vocabularies[$0]?[name] } ?? builtins[name]
  }

  /// The value below the globals of this name: a builtin or a constant.
  public func value(named name: String) -> Value? {
    builtins[name].map(Value.builtin) ?? constants[name]
  }

  /// The vocabulary that holds a name, with the commands in whose braces it counts: "`net { }`".
  func vocabulary(of name: String) -> (name: String, users: String)? {
    guard let vocabulary = vocabularyNames.first(where: { vocabularies[$0]?[name] != nil }) else { return nil }
    let users = all.filter { builtin in
      builtin.parameters.contains { if case .collecting(vocabulary) = $0.passing { true } else { false } }
    }
    return (vocabulary, users.map { "`\($0.name) { }`" }.joined(separator: ", "))
  }

  /// The names of all builtins and constants.
  public var names: [String] { (Array(builtins.keys) + Array(constants.keys)).sorted() }

  /// Sorted by name.
  public var all: [Builtin] { builtins.values.sorted { $0.name < $1.name } }
  /// Sorted; each is a name that `Builtin` parameters collect with: "layers".
  public var vocabularyNames: [String] { vocabularies.keys.sorted() }
  /// The builtins of a vocabulary, sorted by name.
  public func all(vocabulary: String) -> [Builtin] {
    (vocabularies[vocabulary] ?? [:]).values.sorted { $0.name < $1.name }
  }
}
