import Base

/// A text in Markdown whose formulas have been taken out, so that nothing in them is read as Markdown: each is a number between two
/// characters that no text has.
///
/// As in Pandoc: `$x$` has no blank behind its first `$` nor before its last one, which no digit follows; `$$x$$` may run over lines, but not
/// over an empty one; `\$` is a dollar sign; code has no formulas.
struct FormulaMarks {
  private static let open: Character = "\u{F8E0}"
  private static let close: Character = "\u{F8E1}"

  /// The text with marks in place of formulas.
  private(set) var text = ""
  private var formulas: [Formula] = []

  init(_ source: String) {
    let characters = Array(source.replacing("\r\n", with: "\n"))
    var place = 0
    var lineStart = true
    /// The fence that closes the block of code.
    var fence: (mark: Character, count: Int)?
    while place < characters.count {
      let character = characters[place]
      if lineStart {
        let (mark, count) = Self.fence(characters, from: place)
        let isFence = count >= 3
        if let open = fence {
          if isFence, mark == open.mark, count >= open.count { fence = nil }
        } else if isFence {
          fence = (mark, count)
        }
        if fence != nil || isFence {
          while place < characters.count, characters[place] != "\n" { append(characters[place], &place) }
          if place < characters.count { append("\n", &place) }
          continue
        }
      }
      lineStart = character == "\n"
      switch character {
      case "\\" where place + 1 < characters.count:
        append("\\", &place)
        lineStart = characters[place] == "\n"
        append(characters[place], &place)
      case "`":
        let count = Self.run(of: "`", characters, place)
        let end = Self.closing(count, characters, place + count) ?? place + count
        while place < end { append(characters[place], &place) }
      case "$":
        guard let (formula, end) = Self.formula(characters, place) else {
          append("$", &place)
          continue
        }
        text += "\(Self.open)\(formulas.count)\(Self.close)"
        formulas.append(formula)
        place = end
      default: append(character, &place)
      }
    }
  }

  private mutating func append(_ character: Character, _ place: inout Int) {
    text.append(character == Self.open || character == Self.close ? "\u{FFFD}" : character)
    place += 1
  }

  // MARK: Reading

  private static func run(of mark: Character, _ characters: [Character], _ start: Int) -> Int {
    characters[start...].prefix { $0 == mark }.count
  }

  /// The mark of a fence that begins in a line, and how many there are; 0 where none does.
  private static func fence(_ characters: [Character], from start: Int) -> (Character, Int) {
    let blanks = characters[start...].prefix { $0 == " " }.count
    guard blanks < 4, start + blanks < characters.count, case let mark = characters[start + blanks], mark == "`" || mark == "~"
    else {
      return (" ", 0)
    }
    return (mark, run(of: mark, characters, start + blanks))
  }

  /// Behind the backquotes that close code opened by as many.
  private static func closing(_ count: Int, _ characters: [Character], _ start: Int) -> Int? {
    var place = start
    while place < characters.count {
      guard characters[place] == "`" else {
        if characters[place] == "\n", place + 1 < characters.count, characters[place + 1] == "\n" { return nil }
        place += 1
        continue
      }
      let found = run(of: "`", characters, place)
      place += found
      if found == count { return place }
    }
    return nil
  }

  private static func formula(_ characters: [Character], _ start: Int) -> (Formula, end: Int)? {
    let isDisplay = start + 1 < characters.count && characters[start + 1] == "$"
    let first = start + (isDisplay ? 2 : 1)
    guard first < characters.count, isDisplay || !characters[first].isWhitespace else { return nil }
    var place = first
    while place < characters.count {
      switch characters[place] {
      case "\\": place += 1
      case "\n" where place + 1 < characters.count && characters[place + 1] == "\n": return nil
      case "$":
        let source = { String(characters[first..<place]) }
        if isDisplay, place + 1 < characters.count, characters[place + 1] == "$", place > first {
          return (Formula(source: source(), isDisplay: true), place + 2)
        }
        guard !isDisplay else { return nil }
        let isClosed =
          place > first && !characters[place - 1].isWhitespace
          && !(place + 1 < characters.count && characters[place + 1].isNumber)
        return isClosed ? (Formula(source: source(), isDisplay: false), place + 1) : nil
      default: break
      }
      place += 1
    }
    return nil
  }

  // MARK: Writing

  /// HTML that was made of `text`, with the formulas in their places; within code and tags they stay as they were written.
  func restored(_ html: String) -> String {
    guard !formulas.isEmpty else { return html }
    var result = ""
    var tag = ""
    var isTag = false
    var codeDepth = 0
    var number: String?
    for character in html {
      if let digits = number {
        guard character == Self.close else {
          number = digits + String(character)
          continue
        }
        number = nil
        guard let place = Int(digits), formulas.indices.contains(place) else { continue }
        result += isTag || codeDepth > 0 ? Markup.escaped(Self.source(formulas[place])) : formulas[place].html
        continue
      }
      if character == Self.open {
        number = ""
        continue
      }
      result.append(character)
      if character == "<" {
        isTag = true
        tag = ""
      } else if character == ">" {
        isTag = false
        if tag.hasPrefix("code") { codeDepth += 1 } else if tag.hasPrefix("/code") { codeDepth -= 1 }
      } else if isTag {
        tag.append(character)
      }
    }
    return result
  }

  /// Plain words that were made of `text`, with the sources of the formulas.
  func plain(_ words: String) -> String {
    var result = words
    for (place, formula) in formulas.enumerated() {
      result = result.replacing("\(Self.open)\(place)\(Self.close)", with: formula.source)
    }
    return result
  }

  private static func source(_ formula: Formula) -> String {
    formula.isDisplay ? "$$\(formula.source)$$" : "$\(formula.source)$"
  }
}
