import CDigest

/// The hash of FIPS 180-4, and the signatures that are made with it.
public struct SHA256 {
  private var state = SHA2_CTX()

  /// The hash of nothing yet.
  public init() { SHA256Init(&state) }

  /// Takes in further bytes.
  public mutating func add(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { bytes in
      if let start = bytes.baseAddress { SHA256Update(&state, start, bytes.count) }
    }
  }

  /// The 32 bytes of the hash of all that was taken in.
  public consuming func bytes() -> [UInt8] {
    var result = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    var state = state
    SHA256Final(&result, &state)
    return result
  }

  /// The signature of a text in several parts by a key: HMAC of RFC 2104, 32 bytes.
  public static func signature(of parts: [[UInt8]], key: [UInt8]) -> [UInt8] {
    let blockLength = Int(SHA256_BLOCK_LENGTH)
    var key = key
    if key.count > blockLength {
      var hash = SHA256()
      hash.add(key)
      key = hash.bytes()
    }
    key += [UInt8](repeating: 0, count: blockLength - key.count)
    var inner = SHA256()
    inner.add(key.map { $0 ^ 0x36 })
    for part in parts { inner.add(part) }
    var outer = SHA256()
    outer.add(key.map { $0 ^ 0x5C })
    outer.add(inner.bytes())
    return outer.bytes()
  }
}
