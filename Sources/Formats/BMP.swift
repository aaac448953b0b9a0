import Graphics

extension FileFormat {
  static let bmp = FileFormat(
    "BMP", "a BMP picture", [".bmp", ".dib"], reader: .picture { BMP() },
    writers: Writers(picture: { raster, _, path in try BMP.encode(raster, path: path) }), begins: BMP.begins)
}

/// The bitmaps of Windows and OS/2: 1, 2, 4 and 8 bits with a table of colors, also run-length encoded; 16, 24 and 32 bits, with masks
/// or without; from the bottom row up or from the top down. A table of grays alone makes a gray picture; opacity is laid onto white.
struct BMP: PictureReader {
  /// Letters alone would take texts for pictures: behind the file's header stands the size of the next, one of a few numbers.
  static func begins(_ head: [UInt8]) -> Bool {
    guard head.starts(with: "BM".utf8), head.count >= 18 else { return isBare(head) }
    return BMPHeader.sizes.contains(Int(head[14])) && head[15] == 0 && head[16] == 0 && head[17] == 0
  }

  /// Whether it is a bitmap without the header of a file, as Windows keeps it in memory.
  private static func isBare(_ head: [UInt8]) -> Bool {
    guard head.count >= 40, [40, 108, 124].contains(head[0]), head[1...3].allSatisfy({ $0 == 0 }) else { return false }
    return head[12] == 1 && head[13] == 0 && [1, 2, 4, 8, 16, 24, 32].contains(head[14]) && head[15] == 0 && head[16] <= 6
      && head[17...19].allSatisfy { $0 == 0 }
  }

  /// The file with the header of one.
  private static func whole(_ bytes: [UInt8]) -> [UInt8] {
    guard isBare(bytes) else { return bytes }
    let bits = Int(bytes[14])
    let told = bytes[32..<36].reversed().reduce(0) { $0 << 8 | Int($1) }
    let colors = bits <= 8 && told == 0 ? 1 << bits : min(told, 256)
    let masks = bytes[0] == 40 && bytes[16] == 3 ? 12 : bytes[0] == 40 && bytes[16] == 6 ? 16 : 0
    var header = Array("BM".utf8)
    for number in [14 + bytes.count, 0, 14 + Int(bytes[0]) + masks + 4 * colors] {
      header.append(littleEndian: UInt32(truncatingIfNeeded: number))
    }
    return header + bytes
  }

  func header(_ bytes: [UInt8], path: String) throws -> PictureHeader { try BMPHeader(BMP.whole(bytes), path).picture }

  func decode(
    _ bytes: [UInt8], path: String, channels: ImageFile.Channels, atLeast: (width: Int, height: Int)?
  ) throws -> Raster {
    let bytes = BMP.whole(bytes)
    let header = try BMPHeader(bytes, path)
    return try BMPPixels(bytes, header, path).raster().read(in: channels)
  }

  // MARK: Writing

  /// 24 bits a pixel, from the bottom up; gray pictures 8 bits with a table of all grays. Opacity is laid onto white.
  static func encode(_ raster: Raster, path: String) throws -> [UInt8] {
    let source = raster.channels == 4 ? raster.composed() : raster
    let isGray = source.channels == 1
    let row = source.width * source.channels
    let padding = (4 - row % 4) % 4
    let start = 14 + 40 + (isGray ? 1024 : 0)
    let size = start + (row + padding) * source.height
    guard size <= Int(UInt32.max), source.width <= Int(Int32.max), source.height <= Int(Int32.max) else {
      throw FormatError(title: "the picture is too large for a BMP", advice: "A BMP has 4 GiB at most; use .png.", path: path)
    }
    var file = Array("BM".utf8)
    file.reserveCapacity(size)
    for number in [size, 0, start, 40, source.width, source.height] { file.append(littleEndian: UInt32(number)) }
    file.append(littleEndian: UInt16(1))
    file.append(littleEndian: UInt16(isGray ? 8 : 24))
    // Not compressed; 2835 pixels a meter, 72 an inch.
    for number in [0, size - start, 2835, 2835, isGray ? 256 : 0, 0] { file.append(littleEndian: UInt32(number)) }
    if isGray { for gray in 0...255 { file += [UInt8(gray), UInt8(gray), UInt8(gray), 0] } }
    for y in (0..<source.height).reversed() {
      let line = source.bytes[y * row..<(y + 1) * row]
      if isGray {
        file += line
      } else {
        for x in stride(from: line.startIndex, to: line.endIndex, by: 3) { file += [line[x + 2], line[x + 1], line[x]] }
      }
      file += [UInt8](repeating: 0, count: padding)
    }
    return file
  }
}
