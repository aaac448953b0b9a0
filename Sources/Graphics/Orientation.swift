/// How a stored picture lies, as EXIF (tag 0x0112) numbers it, and so what it takes to set it upright.
public enum Orientation: Int, CaseIterable, Sendable {
  case upright = 1
  /// Left and right are exchanged.
  case mirrored = 2
  /// It stands on its head.
  case halfTurned = 3
  /// Top and bottom are exchanged.
  case flipped = 4
  /// Rows and columns are exchanged.
  case transposed = 5
  /// It takes a quarter turn to the right.
  case needsRight = 6
  /// Rows and columns are exchanged along the other diagonal.
  case transversed = 7
  /// It takes a quarter turn to the left.
  case needsLeft = 8

  /// Whether width and height of the upright picture are those of the stored one exchanged.
  public var exchangesSides: Bool { rawValue >= 5 }

  /// The measures of the upright picture, or of the stored one for an upright one.
  public func size(of size: (width: Int, height: Int)) -> (width: Int, height: Int) {
    exchangesSides ? (size.height, size.width) : size
  }
}

extension Raster {
  /// The picture set upright, its depth kept.
  public func upright(from orientation: Orientation) -> Raster {
    guard orientation != .upright else { return self }
    let (newWidth, newHeight) = orientation.size(of: (width, height))
    let (lastX, lastY) = (width - 1, height - 1)
    // Where the first pixel of the result lies in the stored picture, and the steps to the next column and row.
    let (start, column, row): (Int, Int, Int) =
      switch orientation {
      case .upright: (0, 1, width)
      case .mirrored: (lastX, -1, width)
      case .halfTurned: (lastY * width + lastX, -1, -width)
      case .flipped: (lastY * width, 1, -width)
      case .transposed: (0, width, 1)
      case .needsRight: (lastY * width, -width, 1)
      case .transversed: (lastY * width + lastX, -width, -1)
      case .needsLeft: (lastX, width, -1)
      }
    let channels = self.channels
    func turned<Sample: FixedWidthInteger>(_ samples: [Sample]) -> [Sample] {
      [Sample](unsafeUninitializedCapacity: samples.count) { result, initialized in
        samples.withUnsafeBufferPointer { samples in
          var place = 0
          for y in 0..<newHeight {
            var source = (start + y * row) * channels
            for _ in 0..<newWidth {
              for channel in 0..<channels { result[place + channel] = samples[source + channel] }
              place += channels
              source += column * channels
            }
          }
        }
        initialized = samples.count
      }
    }
    if let words { return Raster(trusted: newWidth, newHeight, channels, words: turned(words)) }
    return Raster(trusted: newWidth, newHeight, channels, turned(bytes))
  }
}
