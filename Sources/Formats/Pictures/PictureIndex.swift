import Glibc

/// What was found in the headers of a folder's pictures, kept in a file, so that a folder is looked through once.
struct PictureIndex: Equatable {
  struct Entry: Equatable {
    let stamp: FileStamp
    let found: ImageFolder.Reading.Found
  }

  private static let signature = Array("gan pictures 2\n".utf8)

  /// By the path of the picture.
  var entries: [String: Entry] = [:]

  init() {}

  /// The index in a file; an empty one where there is none, or a damaged one.
  init(contentsOf path: String) {
    guard let bytes = try? FileBytes.read(path), bytes.count > PictureIndex.signature.count + 4,
      bytes.starts(with: PictureIndex.signature)
    else { return }
    let body = bytes.dropLast(4)
    var checksum = Checksum()
    body.withUnsafeBytes { checksum.add($0) }
    guard bytes.suffix(4).reversed().reduce(0, { $0 << 8 | UInt32($1) }) == checksum.value else { return }
    body.withUnsafeBytes { body in
      var reader = ByteReader(UnsafeRawBufferPointer(rebasing: body.dropFirst(PictureIndex.signature.count)))
      do {
        let count = Int(try reader.littleEndian(UInt32.self))
        for _ in 0..<count {
          let name = String(decoding: try reader.take(Int(try reader.littleEndian(UInt16.self))), as: UTF8.self)
          let stamp = FileStamp(
            size: Int(try reader.littleEndian(Int64.self)), time: Int(try reader.littleEndian(Int64.self)))
          let (width, height) = (Int(try reader.littleEndian(UInt32.self)), Int(try reader.littleEndian(UInt32.self)))
          let (isColor, isDeep) = (try reader.littleEndian(UInt8.self) != 0, try reader.littleEndian(UInt8.self) != 0)
          entries[name] = Entry(stamp: stamp, found: .init(width: width, height: height, isColor: isColor, isDeep: isDeep))
        }
      } catch {
        entries = [:]
      }
    }
  }

  /// Writes the index whole or not at all.
  ///
  /// - Throws: `FormatError` where it cannot be written.
  func write(to path: String) throws {
    var bytes = PictureIndex.signature
    func put(_ number: some FixedWidthInteger) { withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) } }
    put(UInt32(entries.count))
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
      let name = Array(name.utf8)
      put(UInt16(truncatingIfNeeded: name.count))
      bytes += name
      put(Int64(entry.stamp.size))
      put(Int64(entry.stamp.time))
      put(UInt32(truncatingIfNeeded: entry.found.width))
      put(UInt32(truncatingIfNeeded: entry.found.height))
      put(UInt8(entry.found.isColor ? 1 : 0))
      put(UInt8(entry.found.isDeep ? 1 : 0))
    }
    put(Checksum(of: bytes).value)
    try AtomicFile.write(path, bytes)
  }
}
