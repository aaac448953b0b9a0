/// Reads JSON strictly as RFC 8259 has it.
struct JSONReader {
  let bytes: [UInt8]
  let depthLimit: Int
  let takesNaN: Bool
  var place = 0

  func failure(_ reason: String) -> JSON.SyntaxError { JSON.SyntaxError(place: place, reason: reason) }

  mutating func skipSpaces() {
    while place < bytes.count, [32, 9, 10, 13].contains(bytes[place]) { place += 1 }
  }

  private mutating func take(_ character: Character) -> Bool {
    skipSpaces()
    guard place < bytes.count, bytes[place] == character.asciiValue else { return false }
    place += 1
    return true
  }

  mutating func value(depth: Int) throws(JSON.SyntaxError) -> JSON {
    // What lies deeper must not use up the stack.
    guard depth < depthLimit else { throw failure("arrays and objects lie deeper in one another than \(depthLimit)") }
    if take("{") { return .object(try object(depth: depth)) }
    if take("[") { return .array(try array(depth: depth)) }
    skipSpaces()
    guard place < bytes.count else { throw failure("the text ends where a value is expected") }
    if bytes[place] == UInt8(ascii: "\"") { return .string(try string()) }
    for (word, value) in JSONReader.words where bytes[place...].starts(with: word.utf8) {
      place += word.utf8.count
      return value
    }
    for (word, value) in JSONReader.numberWords where takesNaN && bytes[place...].starts(with: word.utf8) {
      place += word.utf8.count
      return .number(value)
    }
    return .number(try number())
  }

  private static let words: [(String, JSON)] = [("null", .null), ("true", .boolean(true)), ("false", .boolean(false))]
  private static let numberWords: [(String, Double)] = [("NaN", .nan), ("Infinity", .infinity), ("-Infinity", -.infinity)]

  // MARK: Numbers

  private mutating func number() throws(JSON.SyntaxError) -> Double {
    let start = place
    if isNext(UInt8(ascii: "-")) { place += 1 }
    let whole = digits()
    guard whole > 0 else {
      place = start
      throw failure("a value is expected")
    }
    guard whole == 1 || bytes[place - whole] != UInt8(ascii: "0") else { throw failure("a number has a 0 in front") }
    if isNext(UInt8(ascii: ".")) {
      place += 1
      guard digits() > 0 else { throw failure("a digit is expected behind the point") }
    }
    if isNext(UInt8(ascii: "e")) || isNext(UInt8(ascii: "E")) {
      place += 1
      if isNext(UInt8(ascii: "+")) || isNext(UInt8(ascii: "-")) { place += 1 }
      guard digits() > 0 else { throw failure("a digit is expected in the exponent") }
    }
    return Double(String(decoding: bytes[start..<place], as: UTF8.self)) ?? .nan
  }

  private func isNext(_ byte: UInt8) -> Bool { place < bytes.count && bytes[place] == byte }

  private mutating func digits() -> Int {
    let start = place
    while place < bytes.count, bytes[place] >= 48, bytes[place] <= 57 { place += 1 }
    return place - start
  }

  // MARK: Arrays and objects

  private mutating func object(depth: Int) throws(JSON.SyntaxError) -> JSON.Members {
    var members = JSON.Members()
    if take("}") { return members }
    repeat {
      skipSpaces()
      guard isNext(UInt8(ascii: "\"")) else { throw failure("a name in quotes is expected") }
      let start = place
      let key = try string()
      guard take(":") else { throw failure("a colon is expected") }
      guard members.append(key, try value(depth: depth + 1)) else {
        place = start
        throw failure("the name “\(CSV.shortened(key))” stands twice in one object")
      }
    } while take(",")
    guard take("}") else { throw failure("a comma or } is expected") }
    return members
  }

  private mutating func array(depth: Int) throws(JSON.SyntaxError) -> [JSON] {
    var elements: [JSON] = []
    if take("]") { return elements }
    repeat { elements.append(try value(depth: depth + 1)) } while take(",")
    guard take("]") else { throw failure("a comma or ] is expected") }
    return elements
  }

  // MARK: Strings

  private mutating func string() throws(JSON.SyntaxError) -> String {
    guard take("\"") else { throw failure("a string is expected") }
    let start = place
    var text: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          place = start
          throw failure("the string is not UTF-8")
        }
        return string
      case UInt8(ascii: "\\"): text += Array(String(try escape()).utf8)
      case 0..<32:
        place -= 1
        throw failure("a string holds a control character, such as a line end")
      default: text.append(byte)
      }
    }
    place = max(start - 1, 0)
    throw failure("a string has no end")
  }

  private mutating func escape() throws(JSON.SyntaxError) -> Character {
    guard place < bytes.count else { throw failure("a string has no end") }
    let byte = bytes[place]
    place += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Character(UnicodeScalar(byte))
    case UInt8(ascii: "u"):
      var code = try fourDigits()
      if code & 0xfc00 == 0xd800 {
        guard bytes[place...].starts(with: "\\u".utf8) else { throw failure("a half of a character has no other half") }
        place += 2
        let low = try fourDigits()
        guard low & 0xfc00 == 0xdc00 else { throw failure("a half of a character has no other half") }
        code = 0x10000 + (code & 0x3ff) << 10 + low & 0x3ff
      }
      guard let scalar = UnicodeScalar(code) else { throw failure("a half of a character has no other half") }
      return Character(scalar)
    default:
      place -= 1
      throw failure("no such escape is known")
    }
  }

  private mutating func fourDigits() throws(JSON.SyntaxError) -> UInt32 {
    guard place + 4 <= bytes.count, bytes[place..<place + 4].allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
      let code = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    else { throw failure("four hexadecimal digits are expected") }
    place += 4
    return code
  }
}
