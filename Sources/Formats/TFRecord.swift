import Glibc

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

  /// The longest record that is read; a picture of a megapixel takes some MB.
  private static let longest: UInt64 = 1 << 28

  /// The next record of a file; nil at its end, and where it is cut off or damaged.
  static func next(in file: UnsafeMutablePointer<FILE>) -> [UInt8]? {
    guard let head = read(12, in: file) else { return nil }
    let length = head.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    let sum = head.suffix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    guard sum == maskedChecksum(Array(head.prefix(8))), length <= longest else { return nil }
    guard let record = read(Int(length), in: file), read(4, in: file) != nil else { return nil }
    return record
  }

  private static func read(_ count: Int, in file: UnsafeMutablePointer<FILE>) -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, read in
      read = target.baseAddress.map { fread($0, 1, count, file) } ?? 0
    }
    return bytes.count == count ? bytes : nil
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
