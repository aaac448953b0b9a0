import Graphics

/// At most 256 colors for many: the cube of colors is cut at the median of its longest side, and the parts are again, until there are as many
/// parts as colors (Heckbert 1982, "Color image quantization for frame buffer display"). The cube has 64 cells along each side.
struct MedianCut {
  /// The mean color of each part.
  let colors: [Color]
  /// For each cell the number of its color.
  private(set) var numbers: [UInt8]

  private static let bits = 6
  private static let cellCount = 1 << (3 * bits)

  /// The cell of the color whose three bytes begin at a place.
  static func cell(_ bytes: [UInt8], _ place: Int) -> Int {
    let shift = 8 - bits
    return Int(bytes[place] >> shift) << (2 * bits) | Int(bytes[place + 1] >> shift) << bits | Int(bytes[place + 2] >> shift)
  }

  /// A cell that pixels fall into: how many, and the sums of their colors.
  private struct Cell {
    let number: Int
    var count = 0
    var sums: (Int, Int, Int) = (0, 0, 0)

    /// Where it lies along an axis: 0 red, 1 green, 2 blue.
    func place(_ axis: Int) -> Int { number >> ((2 - axis) * bits) & ((1 << bits) - 1) }
  }

  init(_ pictures: [Raster], count: Int = 256) {
    var all = (0..<MedianCut.cellCount).map { Cell(number: $0) }
    for picture in pictures {
      for place in stride(from: 0, to: picture.bytes.count, by: 3) {
        let cell = MedianCut.cell(picture.bytes, place)
        all[cell].count += 1
        all[cell].sums.0 += Int(picture.bytes[place])
        all[cell].sums.1 += Int(picture.bytes[place + 1])
        all[cell].sums.2 += Int(picture.bytes[place + 2])
      }
    }
    var parts = [all.filter { $0.count > 0 }]
    // How far the pixels of each part are spread: the most spread one is cut next.
    var spreads = parts.map(MedianCut.spread)
    while parts.count < count, let widest = spreads.indices.max(by: { spreads[$0] < spreads[$1] }), spreads[widest] > 0 {
      let (low, high) = MedianCut.cut(parts[widest])
      (parts[widest], spreads[widest]) = (low, MedianCut.spread(low))
      parts.append(high)
      spreads.append(MedianCut.spread(high))
    }
    numbers = [UInt8](repeating: 0, count: MedianCut.cellCount)
    for (number, part) in parts.enumerated() { for cell in part { numbers[cell.number] = UInt8(number) } }
    colors = parts.map { part in
      let count = max(1, part.reduce(0) { $0 + $1.count })
      func mean(_ sum: (Cell) -> Int) -> UInt8 { UInt8(clamping: (part.reduce(0) { $0 + sum($1) } + count / 2) / count) }
      return Color(red: mean(\.sums.0), green: mean(\.sums.1), blue: mean(\.sums.2))
    }
  }

  private static func spread(_ part: [Cell]) -> Int { part.reduce(0) { $0 + $1.count } * longestAxis(part).length }

  /// The axis along which a part's cells lie farthest apart, and how far.
  private static func longestAxis(_ part: [Cell]) -> (axis: Int, length: Int) {
    let lengths = (0..<3).map { axis in
      let places = part.map { $0.place(axis) }
      return (places.max() ?? 0) - (places.min() ?? 0)
    }
    let axis = lengths.indices.max { lengths[$0] < lengths[$1] } ?? 0
    return (axis, lengths[axis])
  }

  /// A part cut at the median of its longest axis, between cells of different places there.
  private static func cut(_ part: [Cell]) -> (low: [Cell], high: [Cell]) {
    let axis = longestAxis(part).axis
    let sorted = part.sorted { ($0.place(axis), $0.number) < ($1.place(axis), $1.number) }
    let half = sorted.reduce(0) { $0 + $1.count } / 2
    var (before, middle) = (0, 0)
    for (index, cell) in sorted.enumerated() {
      before += cell.count
      middle = index
      if before >= half { break }
    }
    let border = sorted[middle].place(axis)
    let low = sorted.filter { $0.place(axis) <= border }
    // Where the median lies at the far end, the end itself is cut off.
    if low.count == sorted.count {
      return (sorted.filter { $0.place(axis) < border }, sorted.filter { $0.place(axis) >= border })
    }
    return (low, sorted.filter { $0.place(axis) > border })
  }
}
