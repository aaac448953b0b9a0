/// A picture in memory: `height` rows of `width` pixels of `channels` bytes, row by row from the top left.
///
/// One channel is gray (0 black, 255 white), three are red, green, blue; four add the opacity. Pictures of 16 bits a sample have these
/// beside their bytes.
public struct Raster: Equatable, Sendable {
  /// In pixels, at least 1.
  public let width: Int
  /// In pixels, at least 1.
  public let height: Int
  /// The bytes of a pixel: 1, 3 or 4.
  public let channels: Int
  /// `height * width * channels` of them, row by row from the top left, the channels of a pixel side by side.
  public internal(set) var bytes: [UInt8] {
    // Whoever draws on a picture draws on its bytes.
    didSet { words = nil }
  }
  /// The same samples of 16 bits each, 65535 for white, in a picture of that depth; its bytes are these, rounded.
  public private(set) var words: [UInt16]?

  /// The most bytes one picture may take: 1 GiB, far above any screen and far below the machine's memory.
  public static let largestByteCount = 1 << 30

  /// A picture of given bytes; their number must be `height * width * channels`.
  ///
  /// - Throws: a `GraphicsError` where the number of bytes is another, or for measures that no picture has.
  public init(width: Int, height: Int, channels: Int, bytes: [UInt8]) throws {
    let count = try Raster.byteCount(width: width, height: height, channels: channels)
    guard bytes.count == count else {
      throw GraphicsError(
        title: "the bytes do not fit the picture",
        advice: "A picture of \(width)×\(height) pixels and \(channels) channels takes \(count) bytes, not \(bytes.count).")
    }
    self.init(trusted: width, height, channels, bytes)
  }

  /// A picture of one value everywhere.
  ///
  /// - Throws: a `GraphicsError` where a side is below 1, for other than 1, 3 or 4 channels, or above `largestByteCount`.
  public init(width: Int, height: Int, channels: Int, fill: UInt8 = 0) throws {
    let count = try Raster.byteCount(width: width, height: height, channels: channels)
    self.init(trusted: width, height, channels, [UInt8](repeating: fill, count: count))
  }

  /// A picture whose measures are known to fit its bytes, because they come from another picture.
  init(trusted width: Int, _ height: Int, _ channels: Int, _ bytes: [UInt8]) {
    self.width = width
    self.height = height
    self.channels = channels
    self.bytes = bytes
  }

  /// A picture of samples of 16 bits; their number must be `height * width * channels`.
  ///
  /// - Throws: a `GraphicsError` where the number of samples is another, or for measures that no picture has.
  public init(width: Int, height: Int, channels: Int, words: [UInt16]) throws {
    let count = try Raster.byteCount(width: width, height: height, channels: channels)
    guard words.count == count else {
      throw GraphicsError(
        title: "the samples do not fit the picture",
        advice: "A picture of \(width)×\(height) pixels and \(channels) channels takes \(count) samples, not \(words.count).")
    }
    self.init(trusted: width, height, channels, words: words)
  }

  /// A picture of samples of 16 bits whose measures are known to fit.
  init(trusted width: Int, _ height: Int, _ channels: Int, words: [UInt16]) {
    self.width = width
    self.height = height
    self.channels = channels
    self.words = words
    bytes = words.map(Raster.byte)
  }

  /// The number of bytes of a picture, or why there cannot be one.
  static func byteCount(width: Int, height: Int, channels: Int) throws -> Int {
    guard channels == 1 || channels == 3 || channels == 4 else {
      throw GraphicsError(
        title: "a picture cannot have \(channels) channels",
        advice: "Use 1 (gray), 3 (red, green, blue) or 4 (with opacity).")
    }
    guard width > 0, height > 0 else {
      throw GraphicsError(
        title: "a picture cannot measure \(width)×\(height)", advice: "Width and height must be at least 1.")
    }
    let (row, rowOverflow) = width.multipliedReportingOverflow(by: channels)
    let (count, overflow) = row.multipliedReportingOverflow(by: height)
    guard !rowOverflow, !overflow, count <= largestByteCount else {
      throw GraphicsError(
        title: "a picture of \(width)×\(height) pixels is too large",
        advice: "A picture may take at most \(largestByteCount >> 20) MiB.")
    }
    return count
  }

  /// The bytes of the pixel in column `x` of row `y`; empty outside of the picture.
  public subscript(x: Int, y: Int) -> [UInt8] {
    guard x >= 0, y >= 0, x < width, y < height else { return [] }
    let start = (y * width + x) * channels
    return Array(bytes[start..<start + channels])
  }
}
