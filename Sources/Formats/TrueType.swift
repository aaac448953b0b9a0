import Glibc
import Graphics

/// A TrueType font in memory, with the tables that an embedded font of PDF needs (Apple, "TrueType Reference Manual"; ISO 32000-1, 9.9).
enum TrueType {
  /// A glyph as closed outlines in thousandths of the font's size, all wound alike: where they overlap, they are one surface.
  struct Glyph {
    let contours: [[(x: Int, y: Int)]]
    let advance: Int

    init(_ letter: Letter) {
      let radius = letter.penWidth / 2
      contours =
        letter.lines.flatMap { line in
          line.count == 1
            ? [Glyph.round(line[0], radius)] : zip(line, line.dropFirst()).map { Glyph.capsule($0, $1, radius) }
        } + letter.dots.map { Glyph.round($0, letter.dotRadius) }
      advance = Int((letter.advance * 100).rounded())
    }

    private static func unit(_ x: Double, _ y: Double) -> (x: Int, y: Int) {
      // The font's numbers have 16 bits.
      (Int(min(max(x * 100, -30_000), 30_000).rounded()), Int(min(max(y * 100, -30_000), 30_000).rounded()))
    }

    private static func round(_ center: Canvas.Point, _ radius: Double) -> [(x: Int, y: Int)] {
      (0..<16).map { step in
        let angle = -Double(step) * .pi / 8
        return unit(center.x + radius * cos(angle), center.y + radius * sin(angle))
      }
    }

    /// What a round pen covers along a stretch.
    private static func capsule(_ from: Canvas.Point, _ to: Canvas.Point, _ radius: Double) -> [(x: Int, y: Int)] {
      guard from != to else { return round(from, radius) }
      let direction = atan2(to.y - from.y, to.x - from.x)
      return [(to, 0.5), (from, -0.5)].flatMap { center, quarter in
        (0...6).map { step in
          let angle = direction + .pi * (quarter - Double(step) / 6)
          return unit(center.x + radius * cos(angle), center.y + radius * sin(angle))
        }
      }
    }
  }

  /// A font of these glyphs; the first stands for what is missing.
  static func font(_ glyphs: [Glyph]) -> [UInt8] {
    var (glyf, loca): ([UInt8], [UInt8]) = ([], [])
    var metrics: [UInt8] = []
    var (mostPoints, mostContours) = (0, 0)
    for glyph in glyphs {
      loca += big(UInt32(truncatingIfNeeded: glyf.count))
      let places = glyph.contours.flatMap { $0 }
      metrics += big(glyph.advance) + big(places.map(\.x).min() ?? 0)
      mostPoints = max(mostPoints, places.count)
      mostContours = max(mostContours, glyph.contours.count)
      glyf += outline(glyph)
    }
    loca += big(UInt32(truncatingIfNeeded: glyf.count))
    let widest = glyphs.map(\.advance).max() ?? 0
    // The fields of each table in their order; zeros where nothing is said.
    let head =
      big(UInt32(0x0001_0000)) + big(UInt32(0x0001_0000)) + big(UInt32(0)) + big(UInt32(0x5f0f_3cf5)) + big(3) + big(1000)
      + [UInt8](repeating: 0, count: 16) + big(-200) + big(-300) + big(1000) + big(1000) + big(0) + big(8) + big(2) + big(1)
      + big(0)
    let hhea =
      big(UInt32(0x0001_0000)) + big(800) + big(-250) + big(0) + big(widest) + big(-200) + big(-200) + big(1000) + big(1) + big(0)
      + [UInt8](repeating: 0, count: 12) + big(glyphs.count)
    let maxp =
      big(UInt32(0x0001_0000)) + big(glyphs.count) + big(mostPoints) + big(mostContours) + big(0) + big(0) + big(2)
      + [UInt8](repeating: 0, count: 16)
    return file([("glyf", glyf), ("head", head), ("hhea", hhea), ("hmtx", metrics), ("loca", loca), ("maxp", maxp)])
  }

  private static func outline(_ glyph: Glyph) -> [UInt8] {
    let places = glyph.contours.flatMap { $0 }
    guard !places.isEmpty else { return [] }
    let (x, y) = (places.map(\.x), places.map(\.y))
    var bytes = big(glyph.contours.count) + big(x.min() ?? 0) + big(y.min() ?? 0) + big(x.max() ?? 0) + big(y.max() ?? 0)
    var end = -1
    for contour in glyph.contours {
      end += contour.count
      bytes += big(end)
    }
    bytes += big(0)
    var (flags, across, up): ([UInt8], [UInt8], [UInt8]) = ([], [], [])
    var last = (x: 0, y: 0)
    for place in places {
      // On the outline; and how each coordinate's step is written.
      var flag: UInt8 = flags.isEmpty ? 0x41 : 0x01
      across += step(place.x - last.x, short: 0x02, same: 0x10, &flag)
      up += step(place.y - last.y, short: 0x04, same: 0x20, &flag)
      flags.append(flag)
      last = place
    }
    bytes += flags + across + up
    while bytes.count % 4 != 0 { bytes.append(0) }
    return bytes
  }

  private static func step(_ step: Int, short: UInt8, same: UInt8, _ flag: inout UInt8) -> [UInt8] {
    if step == 0 {
      flag |= same
      return []
    }
    guard abs(step) < 256 else { return big(step) }
    flag |= short | (step > 0 ? same : 0)
    return [UInt8(abs(step))]
  }

  private static func file(_ tables: [(tag: String, bytes: [UInt8])]) -> [UInt8] {
    // The largest power of two that is not above the number of tables, 4, in the forms that a search takes.
    var directory = big(UInt32(0x0001_0000)) + big(tables.count) + big(64) + big(2) + big(tables.count * 16 - 64)
    var place = 12 + tables.count * 16
    var body: [UInt8] = []
    var headPlace = 0
    for (tag, bytes) in tables {
      let padded = bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
      if tag == "head" { headPlace = place }
      directory +=
        Array(tag.utf8) + big(sum(padded)) + big(UInt32(truncatingIfNeeded: place)) + big(UInt32(truncatingIfNeeded: bytes.count))
      body += padded
      place += padded.count
    }
    var file = directory + body
    file.replaceSubrange(headPlace + 8..<headPlace + 12, with: big(0xb1b0_afba &- sum(file)))
    return file
  }

  private static func sum(_ bytes: [UInt8]) -> UInt32 {
    var total: UInt32 = 0
    for start in stride(from: 0, to: bytes.count - 3, by: 4) {
      total &+=
        UInt32(bytes[start]) << 24 | UInt32(bytes[start + 1]) << 16 | UInt32(bytes[start + 2]) << 8 | UInt32(bytes[start + 3])
    }
    return total
  }

  /// A number of 16 bits, the high byte first.
  private static func big(_ number: Int) -> [UInt8] {
    let bits = UInt16(truncatingIfNeeded: number)
    return [UInt8(bits >> 8), UInt8(bits & 255)]
  }

  private static func big(_ number: UInt32) -> [UInt8] {
    [UInt8(number >> 24), UInt8(number >> 16 & 255), UInt8(number >> 8 & 255), UInt8(number & 255)]
  }
}
