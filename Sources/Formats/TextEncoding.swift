import Base

/// How the characters of a text file stand in bytes.
public enum TextEncoding: String, CaseIterable, Sendable {
  case utf8 = "utf-8"
  /// With a byte order mark, little-endian without one.
  case utf16 = "utf-16"
  case utf16BigEndian = "utf-16-be"
  case latin1 = "latin-1"
  case windows1252 = "windows-1252"

  /// The encoding of a name, whatever its case and dashes; nil for a name that is not known here.
  public init?(named name: String) {
    let plain = String(name.lowercased().filter { $0.isLetter || $0.isNumber })
    switch plain {
    case "utf8", "utf8sig", "ascii", "usascii": self = .utf8
    case "utf16", "utf16le": self = .utf16
    case "utf16be": self = .utf16BigEndian
    case "latin1", "iso88591", "l1": self = .latin1
    case "windows1252", "cp1252", "ansi": self = .windows1252
    default: return nil
    }
  }

  /// The text of a file in UTF-8, without a byte order mark.
  ///
  /// - Parameter encoding: nil: as its byte order mark says, UTF-8 without one.
  /// - Throws: `FormatError` with line and column of the first byte that is no text in this encoding.
  static func utf8(_ file: [UInt8], as encoding: TextEncoding?, path: String) throws -> [UInt8] {
    switch encoding ?? marked(file) ?? .utf8 {
    case .utf8:
      if let place = firstInvalid(file) { throw notUTF8(file, place, path) }
      return file.starts(with: [0xef, 0xbb, 0xbf]) ? Array(file[3...]) : file
    case .utf16: return try utf16(file, isBigEndian: file.starts(with: [0xfe, 0xff]), path)
    case .utf16BigEndian: return try utf16(file, isBigEndian: !file.starts(with: [0xff, 0xfe]), path)
    case .latin1: return try single(file, path) { UInt16($0) }
    case .windows1252: return try single(file, path) { (0x80...0x9f).contains($0) ? upper1252[Int($0) - 0x80] : UInt16($0) }
    }
  }

  private static func marked(_ file: [UInt8]) -> TextEncoding? {
    if file.starts(with: [0xff, 0xfe]) { return .utf16 }
    return file.starts(with: [0xfe, 0xff]) ? .utf16BigEndian : nil
  }

  // MARK: UTF-8

  /// The place of the first byte that is not part of a character (The Unicode Standard, table 3-7).
  static func firstInvalid(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      var place = 0
      while place < bytes.count {
        let first = bytes[place]
        if first < 0x80 {
          place += 1
          continue
        }
        let (length, second): (Int, ClosedRange<UInt8>)
        switch first {
        case 0xc2...0xdf: (length, second) = (2, 0x80...0xbf)
        case 0xe0: (length, second) = (3, 0xa0...0xbf)
        case 0xed: (length, second) = (3, 0x80...0x9f)
        case 0xe1...0xef: (length, second) = (3, 0x80...0xbf)
        case 0xf0: (length, second) = (4, 0x90...0xbf)
        case 0xf1...0xf3: (length, second) = (4, 0x80...0xbf)
        case 0xf4: (length, second) = (4, 0x80...0x8f)
        default: return place
        }
        guard place + length <= bytes.count, second.contains(bytes[place + 1]) else { return place }
        for next in 2..<max(length, 2) where bytes[place + next] & 0xc0 != 0x80 { return place }
        place += length
      }
      return nil
    }
  }

  /// The text of a program, a document or a notebook, which is UTF-8 always; a byte order mark stays in it.
  ///
  /// - Throws: `FormatError` with line and column of the first byte that is no text.
  public static func program(_ file: [UInt8], path: String) throws -> String {
    guard let place = firstInvalid(file) else { return String(decoding: file, as: UTF8.self) }
    throw FormatError(
      title: "\(path) is not text in UTF-8",
      advice: "\(found(file, place)). Save it as UTF-8 in your editor; else characters would be lost.", path: path)
  }

  private static func notUTF8(_ file: [UInt8], _ place: Int, _ path: String) -> FormatError {
    FormatError(
      title: "the text is not UTF-8",
      advice: "\(found(file, place)). Say how the file is written, such as encoding: "
        + "\"\(TextEncoding.windows1252.rawValue)\" or \"\(TextEncoding.latin1.rawValue)\".",
      path: path)
  }

  /// Where the first byte is that is no text, and which.
  private static func found(_ file: [UInt8], _ place: Int) -> String {
    let line = file[..<place].reduce(1) { $0 + ($1 == 10 ? 1 : 0) }
    let start = file[..<place].lastIndex(of: 10).map { $0 + 1 } ?? (file.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0)
    let column = String(decoding: file[start..<place], as: UTF8.self).unicodeScalars.count + 1
    let byte = String(file[place], radix: 16, uppercase: true)
    return "Line \(line), column \(column) holds the byte \(byte)"
  }

  // MARK: Others

  private static func utf16(_ file: [UInt8], isBigEndian: Bool, _ path: String) throws -> [UInt8] {
    guard file.count % 2 == 0 else {
      throw FormatError.truncated("text", path, "UTF-16 has an even number of bytes, here are \(file.count).")
    }
    try Memory.require(file.count, of: UInt16.self, for: "the text", path)
    let units = stride(from: 0, to: file.count, by: 2).map { (place: Int) -> UInt16 in
      let (first, second) = (UInt16(file[place]), UInt16(file[place + 1]))
      return isBigEndian ? first << 8 | second : second << 8 | first
    }
    let isMarked = units.first == 0xfeff
    guard let text = String(validating: isMarked ? units.dropFirst() : units[...], as: UTF16.self) else {
      throw FormatError(
        title: "the text is not UTF-16", advice: "It holds half a character. Say how it is written: encoding: \"utf-8\".",
        path: path)
    }
    return Array(text.utf8)
  }

  private static func single(_ file: [UInt8], _ path: String, _ unit: (UInt8) -> UInt16) throws -> [UInt8] {
    try Memory.require(2 * file.count, for: "the text", path)
    var text: [UInt8] = []
    text.reserveCapacity(file.count + file.count / 8)
    for byte in file {
      let unit = unit(byte)
      switch unit {
      case 0..<0x80: text.append(UInt8(unit))
      case 0x80..<0x800: text += [UInt8(0xc0 | unit >> 6), UInt8(0x80 | unit & 0x3f)]
      default: text += [UInt8(0xe0 | unit >> 12), UInt8(0x80 | unit >> 6 & 0x3f), UInt8(0x80 | unit & 0x3f)]
      }
    }
    return text
  }

  /// What 80 to 9F are in Windows-1252; the five bytes that it leaves open are the control characters of Latin-1 (WHATWG Encoding Standard).
  private static let upper1252: [UInt16] = [
    0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
    0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
  ]
}
