import Graphics
import Testing

@testable import Formats

/// The formula of the pictures in `Tests/Fixtures/formats.py`.
private func pattern(_ height: Int, _ width: Int, _ channels: Int) -> [UInt8] {
  var bytes: [UInt8] = []
  for y in 0..<height {
    for x in 0..<width {
      for c in 0..<channels { bytes.append(UInt8((17 * x + 31 * y + 63 * c) % 256)) }
    }
  }
  return bytes
}

struct PictureTests {
  @Test func netpbmPicturesHaveThePixelsThatPillowReads() throws {
    #expect(try ImageFile.read(Fixture.path("gray.pgm")) == ImageFile.read(Fixture.path("gray.png")))
    #expect(try ImageFile.read(Fixture.path("color.ppm")) == ImageFile.read(Fixture.path("color.png")))
    #expect(try ImageFile.read(Fixture.path("bits.pbm")) == ImageFile.read(Fixture.path("bits.png")))
    #expect(try ImageFile.read(Fixture.path("wide.pgm")) == ImageFile.read(Fixture.path("gray16.png")))
    for name in ["text.ppm", "text.pbm", "low.pgm"] {
      let expected = try NPY.read(Fixture.path(name.replacing(".", with: "-") + ".npy"))
      #expect(try ImageFile.read(Fixture.path(name)).bytes.map(Float.init) == expected.values, "\(name)")
    }
  }

  @Test func netpbmPicturesAreWrittenAndReadBack() throws {
    try Fixture.withFolder { folder in
      for (channels, name) in [(1, "a.pgm"), (3, "b.ppm")] {
        let raster = try Raster(width: 13, height: 7, channels: channels, bytes: pattern(7, 13, channels))
        try ImageFile.write(raster, to: "\(folder)/\(name)")
        #expect(try ImageFile.read("\(folder)/\(name)") == raster)
      }
    }
  }

  @Test(arguments: [
    ("P6", "this is not a picture"), ("P6\n1 1", "the PNM picture is cut off"),
    ("P6\n1 1\n255\nab", "the PNM picture is cut off"),
    ("P6 x 1 255 ", "the PNM picture is damaged"), ("P5 1 1 0 a", "the PNM picture is damaged"),
    ("P5 1 1 70000 a", "the PNM picture is damaged"), ("P2 1 1 9 10", "the PNM picture is damaged"),
    ("P2 1 1 9 x", "the PNM picture is damaged"), ("P5 0 1 9 ", "the picture is damaged"),
    ("P5 99999999 99999999 9 ", "the picture is too large"), ("P4 800 9000 a", "the PNM picture is cut off"),
    ("P5 99999999999999999999 1 9 ", "the PNM picture is damaged"), ("P2 3 1 9 1 2", "the PNM picture is cut off"),
  ])
  func damagedNetpbmPicturesAreRefused(text: String, title: String) {
    #expect(formatError { _ = try PictureDecoder().decode(Array(text.utf8), path: "a") }?.title == title, "\(text)")
  }

  @Test func aGrayPNGKeepsItsBytes() throws {
    let raster = try ImageFile.read(Fixture.path("gray.png"))
    #expect((raster.width, raster.height, raster.channels) == (13, 7, 1))
    #expect(raster.bytes == pattern(7, 13, 1))
  }

  @Test func aColorPNGKeepsItsBytes() throws {
    let raster = try ImageFile.read(Fixture.path("color.png"))
    #expect(raster.channels == 3)
    #expect(raster.bytes == pattern(7, 13, 3))
  }

  @Test func sixteenBitsStaySixteen() throws {
    let raster = try ImageFile.read(Fixture.path("gray16.png"))
    #expect(raster.bytes == pattern(7, 13, 1))
    #expect(raster.words == pattern(7, 13, 1).map { UInt16($0) * 257 })
  }

  @Test func bitsBecomeBlackAndWhite() throws {
    #expect(try ImageFile.read(Fixture.path("bits.png")).bytes == pattern(7, 13, 1).map { $0 > 127 ? 255 : 0 })
  }

  @Test func opacityIsLaidOntoWhite() throws {
    let raster = try ImageFile.read(Fixture.path("alpha.png"))
    let source = pattern(7, 13, 4)
    var expected: [UInt8] = []
    for pixel in 0..<7 * 13 {
      let alpha = Double(source[pixel * 4 + 3]) / 255
      for c in 0..<3 { expected.append(UInt8((Double(source[pixel * 4 + c]) * alpha + 255 * (1 - alpha)).rounded())) }
    }
    #expect(raster.channels == 3)
    #expect(raster.bytes == expected)
  }

  @Test func grayWithOpacityStaysGray() throws {
    let raster = try ImageFile.read(Fixture.path("gray-alpha.png"))
    let source = pattern(7, 13, 2)
    let expected = (0..<7 * 13).map { pixel -> UInt8 in
      let alpha = Double(source[pixel * 2 + 1]) / 255
      return UInt8((Double(source[pixel * 2]) * alpha + 255 * (1 - alpha)).rounded())
    }
    #expect(raster.channels == 1)
    #expect(raster.bytes == expected)
  }

