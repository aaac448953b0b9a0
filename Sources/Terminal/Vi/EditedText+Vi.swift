/// Where vi's motions lead, and what its objects are.
extension EditedText {
  /// The part of an entry that a motion passes, or an object is.
  struct ViSpan: Equatable {
    /// Where the cursor goes.
    var place: Int
    /// What an operator takes.
    var range: Range<Int>
    var isLines = false
  }

  private enum Kind { case blank, word, mark }

  private func kind(_ place: Int, isBig: Bool) -> Kind {
    let character = characters[place]
    if character.isWhitespace { return .blank }
    return isBig || EditedText.isWord(character) ? .word : .mark
  }

  /// Where the run of characters of one kind ends.
  private func runEnd(_ place: Int, isBig: Bool) -> Int {
    var end = place
    while end < characters.count, kind(end, isBig: isBig) == kind(place, isBig: isBig) { end += 1 }
    return end
  }

  private func runStart(_ place: Int, isBig: Bool) -> Int {
    var start = place
    while start > 0, kind(start - 1, isBig: isBig) == kind(place, isBig: isBig) { start -= 1 }
    return start
  }

  // MARK: Words

  func nextWord(from place: Int, isBig: Bool) -> Int {
    var place = place
    if place < characters.count, kind(place, isBig: isBig) != .blank { place = runEnd(place, isBig: isBig) }
    while place < characters.count, kind(place, isBig: isBig) == .blank { place += 1 }
    return place
  }

  /// The last character of the word behind a place.
  func lastOfWord(from place: Int, isBig: Bool) -> Int {
    var place = place + 1
    while place < characters.count, kind(place, isBig: isBig) == .blank { place += 1 }
    guard place < characters.count else { return max(0, characters.count - 1) }
    return runEnd(place, isBig: isBig) - 1
  }

  func previousWord(from place: Int, isBig: Bool) -> Int {
    var place = place
    while place > 0, kind(place - 1, isBig: isBig) == .blank { place -= 1 }
    return place > 0 ? runStart(place - 1, isBig: isBig) : 0
  }

  private func repeated(_ count: Int, _ step: (Int) -> Int) -> Int {
    var place = cursor
    for _ in 0..<count { place = step(place) }
    return place
  }

  /// What `cw` changes: up to the end of the word, not the blanks behind it.
  func changedWord(count: Int, isBig: Bool) -> Range<Int> {
    guard cursor < characters.count, characters[cursor] != "\n" else { return cursor..<cursor }
    var end = runEnd(cursor, isBig: isBig)
    for _ in 1..<max(1, count) where end < characters.count { end = lastOfWord(from: end - 1, isBig: isBig) + 1 }
    return cursor..<max(cursor, end)
  }

  // MARK: Motions

  /// Where a motion leads from the cursor; nil where it leads nowhere.
  func viMotion(_ key: Character, _ looked: Character?, count: Int?) -> ViSpan? {
    let times = count ?? 1
    func before(_ place: Int) -> ViSpan { ViSpan(place: place, range: min(place, cursor)..<max(place, cursor)) }
    func upTo(_ place: Int) -> ViSpan {
      ViSpan(place: place, range: min(place, cursor)..<min(characters.count, max(place, cursor) + 1))
    }
    switch key {
    case "h", "\u{8}", "\u{7F}": return cursor > lineStart ? before(max(lineStart, cursor - times)) : nil
    case "l", " ": return cursor < lineEnd ? before(min(lineEnd, cursor + times)) : nil
    case "0": return before(lineStart)
    case "^", "_": return before(firstOfLine)
    case "|": return before(min(lineEnd, lineStart + times - 1))
    case "$": return before(lineEnd)
    case "w", "W":
      var span = before(repeated(times) { nextWord(from: $0, isBig: key == "W") })
      // An operator does not take the break behind the last word of a line.
      let end = span.range.upperBound
      let lastBreak = characters[span.range].lastIndex(of: "\n")
      if let lastBreak, lastBreak > cursor, characters[lastBreak..<end].allSatisfy(\.isWhitespace) {
        span.range = cursor..<lastBreak
      }
      return span
    case "e", "E": return upTo(repeated(times) { lastOfWord(from: $0, isBig: key == "E") })
    case "b", "B": return before(repeated(times) { previousWord(from: $0, isBig: key == "B") })
    case "f", "t", "F", "T": return looked.flatMap { found($0, by: key, count: times) }
    case "%": return partner.map { upTo($0) }
    case "j", "+": return lines(below: times, isFirst: key == "+")
    case "k", "-": return lines(above: times, isFirst: key == "-")
    case "G": return line(count.map { $0 - 1 } ?? Int.max)
    case "g": return line((count ?? 1) - 1)
    default: return nil
    }
  }

  private func found(_ looked: Character, by key: Character, count: Int) -> ViSpan? {
    var place = cursor
    if key == "f" || key == "t" {
      for _ in 0..<count {
        guard place < lineEnd, let next = characters[(place + 1)..<max(place + 1, lineEnd)].firstIndex(of: looked) else {
          return nil
        }
        place = next
      }
      let end = key == "f" ? place : place - 1
      return ViSpan(place: end, range: cursor..<end + 1)
    }
    for _ in 0..<count {
      guard let previous = characters[lineStart..<place].lastIndex(of: looked) else { return nil }
      place = previous
    }
    let start = key == "F" ? place : place + 1
    return ViSpan(place: start, range: start..<cursor)
  }

