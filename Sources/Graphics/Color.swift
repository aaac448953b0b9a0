/// A color of red, green and blue in the sRGB space.
public struct Color: Hashable, Sendable {
  /// The share of red, 0…255.
  public let red: UInt8
  /// The share of green, 0…255.
  public let green: UInt8
  /// The share of blue, 0…255.
  public let blue: UInt8

  /// A color of three shares, each 0…255.
  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// A color from a number as one writes it in hexadecimal: `Color(0xff8800)`.
  public init(_ hexadecimal: UInt32) {
    self.init(
      red: UInt8(hexadecimal >> 16 & 255), green: UInt8(hexadecimal >> 8 & 255), blue: UInt8(hexadecimal & 255))
  }

  /// Full red, green and blue.
  public static let white = Color(0xffffff)
  /// No light at all.
  public static let black = Color(0x000000)

  /// The colors of successive series: the ten of M. A. Petroff, "Accessible Color Sequences for Data Visualization" (2021,
  /// arXiv:2107.02270), chosen so that every number of them, in this order, is told apart with and without color vision deficiencies.
  public static let series: [Color] = [
    Color(0x3f90da), Color(0xffa90e), Color(0xbd1f01), Color(0x94a4a2), Color(0x832db6), Color(0xa96b59), Color(0xe76300),
    Color(0xb9ac70), Color(0x717581), Color(0x92dadd),
  ]

  /// The colors that have a name, in the order of the rainbow.
  public static let named: [(name: String, color: Color)] = [
    ("red", Color(0xc8323a)), ("orange", Color(0xf0831e)), ("yellow", Color(0xe3b505)), ("green", Color(0x12924f)),
    ("sky", Color(0x3fa7d6)), ("blue", Color(0x1f6fb4)), ("purple", Color(0x6b4c9a)), ("pink", Color(0xb5569b)),
    ("black", Color(0x202020)), ("gray", Color(0x777777)), ("white", .white),
  ]

  /// The color of a name, or of six hexadecimal figures behind a #; nil for anything else.
  public init?(_ text: String) {
    if let named = Color.named.first(where: { $0.name == text }) {
      self = named.color
    } else if text.count == 7, text.first == "#", text.dropFirst().allSatisfy(\.isHexDigit),
      let number = UInt32(text.dropFirst(), radix: 16)
    {
      self.init(number)
    } else {
      return nil
    }
  }

  /// The color of series number `index`, beginning again after the last.
  public static func ofSeries(_ index: Int) -> Color {
    series[Int(index.magnitude % UInt(series.count))]
  }

  /// This color with a part of another, 0…1, mixed in.
  public func mixed(with other: Color, part: Double) -> Color {
    let part = part > 0 ? min(part, 1) : 0
    func mix(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8((Double(a) + (Double(b) - Double(a)) * part).rounded()) }
    return Color(red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
  }

  /// The luma of Rec. 601, 0…1: whether text on it should be dark or light.
  public var brightness: Double { (0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue)) / 255 }
}
