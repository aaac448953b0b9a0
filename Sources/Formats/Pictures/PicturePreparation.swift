import Graphics

/// How the file of one picture becomes one sample: its measures, its channels, and what is done to get there.
public struct PicturePreparation: Equatable, Sendable {
  /// Of the sample, in pixels.
  public var height: Int
  /// Of the sample, in pixels.
  public var width: Int
  /// 1 (gray) or 3 (red, green, blue).
  public var channels: Int
  /// Whether its numbers have 16 bits, not 8: those of pictures that have them are not rounded.
  public var isDeep: Bool
  /// Exchanges light and dark, for black ink on white paper.
  public var invert: Bool
  /// What is done with pictures of another aspect.
  public var fit: Fit

  /// A preparation of these measures.
  public init(height: Int, width: Int, channels: Int, isDeep: Bool = false, invert: Bool = false, fit: Fit = .crop) {
    self.height = height
    self.width = width
    self.channels = channels
    self.isDeep = isDeep
    self.invert = invert
    self.fit = fit
  }

  /// The numbers of a sample.
  public var sampleCount: Int { height * width * channels }

  /// The bytes that these take.
  public var byteCount: Int { sampleCount * (isDeep ? 2 : 1) }

  /// Writes the numbers of a sample to `target`, of `byteCount` bytes.
  func write(_ raster: Raster, into target: UnsafeMutableRawBufferPointer) {
    if isDeep { raster.samples.withUnsafeBytes { target.copyMemory(from: $0) } } else { target.copyBytes(from: raster.bytes) }
  }

  /// The sample that a file holds: `height` × `width` pixels of `channels`.
  ///
  /// - Parameters:
  ///   - file: all bytes of a picture's file, of any format that is read.
  ///   - path: the file's, for errors.
  ///   - decoder: kept from one picture to the next, in one thread, as it takes time to make.
  /// - Throws: `FormatError` or `GraphicsError` where the picture is damaged, or the measures are none.
  func raster(of file: [UInt8], path: String, by decoder: PictureDecoder) throws -> Raster {
    let header = try decoder.header(file, path: path)
    var raster = try decoder.decode(
      file, path: path, channels: channels == 1 ? .gray : .color,
      atLeast: fit.leastSize(of: (header.width, header.height), for: (width, height)))
    // Before it is fitted, so that what a picture does not cover is black in the sample.
    if invert { raster = raster.inverted() }
    return try decoder.fitted(raster, width: width, height: height, fit)
  }
}