  @Test func aPaletteIsLookedUp() throws {
    let colors: [[UInt8]] = [[0, 0, 0], [255, 0, 0], [0, 255, 0], [10, 20, 30]]
    let places = pattern(7, 13, 1).map { Int($0 % 4) }
    #expect(try ImageFile.read(Fixture.path("palette.png")).bytes == places.flatMap { colors[$0] })
    let transparent = places.flatMap { $0 == 1 ? [255, 255, 255] : colors[$0] }
    #expect(try ImageFile.read(Fixture.path("palette-transparent.png")).bytes == transparent)
  }

  @Test(arguments: ["gray", "color", "progressive", "ink"])
  func aJPEGIsReadAsPillowReadsIt(name: String) throws {
    let raster = try ImageFile.read(Fixture.path("\(name).jpg"))
    let expected = try NPY.read(Fixture.path("\(name)-jpg.npy"))
    #expect([raster.height, raster.width] == Array(expected.shape.prefix(2)))
    let worst = zip(raster.bytes, expected.values).map { abs(Float($0) - $1) }.max()
    #expect(raster.bytes.count == expected.values.count)
    // Two versions of the library may upsample colors in slightly different ways.
    #expect(try #require(worst) <= 2)
  }

  @Test func aJPEGReadInGrayAgreesWithOneMadeGray() throws {
    let direct = try ImageFile.read(Fixture.path("color.jpg"), channels: .gray)
    let converted = try ImageFile.read(Fixture.path("color.jpg")).gray()
    let worst = zip(direct.bytes, converted.bytes).map { abs(Int($0) - Int($1)) }.max()
    #expect(try #require(worst) <= 8)
  }

  @Test func aLargeJPEGIsReducedWhileDecoding() throws {
    let raster = try ImageFile.read(Fixture.path("large.jpg"), atLeast: (width: 60, height: 40))
    #expect((raster.width, raster.height) == (60, 40))
    let expected = try NPY.read(Fixture.path("large-jpg-40x60.npy"))
    let worst = zip(raster.bytes, expected.values).map { abs(Float($0) - $1) }.max()
    #expect(try #require(worst) <= 4)
  }

  @Test(arguments: [1, 3, 4])
  func aPNGComesBackAsWritten(channels: Int) throws {
    let raster = try Raster(width: 13, height: 7, channels: channels, bytes: pattern(7, 13, channels))
    try Fixture.withFolder { folder in
      try ImageFile.write(raster, to: "\(folder)/a.png")
      let back = try ImageFile.read("\(folder)/a.png")
      #expect(back == (channels == 4 ? raster.composed() : raster))
    }
  }

  @Test(arguments: [1, 3])
  func aJPEGComesBackNearly(channels: Int) throws {
    let smooth = (0..<40 * 30 * channels).map { UInt8(($0 / channels % 40) * 4 + $0 % channels * 20) }
    let raster = try Raster(width: 40, height: 30, channels: channels, bytes: smooth)
    try Fixture.withFolder { folder in
      try ImageFile.write(raster, to: "\(folder)/a.jpeg", quality: 95)
      let back = try ImageFile.read("\(folder)/a.jpeg")
      #expect(back.channels == channels)
      let worst = zip(back.bytes, raster.bytes).map { abs(Int($0) - Int($1)) }.max()
      #expect(try #require(worst) <= 8)
    }
  }

  @Test func anUnknownEndingIsRefused() throws {
    let raster = try Raster(width: 1, height: 1, channels: 1)
    #expect(formatError { try ImageFile.write(raster, to: "/tmp/a.gif") }?.advice.contains(".gif") == true)
    #expect(formatError { try ImageFile.write(raster, to: "/tmp/a") }?.advice.contains(".png") == true)
  }

  @Test(arguments: [
    ("table.csv", "text"), ("u1.idx", "IDX"),
  ])
  func otherFilesAreNamedInTheError(name: String, word: String) {
    let error = formatError { _ = try ImageFile.read(Fixture.path(name)) }
    #expect(error?.title == "this is not a picture")
    #expect(error?.advice.contains(word) == true)
  }

  @Test func aTextUnderThePictureNameIsRefused() throws {
    try Fixture.withFolder { folder in
      try AtomicFile.write("\(folder)/a.png", Array("hello\n".utf8))
      #expect(formatError { _ = try ImageFile.read("\(folder)/a.png") }?.advice.contains("a text file") == true)
    }
  }

  /// A PNG of a few bytes that says it is 16000 pixels wide and high.
  @Test func aHugeClaimIsRefusedBeforeRoomIsMade() throws {
    var bytes = try Fixture.bytes("gray.png")
    for (place, value) in zip(16..<24, [0, 0, 0x3e, 0x80, 0, 0, 0x3e, 0x80] as [UInt8]) { bytes[place] = value }
    let error = formatError { _ = try PictureDecoder().decode(bytes, path: "a.png") }
    #expect(error?.advice.contains("16000×16000") == true)
    var jpeg = try Fixture.bytes("gray.jpg")
    let frame = try #require(jpeg.indices.dropLast().first { jpeg[$0] == 0xff && jpeg[$0 + 1] == 0xc0 })
    for (place, value) in zip(frame + 5..<frame + 9, [0x3e, 0x80, 0x3e, 0x80] as [UInt8]) { jpeg[place] = value }
    #expect(formatError { _ = try PictureDecoder().decode(jpeg, path: "a.jpg") } != nil)
  }
}
