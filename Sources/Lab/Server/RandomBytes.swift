import Base
import Glibc

/// Words that nobody can guess.
enum RandomBytes {
  /// The system has no random numbers.
  struct Missing: Error {}

  /// 192 bits of the system's randomness, in hexadecimal.
  static func word() throws(Missing) -> String {
    var bytes = [UInt8](repeating: 0, count: 24)
    // Of `getrandom`, all at once.
    guard getentropy(&bytes, bytes.count) == 0 else { throw Missing() }
    return Hexadecimal.text(of: bytes)
  }
}
