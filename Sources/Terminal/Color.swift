import Graphics

extension Color {
  /// The escape code that makes text (or its ground) of this color; empty without colors.
  func code(ground: Bool = false, depth: ColorDepth) -> String {
    let base = ground ? 48 : 38
    switch depth {
    case .none: return ""
    case .full: return "\u{1B}[\(base);2;\(red);\(green);\(blue)m"
    case .indexed: return "\u{1B}[\(base);5;\(index256)m"
    case .named: return "\u{1B}[\((ground ? 40 : 30) + index8)m"
    }
  }

  /// The nearest of xterm's 6×6×6 cube and its 24 grays.
  var index256: Int {
    let levels = [0, 95, 135, 175, 215, 255]
    func nearest(_ value: UInt8) -> Int {
      levels.indices.min { abs(levels[$0] - Int(value)) < abs(levels[$1] - Int(value)) } ?? 0
    }
    func distance(_ r: Int, _ g: Int, _ b: Int) -> Int {
      let (dr, dg, db) = (r - Int(red), g - Int(green), b - Int(blue))
      return dr * dr + dg * dg + db * db
    }
    let (r, g, b) = (nearest(red), nearest(green), nearest(blue))
    let mean = (Int(red) + Int(green) + Int(blue)) / 3
    let gray = min(max((mean - 3) / 10, 0), 23)
    let shade = 8 + 10 * gray
    return distance(shade, shade, shade) < distance(levels[r], levels[g], levels[b]) ? 232 + gray : 16 + 36 * r + 6 * g + b
  }

  /// The nearest of the eight named colors.
  var index8: Int {
    (red >= 128 ? 1 : 0) + (green >= 128 ? 2 : 0) + (blue >= 128 ? 4 : 0)
  }
}
