/// What could stand at the cursor.
public struct Completion: Sendable {
  /// One way to go on.
  public struct Candidate: Sendable, Equatable {
    /// What is written in place of what was typed.
    public var text: String
    /// What is listed; the text itself where it says enough.
    public var label: String
    /// One line of help, shown where there are few candidates.
    public var summary: String?

    /// A candidate that is listed as `label`, or as itself.
    public init(_ text: String, label: String? = nil, summary: String? = nil) {
      self.text = text
      self.label = label ?? text
      self.summary = summary
    }
  }

  /// How many UTF-8 bytes before the cursor a candidate replaces.
  public var replaced: Int
  /// In the order in which they are listed.
  public var candidates: [Candidate]
  /// Written behind a candidate that is the only one: `: ` after a named argument, nothing after a folder.
  public var suffix: String

  /// What could stand in place of the last `replaced` bytes before the cursor.
  public init(replaced: Int, candidates: [Candidate], suffix: String = "") {
    self.replaced = replaced
    self.candidates = candidates
    self.suffix = suffix
  }

  /// Nothing could.
  public static let none = Completion(replaced: 0, candidates: [])

  /// The longest beginning that all candidates share which begin with what was typed; where none does, that of all.
  public func commonPrefix(of typed: String) -> String {
    let exact = candidates.filter { $0.text.hasPrefix(typed) }
    let candidates = exact.isEmpty ? candidates : exact
    guard var prefix = candidates.first?.text[...] else { return "" }
    for candidate in candidates.dropFirst() {
      let count = zip(prefix, candidate.text).prefix { $0 == $1 }.count
      prefix = prefix.prefix(count)
    }
    return String(prefix)
  }
}
