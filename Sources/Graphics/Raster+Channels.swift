extension Raster {
  /// The picture in gray: the luma of ITU-R Rec. 601, 0.299 R + 0.587 G + 0.114 B, which is also what a JPEG stores,
  /// so that a JPEG read directly in gray and one converted afterwards agree. Opacity is laid onto white first.
  public func gray() -> Raster {
    switch channels {
    case 1: return self
    case 4: return composed().gray()
    default: return Raster(trusted: width, height, 1, luma())
    }
  }

  private func luma() -> [UInt8] {
    let count = width * height
    return [UInt8](unsafeUninitializedCapacity: count) { result, initialized in
      bytes.withUnsafeBufferPointer { bytes in
        for pixel in 0..<count {
          let red = Int(bytes[pixel * 3])
          let green = Int(bytes[pixel * 3 + 1])
          let blue = Int(bytes[pixel * 3 + 2])
          // The weights in 16-bit fixed point; they add up to 65536.
          result[pixel] = UInt8((red * 19595 + green * 38470 + blue * 7471 + 32768) >> 16)
        }
      }
      initialized = count
    }
  }

  /// The picture in red, green and blue. Opacity is laid onto white.
  public func color() -> Raster {
    switch channels {
    case 3: return self
    case 4: return composed()
    default:
      var result: [UInt8] = []
      result.reserveCapacity(bytes.count * 3)
      for byte in bytes {
        result.append(byte)
        result.append(byte)
        result.append(byte)
      }
      return Raster(trusted: width, height, 3, result)
    }
  }

  /// The picture without its opacity, laid onto a page of one brightness: white, because transparent pictures are
  /// mostly dark ink meant for a page. The values are mixed as they are stored, as browsers do.
  public func composed(onto page: UInt8 = 255) -> Raster {
    guard channels == 4 else { return self }
    var result: [UInt8] = []
    result.reserveCapacity(width * height * 3)
    for pixel in 0..<width * height {
      let alpha = Int(bytes[pixel * 4 + 3])
      for channel in 0..<3 {
        let mixed = Int(bytes[pixel * 4 + channel]) * alpha + Int(page) * (255 - alpha)
        result.append(UInt8((mixed + 127) / 255))
      }
    }
    return Raster(trusted: width, height, 3, result)
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
      let source = color().bytes
      var result: [UInt8] = []
      result.reserveCapacity(width * height * 4)
      for pixel in 0..<width * height {
        result.append(contentsOf: source[pixel * 3..<pixel * 3 + 3])
        result.append(255)
      }
      return Raster(trusted: width, height, 4, result)
    default:
      throw GraphicsError(
        title: "a picture cannot have \(channels) channels",
        advice: "Use 1 (gray), 3 (red, green, blue) or 4 (with opacity).")
    }
  }
}
