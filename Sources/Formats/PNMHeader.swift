/// What stands before the pixels of a PNM file.
struct PNMHeader {
  let picture: PictureHeader
  /// Of a pixel: 1 or 3, and one more for opacity.
  let samples: Int
  let isText: Bool
  /// Whether a pixel is a bit, 1 for black.
  let isBitmap: Bool
  /// The number that is white.
  let largest: Int
  /// Where the pixels begin.
  let start: Int

  var rowBytes: Int { isBitmap ? (picture.width + 7) / 8 : picture.width * samples * (largest > 255 ? 2 : 1) }

  /// Of the raster: gray with opacity becomes color with it.
  var channels: Int { samples == 2 ? 4 : samples }

  /// For each number up to the largest, what it is in a picture whose white is this.
  func scale<Sample: FixedWidthInteger>(to white: Sample) -> [Sample] {
    (0...largest).map { Sample((Double($0) / Double(largest) * Double(white)).rounded(.toNearestOrEven)) }
  }

  init(_ bytes: [UInt8], _ path: String) throws {
    guard PNM.begins(bytes) else { throw ImageFile.notAPicture(bytes, path) }
    let kind = bytes[1] - 0x30
    isText = kind <= 3
    isBitmap = kind == 1 || kind == 4
    let measures = try kind == 7 ? PNMHeader.named(bytes, path) : PNMHeader.row(bytes, path, kind: kind)
    (samples, largest, start) = (measures.samples, measures.largest, measures.start)
    let (width, height) = (measures.width, measures.height)
    picture = try PictureHeader(
      width: width, height: height, isColor: samples >= 3, depth: largest > 255 ? 16 : 8, path: path)
    guard (1...65535).contains(largest) else {
      throw FormatError.corrupt("PNM picture", path, "Its largest value is \(largest); it can be 1 … 65535.")
    }
    let least = isText ? width * height * samples : rowBytes * height
    guard bytes.count - start >= least else {
      throw FormatError.truncated("PNM picture", path, "It claims \(width)×\(height) pixels, for which it is too short.")
    }
  }

  private typealias Measures = (width: Int, height: Int, samples: Int, largest: Int, start: Int)

  /// Width, height and, but for bitmaps, the largest number, one after another.
  private static func row(_ bytes: [UInt8], _ path: String, kind: UInt8) throws -> Measures {
    var place = 2
    func number(_ what: String) throws -> Int {
      guard let number = PNM.number(bytes, &place) else {
        throw place >= bytes.count
          ? FormatError.truncated("PNM picture", path)
          : FormatError.corrupt("PNM picture", path, "Its \(what) is no number.")
      }
      return number
    }
    let (width, height) = (try number("width"), try number("height"))
    let largest = try kind == 1 || kind == 4 ? 1 : number("largest value")
    // One blank, and no more, stands before the bytes.
    return (width, height, kind == 3 || kind == 6 ? 3 : 1, largest, place + 1)
  }

  /// The lines of a P7 file, a word and a number on each.
  private static func named(_ bytes: [UInt8], _ path: String) throws -> Measures {
    var found: [String: Int] = [:]
    var place = 2
    while true {
      guard let end = bytes[min(place, bytes.count)...].firstIndex(of: 10) else {
        throw FormatError.truncated("PNM picture", path)
      }
      let words = bytes[place..<end].split(whereSeparator: PNM.isBlank).map { String(decoding: $0, as: UTF8.self) }
      place = end + 1
      guard let name = words.first, !name.hasPrefix("#") else { continue }
      if name == "ENDHDR" { break }
      guard name != "TUPLTYPE" else { continue }
      guard words.count == 2, let number = Int(words[1]), number >= 0, number < 1 << 32 else {
        throw FormatError.corrupt("PNM picture", path, "Its \(name.prefix(40)) is no number.")
      }
      found[name] = number
    }
    guard let width = found["WIDTH"], let height = found["HEIGHT"], let samples = found["DEPTH"], let largest = found["MAXVAL"]
    else { throw FormatError.corrupt("PNM picture", path, "It does not tell WIDTH, HEIGHT, DEPTH and MAXVAL.") }
    guard (1...4).contains(samples) else {
      throw FormatError.corrupt("PNM picture", path, "Its pixels have \(samples) numbers; pictures have 1 … 4.")
    }
    return (width, height, samples, largest, place)
  }
}
