import Graphics
import Testing

@testable import Formats

/// Files of `Tests/Fixtures/formats.py`, with the pixels that Pillow reads from them.
struct BMPTests {
  @Test(arguments: [
    "bits", "gray", "picture", "colors1", "colors4", "colors8", "core", "top-down", "555", "565", "32", "32-masks", "runs8",
    "runs4",
  ])
  func everyKindHasThePixelsThatPillowReads(name: String) throws {
    let raster = try ImageFile.read(Fixture.path("\(name).bmp"))
    let expected = try NPY.read(Fixture.path("\(name)-bmp.npy"))
    #expect([raster.height, raster.width] + (raster.channels == 1 ? [] : [raster.channels]) == expected.shape)
    #expect(raster.bytes.map(Float.init) == expected.values)
  }

  @Test func opacityIsLaidOntoWhite() throws {
    let expected = try NPY.read(Fixture.path("alpha-bmp.npy"))
    let whole = try Raster(width: 13, height: 7, channels: 4, bytes: expected.values.map { UInt8($0) })
    #expect(try ImageFile.read(Fixture.path("alpha.bmp")) == whole.composed())
  }

  @Test func opacityThatIsNowhereIsNone() throws {
    var bytes = try Fixture.bytes("alpha.bmp")
    let start = Int(bytes[10])
    for place in stride(from: start + 3, to: bytes.count, by: 4) { bytes[place] = 0 }
    let raster = try PictureDecoder().decode(bytes, path: "a")
    let expected = try NPY.read(Fixture.path("alpha-bmp.npy")).values.map { UInt8($0) }
    var colors: [UInt8] = []
    for pixel in 0..<13 * 7 { colors += expected[4 * pixel..<4 * pixel + 3] }
    #expect(raster.bytes == colors)
  }

  /// What no run reaches has the first color.
  @Test func runsMayEndEarly() throws {
    var bytes = try Fixture.bytes("runs8.bmp")
    let start = Int(bytes[10])
    bytes.replaceSubrange(start..., with: [2, 5, 0, 1])
    let raster = try PictureDecoder().decode(bytes, path: "a")
    let (first, fifth): ([UInt8], [UInt8]) = ([255, 40, 0], [190, 95, 35])
    var pixels: [UInt8] = []
    for place in 0..<7 * 13 { pixels += place == 6 * 13 || place == 6 * 13 + 1 ? fifth : first }
    #expect(raster.bytes == pixels)
  }

  /// The place where the table begins, told for that of the pixels.
  @Test func pixelsBeginBehindTheTable() throws {
    var bytes = try Fixture.bytes("colors8.bmp")
    let picture = try PictureDecoder().decode(bytes, path: "a")
    (bytes[10], bytes[11]) = (54, 0)
    #expect(try PictureDecoder().decode(bytes, path: "a") == picture)
  }

  @Test func aColorThatTheTableDoesNotHoldIsBlack() throws {
    var bytes = try Fixture.bytes("colors8.bmp")
    let (start, palette) = (Int(bytes[10]) + Int(bytes[11]) << 8, 14 + Int(bytes[14]))
    let color = Array(bytes[palette..<palette + 3].reversed())
    // A table of one color; the picture begins in its lowest row.
    bytes[46] = 1
    for place in start..<bytes.count { bytes[place] = 0 }
    bytes[start] = 1
    let raster = try PictureDecoder().decode(bytes, path: "a")
    #expect(
      raster.bytes == Array([[UInt8]](repeating: color, count: 13 * 6).joined()) + [0, 0, 0]
        + Array([[UInt8]](repeating: color, count: 12).joined()))
  }

  /// Pixels of 2 bits, which Pillow does not read: the 4 bits of another file taken two and two.
  @Test func twoBits() throws {
    var bytes = try Fixture.bytes("colors1.bmp")
    bytes[28] = 2
    bytes.removeLast(bytes.count - Int(bytes[10]))
    for _ in 0..<7 { bytes += [0b0001_0100, 0b0101_0000, 0b0000_0001, 0b0100_0000] }
    let places = [0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1]
    let colors: [[UInt8]] = [[255, 40, 0], [242, 51, 7]]
    var pixels: [UInt8] = []
    for _ in 0..<7 { for place in places { pixels += colors[place] } }
    #expect(try PictureDecoder().decode(bytes, path: "a").bytes == pixels)
  }

  @Test(arguments: [1, 3, 4])
  func whatIsWrittenIsReadBack(channels: Int) throws {
    try Fixture.withFolder { folder in
      for width in 1...5 {
        let bytes = (0..<width * 3 * channels).map { UInt8(truncatingIfNeeded: $0 * 37) }
        let raster = try Raster(width: width, height: 3, channels: channels, bytes: bytes)
        try ImageFile.write(raster, to: "\(folder)/a.bmp")
        #expect(try ImageFile.read("\(folder)/a.bmp") == raster.composed())
      }
    }
  }

  @Test(arguments: [
    (14, 41, "this is not a picture"), (28, 5, "the BMP picture is damaged"), (30, 4, "this kind of BMP picture cannot be read"),
    (30, 1, "the BMP picture is damaged"), (46, 255, "the BMP picture is damaged"), (10, 20, "the BMP picture is damaged"),
    (18, 0, "the picture is damaged"), (21, 0x7f, "the picture is too large"), (22, 200, "the BMP picture is cut off"),
  ])
  func damageIsRefused(place: Int, byte: UInt8, title: String) throws {
    var bytes = try Fixture.bytes("colors4.bmp")
    bytes[place] = byte
    #expect(formatError { _ = try PictureDecoder().decode(bytes, path: "a") }?.title == title, "\(place)")
  }

  @Test func aShortFileOfRunsMayNotClaimMuch() throws {
    var bytes = try Fixture.bytes("runs8.bmp")
    bytes[20] = 1
    #expect(formatError { _ = try PictureDecoder().decode(bytes, path: "a") }?.title == "the BMP picture is damaged")
  }
}
