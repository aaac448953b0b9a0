import CJPEG
import Graphics

extension FileFormat {
  static let jpeg = FileFormat(
    "JPEG", "a JPEG picture", [".jpg", ".jpeg"], signatures: [[0xff, 0xd8, 0xff]], reader: .picture { JPEG() },
    writers: Writers(picture: { raster, quality, path in try JPEG.encode(raster, quality: quality, path: path) }))
}

/// JPEG through libjpeg-turbo. Making a decoder costs some time: keep it for many pictures. Not for two threads at once.
final class JPEG: PictureReader {
  private let decompressor: tjhandle?

  init() {
    decompressor = tjInitDecompress()
  }

  deinit {
    if let decompressor { tjDestroy(decompressor) }
  }

  func header(_ bytes: [UInt8], path: String) throws -> PictureHeader { try wholeHeader(bytes, path).picture }

  private func wholeHeader(_ bytes: [UInt8], _ path: String) throws -> (picture: PictureHeader, colorSpace: TJCS) {
    guard let decompressor else { throw JPEG.unavailable(path) }
    var width: Int32 = 0
    var height: Int32 = 0
    var subsampling: Int32 = 0
    var colorSpace: Int32 = 0
    let status = bytes.withUnsafeBufferPointer {
      tjDecompressHeader3(
        decompressor, $0.baseAddress, UInt($0.count), &width, &height, &subsampling, &colorSpace)
    }
    guard status == 0 || tjGetErrorCode(decompressor) == TJERR_WARNING.rawValue && width > 0 else {
      throw explained(path)
    }
    let space = TJCS(UInt32(bitPattern: colorSpace))
    let header = try PictureHeader(width: Int(width), height: Int(height), isColor: space != TJCS_GRAY, path: path)
    // A block of 64 pixels takes at least one bit; small pictures, and rare codings, get the benefit of the doubt.
    guard header.width * header.height <= (1 << 20) + bytes.count * 2048 else {
      throw FormatError.corrupt(
        "JPEG picture", path, "It claims \(header.width)×\(header.height) pixels, for which it is too short.")
    }
    return (header, space)
  }

  func decode(
    _ bytes: [UInt8], path: String, channels: ImageFile.Channels, atLeast size: (width: Int, height: Int)?
  ) throws -> Raster {
    guard let decompressor else { throw JPEG.unavailable(path) }
    guard JPEG.isComplete(bytes) else { throw FormatError.truncated("JPEG picture", path) }
    let (header, space) = try wholeHeader(bytes, path)
    let (width, height) = JPEG.reduced(header, atLeast: size)
    let isInk = space == TJCS_CMYK || space == TJCS_YCCK
    let gray: Bool
    switch channels {
    case .automatic: gray = !header.isColor
    case .gray: gray = true
    case .color: gray = false
    }
    let samples = isInk ? 4 : gray ? 1 : 3
    let format = isInk ? TJPF_CMYK : gray ? TJPF_GRAY : TJPF_RGB
    var status: Int32 = 0
    let pixels = [UInt8](unsafeUninitializedCapacity: width * height * samples) { pixels, initialized in
      // A damaged file leaves rows undone; they must not show what was in memory before.
      pixels.initialize(repeating: 0)
      status = bytes.withUnsafeBufferPointer {
        tjDecompress2(
          decompressor, $0.baseAddress, UInt($0.count), pixels.baseAddress, Int32(width), 0, Int32(height),
          format.rawValue, 0)
      }
      initialized = width * height * samples
    }
    if status != 0, !isHarmless { throw explained(path) }
    guard isInk else { return try Raster(width: width, height: height, channels: samples, bytes: pixels) }
    let raster = try Raster(width: width, height: height, channels: 3, bytes: JPEG.colors(ofInk: pixels))
    return gray ? raster.gray() : raster
  }

