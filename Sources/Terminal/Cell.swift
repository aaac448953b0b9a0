import Base

/// What stands in one place of a row: a character of one or two columns.
struct Cell: Equatable {
  var text: String
  var width: Int
  var style: Style

  init(_ text: String, width: Int = 1, style: Style = .plain) {
    self.text = text
    self.width = width
    self.style = style
  }

  /// A character as it can be shown within `room` columns: control characters as `^A`, what takes no column and what has no room as a
  /// stand-in, so that nothing typed or pasted steers the terminal.
  static func of(_ character: Character, style: Style, room: Int) -> [Cell] {
    guard let scalar = character.unicodeScalars.first else { return [] }
    if scalar.value < 0x20 || scalar.value == 0x7F {
      let letter = Unicode.Scalar(scalar.value ^ 0x40).map { String($0) } ?? "?"
      let cells = ["^", letter].map { Cell($0, style: Style(dim: style.isDim, underlined: style.isUnderlined, reversed: true)) }
      return room >= 2 ? cells : [Cell("?", style: style)]
    }
    let width = character.displayWidth
    guard width > 0, width <= room, !(0x80..<0xA0).contains(scalar.value) else { return [Cell("\u{FFFD}", style: style)] }
    return [Cell(String(character), width: width, style: style)]
  }

  /// Whether terminals disagree about the columns that it takes.
  var isUncertain: Bool { text.utf8.count > 1 && (width == 2 || text.unicodeScalars.count > 1) }
}

/// The cells of a row from left to right.
typealias Row = [Cell]

extension Row {
  /// A text of one line; it is cut off at `width`.
  init(_ text: some StringProtocol, style: Style = .plain, width: Int = .max) {
    self = []
    var used = 0
    for character in text {
      for cell in Cell.of(character, style: style, room: 2) {
        guard used + cell.width <= width else { return }
        append(cell)
        used += cell.width
      }
    }
  }

  /// The columns that it takes.
  var columns: Int { reduce(0) { $0 + $1.width } }
}
