/// Archives in the zip format (PKWARE's APPNOTE), also those of more than 4 GiB (zip64): stored and deflated entries, without encryption.
enum Zip {
  /// How an archive begins: with an entry, or, if it is empty, with the end of its directory.
  static let signatures: [[UInt8]] = [[0x50, 0x4b, 0x03, 0x04], [0x50, 0x4b, 0x05, 0x06]]

  struct Entry {
    let name: String
    let bytes: [UInt8]
  }

  /// All entries in the order of the archive's directory.
  ///
  /// - Throws: `FormatError` where they are damaged, share bytes, or unfold to more than they may.
  static func entries(_ file: UnsafeRawBufferPointer, _ unfolding: Unfolding = .plausible, path: String) throws -> [Entry] {
    do {
      return try unpack(file, unfolding, path: path)
    } catch is ByteReader.EndOfBytes {
      throw FormatError.corrupt("zip archive", path, "Its directory points outside of the file.")
    }
  }

  private static func unpack(_ file: UnsafeRawBufferPointer, _ unfolding: Unfolding, path: String) throws -> [Entry] {
    guard let end = endOfDirectory(file) else {
      guard file.count >= 4, Zip.signatures.contains(Array(file.prefix(4))) else {
        throw FormatError(
          title: "this is not a zip archive", advice: "It is \(Contents.describe(Array(file.prefix(1024)))).", path: path)
      }
      throw FormatError.truncated("zip archive", path, "The directory at its end is missing.")
    }
    let (count, start) = try directoryPlace(file, end: end)
    var directory = ByteReader(file, at: min(start, file.count))
    var records: [DirectoryRecord] = []
    var size = 0
    // The directory itself bounds how many there can be.
    for _ in 0..<count {
      let record = try DirectoryRecord(&directory, path: path)
      let (sum, overflow) = size.addingReportingOverflow(record.size)
      size = overflow ? .max : sum
      records.append(record)
    }
    let members = try records.filter { !$0.name.hasSuffix("/") }.map { (record: $0, place: try place(of: $0, file, path: path)) }
    // Entries that share their bytes are how a small archive becomes a great many large ones.
    let places = members.filter { !$0.place.isEmpty }.sorted { $0.place.lowerBound < $1.place.lowerBound }
    for (first, second) in zip(places, places.dropFirst()) where second.place.lowerBound < first.place.upperBound {
      throw FormatError.corrupt(
        "zip archive", path, "Its entries \(first.record.name) and \(second.record.name) share bytes.")
    }
    try unfolding.check(size, from: file.count, path: path)
    return try members.map { Entry(name: $0.record.name, bytes: try unpack($0.record, file, $0.place, path: path)) }
  }

  /// How many entries there are, and where the directory begins.
  private static func directoryPlace(_ file: UnsafeRawBufferPointer, end: Int) throws -> (count: Int, start: Int) {
    var trailer = ByteReader(file, at: end + 10)
    let count = try trailer.littleEndian(UInt16.self)
    _ = try trailer.littleEndian(UInt32.self)
    let start = try trailer.littleEndian(UInt32.self)
    guard count == .max || start == .max, end >= 20 else { return (Int(count), Int(start)) }
    // Zip64: a locator stands before the end, and tells where the numbers of 64 bits are.
    var locator = ByteReader(file, at: end - 20)
    guard try locator.littleEndian(UInt32.self) == 0x0706_4b50 else { return (Int(count), Int(start)) }
    _ = try locator.take(4)
    let place = try locator.littleEndian(UInt64.self)
    var record = ByteReader(file, at: min(Int(clamping: place), file.count))
    guard try record.littleEndian(UInt32.self) == 0x0606_4b50 else { throw ByteReader.EndOfBytes() }
    _ = try record.take(28)
    let largeCount = try record.littleEndian(UInt64.self)
    _ = try record.take(8)
    return (Int(clamping: largeCount), Int(clamping: try record.littleEndian(UInt64.self)))
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
      let extra = try reader.take(extraLength)
      _ = try reader.take(commentLength)
      guard flags & 1 == 0 else {
        throw FormatError(
          title: "the zip archive is encrypted", advice: "Unpack it first: \(name) needs a password.", path: path)
      }
      var large = try DirectoryRecord.largeNumbers(extra)
      self.size = try DirectoryRecord.number(size, &large)
      self.compressedSize = try DirectoryRecord.number(compressedSize, &large)
      self.offset = try DirectoryRecord.number(offset, &large)
    }

    /// The numbers of 64 bits in the extra field of zip64.
    private static func largeNumbers(_ extra: UnsafeRawBufferPointer) throws -> [UInt64] {
      var reader = ByteReader(extra)
      while reader.remaining >= 4 {
        let kind = try reader.littleEndian(UInt16.self)
        let field = try reader.take(Int(try reader.littleEndian(UInt16.self)))
        guard kind == 1 else { continue }
        var numbers = ByteReader(field)
        return try (0..<field.count / 8).map { _ in try numbers.littleEndian(UInt64.self) }
      }
      return []
    }

    /// A number of the directory, or where it is too large for that, the next one of the extra field.
    private static func number(_ number: UInt32, _ large: inout [UInt64]) throws -> Int {
      guard number == .max, !large.isEmpty else { return Int(number) }
      guard let number = Int(exactly: large.removeFirst()) else { throw ByteReader.EndOfBytes() }
      return number
    }
  }

  /// Where the packed bytes of an entry stand.
  private static func place(of record: DirectoryRecord, _ file: UnsafeRawBufferPointer, path: String) throws -> Range<Int> {
    var reader = ByteReader(file, at: min(record.offset, file.count))
    guard try reader.littleEndian(UInt32.self) == 0x0403_4b50 else {
      throw FormatError.corrupt("zip archive", path, "The entry \(record.name) is not where the directory says.")
    }
    _ = try reader.take(22)
    let nameLength = Int(try reader.littleEndian(UInt16.self))
    let extraLength = Int(try reader.littleEndian(UInt16.self))
    _ = try reader.take(nameLength + extraLength)
    let start = reader.offset
    _ = try reader.take(record.compressedSize)
    return start..<reader.offset
  }

  private static func unpack(
    _ record: DirectoryRecord, _ file: UnsafeRawBufferPointer, _ place: Range<Int>, path: String
  ) throws -> [UInt8] {
    let packed = UnsafeRawBufferPointer(rebasing: file[place]).bindMemory(to: UInt8.self)
    let bytes: [UInt8]
    switch record.method {
    case 0: bytes = Array(packed)
    case 8:
      guard record.size / Deflate.largestRatio <= record.compressedSize else {
        throw FormatError.corrupt("zip archive", path, "The entry \(record.name) claims more than it can hold.")
      }
      do {
        bytes = try Deflate.decompress(packed, wrapping: .none, limit: record.size)
      } catch .shortage(let shortage) {
        throw FormatError.shortage(shortage, "the entry \(record.name)", path)
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
