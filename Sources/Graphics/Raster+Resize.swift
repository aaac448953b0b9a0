extension Raster {
  /// How the pixels of a resized picture come from those of the given one.
  public enum Filter: Sendable {
    /// The mean over the area that a new pixel covers where a side shrinks, `cubic` where it grows.
    case automatic
    /// The mean over the covered area, each pixel weighted by its covered part.
    case area
    /// Straight lines between pixel centers (a triangle, widened when shrinking).
    case linear
    /// Keys' cubic with a = −1/2 ("Cubic convolution interpolation", 1981), widened when shrinking.
    case cubic
    /// The pixel under the new pixel's center.
    case nearest
  }

  /// The picture in another size. Each side is treated on its own, so the work grows with the number of pixels; at the
  /// edges the weights of the pixels that exist are made to add up to 1. Values are mixed as they are stored.
  ///
  /// - Throws: a `GraphicsError` where a side is below 1 or the result exceeds `Raster.largestByteCount`.
  public func resized(width newWidth: Int, height newHeight: Int, filter: Filter = .automatic) throws -> Raster {
    _ = try Raster.byteCount(width: newWidth, height: newHeight, channels: channels)
    guard newWidth != width || newHeight != height else { return self }
    return try Resampler(from: (width, height), to: (newWidth, newHeight), filter: filter).resize(self)
  }
}
