/// A small terminal: what a program writes becomes the characters on a screen. It knows what the line editor sends (cursor moves, erasing, looks,
/// wide characters, private modes), and counts what it does not know.
public struct TerminalEmulator {
  /// What stands in one place of the screen.
  public struct Cell: Equatable, Sendable {
    /// A character with the marks that join it; empty right of a wide one.
    public var text = " "
    /// The numbers of SGR that are on: 1, 2, 4, 7, 30…37; 1000 and the number of one of the 256 colors.
    public var looks: Set<Int> = []
  }

  /// The size of the screen.
  public private(set) var columns: Int
  /// The size of the screen.
  public private(set) var rows: Int
  /// What is on the screen, row by row.
  public private(set) var cells: [[Cell]]
  /// Which rows go on in the next because they were full.
  private var wraps: [Bool]
  /// The cursor's place, from 0.
  public private(set) var row = 0
  /// The cursor's place, from 0.
  public private(set) var column = 0
  /// Rows that have left the screen at its top.
  public private(set) var scrollback: [String] = []
  /// Private modes that are on: 2004 for marked pastes, 2026 while an update is not complete.
  public private(set) var modes: Set<Int> = []
  /// Whether a line that is too long stays in its row (mode 7).
  private var isWrapOff = false
  /// Codes that have no meaning here.
  public private(set) var unknown: [String] = []
  /// The texts of APC, DCS and OSC strings, with the letter that begins them, and where the cursor was: counted over all rows, those that have
  /// left the screen too.
  public private(set) var strings: [(text: String, row: Int, column: Int)] = []
  /// How often the terminal was asked for what every terminal answers (DA1).
  public private(set) var questions = 0
  private var saved = (row: 0, column: 0)
  /// How many updates were marked as complete.
  public private(set) var updates = 0
  /// How often the bell was rung.
  public private(set) var bells = 0
  private var looks: Set<Int> = []
  private var isWrapPending = false
  private var pending: [UInt8] = []

