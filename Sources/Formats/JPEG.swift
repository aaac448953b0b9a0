import CJPEG
import Graphics

extension FileFormat {
  static let jpeg = FileFormat(
    "JPEG", "a JPEG picture", [".jpg", ".jpeg", ".jpe", ".jfif"], signatures: [[0xff, 0xd8, 0xff]], reader: .picture { JPEG() },
    writers: Writers(picture: { raster, quality, path in try JPEG.encode(raster, quality: quality, path: path) }))
}

/// JPEG through libjpeg-turbo, of every sampling, set upright as its EXIF says. Making a decoder costs some time: keep it for many
/// pictures. Not for two threads at once.
final class JPEG: PictureReader {
  private let decoder: OpaquePointer?

  init() {
    decoder = gan_jpeg_make_decoder()
  }

  deinit {
    gan_jpeg_free_decoder(decoder)
  }

  func header(_ bytes: [UInt8], path: String) throws -> PictureHeader {
    let orientation = JPEGMarkers(bytes, wholly: false).orientation
    let (width, height, colors) = try stored(bytes, path)
    let size = orientation.size(of: (width, height))
    return try PictureHeader(width: size.width, height: size.height, isColor: colors != GAN_JPEG_GRAY, path: path)
  }

  /// The measures of the picture as it is stored, and what its pixels are made of.
  private func stored(_ bytes: [UInt8], _ path: String) throws -> (width: Int, height: Int, colors: gan_jpeg_colors) {
    guard let decoder else { throw JPEG.unavailable(path) }
    var found = gan_jpeg_header()
    let status = bytes.withUnsafeBufferPointer { gan_jpeg_read_header(decoder, $0.baseAddress, $0.count, &found) }
    guard status == GAN_JPEG_DONE else { throw explained(status, path) }
    let header = try PictureHeader(width: Int(found.width), height: Int(found.height), isColor: true, path: path)
    guard found.colors != 0 else {
      throw FormatError.corrupt("JPEG picture", path, "Its pixels are neither gray nor colored nor of four inks.")
    }
    // A block of 64 pixels takes at least one bit; small pictures, and rare codings, get the benefit of the doubt.
    guard header.width * header.height <= (1 << 20) + bytes.count * 2048 else {
      throw FormatError.corrupt(
        "JPEG picture", path, "It claims \(header.width)×\(header.height) pixels, for which it is too short.")
    }
    return (header.width, header.height, gan_jpeg_colors(UInt32(found.colors)))
  }

  func decode(
    _ bytes: [UInt8], path: String, channels: ImageFile.Channels, atLeast: (width: Int, height: Int)?
  ) throws -> Raster {
    guard let decoder else { throw JPEG.unavailable(path) }
    let markers = JPEGMarkers(bytes, wholly: true)
    guard markers.isComplete else { throw FormatError.truncated("JPEG picture", path) }
    let picture = try stored(bytes, path)
    try JPEG.checkScans(markers.scans, pixels: picture.width * picture.height, path)
    let least = atLeast.map { markers.orientation.size(of: $0) }
    let divisor = JPEG.divisor((picture.width, picture.height), atLeast: least)
    let (width, height) = ((picture.width + divisor - 1) / divisor, (picture.height + divisor - 1) / divisor)
    let isInk = picture.colors == GAN_JPEG_INK
    let colors = isInk || picture.colors == GAN_JPEG_GRAY ? picture.colors : channels == .gray ? GAN_JPEG_GRAY : GAN_JPEG_COLOR
    let count = width * height * Int(colors.rawValue)
    var status = GAN_JPEG_DONE
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { pixels, initialized in
      // A damaged file leaves rows undone; they must not show what was in memory before.
      pixels.initialize(repeating: 0)
      status = bytes.withUnsafeBufferPointer {
        gan_jpeg_read(
          decoder, $0.baseAddress, $0.count, Int32(divisor), colors, UInt32(width), UInt32(height), pixels.baseAddress)
      }
      initialized = count
    }
    guard status == GAN_JPEG_DONE else { throw explained(status, path) }
    let raster = try Raster(
      width: width, height: height, channels: isInk ? 3 : Int(colors.rawValue), bytes: isInk ? JPEG.colors(ofInk: pixels) : pixels
    )
    return raster.read(in: channels).upright(from: markers.orientation)
  }

