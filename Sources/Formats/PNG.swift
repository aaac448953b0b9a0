import CPNG
import CZlib
import Graphics

extension FileFormat {
  static let png = FileFormat(
    "PNG", "a PNG picture", [".png", ".apng"], signatures: [PNG.signature], reader: .picture { PNG() },
    writers: Writers(picture: { raster, _, path in try PNG.encode(raster, path: path) }, animation: APNG.encode))
}

/// PNG through libpng's simplified interface, which reports errors by return values.
struct PNG: PictureReader {
  static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  /// What a PNG's header says, before anything is decoded.
  struct Header {
    let picture: PictureHeader
    let hasAlpha: Bool

    /// Walks over all chunks, so that a cut off or damaged file is known before room is made for its pixels.
    init(_ bytes: [UInt8], path: String) throws {
      guard bytes.count >= 8 + 25 else { throw FormatError.truncated("PNG picture", path) }
      var place = 8
      var hasTransparency = false
      var dataCount = 0
      var ended = false
      while !ended {
        guard bytes.count - place >= 12 else { throw FormatError.truncated("PNG picture", path) }
        let length = PNG.bigEndian(bytes, place)
        guard length <= bytes.count - place - 12 else { throw FormatError.truncated("PNG picture", path) }
        let name = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
        guard place > 8 || name == "IHDR" && length == 13 else {
          throw FormatError.corrupt("PNG picture", path, "It does not begin with its header.")
        }
        switch name {
        case "IDAT": dataCount += length
        case "tRNS": hasTransparency = true
        case "IEND": ended = true
        default: break
        }
        place += length + 12
      }
      let width = PNG.bigEndian(bytes, 16)
      let height = PNG.bigEndian(bytes, 20)
      let depth = Int(bytes[24])
      let colorType = bytes[25]
      let samples = colorType == 2 ? 3 : colorType == 4 ? 2 : colorType == 6 ? 4 : 1
      picture = try PictureHeader(width: width, height: height, isColor: colorType & 2 != 0, path: path)
      hasAlpha = colorType & 4 != 0 || hasTransparency
      // Every row has at least this many bytes before compression (interlacing only adds to it).
      let least = height * ((width * samples * depth + 7) / 8)
      guard least / Deflate.largestRatio <= dataCount else {
        throw FormatError.corrupt("PNG picture", path, "It claims \(width)×\(height) pixels, for which it is too short.")
      }
    }
  }

  private static func bigEndian(_ bytes: [UInt8], _ place: Int) -> Int {
    (0..<4).reduce(0) { $0 << 8 | Int(bytes[place + $1]) }
  }

  func header(_ bytes: [UInt8], path: String) throws -> PictureHeader { try Header(bytes, path: path).picture }

  func decode(
    _ bytes: [UInt8], path: String, channels: ImageFile.Channels, atLeast: (width: Int, height: Int)?
  ) throws -> Raster {
    let whole = try Header(bytes, path: path)
    let header = whole.picture
    let raster = try bytes.withUnsafeBytes { file in
      try PNG.withImage { image in
        guard png_image_begin_read_from_memory(&image, file.baseAddress, file.count) != 0 else {
          throw FormatError.corrupt("PNG picture", path, PNG.explanation(image))
        }
        // Numbers of 16 bits are taken for the same scale as those of 8, as every other reader does.
        image.flags |= UInt32(PNG_IMAGE_FLAG_16BIT_sRGB)
        let gray = !header.isColor && !whole.hasAlpha
        image.format = gray ? PNG.grayFormat : whole.hasAlpha ? PNG.rgbaFormat : PNG.rgbFormat
        let samples = gray ? 1 : whole.hasAlpha ? 4 : 3
        guard Int(image.width) == header.width, Int(image.height) == header.height else {
          throw FormatError.corrupt("PNG picture", path, "Its header contradicts itself.")
        }
        var pixels = [UInt8](repeating: 0, count: header.width * header.height * samples)
        let done = pixels.withUnsafeMutableBytes {
          png_image_finish_read(&image, nil, $0.baseAddress, Int32(header.width * samples), nil)
        }
        guard done != 0 else { throw FormatError.corrupt("PNG picture", path, PNG.explanation(image)) }
        return try Raster(width: header.width, height: header.height, channels: samples, bytes: pixels)
      }
    }
    switch channels {
    case .gray: return raster.gray()
    case .color: return raster.color()
    case .automatic: return header.isColor ? raster.color() : raster.gray()
    }
  }

  static func encode(_ raster: Raster, path: String) throws -> [UInt8] {
    try withImage { image in
      image.width = UInt32(raster.width)
      image.height = UInt32(raster.height)
      switch raster.channels {
      case 1: image.format = grayFormat
      case 3: image.format = rgbFormat
      default: image.format = rgbaFormat
      }
      let stride = Int32(raster.width * raster.channels)
      return try raster.bytes.withUnsafeBytes { pixels in
        // Room for the worst case, so that the picture is compressed only once.
        let raw = (raster.width * raster.channels + 1) * raster.height
        var count = raw + raw / 1000 * 2 + 4096
        var file = [UInt8](repeating: 0, count: count)
        let done = file.withUnsafeMutableBytes {
          png_image_write_to_memory(&image, $0.baseAddress, &count, 0, pixels.baseAddress, stride, nil)
        }
        guard done != 0 else {
          throw FormatError(title: "the picture cannot be written", advice: explanation(image), path: path)
        }
        file.removeLast(file.count - count)
        return file
      }
    }
  }

  // libpng's names for these are macros that Swift does not see.
  private static let grayFormat: UInt32 = 0
  private static let rgbFormat = UInt32(PNG_FORMAT_FLAG_COLOR)
  private static let rgbaFormat = UInt32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)

  private static func withImage<Result>(_ body: (inout png_image) throws -> Result) rethrows -> Result {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    return try body(&image)
  }

  /// libpng's own words, as a sentence.
  private static func explanation(_ image: png_image) -> String {
    let text = withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return "The PNG library says: \(text.isEmpty ? "no reason" : text)."
  }
}
