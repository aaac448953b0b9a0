/// The small part of Python's notation that the header of an NPY file is written in: a dict of a string, a truth value
/// and a tuple of whole numbers.
enum PythonLiteral: Equatable {
  case string(String)
  case truth(Bool)
  case integers([Int])
  /// A list, as it stands there: how NumPy notes the fields of structured elements.
  case list(String)

  /// The entries of a dict, or nil if the text is none of this kind.
  static func dictionary(_ text: some Sequence<UInt8>) -> [String: PythonLiteral]? {
    var reader = Reader(bytes: Array(text))
    return reader.dictionary()
  }

  private struct Reader {
    let bytes: [UInt8]
    var place = 0

    private mutating func skipSpaces() {
      while place < bytes.count, bytes[place] == 32 || bytes[place] == 10 || bytes[place] == 9 { place += 1 }
    }

    private mutating func take(_ character: Character) -> Bool {
      skipSpaces()
      guard place < bytes.count, bytes[place] == character.asciiValue else { return false }
      place += 1
      return true
    }

    mutating func dictionary() -> [String: PythonLiteral]? {
      guard take("{") else { return nil }
      var entries: [String: PythonLiteral] = [:]
      while !take("}") {
        guard let key = string(), take(":"), let value = value() else { return nil }
        entries[key] = value
        guard take(",") || place < bytes.count && bytes[place] == UInt8(ascii: "}") else { return nil }
      }
      return entries
    }

    private mutating func string() -> String? {
      skipSpaces()
      guard place < bytes.count, bytes[place] == UInt8(ascii: "'") || bytes[place] == UInt8(ascii: "\"") else { return nil }
      let quote = bytes[place]
      let rest = bytes[(place + 1)...]
      guard let end = rest.firstIndex(of: quote) else { return nil }
      defer { place = end + 1 }
      return String(decoding: rest[..<end], as: UTF8.self)
    }

    private mutating func value() -> PythonLiteral? {
      if let text = string() { return .string(text) }
      if word("True") { return .truth(true) }
      if word("False") { return .truth(false) }
      if take("(") { return tuple().map { .integers($0) } }
      if take("[") { return list() }
      return nil
    }

    private mutating func word(_ word: String) -> Bool {
      skipSpaces()
      guard bytes[place...].starts(with: word.utf8) else { return false }
      place += word.utf8.count
      return true
    }

    private mutating func tuple() -> [Int]? {
      var numbers: [Int] = []
      while !take(")") {
        skipSpaces()
        let digits = bytes[place...].prefix { $0 >= 48 && $0 <= 57 }
        guard let number = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
        numbers.append(number)
        place += digits.count
        // Python 2 wrote an L behind long numbers.
        _ = take("L")
        guard take(",") || place < bytes.count && bytes[place] == UInt8(ascii: ")") else { return nil }
      }
      return numbers
    }

    /// Passes over a list, whatever is in it.
    private mutating func list() -> PythonLiteral? {
      let start = place - 1
      var depth = 1
      while depth > 0 {
        guard place < bytes.count else { return nil }
        if bytes[place] == UInt8(ascii: "[") { depth += 1 }
        if bytes[place] == UInt8(ascii: "]") { depth -= 1 }
        place += 1
      }
      return .list(String(decoding: bytes[start..<place], as: UTF8.self))
    }
  }
}
