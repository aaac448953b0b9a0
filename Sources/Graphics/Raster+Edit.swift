extension Raster {
  /// The part of the picture that begins in column `x` of row `y`.
  ///
  /// - Throws: a `GraphicsError` where the part is empty or reaches beyond the picture.
  public func cropped(x: Int, y: Int, width: Int, height: Int) throws -> Raster {
    guard x >= 0, y >= 0, width > 0, height > 0, x < self.width, y < self.height,
      width <= self.width - x, height <= self.height - y
    else {
      throw GraphicsError(
        title: "the part lies outside of the picture",
        advice: "The picture is \(self.width)×\(self.height); the part is \(width)×\(height) at column \(x), row \(y).")
    }
    func part<Sample>(_ samples: [Sample]) -> [Sample] {
      var part: [Sample] = []
      part.reserveCapacity(width * height * channels)
      for row in y..<y + height {
        let start = (row * self.width + x) * channels
        part.append(contentsOf: samples[start..<start + width * channels])
      }
      return part
    }
    if let words { return Raster(trusted: width, height, channels, words: part(words)) }
    return Raster(trusted: width, height, channels, part(bytes))
  }

  /// The picture in the middle of a larger one that is black (and opaque); a side that is not larger stays as it is. Of an odd number of
  /// rows or columns too many, the middle is taken as `ImageOps.pad` of Pillow takes it: halves to the even one.
  ///
  /// - Throws: a `GraphicsError` where the result exceeds `Raster.largestByteCount`.
  public func centered(width newWidth: Int, height newHeight: Int) throws -> Raster {
    let (newWidth, newHeight) = (max(newWidth, width), max(newHeight, height))
    guard newWidth > width || newHeight > height else { return self }
    let count = try Raster.byteCount(width: newWidth, height: newHeight, channels: channels)
    let left = Int((Double(newWidth - width) / 2).rounded(.toNearestOrEven))
    let top = Int((Double(newHeight - height) / 2).rounded(.toNearestOrEven))
    func laid<Sample: FixedWidthInteger>(_ samples: [Sample]) -> [Sample] {
      var result = [Sample](repeating: 0, count: count)
      if channels == 4 { for place in stride(from: 3, to: count, by: 4) { result[place] = Sample.max } }
      for row in 0..<height {
        let to = ((top + row) * newWidth + left) * channels
        let from = row * width * channels
        result.replaceSubrange(to..<to + width * channels, with: samples[from..<from + width * channels])
      }
      return result
    }
    if let words { return Raster(trusted: newWidth, newHeight, channels, words: laid(words)) }
    return Raster(trusted: newWidth, newHeight, channels, laid(bytes))
  }

  /// Lays `other` onto the picture with its top left corner in column `x` of row `y`; what falls outside is left out.
  ///
  /// - Throws: a `GraphicsError` where the channels of the two differ.
  public mutating func paste(_ other: Raster, x: Int, y: Int) throws {
    guard other.channels == channels else {
      throw GraphicsError(
        title: "the pictures differ in their channels",
        advice: "A picture of \(other.channels) channels cannot be laid onto one of \(channels); convert one of them.")
    }
    // Places far outside are met before any arithmetic on them could overflow.
    guard x < width, y < height, x > -other.width, y > -other.height else { return }
    let left = max(x, 0)
    let right = min(x + other.width, width)
    let count = (right - left) * channels
    for row in max(y, 0)..<min(y + other.height, height) {
      let from = ((row - y) * other.width + (left - x)) * channels
      let to = (row * width + left) * channels
      bytes.replaceSubrange(to..<to + count, with: other.bytes[from..<from + count])
    }
  }

  /// Every pixel repeated `factor` times in both directions: how small pictures are shown without blurring them.
  ///
  /// - Throws: a `GraphicsError` where `factor` is below 1 or the result exceeds `Raster.largestByteCount`.
  public func scaledUp(by factor: Int) throws -> Raster {
    guard factor > 0 else {
      throw GraphicsError(title: "a picture cannot be scaled by \(factor)", advice: "The factor must be at least 1.")
    }
    let (newWidth, overflow) = width.multipliedReportingOverflow(by: factor)
    let (newHeight, heightOverflow) = height.multipliedReportingOverflow(by: factor)
    guard !overflow, !heightOverflow else {
      throw GraphicsError(title: "the scaled picture is too large", advice: "Use a smaller factor than \(factor).")
    }
    var result: [UInt8] = []
    result.reserveCapacity(try Raster.byteCount(width: newWidth, height: newHeight, channels: channels))
    var row: [UInt8] = []
    for y in 0..<height {
      row.removeAll(keepingCapacity: true)
      for x in 0..<width {
        let start = (y * width + x) * channels
        for _ in 0..<factor { row.append(contentsOf: bytes[start..<start + channels]) }
      }
      for _ in 0..<factor { result.append(contentsOf: row) }
    }
    return Raster(trusted: newWidth, newHeight, channels, result)
  }

  /// The picture with light and dark exchanged; the opacity stays.
  public func inverted() -> Raster {
    let channels = self.channels
    func exchanged<Sample: FixedWidthInteger>(_ samples: [Sample]) -> [Sample] {
      var samples = samples
      samples.withUnsafeMutableBufferPointer { samples in
        for index in samples.indices where channels != 4 || index & 3 != 3 { samples[index] = Sample.max - samples[index] }
      }
      return samples
    }
    if let words { return Raster(trusted: width, height, channels, words: exchanged(words)) }
    return Raster(trusted: width, height, channels, exchanged(bytes))
  }
}
