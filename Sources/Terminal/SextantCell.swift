import Graphics

/// Two columns and three rows of pixels as one character of two colors.
struct SextantCell {
  /// The mean color of the darker pixels.
  let paper: Color
  /// The mean color of the brighter pixels.
  let ink: Color
  /// Shows the brighter ones.
  let character: Character

  /// The pixels whose upper left one is at a place; those outside of the picture are black.
  init(of picture: Raster, _ left: Int, _ top: Int) {
    let colors = (0..<6).map { bit -> Color in
      let (x, y) = (left + bit % 2, top + bit / 2)
      return x < picture.width && y < picture.height ? picture.color(x, y) : .black
    }
    let lights = colors.map { 299 * Int($0.red) + 587 * Int($0.green) + 114 * Int($0.blue) }
    let border = ((lights.min() ?? 0) + (lights.max() ?? 0)) / 2
    var pattern = 0
    for (bit, light) in lights.enumerated() where light > border { pattern |= 1 << bit }
    func mean(_ isIn: (Int) -> Bool) -> Color? {
      let part = colors.indices.filter(isIn).map { colors[$0] }
      guard !part.isEmpty else { return nil }
      func channel(_ value: (Color) -> UInt8) -> UInt8 {
        UInt8(clamping: (part.reduce(0) { $0 + Int(value($1)) } + part.count / 2) / part.count)
      }
      return Color(red: channel(\.red), green: channel(\.green), blue: channel(\.blue))
    }
    paper = mean { pattern >> $0 & 1 == 0 } ?? .black
    ink = mean { pattern >> $0 & 1 == 1 } ?? paper
    character = SextantCell.character(pattern)
  }

  /// Bit 0 is the upper left pixel, bit 1 the one beside it. Unicode has had four of the patterns before, elsewhere.
  static func character(_ pattern: Int) -> Character {
    switch pattern {
    case 0: return " "
    case 0b010101: return "▌"
    case 0b101010: return "▐"
    case 0b111111: return "█"
    default:
      let skipped = 1 + (pattern > 0b010101 ? 1 : 0) + (pattern > 0b101010 ? 1 : 0)
      return Unicode.Scalar(UInt32(0x1FB00 + pattern - skipped)).map(Character.init) ?? " "
    }
  }
}
