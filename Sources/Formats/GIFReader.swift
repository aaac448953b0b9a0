import Graphics

/// The first picture of a GIF file (CompuServe, GIF87a and GIF89a), on the screen that the file describes.
struct GIFReader: PictureReader {
  func header(_ bytes: [UInt8], path: String) throws -> PictureHeader { try Frame(bytes, path).picture }

  func decode(
    _ bytes: [UInt8], path: String, channels: ImageFile.Channels, atLeast: (width: Int, height: Int)?
  ) throws -> Raster {
    let frame = try Frame(bytes, path)
    let places = try GIFReader.places(bytes, frame, path)
    let table = (0..<256).map { place in
      place == frame.transparent ? [255, 255, 255] : place < frame.colors.count ? frame.colors[place] : [0, 0, 0]
    }
    return try Raster(
      width: frame.picture.width, height: frame.picture.height, channels: frame.picture.isColor ? 3 : 1,
      places: GIFReader.screen(places, frame), in: table
    ).read(in: channels)
  }

  /// The places of all pixels of the screen. What the picture does not cover is transparent where it has a transparent color, else of the
  /// first color, as in Pillow.
  private static func screen(_ places: [UInt8], _ frame: Frame) -> [UInt8] {
    let (width, height) = (frame.picture.width, frame.picture.height)
    guard frame.isInterlaced || frame.width != width || frame.height != height else { return places }
    var screen = [UInt8](repeating: UInt8(truncatingIfNeeded: frame.transparent ?? 0), count: width * height)
    for y in 0..<frame.height {
      let row = frame.isInterlaced ? stored(row: y, of: frame.height) : y
      let to = (frame.y + y) * width + frame.x
      screen.replaceSubrange(to..<to + frame.width, with: places[row * frame.width..<(row + 1) * frame.width])
    }
    return screen
  }

  /// Where row `y` of an interlaced picture of `height` rows stands: every eighth row comes first, then those between, in four passes.
  private static func stored(row y: Int, of height: Int) -> Int {
    if y % 8 == 0 { return y / 8 }
    if y % 8 == 4 { return (height + 7) / 8 + y / 8 }
    if y % 4 == 2 { return (height + 3) / 4 + y / 4 }
    return (height + 1) / 2 + y / 2
  }

  /// What stands before the pixels of the first picture.
  private struct Frame {
    let picture: PictureHeader
    let x: Int
    let y: Int
    let width: Int
    let height: Int
    let isInterlaced: Bool
    /// Red, green, blue of each.
    let colors: [[UInt8]]
    let transparent: Int?
    /// Where the pixels begin.
    let start: Int

    init(_ bytes: [UInt8], _ path: String) throws {
      func byte(_ place: Int) throws -> Int {
        guard place < bytes.count else { throw FormatError.truncated("GIF picture", path) }
        return Int(bytes[place])
      }
      func word(_ place: Int) throws -> Int { try byte(place) | byte(place + 1) << 8 }
      func table(_ flags: Int, _ place: inout Int) throws -> [[UInt8]]? {
        guard flags & 0x80 != 0 else { return nil }
        let count = 2 << (flags & 7)
        _ = try byte(place + 3 * count - 1)
        defer { place += 3 * count }
        return (0..<count).map { Array(bytes[place + 3 * $0..<place + 3 * $0 + 3]) }
      }
      let (screenWidth, screenHeight) = (try word(6), try word(8))
      var place = 13
      let common = try table(byte(10), &place)
      var transparent: Int?
      reading: while true {
        switch try byte(place) {
        case 0x2c: break reading
        case 0x3b: throw FormatError.corrupt("GIF picture", path, "It ends before the first picture.")
        case 0x21:
          if try byte(place + 1) == 0xf9, try byte(place + 2) >= 4 {
            transparent = try byte(place + 3) & 1 == 1 ? byte(place + 6) : nil
          }
          place += 2
          while case let count = try byte(place), count > 0 { place += count + 1 }
          place += 1
        // Bytes between two parts, which other readers pass over.
        default: place += 1
        }
      }
      x = try word(place + 1)
      y = try word(place + 3)
      width = try word(place + 5)
      height = try word(place + 7)
      let flags = try byte(place + 9)
      isInterlaced = flags & 0x40 != 0
      place += 10
      let own = try table(flags, &place)
      // Without any table the places are shades.
      colors = own ?? common ?? (0..<256).map { [UInt8($0), UInt8($0), UInt8($0)] }
      self.transparent = transparent
      start = place
      let isColor = colors.contains { $0[0] != $0[1] || $0[1] != $0[2] }
      // A screen that is smaller than its first picture is as large as that.
      picture = try PictureHeader(
        width: max(screenWidth, x + width), height: max(screenHeight, y + height), isColor: isColor, path: path)
      guard width > 0, height > 0 else {
        throw FormatError.corrupt("GIF picture", path, "Its first picture claims to be \(width)×\(height) pixels.")
      }
      // A code of 9 bits and more gives at most 4096 pixels; what the picture leaves of the screen may be empty, up to some measure.
      guard width * height / 4096 <= bytes.count - start else {
        throw FormatError.corrupt("GIF picture", path, "It claims \(width)×\(height) pixels, for which it is too short.")
      }
    }
  }

