import Base

/// Text whose parts are marked by what they are: a terminal gives them colors, a page classes.
public struct StyledText: Sendable, Equatable {
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

  public struct Part: Sendable, Equatable {
    public var text: String
    public var role: Role

    public init(_ text: String, _ role: Role = .plain) {
      self.text = text
      self.role = role
    }
  }

  public private(set) var parts: [Part] = []

  public init(_ text: String = "", _ role: Role = .plain) { append(text, role) }

  /// Without its marks.
  public var plain: String { parts.map(\.text).joined() }
  public var displayWidth: Int { parts.reduce(0) { $0 + $1.text.displayWidth } }

  public mutating func append(_ text: String, _ role: Role = .plain) {
    guard !text.isEmpty else { return }
    if let last = parts.indices.last, parts[last].role == role {
      parts[last].text += text
    } else {
      parts.append(Part(text, role))
    }
  }

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

  public static func joined(_ texts: some Sequence<StyledText>, separator: String) -> StyledText {
    var result = StyledText()
    for (place, text) in texts.enumerated() {
      if place > 0 { result.append(separator) }
      result.append(text)
    }
    return result
  }
}
