/// Prose broken into lines between its words.
public enum Paragraph {
  /// Lines of at most `width` columns, all but the first indented; lines that are indented in the text, and list items, keep their breaks.
  public static func wrapped(_ text: String, width: Int, indent: Int = 0) -> String {
    let margin = String(repeating: " ", count: indent)
    let room = max(20, width - indent)
    var lines: [String] = []
    var paragraph: [Substring] = []
    func end() {
      lines += Lines.filled(words(paragraph.joined(separator: " "), room: room).filter { !$0.isEmpty }, width: room)
      paragraph = []
    }
    for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isKept = part.isEmpty || part.hasPrefix(" ") || part.hasPrefix("-") || part.hasPrefix("|") || part.hasPrefix("#")
      if isKept { end() }
      if part.isEmpty || part.hasPrefix(" ") || part.hasPrefix("|") {
        lines.append(String(part))
      } else {
        paragraph.append(part)
      }
    }
    end()
    return lines.enumerated().map { $0.offset == 0 || $0.element.isEmpty ? $0.element : margin + $0.element }
      .joined(separator: "\n")
  }

  /// A text whose lines are broken between words where they are longer than `width` columns; what goes over stands two columns further in
  /// than its line begins. Shorter lines stay as they are.
  public static func folded(_ text: String, width: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.displayWidth > width else { return String(line) }
      let lead = String(line.prefix { $0 == " " })
      let margin = lead + "  "
      let room = max(20, width - margin.count)
      return lead
        + Lines.filled(words(line.dropFirst(lead.count), room: room), width: room).joined(separator: "\n" + margin)
    }.joined(separator: "\n")
  }

  /// What stands between the blanks of a text; code between backticks is one, where it is no longer than `room` columns.
  public static func words(_ text: some StringProtocol, room: Int) -> [String] {
    var words: [String] = []
    var code: [String]?
    for piece in text.split(separator: " ", omittingEmptySubsequences: false).map({ String($0) }) {
      let closes = piece.count { $0 == "`" } % 2 == 1
      guard let begun = code else {
        if closes { code = [piece] } else { words.append(piece) }
        continue
      }
      guard closes else {
        code = begun + [piece]
        continue
      }
      let whole = (begun + [piece]).joined(separator: " ")
      words += whole.displayWidth > room ? begun + [piece] : [whole]
      code = nil
    }
    return words + (code ?? [])
  }
}
