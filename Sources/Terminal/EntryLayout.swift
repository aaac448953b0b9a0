import Base

/// An entry set into the rows of a screen: the first line behind the prompt, the others below it, and what is longer than a row goes on in
/// the next.
struct EntryLayout {
  private(set) var rows: [Row] = [[]]
  /// Where the cursor stands among the rows.
  private(set) var cursor = (row: 0, column: 0)
  /// The columns left of the lines.
  let margin: Int
  private let width: Int
  private var column = 0

  /// `styles`: of each character. `width`: the columns of the screen, 1 or more; where the prompt would take most of them it is left out.
  init(prompt: Row, characters: [Character], styles: [Style], cursor place: Int, width: Int) {
    self.width = max(1, width)
    margin = prompt.columns + 4 <= self.width ? prompt.columns : 0
    if margin > 0 { rows[0] = prompt }
    column = margin
    for (index, character) in characters.enumerated() {
      let style = index < styles.count ? styles[index] : .plain
      if character == "\n" || character == "\r\n" {
        if index == place { markCursor(room: 1) }
        rows.append(margin > 0 ? Row(repeating: Cell(" "), count: margin) : [])
        column = margin
        continue
      }
      let cells = character == "\t" ? tab(style) : Cell.of(character, style: style, room: self.width)
      for (place2, cell) in cells.enumerated() {
        if index == place, place2 == 0 { markCursor(room: cell.width) }
        append(cell)
      }
    }
    if place >= characters.count { markCursor(room: 1) }
  }

  /// Blanks up to the next tab stop, of which there is one every four columns.
  private func tab(_ style: Style) -> [Cell] {
    let count = 4 - (max(0, column - margin) % 4)
    return Array(repeating: Cell(" ", style: style), count: count)
  }

  private mutating func append(_ cell: Cell) {
    if column + cell.width > width { breakRow() }
    rows[rows.count - 1].append(cell)
    column += cell.width
  }

  private mutating func breakRow() {
    rows.append([])
    column = 0
  }

  /// The cursor stands where the next cell will.
  private mutating func markCursor(room: Int) {
    if column + room > width { breakRow() }
    cursor = (rows.count - 1, column)
  }
}
