import CZlib

/// The CRC-32 of bytes that come piece by piece (as in zip and PNG): it finds what a disk or a transfer has changed.
public struct Checksum: Equatable, Sendable {
  /// The checksum of all bytes so far; 0 of none.
  public private(set) var value: UInt32 = 0

  /// The checksum of no bytes.
  public init() {}

  /// A checksum that was worked out elsewhere.
  init(value: UInt32) { self.value = value }

  init(of bytes: [UInt8]) {
    bytes.withUnsafeBytes { add($0) }
  }

  /// Takes in the next bytes.
  public mutating func add(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
    value = UInt32(truncatingIfNeeded: crc32_z(UInt(value), start, bytes.count))
  }

  /// Takes in a text's UTF-8.
  public mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  /// Takes in numbers as they lie in memory: 4 bytes each, little-endian on every processor that this is built for.
  public mutating func add(_ numbers: [Float]) {
    numbers.withUnsafeBytes { add($0) }
  }

  /// Eight hexadecimal digits.
  public var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
