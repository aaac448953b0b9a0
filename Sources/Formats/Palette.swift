import Graphics

/// At most 256 colors that stand for all of a set of pictures.
struct Palette {
  let colors: [Color]
  /// For each cell of the color cube the number of its color; nil for gray pictures, whose bytes are the numbers.
  private let numbers: [UInt8]?
  /// For each color its number, where all are kept.
  private let exact: [UInt32: UInt8]?

  /// The grays themselves for pictures in gray; the colors themselves where there are no more than 256; else those of a median cut.
  ///
  /// - Parameter pictures: all of 1 channel or all of 3.
  init(of pictures: [Raster]) {
    if pictures.allSatisfy({ $0.channels == 1 }) {
      colors = (0..<256).map { Color(red: UInt8($0), green: UInt8($0), blue: UInt8($0)) }
      (numbers, exact) = (nil, nil)
    } else if let few = Palette.few(of: pictures) {
      colors = few.map { Color($0) }
      exact = Dictionary(uniqueKeysWithValues: few.enumerated().map { ($1, UInt8($0)) })
      numbers = nil
    } else {
      let cut = MedianCut(pictures)
      (colors, numbers) = (cut.colors, cut.numbers)
      exact = nil
    }
  }

  /// All colors, sorted; nil where there are more than 256.
  private static func few(of pictures: [Raster]) -> [UInt32]? {
    var found: Set<UInt32> = []
    for picture in pictures {
      var last: UInt32?
      for pixel in 0..<picture.width * picture.height {
        let color = packed(picture, pixel)
        guard color != last else { continue }
        last = color
        if found.insert(color).inserted, found.count > 256 { return nil }
      }
    }
    return found.sorted()
  }

  private static func packed(_ picture: Raster, _ pixel: Int) -> UInt32 {
    let place = pixel * 3
    return UInt32(picture.bytes[place]) << 16 | UInt32(picture.bytes[place + 1]) << 8 | UInt32(picture.bytes[place + 2])
  }

  /// For each pixel of a picture the number of its color.
  func numbers(of picture: Raster) -> [UInt8] {
    if let exact { return (0..<picture.width * picture.height).map { exact[Palette.packed(picture, $0)] ?? 0 } }
    guard let numbers else { return picture.bytes }
    return (0..<picture.width * picture.height).map { numbers[MedianCut.cell(picture.bytes, $0 * 3)] }
  }
}
