/// Archives in the zip format (PKWARE's APPNOTE): stored and deflated entries, without encryption and zip64.
enum Zip {
  /// How an archive begins: with an entry, or, if it is empty, with the end of its directory.
  static let signatures: [[UInt8]] = [[0x50, 0x4b, 0x03, 0x04], [0x50, 0x4b, 0x05, 0x06]]

  struct Entry {
    let name: String
    let bytes: [UInt8]
  }

  /// All entries in the order of the archive's directory.
  static func entries(_ file: UnsafeRawBufferPointer, path: String) throws -> [Entry] {
    do {
      return try unpack(file, path: path)
    } catch is ByteReader.EndOfBytes {
      throw FormatError.corrupt("zip archive", path, "Its directory points outside of the file.")
    }
  }

  private static func unpack(_ file: UnsafeRawBufferPointer, path: String) throws -> [Entry] {
    guard let end = endOfDirectory(file) else {
      guard file.count >= 4, Zip.signatures.contains(Array(file.prefix(4))) else {
        throw FormatError(
          title: "this is not a zip archive", advice: "It is \(Contents.describe(Array(file.prefix(1024)))).", path: path)
      }
      throw FormatError.truncated("zip archive", path, "The directory at its end is missing.")
    }
    var trailer = ByteReader(file, at: end + 8)
    _ = try trailer.littleEndian(UInt16.self)
    let count = try trailer.littleEndian(UInt16.self)
    _ = try trailer.littleEndian(UInt32.self)
    let start = try trailer.littleEndian(UInt32.self)
    guard count < UInt16.max, start < UInt32.max else { throw zip64(path) }
    var directory = ByteReader(file, at: min(Int(start), file.count))
    var budget = Gzip.largestByteCount
    var entries: [Entry] = []
    for _ in 0..<count {
      let record = try DirectoryRecord(&directory, path: path)
      guard record.size <= budget else {
        throw FormatError(
          title: "the zip archive unpacks to too much",
          advice: "More than \(Gzip.largestByteCount >> 20) MiB would come out of it.", path: path)
      }
      budget -= record.size
      guard !record.name.hasSuffix("/") else { continue }
      entries.append(Entry(name: record.name, bytes: try unpack(record, file, path: path)))
    }
    return entries
  }

  /// Where the record that ends the archive begins: the last place with its mark and a fitting comment length.
  private static func endOfDirectory(_ file: UnsafeRawBufferPointer) -> Int? {
    guard file.count >= 22 else { return nil }
    for place in stride(from: file.count - 22, through: max(0, file.count - 22 - 65535), by: -1)
    where file[place] == 0x50 && file[place + 1] == 0x4b && file[place + 2] == 5 && file[place + 3] == 6 {
      if place + 22 + Int(file[place + 20]) + Int(file[place + 21]) << 8 == file.count { return place }
    }
    return nil
  }

  private struct DirectoryRecord {
    let name: String
    let method: UInt16
    let checksum: UInt32
    let compressedSize: Int
    let size: Int
    let offset: Int

    init(_ reader: inout ByteReader, path: String) throws {
      guard try reader.littleEndian(UInt32.self) == 0x0201_4b50 else {
        throw FormatError.corrupt("zip archive", path, "Its directory cannot be understood.")
      }
      _ = try reader.take(4)
      let flags = try reader.littleEndian(UInt16.self)
      method = try reader.littleEndian(UInt16.self)
      _ = try reader.take(4)
      checksum = try reader.littleEndian(UInt32.self)
      let compressedSize = try reader.littleEndian(UInt32.self)
      let size = try reader.littleEndian(UInt32.self)
      let nameLength = Int(try reader.littleEndian(UInt16.self))
      let extraLength = Int(try reader.littleEndian(UInt16.self))
      let commentLength = Int(try reader.littleEndian(UInt16.self))
      _ = try reader.take(8)
      let offset = try reader.littleEndian(UInt32.self)
      name = String(decoding: try reader.take(nameLength), as: UTF8.self)
      _ = try reader.take(extraLength + commentLength)
      guard flags & 1 == 0 else {
        throw FormatError(
          title: "the zip archive is encrypted", advice: "Unpack it first: \(name) needs a password.", path: path)
      }
      guard compressedSize < UInt32.max, size < UInt32.max, offset < UInt32.max else { throw Zip.zip64(path) }
      self.compressedSize = Int(compressedSize)
      self.size = Int(size)
      self.offset = Int(offset)
    }
  }