  /// The bracket that belongs to the first one at or behind the cursor in its line.
  private var partner: Int? {
    let pairs: [Character: Character] = ["(": ")", "[": "]", "{": "}"]
    let opening = Dictionary(uniqueKeysWithValues: pairs.map { ($1, $0) })
    guard let start = characters[cursor..<lineEnd].firstIndex(where: { pairs[$0] != nil || opening[$0] != nil }) else {
      return nil
    }
    let bracket = characters[start]
    if let closing = pairs[bracket] { return closes(bracket, closing, from: start + 1) }
    return opening[bracket].flatMap { opens($0, bracket, before: start) }
  }

  private func closes(_ open: Character, _ close: Character, from start: Int) -> Int? {
    var depth = 0
    for place in start..<max(start, characters.count) {
      if characters[place] == open { depth += 1 }
      if characters[place] == close {
        if depth == 0 { return place }
        depth -= 1
      }
    }
    return nil
  }

  private func opens(_ open: Character, _ close: Character, before end: Int) -> Int? {
    var depth = 0
    for place in (0..<max(0, end)).reversed() {
      if characters[place] == close { depth += 1 }
      if characters[place] == open {
        if depth == 0 { return place }
        depth -= 1
      }
    }
    return nil
  }

  private func lines(below count: Int, isFirst: Bool) -> ViSpan? {
    guard hasLineBelow else { return nil }
    var end = EditedText(text, cursor: cursor)
    for _ in 0..<count where !end.moveLine(up: false) { break }
    return ViSpan(place: isFirst ? end.firstOfLine : end.cursor, range: lineStart..<end.lineEnd, isLines: true)
  }

  private func lines(above count: Int, isFirst: Bool) -> ViSpan? {
    guard hasLineAbove else { return nil }
    var start = EditedText(text, cursor: cursor)
    for _ in 0..<count where !start.moveLine(up: true) { break }
    return ViSpan(place: isFirst ? start.firstOfLine : start.cursor, range: start.lineStart..<lineEnd, isLines: true)
  }

  /// To the first character of a line of the entry, counted from 0.
  private func line(_ number: Int) -> ViSpan {
    var target = EditedText(text, cursor: 0)
    var passed = 0
    while passed < number, target.moveLine(up: false) { passed += 1 }
    let range = min(target.lineStart, lineStart)..<max(target.lineEnd, lineEnd)
    return ViSpan(place: target.firstOfLine, range: range, isLines: true)
  }

  /// So many whole lines from that of the cursor on.
  func viLines(_ count: Int) -> ViSpan {
    var end = self
    for _ in 1..<max(1, count) where !end.moveLine(up: false) { break }
    return ViSpan(place: lineStart, range: lineStart..<end.lineEnd, isLines: true)
  }

  // MARK: Objects

  /// What `iw`, `a(` and their kin name around the cursor; nil where there is none.
  func viObject(_ object: Character, isInner: Bool) -> Range<Int>? {
    switch object {
    case "w", "W": wordObject(isBig: object == "W", isInner: isInner)
    case "(", ")", "b": bracketObject("(", ")", isInner: isInner)
    case "[", "]": bracketObject("[", "]", isInner: isInner)
    case "{", "}", "B": bracketObject("{", "}", isInner: isInner)
    case "<", ">": bracketObject("<", ">", isInner: isInner)
    default: quoteObject(object, isInner: isInner)
    }
  }

  private func wordObject(isBig: Bool, isInner: Bool) -> Range<Int>? {
    guard cursor < lineEnd else { return nil }
    var start = max(lineStart, runStart(cursor, isBig: isBig))
    var end = min(lineEnd, runEnd(cursor, isBig: isBig))
    guard !isInner else { return start..<end }
    if end < lineEnd, characters[end] == " " {
      end = min(lineEnd, runEnd(end, isBig: isBig))
    } else if start > lineStart, characters[start - 1] == " " {
      start = max(lineStart, runStart(start - 1, isBig: isBig))
    }
    return start..<end
  }

  private func bracketObject(_ open: Character, _ close: Character, isInner: Bool) -> Range<Int>? {
    guard cursor < characters.count else { return nil }
    let isOnClose = characters[cursor] == close
    var start = characters[cursor] == open ? cursor : opens(open, close, before: cursor)
    // Where none is around the cursor, the next one in the line.
    if start == nil, !isOnClose { start = characters[cursor..<lineEnd].firstIndex(of: open) }
    guard let start, let end = isOnClose ? cursor : closes(open, close, from: start + 1) else { return nil }
    return isInner ? start + 1..<end : start..<end + 1
  }

  /// Quotes are paired from the beginning of the line.
  private func quoteObject(_ quote: Character, isInner: Bool) -> Range<Int>? {
    var open: Int?
    for place in lineStart..<lineEnd where characters[place] == quote && !(place > lineStart && characters[place - 1] == "\\") {
      guard let start = open else {
        open = place
        continue
      }
      if place >= cursor { return isInner ? start + 1..<place : start..<place + 1 }
      open = nil
    }
    return nil
  }
}
