import Base
import Frontend

/// Prose of a document laid out for a terminal: headings, paragraphs, items, code and formulas, set into lines of a width.
public struct ProseText {
  private let width: Int
  private let keepsMarks: Bool

  /// - Parameters:
  ///   - width: The columns of the screen; lines are not made longer than 92.
  ///   - keepsMarks: Whether code stays between its backticks, where no color tells it apart.
  public init(width: Int, keepsMarks: Bool = false) {
    self.width = min(max(width, 30), 92)
    self.keepsMarks = keepsMarks
  }

  /// Markdown as a text: what stands between backticks is a name, formulas are plain text, marks of emphasis are gone.
  public func text(_ markdown: String) -> StyledText {
    var blocks: [StyledText] = []
    var paragraph: [Substring] = []
    var code: [Substring]?
    func endParagraph() {
      if !paragraph.isEmpty { blocks.append(set(paragraph.joined(separator: " "))) }
      paragraph = []
    }
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      let bare = line.drop { $0 == " " }
      if let lines = code {
        if bare.hasPrefix("```") {
          blocks.append(StyledText(lines.map { "    " + $0 }.joined(separator: "\n"), .name))
          code = nil
        } else {
          code = lines + [line]
        }
      } else if bare.hasPrefix("```") {
        endParagraph()
        code = []
      } else if bare.isEmpty {
        endParagraph()
      } else if bare.hasPrefix("#") {
        endParagraph()
        blocks.append(StyledText(String(bare.drop { $0 == "#" || $0 == " " }), .heading))
      } else if Self.beginsItem(bare) {
        endParagraph()
        paragraph = [bare]
      } else if bare.hasPrefix("|") {
        endParagraph()
        blocks.append(StyledText(String(bare)))
      } else {
        paragraph.append(bare)
      }
    }
    endParagraph()
    return joined(blocks)
  }

  private static func beginsItem(_ line: Substring) -> Bool {
    if line.hasPrefix("- ") || line.hasPrefix("* ") { return true }
    let rest = line.drop { $0.isNumber }
    return rest.count < line.count && rest.hasPrefix(". ")
  }

  /// Items and rows stand one below the other, other blocks apart.
  private func joined(_ blocks: [StyledText]) -> StyledText {
    var result = StyledText()
    for (place, block) in blocks.enumerated() {
      if place > 0 {
        let isClose = [blocks[place - 1], block].allSatisfy { $0.plain.hasPrefix("  · ") || $0.plain.hasPrefix("|") }
        result.append(isClose ? "\n" : "\n\n")
      }
      result.append(block)
    }
    return result
  }

  /// A paragraph or an item in lines.
  private func set(_ text: String) -> StyledText {
    if text.hasPrefix("$$"), text.hasSuffix("$$"), text.count > 4 {
      return StyledText("    " + FormulaText.text(of: String(text.dropFirst(2).dropLast(2))))
    }
    var (first, indent, body) = ("", "", text[...])
    if Self.beginsItem(body) {
      let isNumbered = body.first?.isNumber == true
      first = isNumbered ? "  " + body.prefix { $0 != " " } + " " : "  · "
      indent = String(repeating: " ", count: first.displayWidth)
      body = body.drop { $0 != " " }.dropFirst()
    }
    return .filled(inline(String(body)), first: first, indent: indent, width: width)
  }

  /// Words with their roles; a word is what no blank divides, a piece of code or a formula is one however many it has.
  private func inline(_ text: String) -> [StyledText] {
    var words: [StyledText] = []
    var word = StyledText()
    var rest = text[...]
    func end() {
      if !word.parts.isEmpty { words.append(word) }
      word = StyledText()
    }
    while let character = rest.first {
      rest.removeFirst()
      switch character {
      case " ": end()
      case "`":
        let code = String(rest.prefix { $0 != "`" })
        word.append(keepsMarks ? "`\(code)`" : code, .name)
        rest = rest.drop { $0 != "`" }.dropFirst()
      case "$":
        while rest.first == "$" { rest.removeFirst() }
        word.append(FormulaText.text(of: String(rest.prefix { $0 != "$" })))
        rest = rest.drop { $0 != "$" }
        while rest.first == "$" { rest.removeFirst() }
      case "\\":
        if let next = rest.popFirst() { word.append(String(next)) }
      case "*":
        while rest.first == "*" { rest.removeFirst() }
      case "[":
        // A link: its words.
        if let close = rest.firstIndex(of: "]"), rest[rest.index(after: close)...].first == "(" {
          let label = rest[..<close]
          rest = rest[close...].drop { $0 != ")" }.dropFirst()
          word.append(String(label.replacing(" ", with: "\u{A0}")))
        } else {
          word.append("[")
        }
      default: word.append(String(character))
      }
    }
    end()
    return words
  }
}
