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
}
