import CWebP
import Graphics

extension FileFormat {
  static let webp = FileFormat("WebP", "a WebP picture", [".webp"], reader: .picture { WebP() }) {
    $0.starts(with: "RIFF".utf8) && $0.count >= 12 && $0[8..<12].elementsEqual("WEBP".utf8)
  }
}

/// WebP through libwebp, which is loaded at the first of them: lossy, lossless, with opacity, and the first frame of animations on their
/// canvas.
struct WebP: PictureReader {
  func header(_ bytes: [UInt8], path: String) throws -> PictureHeader { try Parts(bytes, path).header(path) }

  func decode(
    _ bytes: [UInt8], path: String, channels: ImageFile.Channels, atLeast: (width: Int, height: Int)?
  ) throws -> Raster {
    let parts = try Parts(bytes, path)
    _ = try parts.header(path)
    let (width, height) = (parts.width, parts.height)
    var isRead = false
    // Memory that nothing has been written into takes no room: a damaged file claims a gigabyte, and none of it is decoded.
    let pixels = [UInt8](unsafeUninitializedCapacity: width * height * 4) { room, count in
      isRead = bytes.withUnsafeBufferPointer { file in
        gan_webp_read(
          file.baseAddress.map { $0 + parts.data.lowerBound }, parts.data.count, Int32(width), Int32(height), room.baseAddress)
      }
      count = isRead ? width * height * 4 : 0
    }
    guard isRead else { throw FormatError.corrupt("WebP picture", path, "Its pixels cannot be decoded.") }
    // Where a file says that it has no opacity, what stands in its place means nothing.
    var raster =
      try parts.hasAlpha
      ? Raster(width: width, height: height, channels: 4, bytes: pixels)
      : Raster(width: width, height: height, channels: 3, bytes: WebP.colors(of: pixels))
    if let canvas = parts.canvas, (canvas.width, canvas.height) != (width, height) {
      // Beside the frame the canvas is transparent, or black where the file says that it has no opacity.
      var whole = try Raster(width: canvas.width, height: canvas.height, channels: canvas.hasAlpha ? 4 : 3)
      let frame = raster.channels == 3 && canvas.hasAlpha ? try raster.converted(channels: 4) : raster
      try whole.paste(canvas.hasAlpha ? frame : frame.composed(), x: canvas.x, y: canvas.y)
      raster = whole
    }
    return raster.read(in: channels).upright(from: parts.orientation)
  }

  /// Red, green and blue of pixels that have opacity behind them.
  private static func colors(of pixels: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: pixels.count / 4 * 3) { colors, count in
      for place in 0..<pixels.count / 4 {
        for channel in 0..<3 { colors.initializeElement(at: 3 * place + channel, to: pixels[4 * place + channel]) }
      }
      count = pixels.count / 4 * 3
    }
  }

  /// What a WebP file is made of (RFC 9649).
  private struct Parts {
    /// What libwebp decodes: the whole file, or the chunks of the first frame.
    private(set) var data: Range<Int>
    /// Of what it decodes.
    private(set) var width = 0
    private(set) var height = 0
    /// Whether what it decodes has opacity.
    private(set) var hasAlpha = false
    /// Of an animation: its measures, and where the first frame lies.
    private(set) var canvas: (width: Int, height: Int, x: Int, y: Int, hasAlpha: Bool)?
    private(set) var orientation = Orientation.upright

    init(_ bytes: [UInt8], _ path: String) throws {
      guard gan_webp_load() else {
        throw FormatError(
          title: "the WebP picture cannot be read",
          advice: "libwebp is not installed: `apt install libwebp7`, or save the picture as PNG.", path: path)
      }
      func number(_ place: Int, _ count: Int) throws -> Int {
        guard place + count <= bytes.count else { throw FormatError.truncated("WebP picture", path) }
        return bytes[place..<place + count].reversed().reduce(0) { $0 << 8 | Int($1) }
      }
      let promised = try number(4, 4) + 8
      guard promised <= bytes.count else {
        throw FormatError.truncated("WebP picture", path, "Its header promises \(promised) bytes, there are \(bytes.count).")
      }
      data = 0..<promised
      var exif: ArraySlice<UInt8>?
      var packet: ArraySlice<UInt8>?
      var screen: (width: Int, height: Int, hasAlpha: Bool)?
      var place = 12
      while place + 8 <= promised {
        let name = String(decoding: bytes[place..<place + 4], as: UTF8.self)
        let count = try number(place + 4, 4)
        let contents = place + 8..<place + 8 + count
        guard contents.upperBound <= promised else { throw FormatError.truncated("WebP picture", path) }
        switch name {
        case "VP8X":
          // Bit 1 tells an animation, bit 4 opacity.
          let flags = try number(contents.lowerBound, 1)
          if flags & 2 != 0 {
            let (width, height) = (try number(contents.lowerBound + 4, 3) + 1, try number(contents.lowerBound + 7, 3) + 1)
            screen = (width, height, flags & 16 != 0)
          }
        case "ANMF":
          if let screen, canvas == nil, count > 16 {
            let (x, y) = (try number(contents.lowerBound, 3) * 2, try number(contents.lowerBound + 3, 3) * 2)
            canvas = (screen.width, screen.height, x, y, screen.hasAlpha)
            data = contents.lowerBound + 16..<contents.upperBound
          }
        case "EXIF": if exif == nil { exif = bytes[contents] }
        case "XMP ": if packet == nil { packet = bytes[contents] }
        default: break
        }
        place = contents.upperBound + count % 2
      }
      orientation = EXIF.orientation(exif: exif, packet: packet)
      var (width, height, hasAlpha): (Int32, Int32, Bool) = (0, 0, false)
      let isMeasured = bytes.withUnsafeBufferPointer {
        gan_webp_measure($0.baseAddress.map { $0 + data.lowerBound }, data.count, &width, &height, &hasAlpha)
      }
      guard isMeasured else { throw FormatError.corrupt("WebP picture", path, "It holds no picture.") }
      (self.width, self.height, self.hasAlpha) = (Int(width), Int(height), hasAlpha)
    }

    /// WebP has no pictures in gray.
    func header(_ path: String) throws -> PictureHeader {
      _ = try PictureHeader(width: width, height: height, isColor: true, path: path)
      let size = orientation.size(of: canvas.map { ($0.width, $0.height) } ?? (width, height))
      return try PictureHeader(width: size.width, height: size.height, isColor: true, path: path)
    }
  }
}
