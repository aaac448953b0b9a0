extension Raster {
  /// A picture of numbers in the order [height, width, channels]; `range` is spread over 0…255 and what lies outside is
  /// cut off. NaN becomes black.
  ///
  /// - Throws: a `GraphicsError` where there are not `height * width * channels` values, or for measures that no picture has.
  public init(
    values: some RandomAccessCollection<Float>, width: Int, height: Int, channels: Int, range: ClosedRange<Float> = 0...1
  ) throws {
    let count = try Raster.byteCount(width: width, height: height, channels: channels)
    guard values.count == count else {
      throw GraphicsError(
        title: "the values do not fit the picture",
        advice: "A picture of \(width)×\(height) pixels and \(channels) channels takes \(count) values, not \(values.count).")
    }
    let low = range.lowerBound
    let span = range.upperBound - low
    let scale: Float = span > 0 ? 255 / span : 0
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for value in values {
      let level = (value - low) * scale
      // The comparison is false for NaN, so the conversion below only ever sees 0…255.
      bytes.append(level > 0 ? UInt8(min(level, 255).rounded()) : 0)
    }
    self.init(trusted: width, height, channels, bytes)
  }

  /// The samples as numbers, black to white (0…255, or 0…65535 at a depth of 16) spread over `range`, in the order [height, width,
  /// channels].
  public func values(range: ClosedRange<Float> = 0...1) -> [Float] {
    let (low, span) = (range.lowerBound, range.upperBound - range.lowerBound)
    if let words { return words.map { low + Float($0) / 65535 * span } }
    return bytes.map { low + Float($0) / 255 * span }
  }
}
