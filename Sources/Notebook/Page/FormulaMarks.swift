import Base

/// A text in Markdown whose formulas have been taken out, so that nothing in them is read as Markdown: each is a number between two
/// characters that no text has.
///
/// As in Pandoc: `$x$` has no blank behind its first `$` nor before its last one, which no digit follows; `$$x$$` may run over lines, but not
/// over an empty one; `\$` is a dollar sign; code has no formulas.
struct FormulaMarks {
  private static let open: Unicode.Scalar = "\u{F8E0}"
  private static let close: Unicode.Scalar = "\u{F8E1}"

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
    let isMark = character.unicodeScalars.contains { $0 == Self.open || $0 == Self.close }
    text.append(isMark ? "\u{FFFD}" : character)
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
    var tag = ""
    var isTag = false
    var codeDepth = 0
    return replaced(html) { formula in
      isTag || codeDepth > 0 ? Markup.escaped(Self.source(formula)) : formula.html
    } passing: { scalar in
      if scalar == "<" {
        isTag = true
        tag = ""
      } else if scalar == ">" {
        isTag = false
        if tag.hasPrefix("code") { codeDepth += 1 } else if tag.hasPrefix("/code") { codeDepth -= 1 }
      } else if isTag {
        tag.unicodeScalars.append(scalar)
      }
    }
  }

  /// Plain words that were made of `text`, with the sources of the formulas.
  func plain(_ words: String) -> String {
    replaced(words) {
      $0.source
    } passing: { _ in
    }
  }

  /// A text with something in the place of each formula; `passing` is told of all else. By scalars: what follows a mark may be an accent, which
  /// would make one character with it.
  private func replaced(_ text: String, by replacement: (Formula) -> String, passing: (Unicode.Scalar) -> Void) -> String {
    var result = String.UnicodeScalarView()
    var number: String?
    for scalar in text.unicodeScalars {
      if let digits = number {
        if scalar == Self.close {
          number = nil
          if let place = Int(digits), formulas.indices.contains(place) {
            result.append(contentsOf: replacement(formulas[place]).unicodeScalars)
          }
          continue
        }
        if ("0"..."9").contains(scalar) {
          number = digits + String(scalar)
          continue
        }
        // A mark that somebody has written, as `&#xF8E0;`.
        number = nil
        result.append(contentsOf: "\u{FFFD}\(digits)".unicodeScalars)
      }
      if scalar == Self.open {
        number = ""
      } else {
        result.append(scalar)
        passing(scalar)
      }
    }
    if let number { result.append(contentsOf: "\u{FFFD}\(number)".unicodeScalars) }
    return String(result)
  }

  private static func source(_ formula: Formula) -> String {
    formula.isDisplay ? "$$\(formula.source)$$" : "$\(formula.source)$"
  }
}
