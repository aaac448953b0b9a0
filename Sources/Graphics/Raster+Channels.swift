extension Raster {
  /// The picture in gray: the luma of ITU-R Rec. 601, 0.299 R + 0.587 G + 0.114 B, which is also what a JPEG stores,
  /// so that a JPEG read directly in gray and one converted afterwards agree. Opacity is laid onto white first.
  public func gray() -> Raster {
    switch channels {
    case 1: return self
    case 4: return composed().gray()
    default:
      if let words { return Raster(trusted: width, height, 1, words: luma(words)) }
      return Raster(trusted: width, height, 1, luma(bytes))
    }
  }

  private func luma<Sample: FixedWidthInteger>(_ samples: [Sample]) -> [Sample] {
    let count = width * height
    return [Sample](unsafeUninitializedCapacity: count) { result, initialized in
      samples.withUnsafeBufferPointer { samples in
        for pixel in 0..<count {
          let red = Int(samples[pixel * 3])
          let green = Int(samples[pixel * 3 + 1])
          let blue = Int(samples[pixel * 3 + 2])
          // The weights in 16-bit fixed point; they add up to 65536.
          result[pixel] = Sample((red * 19595 + green * 38470 + blue * 7471 + 32768) >> 16)
        }
      }
      initialized = count
    }
  }

  /// The picture in red, green and blue. Opacity is laid onto white.
  public func color() -> Raster {
    func tripled<Sample>(_ samples: [Sample]) -> [Sample] {
      var result: [Sample] = []
      result.reserveCapacity(samples.count * 3)
      for sample in samples {
        result.append(sample)
        result.append(sample)
        result.append(sample)
      }
      return result
    }
    switch channels {
    case 3: return self
    case 4: return composed()
    default:
      if let words { return Raster(trusted: width, height, 3, words: tripled(words)) }
      return Raster(trusted: width, height, 3, tripled(bytes))
    }
  }

  /// The picture without its opacity, laid onto a page of one brightness: white, because transparent pictures are
  /// mostly dark ink meant for a page. The values are mixed as they are stored, as browsers do.
  public func composed(onto page: UInt8 = 255) -> Raster {
    guard channels == 4 else { return self }
    if let words { return Raster(trusted: width, height, 3, words: composed(words, onto: UInt16(page) * 257)) }
    return Raster(trusted: width, height, 3, composed(bytes, onto: page))
  }

  private func composed<Sample: FixedWidthInteger>(_ samples: [Sample], onto page: Sample) -> [Sample] {
    let largest = Int(Sample.max)
    var result: [Sample] = []
    result.reserveCapacity(width * height * 3)
    for pixel in 0..<width * height {
      let alpha = Int(samples[pixel * 4 + 3])
      for channel in 0..<3 {
        let mixed = Int(samples[pixel * 4 + channel]) * alpha + Int(page) * (largest - alpha)
        result.append(Sample((mixed + largest / 2) / largest))
      }
    }
    return result
  }

  /// The picture with 1 channel (gray), 3 (color) or 4 (opaque).
  ///
  /// - Throws: a `GraphicsError` for another number of channels.
  public func converted(channels: Int) throws -> Raster {
    switch channels {
    case 1: return gray()
    case 3: return color()
    case 4:
      guard self.channels != 4 else { return self }
      let source = color()
      func opaque<Sample: FixedWidthInteger>(_ samples: [Sample]) -> [Sample] {
        var result: [Sample] = []
        result.reserveCapacity(width * height * 4)
        for pixel in 0..<width * height {
          result.append(contentsOf: samples[pixel * 3..<pixel * 3 + 3])
          result.append(Sample.max)
        }
        return result
      }
      if let words = source.words { return Raster(trusted: width, height, 4, words: opaque(words)) }
      return Raster(trusted: width, height, 4, opaque(source.bytes))
    default:
      throw GraphicsError(
        title: "a picture cannot have \(channels) channels",
        advice: "Use 1 (gray), 3 (red, green, blue) or 4 (with opacity).")
    }
  }
}
