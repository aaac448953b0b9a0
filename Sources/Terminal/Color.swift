import Graphics

extension Color {
  /// The escape code that makes text (or its ground) of this color; empty without colors.
  func code(ground: Bool = false, depth: ColorDepth) -> String {
    let base = ground ? 48 : 38
    switch depth {
    case .none: return ""
    case .full: return "\u{1B}[\(base);2;\(red);\(green);\(blue)m"
    case .indexed: return "\u{1B}[\(base);5;\(index256)m"
    case .named: return "\u{1B}[\((ground ? 10 : 0) + named)m"
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

  /// The code of the nearest of the sixteen named colors: by hue where there is one, for the muted colors of pictures would else all be
  /// gray.
  var named: Int {
    let (high, low) = (Int(max(red, green, blue)), Int(min(red, green, blue)))
    guard high - low >= 48 else { return high < 64 ? 30 : high < 170 ? 90 : high < 235 ? 37 : 97 }
    let (r, g, b) = (Int(red), Int(green), Int(blue))
    // In degrees of the color circle.
    let part = 60 / Double(high - low)
    let hue: Double
    if high == r {
      hue = Double(g - b) * part
    } else if high == g {
      hue = 120 + Double(b - r) * part
    } else {
      hue = 240 + Double(r - g) * part
    }
    let limits: [(Double, Int)] = [(-30, 35), (22, 31), (75, 33), (160, 32), (205, 36), (262, 34), (330, 35)]
    let code = limits.first { hue < $0.0 }?.1 ?? 31
    return high >= 200 ? code + 60 : code
  }
}
