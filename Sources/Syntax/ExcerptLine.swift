import Base

/// A line of source as it is laid out on a screen: tabs as blanks, control characters as their pictures.
struct ExcerptLine {
  static let tabWidth = 4
  private var cells: [(text: Character, width: Int)] = []
  private(set) var width = 0

  init(_ text: String) {
    for character in text {
      if character == "\t" {
        let blanks = Self.tabWidth - width % Self.tabWidth
        for _ in 0..<blanks { cells.append((" ", 1)) }
        width += blanks
      } else {
        let shown = character.harmless
        let wide = shown.displayWidth
        cells.append((shown, wide))
        width += wide
      }
    }
  }

  /// The column of the screen at which the byte `offset` of a line stands.
  static func column(of offset: Int, from lineStart: Int, in source: Source) -> Int {
    ExcerptLine(source.text(of: Span(lineStart, offset))).width
  }

  /// Where to begin a line that is too long, so that what is marked is seen, with some of what stands around it.
  static func beginning(left: Int, right: Int, width: Int, room: Int) -> Int {
    if max(width, right) <= room || right <= room - 4 { return 0 }
    let marked = min(right - left, room - 8)
    return max(0, min(left - (room - marked) / 2, max(width, right) - room + 1))
  }

  /// The part of the line from column `start` on that fits; an `…` stands for what is left out on either side.
  func cut(from start: Int, room: Int) -> (text: String, start: Int) {
    var text = ""
    var column = 0
    var used = 0
    var begin: Int?
    for cell in cells {
      defer { column += cell.width }
      if column < start { continue }
      if begin == nil {
        begin = column
        // The first cell gives way to the mark of what is left out.
        if column > 0 {
          text = "…" + String(repeating: " ", count: max(cell.width - 1, 0))
          used = max(cell.width, 1)
          continue
        }
      }
      let isLast = column + cell.width >= width
      if used + cell.width > room - (isLast ? 0 : 1) {
        text += "…"
        break
      }
      text.append(cell.text)
      used += cell.width
    }
    while text.last == " " { text.removeLast() }
    return (text, begin ?? 0)
  }
}
