/// Bytes as text: two digits each, in lower case.
public enum Hexadecimal {
  private static let digits = Array("0123456789abcdef".utf8)

  /// The digits of all bytes, in their order.
  public static func text(of bytes: [UInt8]) -> String {
    String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The text of an address in which bytes may stand as `%` and two digits: "a b" of "a%20b". What is none of these stays as it is.
  public static func decodingPercents(_ address: String) -> String {
    var bytes: [UInt8] = []
    var rest = Substring(address).utf8
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      // A sign is no digit, though a number may have one.
      if byte == UInt8(ascii: "%"), digits.count == 2, digits.first != UInt8(ascii: "+"), digits.first != UInt8(ascii: "-"),
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
