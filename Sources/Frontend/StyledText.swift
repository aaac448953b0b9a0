import Base

/// Text whose parts are marked by what they are: a terminal gives them colors, a page classes.
public struct StyledText: Sendable, Equatable {
  /// What a part of a text is.
  public enum Role: Sendable, Equatable {
    case plain
    case heading
    /// A name that is explained.
    case name
    /// What may be passed over.
    case faint
    case keyword
    case number
    case string
    case comment
    case invalid
  }

  /// A run of characters with one role.
  public struct Part: Sendable, Equatable {
    /// The characters, line breaks among them.
    public var text: String
    /// What they are.
    public var role: Role

    /// Characters with a role.
    public init(_ text: String, _ role: Role = .plain) {
      self.text = text
      self.role = role
    }
  }

  /// In order; no two neighbors have the same role, and none is empty.
  public private(set) var parts: [Part] = []

  /// A text of one role.
  public init(_ text: String = "", _ role: Role = .plain) { append(text, role) }

  /// Without its marks.
  public var plain: String { parts.map(\.text).joined() }
  /// The columns that it takes on a terminal, if it is one line.
  public var displayWidth: Int { parts.reduce(0) { $0 + $1.text.displayWidth } }

  /// Adds characters at the end; they join the last part where it has their role.
  public mutating func append(_ text: String, _ role: Role = .plain) {
    guard !text.isEmpty else { return }
    if let last = parts.indices.last, parts[last].role == role {
      parts[last].text += text
    } else {
      parts.append(Part(text, role))
    }
  }

  /// Adds another text with its roles.
  public mutating func append(_ other: StyledText) {
    for part in other.parts { append(part.text, part.role) }
  }

  /// Its lines, without the breaks between them.
  public var lines: [StyledText] {
    var lines = [StyledText()]
    for part in parts {
      for (place, piece) in part.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        if place > 0 { lines.append(StyledText()) }
        lines[lines.count - 1].append(String(piece), part.role)
      }
    }
    return lines
  }

  /// Words in lines of at most `width` columns, the first behind `first`, the others behind `indent`.
  public static func filled(_ words: [StyledText], first: String = "", indent: String, width: Int) -> StyledText {
    var result = StyledText(first)
    var column = first.displayWidth
    var isStart = true
    for word in words {
      if !isStart, column + 1 + word.displayWidth > width {
        result.append("\n" + indent)
        column = indent.displayWidth
        isStart = true
      }
      if !isStart { result.append(" ") }
      result.append(word)
      column += word.displayWidth + (isStart ? 0 : 1)
      isStart = false
    }
    return result
  }

  /// What stands between the blanks of a line.
  private var words: [StyledText] {
    var words = [StyledText()]
    for part in parts {
      for (place, piece) in part.text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
        if place > 0 { words.append(StyledText()) }
        words[words.count - 1].append(String(piece), part.role)
      }
    }
    return words
  }

  /// Its lines, those longer than `width` columns broken between words; what goes over stands `indent` columns further in.
  public func folded(width: Int, indent: Int = 2) -> StyledText {
    let lines = lines.map { line in
      guard line.displayWidth > width else { return line }
      let lead = String(line.plain.prefix { $0 == " " })
      let margin = lead + String(repeating: " ", count: indent)
      return .filled(Array(line.words.dropFirst(lead.count)), first: lead, indent: margin, width: max(width, margin.count + 20))
    }
    return .joined(lines, separator: "\n")
  }

  /// The texts one after another, with a plain separator between them.
  public static func joined(_ texts: some Sequence<StyledText>, separator: String) -> StyledText {
    var result = StyledText()
    for (place, text) in texts.enumerated() {
      if place > 0 { result.append(separator) }
      result.append(text)
    }
    return result
  }
}