  /// A picture may be gone over as often as the example of libjpeg-turbo allows, `djpeg -maxscans 500`, and large ones less often: some
  /// bytes a scan are enough to go over every pixel once more. Usual are 1 (baseline) and 10 (progressive).
  private static func checkScans(_ scans: Int, pixels: Int, _ path: String) throws {
    let most = min(max((1 << 30) / pixels, 20), 500)
    guard scans <= most else {
      throw FormatError(
        title: "the JPEG picture takes too long to read",
        advice:
          "Its pixels are coded in \(scans) scans, usual are 1 to 10; at most \(most) are read. Such files are made to stop programs; "
          + "`jpegtran -scans` or another program can write it anew.", path: path)
    }
  }

  /// By how much the decoder can reduce the picture so that it is still at least `size`: a reduced picture is the mean over blocks of the
  /// full one, and is decoded many times faster.
  private static func divisor(_ picture: (width: Int, height: Int), atLeast size: (width: Int, height: Int)?) -> Int {
    guard let size else { return 1 }
    return [8, 4, 2].first {
      (picture.width + $0 - 1) / $0 >= size.width && (picture.height + $0 - 1) / $0 >= size.height
    } ?? 1
  }

  /// Four inks as Adobe's programs store them, 255 for none, in the arithmetic of Pillow.
  private static func colors(ofInk pixels: [UInt8]) -> [UInt8] {
    var colors: [UInt8] = []
    colors.reserveCapacity(pixels.count / 4 * 3)
    for pixel in stride(from: 0, to: pixels.count, by: 4) {
      let light = Int(pixels[pixel + 3])
      for ink in 0..<3 {
        let product = (255 - Int(pixels[pixel + ink])) * light + 128
        colors.append(UInt8(clamping: light - (product >> 8 + product) >> 8))
      }
    }
    return colors
  }

  private func explained(_ status: gan_jpeg_status, _ path: String) -> FormatError {
    guard status != GAN_JPEG_TRUNCATED else { return FormatError.truncated("JPEG picture", path) }
    let text = decoder.map { String(cString: gan_jpeg_message($0)) } ?? ""
    return FormatError.corrupt("JPEG picture", path, "The JPEG library says: \(text).")
  }

  private static func unavailable(_ path: String) -> FormatError {
    FormatError(title: "the picture cannot be read", advice: "There is no memory left for the JPEG decoder.", path: path)
  }

  static func encode(_ raster: Raster, quality: Int, path: String) throws -> [UInt8] {
    let source = raster.channels == 4 ? raster.composed() : raster
    guard source.width <= 65500, source.height <= 65500 else {
      throw FormatError(
        title: "the picture is too large for JPEG", advice: "A side may have 65500 pixels; write a PNG.", path: path)
    }
    var size = 0
    var message = [CChar](repeating: 0, count: 200)
    // Colors are kept at full resolution: generated pictures are small, and their edges colored.
    let file = source.bytes.withUnsafeBufferPointer {
      gan_jpeg_write(
        $0.baseAddress, UInt32(source.width), UInt32(source.height), source.channels == 1 ? GAN_JPEG_GRAY : GAN_JPEG_COLOR,
        Int32(min(max(quality, 1), 100)), &size, &message)
    }
    guard let file else {
      let text = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      throw FormatError(title: "the picture cannot be written", advice: "The JPEG library says: \(text).", path: path)
    }
    defer { gan_jpeg_free(file) }
    return Array(UnsafeBufferPointer(start: file, count: size))
  }
}
