import Graphics

/// What a PNG file says of its picture, before anything is decoded.
struct PNGHeader {
  /// Of the picture set upright.
  let picture: PictureHeader
  /// As it is stored.
  let width: Int
  let height: Int
  /// Of a pixel as libpng gives it: 1 gray, 2 gray with opacity, 3 color, 4 color with opacity.
  let samples: Int
  let orientation: Orientation

  /// Of the raster: gray with opacity is laid onto white.
  var channels: Int { samples == 2 ? 1 : samples }

  /// Walks over all chunks, so that a cut off or damaged file is known before room is made for its pixels.
  init(_ bytes: [UInt8], path: String) throws {
    guard bytes.count >= 8 + 25 else { throw FormatError.truncated("PNG picture", path) }
    var place = 8
    var hasTransparency = false
    var dataCount = 0
    var ended = false
    var notes = PNGNotes()
    while !ended {
      guard bytes.count - place >= 12 else { throw FormatError.truncated("PNG picture", path) }
      let length = PNGHeader.bigEndian(bytes, place)
      guard length <= bytes.count - place - 12 else { throw FormatError.truncated("PNG picture", path) }
      let name = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
      guard place > 8 || name == "IHDR" && length == 13 else {
        throw FormatError.corrupt("PNG picture", path, "It does not begin with its header.")
      }
      let contents = bytes[place + 8..<place + 8 + length]
      switch name {
      case "IDAT": dataCount += length
      case "tRNS": hasTransparency = true
      case "IEND": ended = true
      case "eXIf", "tEXt", "zTXt", "iTXt": notes.add(name, contents)
      default: break
      }
      place += length + 12
    }
    width = PNGHeader.bigEndian(bytes, 16)
    height = PNGHeader.bigEndian(bytes, 20)
    let depth = Int(bytes[24])
    let colorType = bytes[25]
    guard [0, 2, 3, 4, 6].contains(colorType), [1, 2, 4, 8, 16].contains(depth) else {
      throw FormatError.corrupt(
        "PNG picture", path, "Its kind of pixels is number \(colorType) of \(depth) bits, which there is not.")
    }
    let isColor = colorType & 2 != 0
    // libpng passes over the transparency of pictures that have opacity.
    let hasAlpha = colorType & 4 != 0 || hasTransparency
    samples = (isColor ? 3 : 1) + (hasAlpha ? 1 : 0)
    orientation = notes.orientation
    // Measures are checked before they are turned.
    _ = try PictureHeader(width: width, height: height, isColor: isColor, path: path)
    let size = orientation.size(of: (width, height))
    picture = try PictureHeader(
      width: size.width, height: size.height, isColor: isColor, depth: depth == 16 ? 16 : 8, path: path)
    // Every row has at least this many bytes before compression (interlacing only adds to it).
    let stored = colorType == 3 ? 1 : (isColor ? 3 : 1) + (colorType & 4 != 0 ? 1 : 0)
    let least = height * ((width * stored * depth + 7) / 8)
    guard least / Deflate.largestRatio <= dataCount else {
      throw FormatError.corrupt("PNG picture", path, "It claims \(width)×\(height) pixels, for which it is too short.")
    }
  }

  private static func bigEndian(_ bytes: [UInt8], _ place: Int) -> Int {
    (0..<4).reduce(0) { $0 << 8 | Int(bytes[place + $1]) }
  }
}

/// The notes in a PNG that say how its picture lies: EXIF in a chunk of its own or, as ImageMagick writes it, in a text; XMP in a text.
private struct PNGNotes {
  private var exif: ArraySlice<UInt8>?
  private var profile: ArraySlice<UInt8>?
  private var packet: ArraySlice<UInt8>?

  /// The most bytes that a text is unpacked to.
  private static let textLimit = 1 << 20

  var orientation: Orientation { EXIF.orientation(exif: exif ?? profile, packet: packet) }

  mutating func add(_ chunk: String, _ contents: ArraySlice<UInt8>) {
    if chunk == "eXIf" {
      exif = contents
      return
    }
    guard let end = contents.firstIndex(of: 0) else { return }
    let isProfile = contents[..<end].elementsEqual("Raw profile type exif".utf8)
    guard isProfile || contents[..<end].elementsEqual("XML:com.adobe.xmp".utf8),
      let text = PNGNotes.text(chunk, contents[(end + 1)...])
    else { return }
    if isProfile { profile = PNGNotes.unwritten(text) } else { packet = text }
  }

  /// The text behind the name: as it is, compressed, or behind a language and a translated name.
  private static func text(_ chunk: String, _ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var rest = rest
    var isCompressed = chunk == "zTXt"
    switch chunk {
    case "zTXt": rest = rest.dropFirst()
    case "iTXt":
      isCompressed = rest.first == 1
      rest = rest.dropFirst(2)
      for _ in 0..<2 {
        guard let end = rest.firstIndex(of: 0) else { return nil }
        rest = rest[(end + 1)...]
      }
    default: break
    }
    guard isCompressed else { return rest }
    return rest.withUnsafeBufferPointer { try? Deflate.prefix($0, wrapping: .zlib, count: textLimit) }?[...]
  }

  /// The bytes that stand in hexadecimal figures from the fourth line on.
  private static func unwritten(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let figures = text.split(separator: 10, omittingEmptySubsequences: false).dropFirst(3).joined().compactMap {
      Character(Unicode.Scalar($0)).hexDigitValue
    }
    return stride(from: 0, to: figures.count - 1, by: 2).map { UInt8(figures[$0] << 4 | figures[$0 + 1]) }[...]
  }
}