  /// An empty screen of a size.
  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: Array(repeating: Cell(), count: columns), count: rows)
    wraps = Array(repeating: false, count: rows)
  }

  // MARK: What is seen

  /// What a row holds, without the blanks at its end.
  public func line(_ row: Int) -> String {
    guard cells.indices.contains(row) else { return "" }
    var text = cells[row].map(\.text).joined()
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }

  /// The rows down to the last one that is not empty.
  public var lines: [String] {
    var lines = (0..<rows).map(line)
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The rows, with line breaks between them.
  public var text: String { lines.joined(separator: "\n") }

  /// The looks of the first place where a text stands on the screen; nil where it does not.
  public func looks(of text: String) -> Set<Int>? {
    for row in (0..<rows).reversed() {
      let texts = cells[row].map(\.text)
      for column in texts.indices where texts[column...].joined().hasPrefix(text) { return cells[row][column].looks }
    }
    return nil
  }

  // MARK: Bytes

  /// Takes in what a program writes; a code that is not complete waits for its rest.
  public mutating func receive(_ bytes: some Sequence<UInt8>) {
    pending.append(contentsOf: bytes)
    var place = 0
    while place < pending.count, let used = step(at: place) { place += used }
    pending.removeFirst(place)
  }

  /// Deals with what begins at a place, and gives its length; nil where it is not complete.
  private mutating func step(at start: Int) -> Int? {
    let byte = pending[start]
    switch byte {
    case 0x1B: return escape(at: start)
    case 0x07: bells += 1
    case 0x08: move(row, column - 1)
    case 0x0A: lineFeed()
    case 0x0D: move(row, 0)
    case 0x00..<0x20: unknown.append("\\x\(byte)")
    default:
      let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      guard start + length <= pending.count else { return nil }
      let text = String(decoding: pending[start..<start + length], as: UTF8.self)
      for scalar in text.unicodeScalars { put(scalar) }
      return length
    }
    return 1
  }

  private mutating func escape(at start: Int) -> Int? {
    guard start + 1 < pending.count else { return nil }
    switch pending[start + 1] {
    case UInt8(ascii: "["): break
    case UInt8(ascii: "7"):
      saved = (row, column)
      return 2
    case UInt8(ascii: "8"):
      move(saved.row, saved.column)
      return 2
    case UInt8(ascii: "_"), UInt8(ascii: "P"), UInt8(ascii: "]"): return string(at: start)
    default:
      unknown.append("ESC \(pending[start + 1])")
      return 2
    }
    guard let end = pending[(start + 2)...].firstIndex(where: { (0x40...0x7E).contains($0) }) else { return nil }
    let body = String(decoding: pending[(start + 2)..<end], as: UTF8.self)
    control(body, Character(Unicode.Scalar(pending[end])))
    return end - start + 1
  }

  /// A string up to its end, BEL or ESC \; nil where that has not come.
  private mutating func string(at start: Int) -> Int? {
    var end = start + 2
    while end < pending.count, pending[end] != 0x07 {
      if pending[end] == 0x1B, end + 1 < pending.count, pending[end + 1] == UInt8(ascii: "\\") { break }
      end += 1
    }
    guard end < pending.count else { return nil }
    let text = String(decoding: pending[(start + 1)..<end], as: UTF8.self)
    strings.append((text, scrollback.count + row, column))
    return end - start + (pending[end] == 0x07 ? 1 : 2)
  }

  private mutating func control(_ body: String, _ final: Character) {
    if final == "c", body.isEmpty {
      questions += 1
      return
    }
    if (body == ">" && final == "q") || (body == "16" && final == "t") || (body == "?1;1;0" && final == "S") { return }
    if body.hasPrefix("?") {
      guard let mode = Int(body.dropFirst()), final == "h" || final == "l" else { return unknown.append(body + String(final)) }
      if mode == 7 {
        isWrapOff = final == "l"
      } else if final == "h" {
        modes.insert(mode)
      } else {
        modes.remove(mode)
      }
      if mode == 2026, final == "l" { updates += 1 }
      return
    }
    let numbers = body.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    let count = max(1, numbers.first ?? 1)
    switch final {
    case "A": move(row - count, column)
    case "B": move(row + count, column)
    case "C": move(row, column + count)
    case "D": move(row, column - count)
    case "G": move(row, count - 1)
    case "H": move(count - 1, max(1, numbers.count > 1 ? numbers[1] : 1) - 1)
    case "J": eraseScreen(numbers.first ?? 0)
    case "K": eraseLine(numbers.first ?? 0)
    case "m":
      looks(numbers[...])
    default: unknown.append(body + String(final))
    }
  }

  /// Colors of the 256, and of all, are several numbers.
  private mutating func looks(_ numbers: ArraySlice<Int>) {
    var rest = numbers
    while let number = rest.popFirst() {
      guard number == 38 || number == 48 else {
        look(number)
        continue
      }
      let isIndexed = rest.popFirst() == 5
      let value = rest.first ?? 0
      rest = rest.dropFirst(isIndexed ? 1 : 3)
      if number == 38 { looks = looks.filter { $0 < 30 }.union(isIndexed ? [1000 + value] : []) }
    }
  }

  private mutating func look(_ number: Int) {
    switch number {
    case 0: looks = []
    case 1, 2, 4, 7: looks.insert(number)
    case 39, 49: looks = looks.filter { $0 < 30 }
    case 30...37, 90...97:
      looks = looks.filter { $0 < 30 }
      looks.insert(number)
    default: unknown.append("\(number)m")
    }
  }

  // MARK: The screen

  private mutating func move(_ row: Int, _ column: Int) {
    self.row = min(max(0, row), rows - 1)
    self.column = min(max(0, column), columns - 1)
    isWrapPending = false
  }

  private mutating func lineFeed() {
    isWrapPending = false
    guard row == rows - 1 else {
      row += 1
      return
    }
    scrollback.append(line(0))
    cells.removeFirst()
    wraps.removeFirst()
    cells.append(Array(repeating: Cell(), count: columns))
    wraps.append(false)
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = TerminalEmulator.width(of: scalar)
    let before = isWrapPending ? column : column - 1
    let joins = before >= 0 && cells[row][owner(of: before)].text.unicodeScalars.last == "\u{200D}"
    if width == 0 || joins {
      guard before >= 0 else { return }
      cells[row][owner(of: before)].text.unicodeScalars.append(scalar)
      return
    }
    if isWrapOff, isWrapPending || column + width > columns {
      column = max(0, columns - width)
    } else if isWrapPending || column + width > columns {
      wraps[row] = true
      lineFeed()
      column = 0
    }
    guard column + width <= columns else { return }
    cells[row][column] = Cell(text: String(scalar), looks: looks)
    if width == 2 { cells[row][column + 1] = Cell(text: "", looks: looks) }
    column += width
    isWrapPending = column == columns
    if isWrapPending { column = columns - 1 }
  }

  /// The place of the character that a place shows: left of it where that is wide.
  private func owner(of place: Int) -> Int { place > 0 && cells[row][place].text.isEmpty ? place - 1 : place }

  private mutating func eraseLine(_ how: Int) {
    let range = how == 0 ? column..<columns : how == 1 ? 0..<column + 1 : 0..<columns
    for place in range { cells[row][place] = Cell() }
    if how != 1 { wraps[row] = false }
  }

  private mutating func eraseScreen(_ how: Int) {
    let range = how == 0 ? row + 1..<rows : how == 1 ? 0..<row : 0..<rows
    if how == 0 || how == 1 { eraseLine(how) }
    for place in range {
      cells[place] = Array(repeating: Cell(), count: columns)
      wraps[place] = false
    }
  }

  /// Changes the size as most terminals do: rows that are too long now are broken anew.
  public mutating func resize(columns new: Int, rows newRows: Int) {
    var lines: [[Cell]] = []
    var cursor = (row: row, column: column)
    for (place, cells) in cells.enumerated() {
      var rest = cells
      while let last = rest.last, last == Cell() { rest.removeLast() }
      if place == row { while rest.count <= column { rest.append(Cell()) } }
      var first = true
      repeat {
        if place == row, first { cursor = (lines.count + column / new, column % new) }
        first = false
        lines.append(Array(rest.prefix(new)) + Array(repeating: Cell(), count: max(0, new - rest.count)))
        rest.removeFirst(min(new, rest.count))
      } while !rest.isEmpty
    }
    while lines.count > newRows, lines.last?.allSatisfy({ $0 == Cell() }) == true, cursor.row < lines.count - 1 {
      lines.removeLast()
    }
    while lines.count > newRows {
      lines.removeFirst()
      cursor.row -= 1
    }
    while lines.count < newRows { lines.append(Array(repeating: Cell(), count: new)) }
    cells = lines
    wraps = Array(repeating: false, count: newRows)
    (columns, rows) = (new, newRows)
    move(cursor.row, cursor.column)
  }

  /// By the blocks of Unicode's `EastAsianWidth.txt` and its marks.
  private static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
