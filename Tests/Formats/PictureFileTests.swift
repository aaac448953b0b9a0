import Graphics
import Testing

@testable import Formats

/// The pictures that `Tests/Fixtures/pictures.py` wrote, each with the numbers that Pillow reads from it.
struct PictureFileTests {
  static let files: [String: NumericArray] = {
    let arrays = (try? NPZ.read(Fixture.path("../pictures/expected.npz")).arrays) ?? []
    return Dictionary(arrays.map { ($0.name, $0.array) }) { first, _ in first }
  }()

  @Test func thereAreFilesOfEveryFormat() {
    for ending in ["png", "jpg", "gif", "webp", "ppm", "pam"] {
      #expect(Self.files.keys.count { $0.hasSuffix(".\(ending)") } >= 5, "\(ending)")
    }
  }

  @Test(arguments: files.keys.sorted())
  func theNumbersAreThoseOfPillow(name: String) throws {
    let raster = try ImageFile.read(Fixture.path("../pictures/\(name)"))
    let expected = try #require(Self.files[name])
    #expect([raster.height, raster.width] == Array(expected.shape.prefix(2)))
    #expect((raster.words != nil) == (expected.element == .uint16))
    var numbers = raster.words.map { $0.map(Float.init) } ?? raster.bytes.map(Float.init)
    // What Pillow has made colors of may be gray.
    if raster.channels == 1, expected.values.count == 3 * numbers.count { numbers = numbers.flatMap { [$0, $0, $0] } }
    try #require(numbers.count == expected.values.count)
    let worst = zip(numbers, expected.values).map { abs($0 - $1) }.max() ?? 0
    // Two versions of the library may upsample colors in slightly different ways.
    #expect(worst <= (name.hasSuffix(".jpg") ? 2 : 0))
  }

  /// A lossless WebP of a transparent pixel and one that can be seen, with the bit that says so, and without it.
  @Test func opacityThatAWebPDoesNotHaveIsPassedOver() throws {
    var bytes: [UInt8] = [
      82, 73, 70, 70, 34, 0, 0, 0, 87, 69, 66, 80, 86, 80, 56, 76, 21, 0, 0, 0, 47, 1, 0, 0, 16, 15, 112, 10, 168, 43, 248, 158,
      194,
      99, 255, 131, 7, 25, 209, 255, 0, 0,
    ]
    #expect(try PictureDecoder().decode(bytes, path: "a").bytes == [255, 255, 255, 10, 20, 30])
    bytes[24] ^= 0x10
    #expect(try PictureDecoder().decode(bytes, path: "a").bytes == [200, 100, 50, 10, 20, 30])
  }

  @Test(arguments: files.keys.sorted())
  func theHeaderTellsThePicture(name: String) throws {
    let bytes = try FileBytes.read(Fixture.path("../pictures/\(name)"))
    let decoder = PictureDecoder()
    let header = try decoder.header(bytes, path: name)
    let raster = try decoder.decode(bytes, path: name)
    #expect((header.width, header.height, header.isColor) == (raster.width, raster.height, raster.channels == 3))
    #expect((header.depth == 16) == (raster.words != nil))
    for (channels, count) in [(ImageFile.Channels.gray, 1), (.color, 3)] {
      let other = try decoder.decode(bytes, path: name, channels: channels)
      #expect((other.width, other.height, other.channels) == (raster.width, raster.height, count))
    }
  }

  /// Of a picture that lies on its side the sides that are asked for are those of the upright one.
  @Test func aTurnedJPEGIsReducedToTheSizeAskedFor() throws {
    let raster = try ImageFile.read(Fixture.path("../pictures/exif6.jpg"), atLeast: (width: 4, height: 8))
    #expect((raster.width, raster.height) == (4, 9))
  }

  /// A few bytes a scan are enough to go over all pixels once more.
  @Test func manyScansAreRefused() throws {
    let bytes = try FileBytes.read(Fixture.path("../pictures/progressive.jpg"))
    let end = bytes.count - 2
    let scan = try #require(bytes.indices.dropLast().last { bytes[$0] == 0xff && bytes[$0 + 1] == 0xda })
    let bomb = bytes[..<end] + [[UInt8]](repeating: Array(bytes[scan..<end]), count: 600).joined() + bytes[end...]
    let error = formatError { _ = try PictureDecoder().decode(Array(bomb), path: "a") }
    #expect(error?.title == "the JPEG picture takes too long to read")
    #expect(error?.advice.contains("at most 500") == true)
  }

