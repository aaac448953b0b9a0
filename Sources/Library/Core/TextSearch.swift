import Base
import Glibc

/// Looks for a part in a text, by its characters: "e" is not found in "é", however that is written. A line end is found as "\n" also where the text
/// has the two bytes "\r\n", which are one character. Takes a time that grows with the text alone.
struct TextSearch {
  private let text: String
  private let part: String
  private let pattern: Pattern

  private enum Pattern {
    case empty
    /// One of plain ASCII, whose bytes tell where it stands.
    case bytes(SearchPattern<UInt8>)
    /// With "\r\n" taken as "\n", unless the part itself has it.
    case characters(SearchPattern<Character>, takesLineEnds: Bool)
  }

  /// Throws where a part is so long that there is no memory to look for it.
  init(_ part: String, in text: String) throws(Memory.Shortage) {
    (self.text, self.part) = (text, part)
    let isLineEnd = { (byte: UInt8) in byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
    let meetsLineEnds = part.utf8.contains(where: isLineEnd) && text.utf8.contains(UInt8(ascii: "\r"))
    if part.isEmpty {
      pattern = .empty
    } else if part.utf8.allSatisfy({ $0 < 0x80 }), !meetsLineEnds {
      pattern = .bytes(try SearchPattern(part.utf8, count: part.utf8.count))
    } else {
      // Characters are no more than bytes.
      pattern = .characters(try SearchPattern(part, count: part.utf8.count), takesLineEnds: !part.contains("\r\n"))
    }
  }

  /// The first place of the part from `start` on; an empty part stands at once.
  func first(from start: String.Index) -> Range<String.Index>? {
    switch pattern {
    case .empty: start..<start
    case .bytes(let pattern): first(pattern, from: start)
    case .characters(let pattern, let takesLineEnds): first(pattern, takesLineEnds, from: start)
    }
  }

  /// The first place at all.
  var first: Range<String.Index>? { first(from: text.startIndex) }

  /// Whether the text begins with the part.
  var isAtStart: Bool { zip(part, text).allSatisfy { isSame($1, $0) } && part.count <= text.prefix(part.count).count }

  /// Whether the text ends with the part.
  var isAtEnd: Bool {
    zip(part.reversed(), text.reversed()).allSatisfy { isSame($1, $0) } && part.count <= text.suffix(part.count).count
  }

  private func isSame(_ character: Character, _ wanted: Character) -> Bool {
    character == wanted || wanted == "\n" && character == "\r\n"
  }

  /// Calls `body` with each stretch of the text that stands between places of a part that is not empty.
  func forEachPiece(_ body: (Substring) throws -> Void) rethrows {
    var start = text.startIndex
    while let found = first(from: start) {
      try body(text[start..<found.lowerBound])
      start = found.upperBound
    }
    try body(text[start...])
  }

  private func first(_ pattern: SearchPattern<UInt8>, from start: String.Index) -> Range<String.Index>? {
    let bytes = text.utf8
    var place = bytes.distance(from: bytes.startIndex, to: start)
    while let end = pattern.end(in: text, from: place) {
      let lower = bytes.index(bytes.startIndex, offsetBy: end - pattern.count)
      let upper = bytes.index(bytes.startIndex, offsetBy: end)
      if isBoundary(lower), isBoundary(upper) { return lower..<upper }
      place = end - pattern.count + 1
    }
    return nil
  }

  /// Whether a character ends and another begins here, beside a byte of ASCII that is no line end of two bytes.
  private func isBoundary(_ index: String.Index) -> Bool {
    let bytes = text.utf8
    guard index > bytes.startIndex, index < bytes.endIndex else { return true }
    if bytes[index] < 0x80, bytes[bytes.index(before: index)] < 0x80 { return true }
    return String.Index(index, within: text) != nil
  }

  private func first(
    _ pattern: SearchPattern<Character>, _ takesLineEnds: Bool, from start: String.Index
  ) -> Range<String.Index>? {
    var (place, matched) = (start, 0)
    while place < text.endIndex {
      let character = text[place]
      matched = pattern.matched(matched, then: takesLineEnds && character == "\r\n" ? "\n" : character)
      place = text.index(after: place)
      if matched == pattern.count { return text.index(place, offsetBy: -matched)..<place }
    }
    return nil
  }
}

/// Elements that are looked for in a stream: Knuth, Morris and Pratt, "Fast pattern matching in strings" (1977).
private struct SearchPattern<Element: Equatable> {
  private let elements: [Element]
  /// Behind so many elements that fit and one that does not, how many before that one fit all the same.
  private let shorter: [Int]

  var count: Int { elements.count }

  /// - Parameter count: at least the number of elements, by which the memory is asked for.
  init(_ sequence: some Sequence<Element>, count: Int) throws(Memory.Shortage) {
    try Memory.require(count, of: (Element, Int).self)
    elements = Array(sequence)
    var shorter = [Int](repeating: 0, count: elements.count)
    var matched = 0
    for place in elements.indices.dropFirst() {
      while matched > 0, elements[place] != elements[matched] { matched = shorter[matched - 1] }
      if elements[place] == elements[matched] { matched += 1 }
      shorter[place] = matched
    }
    self.shorter = shorter
  }

  /// How many elements fit at the end of a stream, where so many fitted before its last element; not to be asked once all have.
  func matched(_ before: Int, then element: Element) -> Int {
    var matched = before
    while matched > 0, element != elements[matched] { matched = shorter[matched - 1] }
    return element == elements[matched] ? matched + 1 : 0
  }
}

extension SearchPattern<UInt8> {
  /// The byte behind the first place in a text from a byte of it on.
  func end(in text: String, from start: Int) -> Int? {
    var text = text
    return text.withUTF8 { text in
      guard let base = text.baseAddress, let head = elements.first else { return nil }
      var (place, matched) = (start, 0)
      while place < text.count {
        if matched == 0 {
          guard let found = memchr(base + place, Int32(head), text.count - place) else { return nil }
          place = UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
        matched = self.matched(matched, then: text[place])
        place += 1
        if matched == count { return place }
      }
      return nil
    }
  }
}
