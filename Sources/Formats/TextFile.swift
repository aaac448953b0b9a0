import Base

extension FileFormat {
  static let text = FileFormat(
    "text", "a text file", [".txt"], reader: .text(TextFile.read),
    writers: Writers(text: { text, path in try AtomicFile.write(path, Array(text.utf8)) }), resembles: { _ in true },
    begins: { _ in false })
}

/// Text files as one string.
enum TextFile {
  /// The text, without a byte order mark; each line ends with `\n`, whatever the file ends its lines with.
  static func read(_ path: String, _ encoding: TextEncoding?, _ unfolding: Unfolding) throws -> String {
    let bytes = try TextEncoding.utf8(Gzip.unpacked(path, unfolding), as: encoding, path: path)
    guard bytes.contains(13) else { return String(decoding: bytes, as: UTF8.self) }
    try Memory.require(bytes.count, for: "the text", path)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    for (place, byte) in bytes.enumerated() {
      if byte == 10, place > 0, bytes[place - 1] == 13 { continue }
      text.append(byte == 13 ? 10 : byte)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
