/// Reads numbers and runs of bytes one after the other, and says so when the bytes end too early.
struct ByteReader {
  struct EndOfBytes: Error {}

  private let bytes: UnsafeRawBufferPointer
  private(set) var offset: Int

  init(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  var remaining: Int { bytes.count - offset }

  mutating func take(_ count: Int) throws(EndOfBytes) -> UnsafeRawBufferPointer {
    guard count >= 0, offset >= 0, count <= remaining else { throw EndOfBytes() }
    let part = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    offset += count
    return part
  }

  mutating func littleEndian<Number: FixedWidthInteger>(_ type: Number.Type) throws(EndOfBytes) -> Number {
    Number(littleEndian: try take(MemoryLayout<Number>.size).loadUnaligned(as: type))
  }

  mutating func bigEndian<Number: FixedWidthInteger>(_ type: Number.Type) throws(EndOfBytes) -> Number {
    Number(bigEndian: try take(MemoryLayout<Number>.size).loadUnaligned(as: type))
  }
}