  @Test(arguments: [
    ("II*\0", "TIFF"), ("MM\0+", "TIFF"), ("\0\0\0\u{20}ftypavif", "AVIF"), ("\0\0\0\u{18}ftypheic", "HEIC"),
    ("8BPS\0\u{1}", "Photoshop"),
    ("\0\0\0\u{c}jP  \r\n", "JPEG 2000"), ("\0\0\0\u{c}JXL \r\n", "JPEG XL"), ("qoif", "QOI"), ("DDS ", "DDS"), ("icns", "icon"),
    ("v/1\u{1}", "OpenEXR"), ("#?RADIANCE\n", "Radiance"), ("PF\n3 3\n", "PFM"), ("<svg xmlns=", "SVG"), ("%PDF-1.4", "PDF"),
    ("<?xml version='1.0'?>\n<svg ", "SVG"), ("SIMPLE  =  T", "FITS"), ("\0\0\0\u{18}ftypisom", "film"),
  ])
  func otherPicturesAreRefusedByName(text: String, name: String) {
    let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: 100)
    let error = formatError { _ = try PictureDecoder().decode(bytes, path: "a.png") }
    #expect(error?.title == "this is not a picture" || error?.title == "pictures of this kind cannot be read")
    #expect(error?.advice.contains(name) == true, "\(error?.advice ?? "")")
  }

  @Test(arguments: [
    ("interlaced0.gif", 40), ("lossless.webp", 40), ("lossy.webp", 60), ("frames.webp", 100), ("map3-255.pam", 60),
    ("kind2-16-1.png", 120),
  ])
  func cutOffPicturesAreRefused(name: String, length: Int) throws {
    let bytes = Array(try FileBytes.read(Fixture.path("../pictures/\(name)")).prefix(length))
    let error = formatError { _ = try PictureDecoder().decode(bytes, path: "a") }
    #expect(error?.title.hasSuffix("is cut off") == true, "\(error?.title ?? "")")
  }

  /// A file whose chunks are whole, with fewer pixels in them than it claims.
  @Test func aPNGWithTooFewPixelsIsCutOff() throws {
    var bytes = try Fixture.bytes("gray.png")
    bytes[23] += 1
    let checksum = Checksum(of: Array(bytes[12..<29])).value
    for place in 0..<4 { bytes[29 + place] = UInt8(truncatingIfNeeded: checksum >> UInt32(24 - 8 * place)) }
    let error = formatError { _ = try PictureDecoder().decode(bytes, path: "a") }
    #expect(error?.title == "the PNG picture is cut off")
  }

  /// Codes that stand for what there is not, and sizes that need more.
  @Test func damagedGIFsAreRefused() throws {
    let bytes = try FileBytes.read(Fixture.path("../pictures/part.gif"))
    let image = try #require(bytes.firstIndex(of: 0x2c))
    func title(_ change: (inout [UInt8]) -> Void) -> String? {
      var changed = bytes
      change(&changed)
      return formatError { _ = try PictureDecoder().decode(changed, path: "a") }?.title
    }
    let pixels = image + 10 + 3 * 32
    #expect(title { $0[pixels] = 14 } == "the GIF picture is damaged")
    #expect(title { $0[pixels + 2] = 0xff } == "the GIF picture is damaged")
    #expect(
      title {
        $0[image + 6] = 0x3f; $0[image + 8] = 0x3f
      } == "the GIF picture is damaged")
    #expect(
      title {
        $0[image + 5] = 0; $0[image + 6] = 0
      } == "the GIF picture is damaged")
    #expect(title { $0[pixels + 1] = 0 } == "the GIF picture is cut off")
  }
}

/// Notes of cameras, made by hand.
struct EXIFTests {
  @Test func bothOrdersOfBytesAreRead() {
    let little: [UInt8] = Array("II*\0".utf8) + [8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]
    let big: [UInt8] = Array("MM\0*".utf8) + [0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 8, 0, 0]
    #expect(EXIF.orientation(little[...]) == 6)
    #expect(EXIF.orientation(big[...]) == 8)
    #expect(EXIF.orientation((Array("Exif\0\0".utf8) + big)[...]) == 8)
    for length in 0..<little.count { #expect(EXIF.orientation(little[..<length]) == nil || length >= 20) }
    #expect(EXIF.orientation(exif: little[...], packet: nil) == .needsRight)
    #expect(EXIF.orientation(exif: nil, packet: Array("tiff:Orientation=\"3\"".utf8)[...]) == .halfTurned)
    #expect(EXIF.orientation(exif: nil, packet: Array("tiff:Orientation tiff:Orientation>2<".utf8)[...]) == .mirrored)
    #expect(EXIF.orientation(exif: nil, packet: Array("tiff:Orientation=\"9\"".utf8)[...]) == .upright)
  }
}
