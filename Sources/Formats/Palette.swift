import Graphics

/// At most 256 colors that stand for all of a set of pictures.
public struct Palette {
  /// The colors by their numbers.
  public let colors: [Color]
  /// For each cell of the color cube the number of its color; nil for gray pictures.
  private let numbers: [UInt8]?
  /// For each gray its number; nil where the bytes of gray pictures are the numbers, and for pictures in color.
  private let grays: [UInt8]?
  /// For each color its number, where all are kept.
  private let exact: [UInt32: UInt8]?

  /// The grays themselves for pictures in gray; the colors themselves where there are no more than 256; else those of a median cut.
  ///
  /// - Parameters:
  ///   - pictures: all of 1 channel or all of 3.
  ///   - count: how many colors there may be, 2…256.
  public init(of pictures: [Raster], count: Int = 256) {
    let count = min(max(2, count), 256)
    if pictures.allSatisfy({ $0.channels == 1 }) {
      colors = (0..<count).map { number in
        let shade = UInt8(clamping: (number * 255 + (count - 1) / 2) / (count - 1))
        return Color(red: shade, green: shade, blue: shade)
      }
      grays = count == 256 ? nil : (0..<256).map { UInt8(clamping: ($0 * (count - 1) + 127) / 255) }
      (numbers, exact) = (nil, nil)
    } else if let few = Palette.few(of: pictures, count: count) {
      colors = few.map { Color($0) }
      exact = Dictionary(uniqueKeysWithValues: few.enumerated().map { ($1, UInt8($0)) })
      (numbers, grays) = (nil, nil)
    } else {
      let cut = MedianCut(pictures, count: count)
      (colors, numbers) = (cut.colors, cut.numbers)
      (exact, grays) = (nil, nil)
    }
  }

  /// All colors, sorted; nil where there are more than `count`.
  private static func few(of pictures: [Raster], count: Int) -> [UInt32]? {
    var found: Set<UInt32> = []
    for picture in pictures {
      var last: UInt32?
      for pixel in 0..<picture.width * picture.height {
        let color = packed(picture, pixel)
        guard color != last else { continue }
        last = color
        if found.insert(color).inserted, found.count > count { return nil }
      }
    }
    return found.sorted()
  }

  private static func packed(_ picture: Raster, _ pixel: Int) -> UInt32 {
    let place = pixel * 3
    return UInt32(picture.bytes[place]) << 16 | UInt32(picture.bytes[place + 1]) << 8 | UInt32(picture.bytes[place + 2])
  }

  /// For each pixel of a picture the number of its color.
  public func numbers(of picture: Raster) -> [UInt8] {
    if let exact { return (0..<picture.width * picture.height).map { exact[Palette.packed(picture, $0)] ?? 0 } }
    if let grays { return picture.bytes.map { grays[Int($0)] } }
    guard let numbers else { return picture.bytes }
    return (0..<picture.width * picture.height).map { numbers[MedianCut.cell(picture.bytes, $0 * 3)] }
  }
}
