import Graphics

/// At most 256 colours that stand for all of a set of pictures.
struct Palette {
  let colours: [Colour]
  /// For each cell of the colour cube the number of its colour; nil for grey pictures, whose bytes are the numbers.
  private let numbers: [UInt8]?
  /// For each colour its number, where all are kept.
  private let exact: [UInt32: UInt8]?

  /// The greys themselves for pictures in grey; the colours themselves where there are no more than 256; else those of a median cut.
  ///
  /// - Parameter pictures: all of 1 channel or all of 3.
  init(of pictures: [Raster]) {
    if pictures.allSatisfy({ $0.channels == 1 }) {
      colours = (0..<256).map { Colour(red: UInt8($0), green: UInt8($0), blue: UInt8($0)) }
      (numbers, exact) = (nil, nil)
    } else if let few = Palette.few(of: pictures) {
      colours = few.map { Colour($0) }
      exact = Dictionary(uniqueKeysWithValues: few.enumerated().map { ($1, UInt8($0)) })
      numbers = nil
    } else {
      let cut = MedianCut(pictures)
      (colours, numbers) = (cut.colours, cut.numbers)
      exact = nil
    }
  }

  /// All colours, sorted; nil where there are more than 256.
  private static func few(of pictures: [Raster]) -> [UInt32]? {
    var found: Set<UInt32> = []
    for picture in pictures {
      var last: UInt32?
      for pixel in 0..<picture.width * picture.height {
        let colour = packed(picture, pixel)
        guard colour != last else { continue }
        last = colour
        if found.insert(colour).inserted, found.count > 256 { return nil }
      }
    }
    return found.sorted()
  }

  private static func packed(_ picture: Raster, _ pixel: Int) -> UInt32 {
    let place = pixel * 3
    return UInt32(picture.bytes[place]) << 16 | UInt32(picture.bytes[place + 1]) << 8 | UInt32(picture.bytes[place + 2])
  }

  /// For each pixel of a picture the number of its colour.
  func numbers(of picture: Raster) -> [UInt8] {
    if let exact { return (0..<picture.width * picture.height).map { exact[Palette.packed(picture, $0)] ?? 0 } }
    guard let numbers else { return picture.bytes }
    return (0..<picture.width * picture.height).map { numbers[MedianCut.cell(picture.bytes, $0 * 3)] }
  }
}