  private static func unpack(_ record: DirectoryRecord, _ file: UnsafeRawBufferPointer, path: String) throws -> [UInt8] {
    var reader = ByteReader(file, at: min(record.offset, file.count))
    guard try reader.littleEndian(UInt32.self) == 0x0403_4b50 else {
      throw FormatError.corrupt("zip archive", path, "The entry \(record.name) is not where the directory says.")
    }
    _ = try reader.take(22)
    let nameLength = Int(try reader.littleEndian(UInt16.self))
    let extraLength = Int(try reader.littleEndian(UInt16.self))
    _ = try reader.take(nameLength + extraLength)
    let packed = try reader.take(record.compressedSize).bindMemory(to: UInt8.self)
    let bytes: [UInt8]
    switch record.method {
    case 0: bytes = Array(packed)
    case 8:
      guard record.size / Deflate.largestRatio <= record.compressedSize else {
        throw FormatError.corrupt("zip archive", path, "The entry \(record.name) claims more than it can hold.")
      }
      do {
        bytes = try Deflate.decompress(packed, wrapping: .none, limit: record.size)
      } catch {
        throw FormatError.corrupt("zip archive", path, "The entry \(record.name) cannot be unpacked.")
      }
    default:
      throw FormatError(
        title: "the zip archive is packed in a way that is not known here",
        advice: "The entry \(record.name) uses method \(record.method); stored and deflated entries can be read.", path: path)
    }
    guard bytes.count == record.size, Checksum(of: bytes).value == record.checksum else {
      throw FormatError.corrupt("zip archive", path, "The check sum of the entry \(record.name) is wrong.")
    }
    return bytes
  }

  private static func zip64(_ path: String) -> FormatError {
    FormatError(
      title: "zip archives of more than 4 GiB cannot be read", advice: "Save the arrays one by one as .npy.", path: path)
  }

  /// An archive of the entries.
  static func archive(_ entries: [Entry], compressed: Bool, path: String) throws -> [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let packed: [UInt8]
      do {
        packed = compressed ? try Deflate.compress(entry.bytes, wrapping: .none) : entry.bytes
      } catch {
        throw FormatError(title: "the zip archive cannot be written", advice: "There is no memory left to pack it.", path: path)
      }
      guard file.count + packed.count < Int(UInt32.max), entry.bytes.count < Int(UInt32.max),
        entries.count < Int(UInt16.max), entry.name.utf8.count < Int(UInt16.max)
      else {
        throw FormatError(
          title: "the arrays are too large for a zip archive", advice: "It may hold 4 GiB; save them one by one.", path: path)
      }
      let start = UInt32(file.count)
      // Version 2.0, names in UTF-8, 1 January 1980 as the date: the same arrays always give the same file.
      var shared: [UInt8] = []
      shared.append(littleEndian: UInt16(20))
      shared.append(littleEndian: UInt16(0x0800))
      shared.append(littleEndian: UInt16(compressed ? 8 : 0))
      shared.append(littleEndian: UInt32(0x0021_0000))
      shared.append(littleEndian: Checksum(of: entry.bytes).value)
      shared.append(littleEndian: UInt32(packed.count))
      shared.append(littleEndian: UInt32(entry.bytes.count))
      shared.append(littleEndian: UInt16(entry.name.utf8.count))
      shared.append(littleEndian: UInt16(0))
      file.append(littleEndian: UInt32(0x0403_4b50))
      file += shared
      file += entry.name.utf8
      file += packed
      directory.append(littleEndian: UInt32(0x0201_4b50))
      directory.append(littleEndian: UInt16(20))
      directory += shared
      directory += [UInt8](repeating: 0, count: 10)
      directory.append(littleEndian: start)
      directory += entry.name.utf8
    }
    let start = UInt32(file.count)
    file += directory
    file.append(littleEndian: UInt32(0x0605_4b50))
    file.append(littleEndian: UInt32(0))
    file.append(littleEndian: UInt16(entries.count))
    file.append(littleEndian: UInt16(entries.count))
    file.append(littleEndian: UInt32(directory.count))
    file.append(littleEndian: start)
    file.append(littleEndian: UInt16(0))
    return file
  }
}

extension [UInt8] {
  mutating func append(littleEndian number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}
