import Base
import Formats
import Graphics

/// Pictures in the codes of terminals that show pixels. None of them asks for an answer.
enum PictureCode {
  /// Kitty's protocol: a PNG in pieces of 4096 characters, shown where the cursor is, which stays there. A picture of the same number is
  /// replaced, and taken away from where it was.
  static func kitty(_ png: [UInt8], number: Int) -> String { kitty(png, keys: "a=T,q=2,f=100,i=\(number),p=1,C=1") }

  /// The same for tmux: not shown where the cursor is, but in the characters that `placeholders` gives.
  static func kittyVirtual(_ png: [UInt8], number: Int, columns: Int, rows: Int) -> String {
    kitty(png, keys: "a=T,q=2,f=100,i=\(number),U=1,c=\(columns),r=\(rows)")
  }

  private static func kitty(_ png: [UInt8], keys: String) -> String {
    let text = Array(Base64.text(of: png).utf8)
    var code = ""
    for start in stride(from: 0, to: text.count, by: 4096) {
      let end = min(start + 4096, text.count)
      let more = end < text.count ? 1 : 0
      code += "\u{1B}_G" + (start == 0 ? "\(keys),m=\(more)" : "q=2,m=\(more)") + ";"
      code += String(decoding: text[start..<end], as: UTF8.self) + "\u{1B}\\"
    }
    return code
  }

  /// Takes a picture away, with its numbers in the terminal's memory.
  static func kittyRemoval(number: Int) -> String { "\u{1B}_Ga=d,d=I,q=2,i=\(number)\u{1B}\\" }

  /// The rows of characters that stand for a picture: the first of each names the row, those after it follow (kitty 0.28). The color is the
  /// picture's number, 1…255.
  static func placeholders(number: Int, columns: Int, rows: Int) -> [String] {
    (0..<min(rows, marks.count)).map { row in
      var line = String.UnicodeScalarView()
      for column in 0..<columns {
        line.append("\u{10EEEE}")
        if column == 0 { for mark in [marks[row], marks[0]] { Unicode.Scalar(mark).map { line.append($0) } } }
      }
      return "\u{1B}[38;5;\(number)m" + String(line) + "\u{1B}[39m"
    }
  }

  /// The marks that stand for 0, 1, … (kitty's `rowcolumn-diacritics.txt`).
  static let marks: [UInt32] = [
    0x0305, 0x030D, 0x030E, 0x0310, 0x0312, 0x033D, 0x033E, 0x033F, 0x0346, 0x034A, 0x034B, 0x034C,
    0x0350, 0x0351, 0x0352, 0x0357, 0x035B, 0x0363, 0x0364, 0x0365, 0x0366, 0x0367, 0x0368, 0x0369,
    0x036A, 0x036B, 0x036C, 0x036D, 0x036E, 0x036F, 0x0483, 0x0484, 0x0485, 0x0486, 0x0487, 0x0592,
    0x0593, 0x0594, 0x0595, 0x0597, 0x0598, 0x0599, 0x059C, 0x059D, 0x059E, 0x059F, 0x05A0, 0x05A1,
    0x05A8, 0x05A9, 0x05AB, 0x05AC, 0x05AF, 0x05C4, 0x0610, 0x0611, 0x0612, 0x0613, 0x0614, 0x0615,
    0x0616, 0x0617, 0x0657, 0x0658,
  ]

  /// An inline image of iTerm2, that fills so many characters.
  static func iterm(_ png: [UInt8], columns: Int, rows: Int) -> String {
    "\u{1B}]1337;File=inline=1;size=\(png.count);width=\(columns);height=\(rows);preserveAspectRatio=1:\(Base64.text(of: png))\u{7}"
  }

  /// Marked for the terminal that tmux runs in.
  static func throughTmux(_ code: String) -> String {
    // Each code by itself: tmux takes no text of any length.
    var result = ""
    var rest = code[...]
    while !rest.isEmpty {
      let end = rest.firstRange(of: "\u{1B}\\")?.upperBound ?? rest.endIndex
      let piece = rest[..<end]
      result += "\u{1B}Ptmux;" + piece.replacing("\u{1B}", with: "\u{1B}\u{1B}") + "\u{1B}\\"
      rest = rest[end...]
    }
    return result
  }
}