  /// The places in the table of colors, in the order in which they are stored: codes of Lempel, Ziv and Welch, the lowest bits first
  /// (GIF89a, appendix F).
  private static func places(_ bytes: [UInt8], _ frame: Frame, _ path: String) throws -> [UInt8] {
    let count = frame.width * frame.height
    let cutOff = FormatError.truncated("GIF picture", path, "Its pixels end too early.")
    var place = frame.start
    guard place < bytes.count else { throw cutOff }
    let bits = Int(bytes[place])
    place += 1
    guard (1...11).contains(bits) else {
      throw FormatError.corrupt("GIF picture", path, "Its codes begin with \(bits) bits.")
    }
    let (clear, end) = (1 << bits, 1 << bits + 1)
    // Each sequence is a shorter one and a byte.
    var shorter = [UInt16](repeating: 0, count: 4096)
    var last = [UInt8](repeating: 0, count: 4096)
    var length = [Int](repeating: 1, count: 4096)
    for code in 0..<clear { last[code] = UInt8(truncatingIfNeeded: code) }
    var (next, width, previous) = (end + 1, bits + 1, -1)
    var pixels = [UInt8](repeating: 0, count: count)
    var filled = 0
    var (buffer, held, left) = (0, 0, 0)
    while filled < count {
      while held < width {
        if left == 0 {
          guard place < bytes.count, bytes[place] > 0 else { throw cutOff }
          left = Int(bytes[place])
          place += 1
        }
        guard place < bytes.count else { throw cutOff }
        buffer |= Int(bytes[place]) << held
        held += 8
        place += 1
        left -= 1
      }
      let code = buffer & (1 << width - 1)
      buffer >>= width
      held -= width
      if code == clear {
        (next, width, previous) = (end + 1, bits + 1, -1)
        continue
      }
      guard code != end else { throw cutOff }
      guard code < next || code == next && previous >= 0 else {
        throw FormatError.corrupt("GIF picture", path, "A code stands for a sequence that there is not yet.")
      }
      // The sequence that is just being made ends as it begins.
      let isNew = code == next
      var source = isNew ? previous : code
      let total = length[source] + (isNew ? 1 : 0)
      var target = filled + total - 1
      if isNew { target -= 1 }
      while true {
        if target < count { pixels[target] = last[source] }
        guard length[source] > 1 else { break }
        source = Int(shorter[source])
        target -= 1
      }
      let first = last[source]
      if isNew, filled + total - 1 < count { pixels[filled + total - 1] = first }
      if previous >= 0, next < 4096 {
        shorter[next] = UInt16(previous)
        last[next] = first
        length[next] = length[previous] + 1
        next += 1
        if next == 1 << width, width < 12 { width += 1 }
      }
      previous = code
      filled += total
    }
    return pixels
  }
}
