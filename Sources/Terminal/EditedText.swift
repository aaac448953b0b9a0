/// An entry as it is edited: characters as a person sees them, with the cursor before one of them or behind the last.
struct EditedText: Equatable {
  private(set) var characters: [Character]
  /// 0…`characters.count`.
  private(set) var cursor: Int

  init(_ text: String = "", cursor: Int? = nil) {
    characters = Array(text)
    self.cursor = min(max(0, cursor ?? characters.count), characters.count)
  }

  /// From Unicode's scalars, where `cursor` counts scalars; one within a character stands before it.
  init(scalars: [Unicode.Scalar], cursor: Int) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    characters = Array(String(view))
    var place = 0
    var passed = 0
    while place < characters.count {
      passed += characters[place].unicodeScalars.count
      guard passed <= cursor else { break }
      place += 1
    }
    self.cursor = place
  }

  var text: String { String(characters) }
  var isEmpty: Bool { characters.isEmpty }
  var isAtEnd: Bool { cursor == characters.count }
  var before: String { String(characters[..<cursor]) }
  var after: String { String(characters[cursor...]) }
  /// The cursor as an offset into the text's UTF-8.
  var utf8Cursor: Int { before.utf8.count }
  /// The cursor as a number of scalars.
  var scalarCursor: Int { characters[..<cursor].reduce(0) { $0 + $1.unicodeScalars.count } }

  /// The place of an offset into the text's UTF-8; an offset within a character is that of its beginning.
  func place(ofUTF8 offset: Int) -> Int {
    var passed = 0
    for (place, character) in characters.enumerated() {
      passed += character.utf8.count
      if passed > offset { return place }
    }
    return characters.count
  }

  // MARK: Lines

  /// Where the line that holds a place begins.
  func lineStart(at place: Int) -> Int {
    (characters[..<min(place, characters.count)].lastIndex(of: "\n") ?? -1) + 1
  }

  /// Where the line that holds a place ends, before its break.
  func lineEnd(at place: Int) -> Int {
    characters[min(place, characters.count)...].firstIndex(of: "\n") ?? characters.count
  }

  var lineStart: Int { lineStart(at: cursor) }
  var lineEnd: Int { lineEnd(at: cursor) }
  var hasLineAbove: Bool { lineStart > 0 }
  var hasLineBelow: Bool { lineEnd < characters.count }
  /// What stands left of the cursor in its line.
  var lineBefore: ArraySlice<Character> { characters[lineStart..<cursor] }
  /// The first character of the line that is no blank.
  var firstOfLine: Int {
    let (start, end) = (lineStart, lineEnd)
    return characters[start..<end].firstIndex { $0 != " " && $0 != "\t" } ?? end
  }

  // MARK: Moving

  mutating func move(to place: Int) { cursor = min(max(0, place), characters.count) }

  /// To the line above or below, in the same column as far as it reaches there. Says whether there is one.
  mutating func moveLine(up: Bool) -> Bool {
    guard up ? hasLineAbove : hasLineBelow else { return false }
    let column = cursor - lineStart
    let start = up ? lineStart(at: lineStart - 1) : lineEnd + 1
    cursor = min(start + column, lineEnd(at: start))
    return true
  }

  /// To the beginning of the line; from there to that of the whole entry.
  mutating func moveHome() { cursor = cursor == lineStart ? 0 : lineStart }

  /// To the end of the line; from there to that of the whole entry.
  mutating func moveEnd() { cursor = cursor == lineEnd ? characters.count : lineEnd }

  /// Where the word left of the cursor begins.
  func wordStart(isPart: (Character) -> Bool = EditedText.isWord) -> Int {
    var place = cursor
    while place > 0, !isPart(characters[place - 1]) { place -= 1 }
    while place > 0, isPart(characters[place - 1]) { place -= 1 }
    return place
  }

  /// Where the word right of the cursor ends.
  func wordEnd(isPart: (Character) -> Bool = EditedText.isWord) -> Int {
    var place = cursor
    while place < characters.count, !isPart(characters[place]) { place += 1 }
    while place < characters.count, isPart(characters[place]) { place += 1 }
    return place
  }

  static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "_" }
  /// As Ctrl-W has it: all that is no blank.
  static func isBigWord(_ character: Character) -> Bool { !character.isWhitespace }

  // MARK: Changing

  mutating func insert(_ text: some StringProtocol) { replace(cursor..<cursor, with: text) }

  /// The cursor stands behind what was put in. A mark that joins the character before it becomes a part of it.
  mutating func replace(_ range: Range<Int>, with text: some StringProtocol) {
    let range = range.clamped(to: 0..<characters.count)
    let lower = range.lowerBound == range.upperBound ? min(max(0, range.lowerBound), characters.count) : range.lowerBound
    let head = String(characters[..<lower]) + text
    let tail = String(characters[max(lower, range.upperBound)...])
    let position = head.unicodeScalars.count
    self = EditedText(scalars: Array((head + tail).unicodeScalars), cursor: position)
  }

  /// Takes characters out, and gives them; the cursor stands where they were.
  @discardableResult
  mutating func delete(_ range: Range<Int>) -> String {
    let range = range.clamped(to: 0..<characters.count)
    let gone = String(characters[range])
    guard !range.isEmpty else { return "" }
    replace(range, with: "")
    return gone
  }

  /// Deletes to the left of the cursor: a character, or in an indentation one step of two blanks.
  mutating func deleteBackward() -> Bool {
    guard cursor > 0 else { return false }
    let indentation = lineBefore
    let isIndentation = hasLineAbove && indentation.count >= 2 && indentation.allSatisfy { $0 == " " }
    delete(cursor - (isIndentation ? 2 - indentation.count % 2 : 1)..<cursor)
    return true
  }

  /// Writes a closing bracket; one that begins a line stands one step further left.
  mutating func close(with bracket: Character) {
    let indentation = lineBefore
    if hasLineAbove, indentation.count >= 2, indentation.allSatisfy({ $0 == " " }) { delete(cursor - 2..<cursor) }
    insert(String(bracket))
  }

  /// Takes out the rest of the line, or at its end the break behind it.
  mutating func killToLineEnd() -> String {
    delete(cursor..<(cursor == lineEnd ? cursor + 1 : lineEnd))
  }

  /// Takes out the line left of the cursor, or at its beginning the break before it.
  mutating func killToLineStart() -> String {
    delete((cursor == lineStart ? cursor - 1 : lineStart)..<cursor)
  }

  /// Exchanges the characters on both sides of the cursor; at a line's end the two before it.
  mutating func transpose() -> Bool {
    let place = cursor == lineEnd ? cursor - 1 : cursor
    guard place > lineStart, place < characters.count else { return false }
    replace(place - 1..<place + 1, with: String([characters[place], characters[place - 1]]))
    return true
  }
}
