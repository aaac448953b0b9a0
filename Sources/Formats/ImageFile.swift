import Graphics

/// One picture in a file.
public enum ImageFile {
  /// In how many channels a picture is read.
  public enum Channels: String, CaseIterable, Sendable {
    /// As the file has it: gray if it is stored in gray, otherwise color. Opacity is laid onto white.
    case automatic
    case gray
    case color
  }

  /// Reads a picture of any format that can be read, told by its first bytes, whatever the name says.
  ///
  /// - Parameter atLeast: a smallest width and height that is good enough; a larger JPEG may then be read at a half, a
  ///   quarter or an eighth of its size, which is much faster.
  /// - Throws: `FormatError` where there is no picture, or a damaged one.
  public static func read(
    _ path: String, channels: Channels = .automatic, atLeast size: (width: Int, height: Int)? = nil
  ) throws -> Raster {
    try PictureDecoder().decode(FileBytes.read(path), path: path, channels: channels, atLeast: size)
  }

  static func notAPicture(_ bytes: [UInt8], _ path: String) -> FormatError {
    FormatError(
      title: "this is not a picture",
      advice: "It is \(Contents.describe(bytes)); \(FileFormat.pictureNames()) can be read.", path: path)
  }

  /// Writes a picture in the format that the name ends with.
  ///
  /// - Parameter quality: of a format that loses some, 1…100.
  /// - Throws: `FormatError` where the name tells no such format, or the file cannot be written.
  public static func write(_ raster: Raster, to path: String, quality: Int = 92) throws {
    let writers = FileFormat.named(path)?.writers
    if let encode = writers?.picture { return try AtomicFile.write(path, try encode(raster, quality, path)) }
    guard let encode = writers?.drawing else { throw FormatError.unknownEnding("picture", path, where: \.isVisual) }
    try AtomicFile.write(path, try encode(Drawing(raster), path))
  }

  /// Writes a drawing in the format that the name ends with: as lines, shapes and text where the format has them, else in pixels.
  ///
  /// - Returns: how many points a page lies without, of how many: of very many, those that nobody could tell from their neighbors are left
  ///   out.
  /// - Throws: `FormatError` where the name tells no such format, or the file cannot be written; `GraphicsError` for a drawing too large
  ///   for pixels.
  @discardableResult
  public static func write(_ drawing: Drawing, to path: String, quality: Int = 92) throws -> (leftOut: Int, points: Int) {
    guard let encode = FileFormat.named(path)?.writers.drawing else {
      try write(Canvas(drawing).raster, to: path, quality: quality)
      return (0, 0)
    }
    let page = drawing.forPages()
    try AtomicFile.write(path, try encode(page.drawing, path))
    return (page.leftOut, page.points)
  }

  /// The picture as the bytes of a PNG file.
  ///
  /// - Throws: `FormatError`, without a path, where libpng refuses the picture.
  public static func png(_ raster: Raster) throws -> [UInt8] { try PNG.encode(raster, path: "") }

  /// A PNG file whose picture has each pixel of this one `factor` times in both directions.
  ///
  /// - Throws: `FormatError`, without a path, where the file is damaged; `GraphicsError` where the result would be too large.
  public static func enlarged(png: [UInt8], by factor: Int) throws -> [UInt8] {
    try PNG.encode(PNG().decode(png, path: "", channels: .automatic, atLeast: nil).scaledUp(by: factor), path: "")
  }

  /// The drawing as an element `svg`, for files and for pages of HTML, in which any number of them may stand. Of very many points, those
  /// that nobody could tell from their neighbors are left out.
  ///
  /// - Throws: `FormatError`, without a path, where a picture in it cannot be encoded.
  public static func svg(_ drawing: Drawing) throws -> String { try SVG.element(drawing.forPages().drawing, path: "") }

  /// Whether a name ends like a picture's that can be read.
  static func hasPictureName(_ name: String) -> Bool { FileFormat.named(name)?.makePictureReader != nil }
}

extension Raster {
  /// The picture in the channels that are asked for, without its opacity.
  func read(in channels: ImageFile.Channels) -> Raster {
    switch channels {
    case .automatic: self.channels == 4 ? composed() : self
    case .gray: gray()
    case .color: color()
    }
  }
}
