/// Cuts the source of a formula into its signs.
struct FormulaLexer {
  enum Sign: Equatable {
    /// `\name`, or a backslash with one other character.
    case command(String)
    case character(Character)
    /// A number: digits, with a point among them.
    case number(String)
    case open, close, superscript, `subscript`, cell
    case end
  }

  private let characters: [Character]
  private var place = 0

  init(_ source: String) { characters = Array(source) }

  /// The next sign; blanks mean nothing.
  mutating func next() -> Sign {
    skipBlanks()
    guard place < characters.count else { return .end }
    let character = characters[place]
    place += 1
    switch character {
    case "\\": return .command(commandName())
    case "{": return .open
    case "}": return .close
    case "^": return .superscript
    case "_": return .subscript
    case "&": return .cell
    case "0"..."9": return .number(number(from: character))
    default: return .character(character)
    }
  }

  /// What stands between the braces that follow, as it is written; nil where there are none.
  mutating func verbatimGroup() -> String? {
    skipBlanks()
    guard place < characters.count, characters[place] == "{" else { return nil }
    var depth = 1
    var end = place + 1
    while end < characters.count, depth > 0 {
      if characters[end] == "\\" {
        end += 1
      } else if characters[end] == "{" {
        depth += 1
      } else if characters[end] == "}" {
        depth -= 1
      }
      end += 1
    }
    guard depth == 0, end <= characters.count else { return nil }
    defer { place = end }
    return String(characters[place + 1..<end - 1])
  }

  /// What stands in the square brackets that follow; nil where there are none.
  mutating func option() -> String? {
    skipBlanks()
    guard place < characters.count, characters[place] == "[", let end = characters[place...].firstIndex(of: "]") else {
      return nil
    }
    defer { place = end + 1 }
    return String(characters[place + 1..<end])
  }

  /// Takes a star that follows directly.
  mutating func star() -> Bool {
    guard place < characters.count, characters[place] == "*" else { return false }
    place += 1
    return true
  }

  private mutating func skipBlanks() {
    while place < characters.count, characters[place].isWhitespace { place += 1 }
  }

  private mutating func commandName() -> String {
    guard place < characters.count else { return "" }
    let start = place
    while place < characters.count, characters[place].isASCII, characters[place].isLetter { place += 1 }
    if place == start { place += 1 }
    return String(characters[start..<place])
  }

  private mutating func number(from first: Character) -> String {
    var digits = String(first)
    while place < characters.count {
      let isPoint = characters[place] == "." && place + 1 < characters.count && ("0"..."9").contains(characters[place + 1])
      guard isPoint || ("0"..."9").contains(characters[place]) else { break }
      digits.append(characters[place])
      place += 1
    }
    return digits
  }
}
