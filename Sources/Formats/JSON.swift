/// A value in JSON (RFC 8259), as far as file headers and checkpoints need it.
public enum JSON: Equatable, Sendable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  /// The text is no JSON, or its arrays and objects lie deeper than `depthLimit`.
  public struct SyntaxError: Error {}

  /// How deep arrays and objects may lie in one another to be read again.
  public static let depthLimit = 64

  /// The value in a text in UTF-8, with nothing but blanks around it.
  public init(_ text: some Sequence<UInt8>) throws(SyntaxError) {
    var reader = Reader(bytes: Array(text))
    self = try reader.value(depth: 0)
    reader.skipSpaces()
    guard reader.place == reader.bytes.count else { throw SyntaxError() }
  }

  /// The value as text, without blanks; the same value always gives the same text. Numbers come back bit for bit; those that are
  /// not finite, which JSON cannot hold, become null.
  public var text: String {
    var result = ""
    write(to: &result)
    return result
  }

  private func write(to result: inout String) {
    switch self {
    case .null: result += "null"
    case .boolean(let truth): result += truth ? "true" : "false"
    case .number(let number):
      guard number.isFinite else {
        result += "null"
        return
      }
      let isWhole = abs(number) < 1e15 && number == number.rounded() && !(number == 0 && number.sign == .minus)
      result += isWhole ? String(Int64(number)) : number.description
    case .string(let string): result += JSON.quoted(string)
    case .array(let elements):
      result += "["
      for (place, element) in elements.enumerated() {
        if place > 0 { result += "," }
        element.write(to: &result)
      }
      result += "]"
    case .object(let members):
      result += "{"
      for (place, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
        if place > 0 { result += "," }
        result += JSON.quoted(member.key) + ":"
        member.value.write(to: &result)
      }
      result += "}"
    }
  }

  /// `text` in quotes.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 32:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private struct Reader {
    let bytes: [UInt8]
    var place = 0

    mutating func skipSpaces() {
      while place < bytes.count, [32, 9, 10, 13].contains(bytes[place]) { place += 1 }
    }

    private mutating func take(_ character: Character) -> Bool {
      skipSpaces()
      guard place < bytes.count, bytes[place] == character.asciiValue else { return false }
      place += 1
      return true
    }

    mutating func value(depth: Int) throws(SyntaxError) -> JSON {
      // Deeper headers do not exist, and must not use up the stack.
      guard depth < JSON.depthLimit else { throw SyntaxError() }
      if take("{") { return .object(try object(depth: depth)) }
      if take("[") { return .array(try array(depth: depth)) }
      skipSpaces()
      guard place < bytes.count else { throw SyntaxError() }
      if bytes[place] == UInt8(ascii: "\"") { return .string(try string()) }
      for (word, value) in [("null", JSON.null), ("true", .boolean(true)), ("false", .boolean(false))]
      where bytes[place...].starts(with: word.utf8) {
        place += word.utf8.count
        return value
      }
      let digits = bytes[place...].prefix { $0 >= 48 && $0 <= 57 || [43, 45, 46, 69, 101].contains($0) }
      guard let number = Double(String(decoding: digits, as: UTF8.self)) else { throw SyntaxError() }
      place += digits.count
      return .number(number)
    }

    private mutating func object(depth: Int) throws(SyntaxError) -> [String: JSON] {
      var members: [String: JSON] = [:]
      if take("}") { return members }
      repeat {
        skipSpaces()
        let key = try string()
        guard members[key] == nil, take(":") else { throw SyntaxError() }
        members[key] = try value(depth: depth + 1)
      } while take(",")
      guard take("}") else { throw SyntaxError() }
      return members
    }

    private mutating func array(depth: Int) throws(SyntaxError) -> [JSON] {
      var elements: [JSON] = []
      if take("]") { return elements }
      repeat { elements.append(try value(depth: depth + 1)) } while take(",")
      guard take("]") else { throw SyntaxError() }
      return elements
    }

    private mutating func string() throws(SyntaxError) -> String {
      guard take("\"") else { throw SyntaxError() }
      var text: [UInt8] = []
      while place < bytes.count {
        let byte = bytes[place]
        place += 1
        switch byte {
        case UInt8(ascii: "\""):
          guard let string = String(validating: text, as: UTF8.self) else { throw SyntaxError() }
          return string
        case UInt8(ascii: "\\"): text += Array(String(try escape()).utf8)
        case 0..<32: throw SyntaxError()
        default: text.append(byte)
        }
      }
      throw SyntaxError()
    }

    private mutating func escape() throws(SyntaxError) -> Character {
      guard place < bytes.count else { throw SyntaxError() }
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
          guard bytes[place...].starts(with: "\\u".utf8) else { throw SyntaxError() }
          place += 2
          let low = try fourDigits()
          guard low & 0xfc00 == 0xdc00 else { throw SyntaxError() }
          code = 0x10000 + (code & 0x3ff) << 10 + low & 0x3ff
        }
        guard let scalar = UnicodeScalar(code) else { throw SyntaxError() }
        return Character(scalar)
      default: throw SyntaxError()
      }
    }

    private mutating func fourDigits() throws(SyntaxError) -> UInt32 {
      guard place + 4 <= bytes.count,
        let code = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
      else { throw SyntaxError() }
      place += 4
      return code
    }
  }
}
