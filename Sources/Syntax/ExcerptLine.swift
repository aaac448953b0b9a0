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
        let shown = Self.harmless(character)
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

  private static func harmless(_ character: Character) -> Character {
    guard let first = character.unicodeScalars.first else { return character }
    let shown = harmless(first)
    return shown == first ? character : Character(shown)
  }

  /// A control character's picture (␛ for escape), so that a source cannot move a terminal's cursor.
  static func harmless(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x00..<0x20: return Unicode.Scalar(0x2400 + scalar.value) ?? "�"
    case 0x7F: return "␡"
    case 0x80..<0xA0, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: return "�"
    default: return scalar
    }
  }
}
