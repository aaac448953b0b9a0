import CDigest

/// The hash of RFC 3174. It keeps no secrets: servers show by it that they speak WebSocket (RFC 6455).
public enum SHA1 {
  /// The 20 bytes of the hash of a message.
  public static func digest(of message: [UInt8]) -> [UInt8] {
    var state = SHA1_CTX()
    SHA1Init(&state)
    SHA1Update(&state, message, message.count)
    var result = [UInt8](repeating: 0, count: Int(SHA1_DIGEST_LENGTH))
    SHA1Final(&result, &state)
    return result
  }
}
