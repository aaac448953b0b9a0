/// A value in JSON (RFC 8259): headers, checkpoints, and data.
public enum JSON: Equatable, Sendable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object(Members)

  /// Why a text is no JSON, or none that is read.
  public struct SyntaxError: Error {
    /// The byte, from 0, where it was noticed.
    public let place: Int
    /// A sentence without its full stop: "a value is expected".
    public let reason: String
  }

  /// How deep arrays and objects may lie in one another to be read again.
  public static let depthLimit = 64

  /// The value in a text in UTF-8, with nothing but blanks around it.
  ///
  /// - Parameter depthLimit: arrays and objects may lie so deep in one another.
  /// - Parameter takesNaN: whether NaN, Infinity and -Infinity, which JSON does not have and many programs write, are numbers.
  public init(_ text: some Sequence<UInt8>, depthLimit: Int = depthLimit, takesNaN: Bool = false) throws(SyntaxError) {
    var reader = JSONReader(bytes: Array(text), depthLimit: depthLimit, takesNaN: takesNaN)
    self = try reader.value(depth: 0)
    reader.skipSpaces()
    guard reader.place == reader.bytes.count else { throw reader.failure("something stands behind the value") }
  }

  /// The value as text, without blanks; the same value always gives the same text, whatever the order of members. Numbers come back bit for
  /// bit; those that are not finite, which JSON cannot hold, become null.
  public var text: String {
    var result = ""
    write(to: &result)
    return result
  }

  private func write(to result: inout String) {
    switch self {
    case .null, .boolean, .number, .string: result += scalarText
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

  /// The text of what holds nothing else; empty for arrays and objects.
  var scalarText: String {
    switch self {
    case .null: return "null"
    case .boolean(let truth): return truth ? "true" : "false"
    case .number(let number):
      guard number.isFinite else { return "null" }
      let isWhole = abs(number) < 1e15 && number == number.rounded() && !(number == 0 && number.sign == .minus)
      return isWhole ? String(Int64(number)) : number.description
    case .string(let string): return JSON.quoted(string)
    case .array, .object: return ""
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
}