  /// Whether the marker that ends the picture is there. The library makes do without it: a progressive picture that is
  /// cut off would come out blurred, without a word.
  private static func isComplete(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      var place = 2
      while place + 1 < bytes.count {
        guard bytes[place] == 0xff else {
          // The coded pixels, or bytes too many between two parts: on to the next marker.
          place += 1
          continue
        }
        switch bytes[place + 1] {
        case 0xd9: return true
        // A filling byte.
        case 0xff: place += 1
        // A coded 255, and markers without contents.
        case 0x00, 0x01, 0xd0...0xd8: place += 2
        default:
          guard place + 3 < bytes.count else { return false }
          place += 2 + Int(bytes[place + 2]) << 8 + Int(bytes[place + 3])
        }
      }
      return false
    }
  }

  /// The smallest size the decoder can give directly that is still at least `size`: a reduced picture is the mean over
  /// blocks of the full one, and is decoded many times faster.
  private static func reduced(_ header: PictureHeader, atLeast size: (width: Int, height: Int)?) -> (Int, Int) {
    guard let size else { return (header.width, header.height) }
    for divisor in [8, 4, 2] {
      let width = (header.width + divisor - 1) / divisor
      let height = (header.height + divisor - 1) / divisor
      if width >= size.width, height >= size.height { return (width, height) }
    }
    return (header.width, header.height)
  }

  /// Four inks as Adobe's programs store them, 255 for none.
  private static func colors(ofInk pixels: [UInt8]) -> [UInt8] {
    var colors: [UInt8] = []
    colors.reserveCapacity(pixels.count / 4 * 3)
    for pixel in stride(from: 0, to: pixels.count, by: 4) {
      for ink in 0..<3 {
        colors.append(UInt8((Int(pixels[pixel + ink]) * Int(pixels[pixel + 3]) + 127) / 255))
      }
    }
    return colors
  }

  /// Whether the last call only met something that costs no pixel, such as a few bytes too many between two parts.
  private var isHarmless: Bool {
    guard tjGetErrorCode(decompressor) == TJERR_WARNING.rawValue else { return false }
    let text = String(cString: tjGetErrorStr2(decompressor))
    let harmful = ["premature", "Premature", "bad Huffman", "bad arithmetic", "instead of", "Inconsistent"]
    return !harmful.contains { text.contains($0) }
  }

  private func explained(_ path: String) -> FormatError {
    let text = String(cString: tjGetErrorStr2(decompressor))
    if text.contains("remature end") || text.contains("end of JPEG") || text.contains("too small") {
      return FormatError.truncated("JPEG picture", path)
    }
    return FormatError.corrupt("JPEG picture", path, "The JPEG library says: \(text).")
  }

  private static func unavailable(_ path: String) -> FormatError {
    FormatError(title: "the picture cannot be read", advice: "There is no memory left for the JPEG decoder.", path: path)
  }

  static func encode(_ raster: Raster, quality: Int, path: String) throws -> [UInt8] {
    let source = raster.channels == 4 ? raster.composed() : raster
    guard let compressor = tjInitCompress() else { throw unavailable(path) }
    defer { tjDestroy(compressor) }
    guard source.width <= 65500, source.height <= 65500 else {
      throw FormatError(
        title: "the picture is too large for JPEG", advice: "A side may have 65500 pixels; write a PNG.", path: path)
    }
    var file: UnsafeMutablePointer<UInt8>?
    var size: UInt = 0
    defer { tjFree(file) }
    let isGray = source.channels == 1
    // Colors are kept at full resolution: generated pictures are small, and their edges colored.
    let status = source.bytes.withUnsafeBufferPointer {
      tjCompress2(
        compressor, $0.baseAddress, Int32(source.width), 0, Int32(source.height),
        (isGray ? TJPF_GRAY : TJPF_RGB).rawValue, &file, &size, Int32((isGray ? TJSAMP_GRAY : TJSAMP_444).rawValue),
        Int32(min(max(quality, 1), 100)), 0)
    }
    guard status == 0, let file else {
      throw FormatError(
        title: "the picture cannot be written", advice: "The JPEG library says: \(String(cString: tjGetErrorStr2(compressor))).",
        path: path)
    }
    return Array(UnsafeBufferPointer(start: file, count: Int(size)))
  }
}
