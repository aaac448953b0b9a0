import Base

/// The further lines of an entry stand under its first one: indented in the editor by as much as the prompt is wide.
enum Margin {
  /// The entry as it stands in the editor.
  static func add(_ width: Int, to text: String) -> String {
    let margin = String(repeating: " ", count: width)
    return text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n" + margin)
  }

  /// The entry as it was meant.
  static func remove(_ width: Int, from text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let meant = lines.dropFirst().map { line in
      line.dropFirst(min(width, line.prefix { $0 == " " }.count))
    }
    return (lines.prefix(1) + meant).joined(separator: "\n")
  }

  /// How many rows below the first a text's end lies on a screen, where it begins at column `start`.
  static func rows(of text: String, from start: Int, width: Int) -> Int {
    guard width > 0 else { return 0 }
    var row = 0
    var column = start
    for character in text {
      if character == "\n" {
        row += 1
        column = 0
        continue
      }
      let more = character.displayWidth
      if column + more > width {
        row += 1
        column = 0
      }
      column += more
    }
    return column >= width ? row + 1 : row
  }
}
