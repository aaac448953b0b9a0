import Base
import Graphics

/// Reads pictures of one format, one after another. Not for two threads at once.
public protocol PictureReader {
  /// What the file says of its picture, before anything is decoded. A file that is cut off or claims too much is refused.
  func header(_ bytes: [UInt8], path: String) throws -> PictureHeader

  /// The picture in the bytes of a file.
  ///
  /// - Parameter atLeast: a smallest width and height that is good enough, for formats that can be decoded at a smaller size.
  func decode(
    _ bytes: [UInt8], path: String, channels: ImageFile.Channels, atLeast: (width: Int, height: Int)?
  ) throws -> Raster
}

/// What a file says of its picture.
public struct PictureHeader: Sendable {
  /// In pixels, at least 1.
  public let width: Int
  /// In pixels, at least 1.
  public let height: Int
  /// Whether the picture has colors, not shades of gray alone.
  public let isColor: Bool
  /// The bits of a number that the reader gives: 16 where the file has more than 8.
  public let depth: Int

  /// The most pixels that are read from one picture: 2²⁸, a square of 16384.
  static let largestPixelCount = 1 << 28

  /// Throws where no picture is of this size, or none that is read.
  init(width: Int, height: Int, isColor: Bool, depth: Int = 8, path: String) throws {
    guard width > 0, height > 0 else {
      throw FormatError.corrupt("picture", path, "It claims to be \(width)×\(height) pixels.")
    }
    let (count, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, count <= PictureHeader.largestPixelCount else {
      throw FormatError(
        title: "the picture is too large",
        advice: "It claims \(width)×\(height) pixels; at most \(PictureHeader.largestPixelCount) are read.", path: path)
    }
    // As the file's pixels, and as the picture made of them.
    try Memory.require(2 * count * (isColor ? 3 : 1), for: "a picture of \(width)×\(height) pixels", path)
    self.width = width
    self.height = height
    self.isColor = isColor
    self.depth = depth
  }
}

extension Raster {
  /// A picture whose pixels are places in a table of colors, red, green and blue of each; those beyond its end are black. `channels`: 3, or 1 where all
  /// colors are shades of gray.
  init(width: Int, height: Int, channels: Int, places: [UInt8], in table: [[UInt8]]) throws {
    let colors = (0..<256).flatMap { $0 < table.count ? table[$0] : [0, 0, 0] }
    let pixels = [UInt8](unsafeUninitializedCapacity: places.count * channels) { pixels, count in
      for place in places {
        for channel in 0..<channels {
          pixels[count] = colors[3 * Int(place) + channel]
          count += 1
        }
      }
    }
    try self.init(width: width, height: height, channels: channels, bytes: pixels)
  }
}

/// Reads pictures of any format, told by their first bytes, one after another; keeps a reader of each format, as some take time to make.
/// Not for two threads at once.
final class PictureDecoder {
  private var readers: [String: any PictureReader] = [:]
  private var lastFitting: Fitting?

  /// The picture in a size; of many pictures alike it is worked out once how.
  ///
  /// - Throws: a `GraphicsError` for a size that no picture has.
  func fitted(_ raster: Raster, width: Int, height: Int, _ fit: Fit) throws -> Raster {
    var fitting =
      if let last = lastFitting, last.size == (width, height), last.fit == fit { last } else {
        try Fitting(width: width, height: height, fit: fit)
      }
    defer { lastFitting = fitting }
    return try fitting.fitted(raster)
  }

  /// What the file says of its picture.
  ///
  /// - Throws: `FormatError` where there is no picture, or one that is cut off or claims too much.
  func header(_ bytes: [UInt8], path: String) throws -> PictureHeader {
    try reader(bytes, path).header(bytes, path: path)
  }

  /// The picture in the bytes of a file.
  ///
  /// - Parameter atLeast: a smallest width and height that is good enough; see `ImageFile.read`.
  /// - Throws: `FormatError` where there is no picture, or a damaged one.
  func decode(
    _ bytes: [UInt8], path: String, channels: ImageFile.Channels = .automatic, atLeast size: (width: Int, height: Int)? = nil
  ) throws -> Raster {
    try reader(bytes, path).decode(bytes, path: path, channels: channels, atLeast: size)
  }

  private func reader(_ bytes: [UInt8], _ path: String) throws -> any PictureReader {
    guard let format = FileFormat.pictures.first(where: { $0.begins(bytes) }), let make = format.makePictureReader else {
      throw ImageFile.notAPicture(bytes, path)
    }
    if let reader = readers[format.name] { return reader }
    let reader = make()
    readers[format.name] = reader
    return reader
  }
}
