/// The framing of TensorFlow's files of records (tensorflow/core/lib/io/record_writer.h): each record stands between its length with a
/// check sum, and a check sum of its own, so that a reader knows a whole record from one that was cut off.
enum TFRecord {
  /// The record with its frame: 8 bytes length, 4 bytes check sum of those, the record, 4 bytes check sum of it.
  static func framed(_ record: [UInt8]) -> [UInt8] {
    var length: [UInt8] = []
    length.append(littleEndian: UInt64(record.count))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(record.count + 16)
    bytes += length
    bytes.append(littleEndian: maskedChecksum(length))
    bytes += record
    bytes.append(littleEndian: maskedChecksum(record))
    return bytes
  }

  /// CRC-32C, rotated and shifted as TensorFlow stores it (tensorflow/core/lib/hash/crc32c.h), because a check sum of bytes that hold
  /// check sums is weak.
  private static func maskedChecksum(_ bytes: [UInt8]) -> UInt32 {
    let sum = checksum(bytes)
    return (sum >> 15 | sum << 17) &+ 0xa282_ead8
  }

  /// CRC-32C, Castagnoli's polynomial (RFC 3720, section B.4).
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    table.withUnsafeBufferPointer { table in
      for byte in bytes { sum = table[Int((sum ^ UInt32(byte)) & 0xff)] ^ sum >> 8 }
    }
    return ~sum
  }

  /// What each byte does to the check sum.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0x82f6_3b78 : sum >> 1 }
  }
}
