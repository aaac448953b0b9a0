import Graphics

/// One picture in a file.
public enum ImageFile {
  public enum Kind: String, CaseIterable, Sendable {
    case png
    case jpeg

    /// The kind that a file's first bytes show.
    init?(_ bytes: [UInt8]) {
      if Contents.isPNG(bytes) {
        self = .png
      } else if Contents.isJPEG(bytes) {
        self = .jpeg
      } else {
        return nil
      }
    }
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
  ) throws -> Raster {
    try decode(try FileBytes.read(path), path: path, channels: channels, atLeast: size, decoder: JPEG())
  }

  static func decode(
    _ bytes: [UInt8], path: String, channels: Channels, atLeast size: (width: Int, height: Int)?, decoder: JPEG
  ) throws -> Raster {
    switch Kind(bytes) {
    case .png: return try PNG.decode(bytes, path: path, channels: channels)
    case .jpeg: return try decoder.decode(bytes, path: path, channels: channels, atLeast: size)
    case nil:
      throw FormatError(
        title: "this is not a picture", advice: "It is \(Contents.describe(bytes)); PNG and JPEG can be read.", path: path)
    }
  }

  /// The measures of a picture, without decoding it.
  static func measures(
    _ bytes: [UInt8], path: String, decoder: JPEG
  ) throws -> (width: Int, height: Int, isColour: Bool) {
    switch Kind(bytes) {
    case .png:
      let header = try PNG.Header(bytes, path: path)
      return (header.width, header.height, header.isColour)
    case .jpeg:
      let header = try decoder.header(bytes, path: path)
      return (header.width, header.height, header.isColour)
    case nil:
      throw FormatError(
        title: "this is not a picture", advice: "It is \(Contents.describe(bytes)); PNG and JPEG can be read.", path: path)
    }
  }

  /// Writes a picture in the format that the name ends with: `.png`, `.jpg` or `.jpeg`.
  ///
  /// - Parameter quality: of a JPEG, 1…100.
  public static func write(_ raster: Raster, to path: String, quality: Int = 92) throws {
    switch Paths.pathExtension(of: path) {
    case "png": try AtomicFile.write(path, try PNG.encode(raster, path: path))
    case "jpg", "jpeg": try AtomicFile.write(path, try JPEG.encode(raster, quality: quality, path: path))
    case let other:
      throw FormatError(
        title: "the name does not say what kind of picture to write",
        advice: "“\(Paths.name(of: path))” ends in \(other.isEmpty ? "nothing" : ".\(other)"); use .png or .jpg.", path: path)
    }
  }

  /// The picture as the bytes of a PNG file.
  public static func png(_ raster: Raster) throws -> [UInt8] { try PNG.encode(raster, path: "") }

  /// Whether a name ends like a picture's that can be read.
  static func hasPictureName(_ name: String) -> Bool { ["png", "jpg", "jpeg"].contains(Paths.pathExtension(of: name)) }
}
