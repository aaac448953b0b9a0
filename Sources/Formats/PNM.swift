import Graphics

extension FileFormat {
  static let pnm = FileFormat(
    "PNM", "a PNM picture", [".pnm", ".ppm", ".pgm", ".pbm"], reader: .picture { PNM() },
    writers: Writers(picture: { raster, _, _ in PNM.encode(raster) }), begins: PNM.begins)
}

/// Netpbm's portable bitmaps, graymaps and pixmaps, as text (P1, P2, P3) or bytes (P4, P5, P6). Numbers of another largest value than 255
/// are brought to 0…255, to the nearest (halves to the even one).
struct PNM: PictureReader {
  static func begins(_ head: [UInt8]) -> Bool {
    head.count > 2 && head[0] == UInt8(ascii: "P") && (0x31...0x36).contains(head[1]) && (isBlank(head[2]) || head[2] == hash)
  }

  func header(_ bytes: [UInt8], path: String) throws -> PictureHeader { try Header(bytes, path).picture }

  func decode(
    _ bytes: [UInt8], path: String, channels: ImageFile.Channels, atLeast: (width: Int, height: Int)?
  ) throws -> Raster {
    let header = try Header(bytes, path)
    let pixels = try header.isText ? PNM.numbers(bytes, header, path) : PNM.samples(bytes, header)
    let raster = try Raster(
      width: header.picture.width, height: header.picture.height, channels: header.channels, bytes: pixels)
    switch channels {
    case .automatic: return raster
    case .gray: return raster.gray()
    case .color: return raster.color()
    }
  }

  /// What stands before the pixels.
  private struct Header {
    let picture: PictureHeader
    /// 1 or 3.
    let channels: Int
    let isText: Bool
    let isBitmap: Bool
    /// The number that is white.
    let largest: Int
    /// Where the pixels begin.
    let start: Int

    var rowBytes: Int {
      isBitmap ? (picture.width + 7) / 8 : picture.width * channels * (largest > 255 ? 2 : 1)
    }

    init(_ bytes: [UInt8], _ path: String) throws {
      guard PNM.begins(bytes) else { throw ImageFile.notAPicture(bytes, path) }
      let kind = bytes[1] - 0x30
      isText = kind <= 3
      isBitmap = kind == 1 || kind == 4
      channels = kind == 3 || kind == 6 ? 3 : 1
      var place = 2
      func number(_ what: String) throws -> Int {
        guard let number = PNM.number(bytes, &place) else {
          throw place >= bytes.count
            ? FormatError.truncated("PNM picture", path)
            : FormatError.corrupt("PNM picture", path, "Its \(what) is no number.")
        }
        return number
      }
      let width = try number("width")
      let height = try number("height")
      picture = try PictureHeader(width: width, height: height, isColor: channels == 3, path: path)
      largest = isBitmap ? 1 : try number("largest value")
      guard (1...65535).contains(largest) else {
        throw FormatError.corrupt("PNM picture", path, "Its largest value is \(largest); it can be 1 … 65535.")
      }
      // One blank, and no more, stands before the bytes.
      start = place + 1
      let least = isText ? width * height * channels : rowBytes * height
      guard bytes.count - start >= least else {
        throw FormatError.truncated(
          "PNM picture", path, "It claims \(width)×\(height) pixels, for which it is too short.")
      }
    }

    func scaled(_ number: Int) -> UInt8 {
      guard largest != 255 else { return UInt8(clamping: number) }
      return UInt8(clamping: Int((Double(number) / Double(largest) * 255).rounded(.toNearestOrEven)))
    }
  }

  private static func samples(_ bytes: [UInt8], _ header: Header) -> [UInt8] {
    let (width, height) = (header.picture.width, header.picture.height)
    let row = width * header.channels
    var pixels: [UInt8] = []
    pixels.reserveCapacity(row * height)
    for y in 0..<height {
      let line = bytes[header.start + y * header.rowBytes..<header.start + (y + 1) * header.rowBytes]
      let first = line.startIndex
      for x in 0..<row {
        if header.isBitmap {
          pixels.append(line[first + x / 8] >> (7 - x % 8) & 1 == 1 ? 0 : 255)
        } else if header.largest > 255 {
          pixels.append(header.scaled(Int(line[first + 2 * x]) << 8 | Int(line[first + 2 * x + 1])))
        } else {
          pixels.append(header.scaled(Int(line[first + x])))
        }
      }
    }
    return pixels
  }

  private static func numbers(_ bytes: [UInt8], _ header: Header, _ path: String) throws -> [UInt8] {
    let count = header.picture.width * header.picture.height * header.channels
    var pixels: [UInt8] = []
    pixels.reserveCapacity(count)
    var place = header.start
    while pixels.count < count {
      // The numbers of a bitmap are single figures, with or without blanks between them.
      guard let number = number(bytes, &place, figures: header.isBitmap ? 1 : 10) else {
        throw place >= bytes.count
          ? FormatError.truncated("PNM picture", path)
          : FormatError.corrupt("PNM picture", path, "Pixel \(pixels.count / header.channels) is no number.")
      }
      guard number <= header.largest else {
        throw FormatError.corrupt("PNM picture", path, "\(number) is above its largest value, \(header.largest).")
      }
      pixels.append(header.isBitmap ? (number == 1 ? 0 : 255) : header.scaled(number))
    }
    return pixels
  }

  /// The next number, blanks and comments before it passed over; nil where something else stands there.
  private static func number(_ bytes: [UInt8], _ place: inout Int, figures: Int = 10) -> Int? {
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

  private static let hash = UInt8(ascii: "#")

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  /// P5 for gray, P6 for color; opacity is laid onto white.
  static func encode(_ raster: Raster) -> [UInt8] {
    let source = raster.channels == 4 ? raster.composed() : raster
    return Array("P\(source.channels == 1 ? 5 : 6)\n\(source.width) \(source.height)\n255\n".utf8) + source.bytes
  }
}
