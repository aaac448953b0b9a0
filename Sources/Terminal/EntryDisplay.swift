import Base

/// What the terminal shows of an entry, and the codes that make it show something else: of the rows only what differs is written, all in one
/// piece. It knows no place on the screen but that of its own first row.
struct EntryDisplay {
  /// The rows on the screen from the first one down.
  private(set) var rows: [Row] = []
  private var cursor = (row: 0, column: 0)
  /// Whether the column is certain: behind the last column of the screen it is not.
  private var isColumnKnown = false

  /// The colors of text.
  private let palette: TextPalette

  init(palette: TextPalette = .named) { self.palette = palette }

  private static let begin = "\u{1B}[?2026h"
  private static let end = "\u{1B}[?2026l"

  /// Shows these rows, none of them wider than `width` and no more of them than the screen has, with the cursor in its place.
  mutating func show(_ new: [Row], cursor target: (row: Int, column: Int), width: Int) -> String {
    if new == rows, isColumnKnown, target == cursor { return "" }
    var text = ""
    if rows.isEmpty {
      // What the line held before, such as keys typed while a program ran, is not ours.
      text += "\r\u{1B}[K"
      rows = [[]]
      (cursor, isColumnKnown) = ((0, 0), true)
    }
    for (index, row) in new.enumerated() where index >= rows.count || rows[index] != row {
      write(row, at: index, width: width, into: &text)
    }
    if rows.count > new.count, !new.isEmpty {
      move(to: (new.count, 0), into: &text)
      text += "\u{1B}[J"
      rows.removeSubrange(new.count...)
    }
    move(to: target, into: &text)
    return EntryDisplay.begin + text + EntryDisplay.end
  }

  /// Shows all rows for the last time, however many they are, and goes to the line below them.
  mutating func finish(_ all: [Row], width: Int) -> String {
    var text = ""
    if rows.count > 1 || all.count > 1 {
      // Rows that had no place are on none of the screen's lines yet.
      move(to: (0, 0), into: &text)
      text += "\u{1B}[J"
      rows = [[]]
    }
    if rows.isEmpty { text += "\r\u{1B}[K" }
    if rows.isEmpty { rows = [[]] }
    for (index, row) in all.enumerated() where index >= rows.count || rows[index] != row {
      write(row, at: index, width: width, into: &text)
    }
    text += "\r\n"
    forget()
    return EntryDisplay.begin + text + EntryDisplay.end
  }

  /// Goes below all that is shown, for others to write there.
  mutating func leave() -> String {
    guard !rows.isEmpty else { return "" }
    var text = ""
    move(to: (rows.count - 1, 0), into: &text)
    forget()
    return text + "\r\n"
  }

  /// The screen was cleared, or others have written on it.
  mutating func forget() {
    rows = []
    cursor = (0, 0)
    isColumnKnown = false
  }

  /// Takes everything off a screen whose width has changed. `reflows`: whether the terminal breaks rows anew that are now too long.
  mutating func erase(width: Int, reflows: Bool) -> String {
    guard !rows.isEmpty else { return "" }
    func height(_ columns: Int) -> Int { reflows && width > 0 ? max(1, (columns + width - 1) / width) : 1 }
    var above = rows.prefix(cursor.row).reduce(0) { $0 + height($1.columns) }
    if reflows, width > 0 { above += cursor.column / width }
    forget()
    return "\r" + (above > 0 ? "\u{1B}[\(above)A" : "") + "\u{1B}[J"
  }

  // MARK: Codes

  private mutating func move(to target: (row: Int, column: Int), into text: inout String) {
    if target.row == cursor.row, isColumnKnown, target.column == cursor.column { return }
    if target.row != cursor.row || !isColumnKnown || target.column < cursor.column {
      text += "\r"
      cursor.column = 0
    }
    if target.row < cursor.row { text += "\u{1B}[\(cursor.row - target.row)A" }
    if target.row > cursor.row { text += "\u{1B}[\(target.row - cursor.row)B" }
    if target.column > cursor.column { text += "\u{1B}[\(target.column - cursor.column)C" }
    cursor = target
    isColumnKnown = true
  }

  private mutating func write(_ row: Row, at index: Int, width: Int, into text: inout String) {
    while index >= rows.count {
      // Only a line feed makes room at the bottom of the screen.
      move(to: (rows.count - 1, 0), into: &text)
      text += "\r\n"
      rows.append([])
      cursor = (rows.count - 1, 0)
    }
    let old = rows[index]
    var same = 0
    while same < row.count, same < old.count, row[same] == old[same] { same += 1 }
    var column = row[..<same].columns
    move(to: (index, column), into: &text)
    var style = Style.plain
    for cell in row[same...] {
      if cell.style != style {
        text += style == .plain ? "" : "\u{1B}[0m"
        text += cell.style == .plain ? "" : "\u{1B}[\(cell.style.codes(in: palette))m"
        style = cell.style
      }
      text += cell.text
      column += cell.width
      if cell.isUncertain, column < width { text += "\r\u{1B}[\(column)C" }
    }
    if style != .plain { text += "\u{1B}[0m" }
    // Behind the last column the terminal may still stand on it: nothing is to be erased there.
    if old.columns > column, column < width { text += "\u{1B}[K" }
    cursor = (index, column)
    isColumnKnown = column < width
    rows[index] = row
  }
}

extension ArraySlice<Cell> {
  fileprivate var columns: Int { reduce(0) { $0 + $1.width } }
}
