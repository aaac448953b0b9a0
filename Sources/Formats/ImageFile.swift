import Graphics

/// One picture in a file.
public enum ImageFile {
  public enum Kind: String, CaseIterable, Sendable {
    case png
    case jpeg
  }

  public enum Channels: String, CaseIterable, Sendable {
    /// As the file has it: grey if it is stored in grey, otherwise colour. Opacity is laid onto white.
    case automatic
    case grey
    case colour
  }

  /// Reads a PNG or JPEG, told apart by its first bytes, whatever the name says.
  ///
  /// - Parameter atLeast: a smallest width and height that is good enough; a larger JPEG may then be read at a half, a
  ///   quarter or an eighth of its size, which is much faster.
  public static func read(
    _ path: String, channels: Channels = .automatic, atLeast size: (width: Int, height: Int)? = nil
  ) throws -> Raster { throw notYet(path) }

  /// Writes a picture in the format that the name ends with: `.png`, `.jpg` or `.jpeg`.
  public static func write(_ raster: Raster, to path: String, quality: Int = 92) throws { throw notYet(path) }

  /// The picture as the bytes of a PNG file.
  public static func png(_ raster: Raster) throws -> [UInt8] { throw notYet("") }
}
