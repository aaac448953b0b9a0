import Base

/// Prose broken into lines at its spaces.
public enum Paragraph {
  /// Lines of at most `width` columns, all but the first indented; lines that are indented in the text, and list items, keep their breaks.
  public static func wrapped(_ text: String, width: Int, indent: Int = 0) -> String {
    let margin = String(repeating: " ", count: indent)
    let room = max(20, width - indent)
    var lines: [String] = []
    var line = ""
    for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isKept = part.isEmpty || part.hasPrefix(" ") || part.hasPrefix("-") || part.hasPrefix("|") || part.hasPrefix("#")
      if isKept, !line.isEmpty {
        lines.append(line)
        line = ""
      }
      if part.isEmpty || part.hasPrefix(" ") || part.hasPrefix("|") {
        lines.append(String(part))
        continue
      }
      let filled = Lines.filled((line.isEmpty ? [] : [line[...]]) + part.split(separator: " "), width: room)
      lines += filled.dropLast()
      line = filled.last ?? ""
    }
    if !line.isEmpty { lines.append(line) }
    return lines.enumerated().map { $0.offset == 0 || $0.element.isEmpty ? $0.element : margin + $0.element }
      .joined(separator: "\n")
  }
}
