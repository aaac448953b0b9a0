import Base
import Frontend

/// Text whose parts are marked, as HTML with a class for each.
public enum StyledHTML {
  /// Spans with the class of each part's role: `keyword`, `number`, `string`, `comment`, `invalid`, `name`, `heading`.
  public static func text(_ styled: StyledText) -> String {
    styled.parts.map { part in
      let text = Markup.escaped(part.text)
      return name(part.role).map { "<span class=\"\($0)\">\(text)</span>" } ?? text
    }.joined()
  }

  /// The class of a role; nil for what looks as the text around it.
  private static func name(_ role: StyledText.Role) -> String? {
    switch role {
    case .plain: nil
    case .heading: "heading"
    case .name: "name"
    case .faint, .comment: "comment"
    case .keyword: "keyword"
    case .number: "number"
    case .string: "string"
    case .invalid: "invalid"
    }
  }

  /// A text with the codes of a terminal's colors, as `DiagnosticRenderer` writes them.
  static func terminal(_ text: String) -> String {
    var result = ""
    var isOpen = false
    for (place, piece) in text.split(separator: "\u{1B}[", omittingEmptySubsequences: false).enumerated() {
      guard place > 0, let end = piece.firstIndex(of: "m") else {
        result += Markup.escaped(String(piece))
        continue
      }
      if isOpen { result += "</span>" }
      let name = codes[String(piece[..<end])]
      if let name { result += "<span class=\"\(name)\">" }
      isOpen = name != nil
      result += Markup.escaped(String(piece[piece.index(after: end)...]))
    }
    return result + (isOpen ? "</span>" : "")
  }

  private static let codes: [String: String] = [
    "1": "strong", "2": "comment", "34": "frame", "31": "bad", "33": "warned", "36": "noted", "1;31": "strong bad",
    "1;33": "strong warned",
    "1;36": "strong noted",
  ]
}
