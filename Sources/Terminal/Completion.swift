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

  /// The longest beginning that all candidates share.
  var commonPrefix: String {
    guard var prefix = candidates.first?.text[...] else { return "" }
    for candidate in candidates.dropFirst() {
      let count = zip(prefix, candidate.text).prefix { $0 == $1 }.count
      prefix = prefix.prefix(count)
    }
    return String(prefix)
  }

  /// The candidates as lines to be shown below the entry: with their help where they are few, else in columns.
  public func lines(width: Int, style: (String) -> String = { $0 }) -> [String] {
    let few = candidates.count <= 10 && candidates.contains { $0.summary != nil }
    guard few else {
      let shown = candidates.prefix(200).map(\.label)
      let lines = Columns(shown).lines(width: width)
      return candidates.count > shown.count ? lines + ["… and \(candidates.count - shown.count) more"] : lines
    }
    let column = min(candidates.map(\.label.displayWidth).max() ?? 0, width / 2)
    return candidates.map { candidate in
      guard let summary = candidate.summary else { return candidate.label.cut(to: width) }
      let label = candidate.label.cut(to: column).padded(to: column)
      return label + "  " + style(summary.cut(to: width - column - 2))
    }
  }
}
