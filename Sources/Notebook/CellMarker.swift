import Formats

/// A `# %%` line: where a cell begins, and what is said of it. As in Jupytext's percent format a title, the kind in brackets and the
/// metadata may follow, as JSON or in pairs: `# %% Training [markdown] {"tags": ["slow"]}`, `# %% Training tags=["slow"] name="train"`.
struct CellMarker {
  /// The kind in brackets.
  enum Kind: String {
    case prose = "markdown"
    case raw
    /// The line says something of the whole document.
    case notebook
  }

  /// nil: what follows tells.
  var kind: Kind?
  var properties = CellProperties()
  /// How many lines below it are the cell, whatever stands in them.
  var lineCount: Int?

  /// Whether a line is such a line, as editors see it: `# %%` or `#%%` at its very beginning, and a blank or nothing behind.
  static func isMarker(_ line: some Collection<UInt8>) -> Bool {
    var rest = line[...]
    guard rest.popFirst() == UInt8(ascii: "#") else { return false }
    if rest.first == UInt8(ascii: " ") { rest.removeFirst() }
    guard rest.popFirst() == UInt8(ascii: "%"), rest.popFirst() == UInt8(ascii: "%") else { return false }
    return rest.first.map { [0x20, 0x09, 0x0D].contains($0) } ?? true
  }

  init(kind: Kind? = nil, properties: CellProperties = CellProperties(), lineCount: Int? = nil) {
    self.kind = kind
    self.properties = properties
    self.lineCount = lineCount
  }

  /// What the line says; `line` is a marker, without its newline.
  init(line: [UInt8]) {
    var words = line[((line.firstIndex(of: UInt8(ascii: "%")) ?? 0) + 2)...]
    if let pairs = Self.pairs(words) {
      words = words[..<pairs.start]
      take(pairs.members)
    } else if let brace = words.firstIndex(of: UInt8(ascii: "{")), case .object(let members)? = try? JSON(words[brace...]) {
      words = words[..<brace]
      take(members.dictionary)
    }
    var title = Self.trimmed(words)
    for (word, kind) in [("[markdown]", Kind.prose), ("[md]", .prose), ("[raw]", .raw), ("[notebook]", .notebook)]
    where title == word || title.hasSuffix(" " + word) {
      self.kind = kind
      title = Self.trimmed(Array(title.utf8.dropLast(word.utf8.count))[...])
    }
    if !title.isEmpty, properties.metadata["title"] == nil { properties.metadata["title"] = .string(title) }
  }

  /// Longer lines are not looked through for pairs.
  private static let longestPairs = 16 << 10

  /// The pairs `key=value` at the end of a line's words, with values in JSON: where they begin, and what they say; nil where there are none.
  private static func pairs(_ words: ArraySlice<UInt8>) -> (start: Int, members: [String: JSON])? {
    guard words.count <= longestPairs else { return nil }
    for start in words.indices where !isBlank(words[start]) && (start == words.startIndex || isBlank(words[start - 1])) {
      if let members = members(words[start...]) { return (start, members) }
    }
    return nil
  }

  /// What words say that are pairs from beginning to end.
  private static func members(_ words: ArraySlice<UInt8>) -> [String: JSON]? {
    var members: [String: JSON] = [:]
    var rest = words
    while let first = rest.first {
      let key = rest.prefix { isWordByte($0) || [UInt8(ascii: "-"), UInt8(ascii: ".")].contains($0) }
      rest = rest.dropFirst(key.count)
      guard isWordByte(first), rest.popFirst() == UInt8(ascii: "=") else { return nil }
      let value = rest.prefix(lengthOfValue(rest))
      let name = String(decoding: key, as: UTF8.self)
      guard members[name] == nil, let json = try? JSON(value) else { return nil }
      members[name] = json
      rest = rest.dropFirst(value.count).drop(while: isBlank)
    }
    return members.isEmpty ? nil : members
  }

  /// Up to a blank that stands in no string and in no brackets.
  private static func lengthOfValue(_ words: ArraySlice<UInt8>) -> Int {
    var (depth, isString, isEscaped) = (0, false, false)
    for (length, byte) in words.enumerated() {
      if isString {
        if byte == UInt8(ascii: "\""), !isEscaped { isString = false }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isString = true
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      case _ where isBlank(byte) && depth == 0: return length
      default: break
      }
    }
    return words.count
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0D].contains(byte) }

  /// The words that are not metadata of their own: a name, and what a cell holds besides.
  private static let ownWords = ["id", "attachments", "metadata", "lines"]

  private mutating func take(_ members: [String: JSON]) {
    var members = members
    if case .string(let id) = members["id"] {
      properties.id = id
      members["id"] = nil
    }
    if case .object = members["attachments"] {
      properties.attachments = members["attachments"]
      members["attachments"] = nil
    }
    if case .number(let count) = members["lines"], let count = Int(exactly: count), count >= 0 {
      lineCount = count
      members["lines"] = nil
    }
    if case .object(let inner) = members["metadata"] {
      members["metadata"] = nil
      members.merge(inner.dictionary) { _, inner in inner }
    }
    properties.metadata = members
  }

  /// The line, without a newline.
  var text: String {
    var words = ["# %%"]
    var metadata = properties.metadata
    if let title = properties.title, Self.isPlain(title) {
      words.append(title)
      metadata["title"] = nil
    }
    if let kind { words.append("[\(kind.rawValue)]") }
    var members = metadata
    if metadata.keys.contains(where: Self.ownWords.contains) { members = ["metadata": .object(JSON.Members(metadata))] }
    if let id = properties.id { members["id"] = .string(id) }
    if let attachments = properties.attachments { members["attachments"] = attachments }
    if let lineCount { members["lines"] = .number(Double(lineCount)) }
    if !members.isEmpty || kind == .notebook { words.append(JSON.object(JSON.Members(members)).text) }
    return words.joined(separator: " ")
  }

  /// Whether a title comes back from its line as it is.
  private static func isPlain(_ title: String) -> Bool {
    let marks = "{[=".utf8
    guard !title.isEmpty, !title.utf8.contains(where: { $0 < 0x20 || marks.contains($0) }) else { return false }
    return trimmed(Array(title.utf8)[...]) == title
  }

  private static func trimmed(_ words: ArraySlice<UInt8>) -> String {
    let front = words.drop(while: isBlank)
    let end = front.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? front.startIndex
    return String(decoding: front[..<end], as: UTF8.self)
  }
}
