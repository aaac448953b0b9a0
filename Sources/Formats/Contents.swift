/// What a file is, told by its first bytes.
enum Contents {
  static func isPNG(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) }
  static func isJPEG(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0xff, 0xd8, 0xff]) }
  static func isNPY(_ bytes: [UInt8]) -> Bool { bytes.starts(with: Array("\u{93}NUMPY".unicodeScalars.map { UInt8($0.value) })) }
  static func isZip(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x50, 0x4b, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4b, 0x05, 0x06])
  }

  /// Whether the header's length and the brace behind it fit the beginning of a safetensors file.
  static func isSafeTensors(_ bytes: [UInt8]) -> Bool {
    guard bytes.count > 8, bytes[8] == UInt8(ascii: "{") else { return false }
    return bytes[4..<8].allSatisfy { $0 == 0 }
  }

  /// A noun with its article, for "It is …".
  static func describe(_ bytes: [UInt8]) -> String {
    if bytes.isEmpty { return "empty" }
    if isPNG(bytes) { return "a PNG picture" }
    if isJPEG(bytes) { return "a JPEG picture" }
    if isNPY(bytes) { return "a NumPy array" }
    if isZip(bytes) { return "a zip archive" }
    if Gzip.isCompressed(bytes) { return "a gzip-compressed file" }
    if bytes.starts(with: Array("GIF8".utf8)) { return "a GIF picture" }
    if bytes.starts(with: Array("BM".utf8)), bytes.count > 6, !isText(bytes) { return "a BMP picture" }
    if bytes.starts(with: Array("RIFF".utf8)), bytes.count >= 12, Array(bytes[8..<12]) == Array("WEBP".utf8) {
      return "a WebP picture"
    }
    if bytes.starts(with: [0x49, 0x49, 0x2a, 0]) || bytes.starts(with: [0x4d, 0x4d, 0, 0x2a]) { return "a TIFF picture" }
    if bytes.starts(with: Array("%PDF".utf8)) { return "a PDF document" }
    if bytes.starts(with: [0x80, 0x02]) || bytes.starts(with: [0x80, 0x04]) { return "a Python pickle" }
    if bytes.starts(with: Array("\u{89}HDF".unicodeScalars.map { UInt8($0.value) })) { return "an HDF5 file" }
    if isText(bytes) { return "a text file" }
    if isSafeTensors(bytes) { return "a safetensors file" }
    return "of no kind that is known here"
  }

  /// Text has no control characters but spaces, and is UTF-8 (the last character of a piece may be cut).
  static func isText(_ bytes: [UInt8]) -> Bool {
    let head = bytes.prefix(1024)
    guard !head.isEmpty, !head.contains(where: { $0 < 9 || $0 > 13 && $0 < 32 && $0 != 27 }) else { return false }
    for cut in 0..<min(4, head.count) where String(validating: head.dropLast(cut), as: UTF8.self) != nil { return true }
    return false
  }
}
