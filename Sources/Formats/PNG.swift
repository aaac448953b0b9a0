import CPNG
import Graphics

extension FileFormat {
  static let png = FileFormat(
    "PNG", "a PNG picture", [".png", ".apng"], signatures: [PNG.signature], reader: .picture { PNG() },
    writers: Writers(picture: { raster, _, path in try PNG.encode(raster, path: path) }, animation: APNG.encode))
}

/// PNG: read through libpng's interface of rows, without any gamma, as other readers do; written through its simplified one, which reports
/// errors by return values.
struct PNG: PictureReader {
  static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  func header(_ bytes: [UInt8], path: String) throws -> PictureHeader { try PNGHeader(bytes, path: path).picture }

  func decode(
    _ bytes: [UInt8], path: String, channels: ImageFile.Channels, atLeast: (width: Int, height: Int)?
  ) throws -> Raster {
    let header = try PNGHeader(bytes, path: path)
    var image = gan_png()
    image.width = UInt32(header.width)
    image.height = UInt32(header.height)
    image.samples = Int32(header.samples)
    image.wide = header.picture.depth == 16
    let count = header.width * header.height * header.samples
    let raster: Raster
    if image.wide {
      let words = try PNG.pixels(bytes, &image, count, UInt16(0), path)
      let solid = header.samples == 2 ? PNG.grayOnWhite(words) : words
      raster = try Raster(width: header.width, height: header.height, channels: header.channels, words: solid)
    } else {
      let samples = try PNG.pixels(bytes, &image, count, UInt8(0), path)
      let solid = header.samples == 2 ? PNG.grayOnWhite(samples) : samples
      raster = try Raster(width: header.width, height: header.height, channels: header.channels, bytes: solid)
    }
    return raster.read(in: channels).upright(from: header.orientation)
  }

  private static func pixels<Sample: FixedWidthInteger>(
    _ bytes: [UInt8], _ image: inout gan_png, _ count: Int, _ black: Sample, _ path: String
  ) throws -> [Sample] {
    // Rows that are not reached in a damaged file must not show what was in memory before.
    var pixels = [Sample](repeating: black, count: count)
    let isRead = pixels.withUnsafeMutableBytes { pixels in
      bytes.withUnsafeBufferPointer { gan_png_read($0.baseAddress, $0.count, &image, pixels.baseAddress) }
    }
    guard isRead else {
      let text = withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard !text.hasPrefix("Not enough image data") else {
        throw FormatError.truncated("PNG picture", path, "Its pixels end too early.")
      }
      throw FormatError.corrupt("PNG picture", path, explanation(text))
    }
    return pixels
  }

  /// Gray with opacity, laid onto white.
  private static func grayOnWhite<Sample: FixedWidthInteger>(_ samples: [Sample]) -> [Sample] {
    let white = Int(Sample.max)
    return stride(from: 0, to: samples.count, by: 2).map {
      let alpha = Int(samples[$0 + 1])
      return Sample((Int(samples[$0]) * alpha + white * (white - alpha) + white / 2) / white)
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
    explanation(withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
  }

  private static func explanation(_ text: String) -> String {
    "The PNG library says: \(text.isEmpty ? "no reason" : text)."
  }
}
