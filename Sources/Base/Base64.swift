/// Bytes in letters, digits, + and / (RFC 4648).
public enum Base64 {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The bytes, three in four characters, with = up to a multiple of four.
  public static func text(of bytes: [UInt8]) -> String {
    let count = (bytes.count + 2) / 3 * 4
    return String(unsafeUninitializedCapacity: count) { result in
      var place = 0
      for start in stride(from: 0, to: bytes.count, by: 3) {
        let rest = bytes.count - start
        let group = Int(bytes[start]) << 16 | (rest > 1 ? Int(bytes[start + 1]) << 8 : 0) | (rest > 2 ? Int(bytes[start + 2]) : 0)
        result[place] = letters[group >> 18]
        result[place + 1] = letters[group >> 12 & 63]
        result[place + 2] = rest > 1 ? letters[group >> 6 & 63] : UInt8(ascii: "=")
        result[place + 3] = rest > 2 ? letters[group & 63] : UInt8(ascii: "=")
        place += 4
      }
      return count
    }
  }

  /// The bytes that a text stands for; nil where it is not such a text.
  public static func bytes(of text: String) -> [UInt8]? {
    let text = Array(text.utf8)
    guard text.count % 4 == 0 else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(text.count / 4 * 3)
    let padding = text.suffix(2).count { $0 == UInt8(ascii: "=") }
    for start in stride(from: 0, to: text.count, by: 4) {
      var group = 0
      let isLast = start + 4 == text.count
      for (place, letter) in text[start..<start + 4].enumerated() {
        let isPadding = isLast && place >= 4 - padding
        let value = isPadding ? 0 : places[Int(letter)]
        guard value >= 0 else { return nil }
        group = group << 6 | value
      }
      for place in 0..<(isLast ? 3 - padding : 3) { result.append(UInt8(truncatingIfNeeded: group >> (16 - 8 * place))) }
    }
    return result
  }

  /// The number that each letter stands for; −1 for none.
  private static let places: [Int] = {
    var places = [Int](repeating: -1, count: 256)
    for (place, letter) in letters.enumerated() { places[Int(letter)] = place }
    return places
  }()
}
