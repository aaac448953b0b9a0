import Base

/// What fills some rows of the screen, from the first column on.
public struct ScreenBlock: Sendable {
  /// The codes and characters that draw it, from the beginning of an empty row; the cursor is at the beginning of the row below then.
  public let text: String
  /// How many rows it takes.
  public let rows: Int
  /// The numbers of kitty's pictures in it.
  let pictures: [Int]
  /// The same over rows that hold something: each line of text takes away what was there.
  let over: String

  private init(text: String, over: String, rows: Int, pictures: [Int]) {
    self.text = text
    self.over = over
    self.rows = rows
    self.pictures = pictures
  }

  /// Nothing.
  public static let empty = ScreenBlock(text: "", over: "", rows: 0, pictures: [])

  /// Lines of text in a window of a width, where long ones wrap. `room`: so many rows at most; what is beyond is counted in the last one.
  public init(lines: [String], width: Int, room: Int = .max) {
    var text = ""
    var over = ""
    var rows = 0
    for (number, line) in lines.enumerated() {
      let height = ScreenBlock.height(of: line, width: width)
      let rest = lines.count - number
      if rows + height > room - (rest > 1 ? 1 : 0) {
        let note = "… \(rest) more line\(rest == 1 ? "" : "s")".cut(to: width) + "\n"
        text += note
        over += ScreenBlock.erasing(1) + note
        rows += 1
        break
      }
      text += line + "\n"
      over += ScreenBlock.erasing(height) + line + "\n"
      rows += height
    }
    self.init(text: text, over: over, rows: rows, pictures: [])
  }

  /// A picture by its code, which is drawn from where the cursor is; the cursor is brought below it whatever the code does with it, and the
  /// window scrolls before it is drawn.
  init(code: String, rows: Int, picture: Int? = nil) {
    let room = String(repeating: "\n", count: rows)
    let text = "\(room)\u{1B}[\(rows)A\u{1B}7\(code)\u{1B}8\u{1B}[\(rows)B"
    self.init(text: text, over: text, rows: rows, pictures: picture.map { [$0] } ?? [])
  }

  /// A picture that stands in characters: its code, which draws nothing by itself, and the lines.
  init(code: String, placeholders: [String], picture: Int) {
    self.init(
      text: code + placeholders.map { $0 + "\n" }.joined(), over: code + placeholders.map { "\u{1B}[2K\($0)\n" }.joined(),
      rows: placeholders.count, pictures: [picture])
  }

  /// The one below the other.
  public static func + (upper: ScreenBlock, lower: ScreenBlock) -> ScreenBlock {
    ScreenBlock(
      text: upper.text + lower.text, over: upper.over + lower.over, rows: upper.rows + lower.rows,
      pictures: upper.pictures + lower.pictures)
  }

  /// Erases so many rows from the cursor's on, which comes back to the first of them.
  private static func erasing(_ rows: Int) -> String {
    rows == 1 ? "\u{1B}[2K" : String(repeating: "\u{1B}[2K\n", count: rows - 1) + "\u{1B}[2K\u{1B}[\(rows - 1)A"
  }

  /// How many rows a line takes: a wide character that does not fit a row begins the next one.
  static func height(of line: String, width: Int) -> Int {
    let all = line.displayWidth
    guard all > width, width > 1 else { return 1 }
    var (rows, column) = (1, 0)
    for character in line.plainCharacters {
      let more = character.displayWidth
      if column + more > width { (rows, column) = (rows + 1, 0) }
      column += more
    }
    return rows
  }
}

extension String {
  /// The characters without escape codes.
  fileprivate var plainCharacters: [Character] {
    var result = String.UnicodeScalarView()
    var isEscape = false
    for scalar in unicodeScalars {
      if isEscape {
        isEscape = scalar == "[" || !("@"..."~").contains(scalar)
      } else if scalar == "\u{1B}" {
        isEscape = true
      } else {
        result.append(scalar)
      }
    }
    return Array(String(result))
  }
}
