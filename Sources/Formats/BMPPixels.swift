import Graphics

/// The pixels of a BMP file.
struct BMPPixels {
  private let bytes: [UInt8]
  private let header: BMPHeader
  private let path: String
  private var width: Int { header.picture.width }
  private var height: Int { header.picture.height }

  init(_ bytes: [UInt8], _ header: BMPHeader, _ path: String) {
    (self.bytes, self.header, self.path) = (bytes, header, path)
  }

  func raster() throws -> Raster {
    switch header.compression {
    case .runs8, .runs4: try colored(runs())
    case .none, .masks: try header.bits <= 8 ? colored(places()) : direct()
    }
  }

  /// Where the row of the picture, counted from the top, begins in the file.
  private func start(ofRow y: Int) -> Int {
    header.start + (header.isTopDown ? y : height - 1 - y) * header.rowBytes
  }

  // MARK: A table of colors

  /// The places in the table, row by row from the top.
  private func places() -> [UInt8] {
    var places: [UInt8] = []
    places.reserveCapacity(width * height)
    let (bits, mask) = (header.bits, UInt8(truncatingIfNeeded: 1 << header.bits - 1))
    for y in 0..<height {
      let start = start(ofRow: y)
      for x in 0..<width {
        let bit = x * bits
        places.append(bytes[start + bit / 8] >> UInt8(8 - bits - bit % 8) & mask)
      }
    }
    return places
  }

  /// A color that the table does not hold is black, as in other readers.
  private func colored(_ places: [UInt8]) throws -> Raster {
    try Raster(width: width, height: height, channels: header.isGray ? 1 : 3, places: places, in: header.palette)
  }

  /// Places that are written as runs: a count and the place that is repeated, or a 0 and what follows it. What no run reaches has the
  /// table's first color.
  private func runs() throws -> [UInt8] {
    var places = [UInt8](repeating: 0, count: width * height)
    var (x, row, place) = (0, 0, header.start)
    let perByte = header.compression == .runs4 ? 2 : 1

    func next() throws -> Int {
      guard place < bytes.count else { throw FormatError.truncated("BMP picture", path, "Its last run is not there.") }
      defer { place += 1 }
      return Int(bytes[place])
    }
    /// Writes a pixel; those beyond the end of a row are passed over, as other readers do.
    func put(_ color: Int) throws {
      guard row < height else { throw FormatError.corrupt("BMP picture", path, "Its runs go on above its first row.") }
      if x < width { places[(height - 1 - row) * width + x] = UInt8(truncatingIfNeeded: color) }
      x += 1
    }
    /// The one or two places that a byte holds.
    func color(_ byte: Int, _ number: Int) -> Int {
      perByte == 1 ? byte : number % 2 == 0 ? byte >> 4 : byte & 15
    }

    while true {
      let count = try next()
      let what = try next()
      switch (count, what) {
      case (0, 0): (x, row) = (0, row + 1)
      case (0, 1): return places
      case (0, 2):
        x += try next()
        row += try next()
      case (0, _):
        var byte = 0
        for number in 0..<what {
          if number % perByte == 0 { byte = try next() }
          try put(color(byte, number))
        }
        // Whole groups of 2 bytes.
        if (what + perByte - 1) / perByte % 2 == 1 { _ = try next() }
      default:
        for number in 0..<count { try put(color(what, number)) }
      }
    }
  }

  // MARK: Colors in the pixels

  private func direct() throws -> Raster {
    let size = header.bits / 8
    let (red, green, blue, opacity) = (header.masks[0], header.masks[1], header.masks[2], header.masks[3])
    let channels = opacity.largest > 0 ? 4 : 3
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height * channels)
    var isSeen = false
    for y in 0..<height {
      let start = start(ofRow: y)
      for x in 0..<width {
        let place = start + x * size
        if size == 3 {
          pixels.append(bytes[place + 2])
          pixels.append(bytes[place + 1])
          pixels.append(bytes[place])
          continue
        }
        var pixel: UInt32 = 0
        for byte in 0..<size { pixel |= UInt32(bytes[place + byte]) << UInt32(8 * byte) }
        pixels.append(red.value(pixel))
        pixels.append(green.value(pixel))
        pixels.append(blue.value(pixel))
        guard channels == 4 else { continue }
        let alpha = opacity.value(pixel)
        isSeen = isSeen || alpha > 0
        pixels.append(alpha)
      }
    }
    guard channels == 4, !isSeen else {
      return try Raster(width: width, height: height, channels: channels, bytes: pixels).composed()
    }
    // A picture that can be seen nowhere was written by a program that leaves these bits alone.
    let opaque = stride(from: 0, to: pixels.count, by: 4).flatMap { pixels[$0..<$0 + 3] }
    return try Raster(width: width, height: height, channels: 3, bytes: opaque)
  }
}
