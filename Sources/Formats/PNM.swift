import Graphics

extension FileFormat {
  static let pnm = FileFormat(
    "PNM", "a PNM picture", [".pnm", ".ppm", ".pgm", ".pbm", ".pam"], reader: .picture { PNM() },
    writers: Writers(picture: { raster, _, _ in PNM.encode(raster) }), begins: PNM.begins)
}

/// Netpbm's portable bitmaps, graymaps and pixmaps, as text (P1, P2, P3) or bytes (P4, P5, P6), and its arbitrary maps (P7). Numbers of
/// another largest value are brought to 0…255, or to 0…65535 where it is above 255, to the nearest (halves to the even one).
struct PNM: PictureReader {
  static func begins(_ head: [UInt8]) -> Bool {
    head.count > 2 && head[0] == UInt8(ascii: "P") && (0x31...0x37).contains(head[1]) && (isBlank(head[2]) || head[2] == hash)
  }

  func header(_ bytes: [UInt8], path: String) throws -> PictureHeader { try PNMHeader(bytes, path).picture }

  func decode(
    _ bytes: [UInt8], path: String, channels: ImageFile.Channels, atLeast: (width: Int, height: Int)?
  ) throws -> Raster {
    let header = try PNMHeader(bytes, path)
    let (width, height) = (header.picture.width, header.picture.height)
    let raster: Raster
    if header.picture.depth == 16 {
      let words = try PNM.samples(bytes, header, header.scale(to: UInt16.max), path)
      raster = try Raster(width: width, height: height, channels: header.channels, words: words)
    } else {
      let samples = try PNM.samples(bytes, header, header.scale(to: UInt8.max), path)
      raster = try Raster(width: width, height: height, channels: header.channels, bytes: samples)
    }
    return raster.read(in: channels == .automatic && !header.picture.isColor ? .gray : channels)
  }

  /// The samples of a raster, by a table that has for each number what it is there. Gray with opacity becomes color with it.
  private static func samples<Sample: FixedWidthInteger>(
    _ bytes: [UInt8], _ header: PNMHeader, _ scale: [Sample], _ path: String
  ) throws -> [Sample] {
    let samples = try header.isText ? written(bytes, header, scale, path) : stored(bytes, header, scale)
    guard header.samples == 2 else { return samples }
    return stride(from: 0, to: samples.count, by: 2).flatMap { place in
      [samples[place], samples[place], samples[place], samples[place + 1]]
    }
  }

  private static func stored<Sample: FixedWidthInteger>(_ bytes: [UInt8], _ header: PNMHeader, _ scale: [Sample]) -> [Sample] {
    let row = header.picture.width * header.samples
    var samples: [Sample] = []
    samples.reserveCapacity(row * header.picture.height)
    for y in 0..<header.picture.height {
      let first = header.start + y * header.rowBytes
      for x in 0..<row {
        if header.isBitmap {
          samples.append(scale[1 - Int(bytes[first + x / 8] >> (7 - x % 8) & 1)])
          continue
        }
        let number = header.largest > 255 ? Int(bytes[first + 2 * x]) << 8 | Int(bytes[first + 2 * x + 1]) : Int(bytes[first + x])
        // Netpbm takes what is above the largest number for it.
        samples.append(scale[min(number, header.largest)])
      }
    }
    return samples
  }

  private static func written<Sample: FixedWidthInteger>(
    _ bytes: [UInt8], _ header: PNMHeader, _ scale: [Sample], _ path: String
  ) throws -> [Sample] {
    let count = header.picture.width * header.picture.height * header.samples
    var samples: [Sample] = []
    samples.reserveCapacity(count)
    var place = header.start
    while samples.count < count {
      // The numbers of a bitmap are single figures, with or without blanks between them.
      guard let number = number(bytes, &place, figures: header.isBitmap ? 1 : 10) else {
        throw place >= bytes.count
          ? FormatError.truncated("PNM picture", path)
          : FormatError.corrupt("PNM picture", path, "Pixel \(samples.count / header.samples) is no number.")
      }
      guard number <= header.largest else {
        throw FormatError.corrupt("PNM picture", path, "\(number) is above its largest value, \(header.largest).")
      }
      samples.append(scale[header.isBitmap ? 1 - number : number])
    }
    return samples
  }

  /// The next number, blanks and comments before it passed over; nil where something else stands there.
  static func number(_ bytes: [UInt8], _ place: inout Int, figures: Int = 10) -> Int? {
    while place < bytes.count {
      if bytes[place] == hash {
        while place < bytes.count, bytes[place] != 10, bytes[place] != 13 { place += 1 }
      } else if !isBlank(bytes[place]) {
        break
      }
      place += 1
    }
    var number: Int?
    let end = min(bytes.count, place + figures)
    while place < end, (0x30...0x39).contains(bytes[place]) {
      number = (number ?? 0) * 10 + Int(bytes[place] - 0x30)
      place += 1
    }
    let isLonger = figures > 1 && place < bytes.count && (0x30...0x39).contains(bytes[place])
    return isLonger ? nil : number
  }

  static let hash = UInt8(ascii: "#")

  static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  /// P5 for gray, P6 for color; opacity is laid onto white.
  static func encode(_ raster: Raster) -> [UInt8] {
    let source = raster.channels == 4 ? raster.composed() : raster
    return Array("P\(source.channels == 1 ? 5 : 6)\n\(source.width) \(source.height)\n255\n".utf8) + source.bytes
  }
}
