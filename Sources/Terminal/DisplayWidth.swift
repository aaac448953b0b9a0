/// How many columns of a terminal a text takes, without asking the C library, whose answer hangs on the locale.
extension StringProtocol {
  /// Columns; escape codes (`ESC [ … letter`) take none.
  public var displayWidth: Int {
    var width = 0
    var isEscape = false
    var previous: Unicode.Scalar = " "
    for scalar in unicodeScalars {
      if isEscape {
        if previous != "\u{1B}" || scalar != "[" { isEscape = !(("@"..."~").contains(scalar)) }
      } else if scalar == "\u{1B}" {
        isEscape = true
      } else {
        width += scalar.displayWidth
      }
      previous = scalar
    }
    return width
  }

  /// The text with spaces up to a width.
  public func padded(to width: Int) -> String {
    String(self) + String(repeating: " ", count: Swift.max(0, width - displayWidth))
  }

  /// The longest beginning that fits a width, with `…` where something is cut off.
  public func cut(to width: Int) -> String {
    guard width > 0 else { return "" }
    guard displayWidth > width else { return String(self) }
    var result = ""
    var used = 0
    for character in self {
      let more = String(character).displayWidth
      guard used + more <= width - 1 else { break }
      result.append(character)
      used += more
    }
    return result + "…"
  }
}

extension Unicode.Scalar {
  /// 0 for marks that join the character before, 2 for East Asian wide characters and emoji, 1 otherwise.
  public var displayWidth: Int {
    if value < 0x300 { return value < 0x20 || (value >= 0x7F && value < 0xA0) ? 0 : 1 }
    if properties.generalCategory == .nonspacingMark || properties.generalCategory == .enclosingMark { return 0 }
    switch value {
    case 0x200B...0x200F, 0xFE00...0xFE0F, 0x2060...0x2064, 0xFEFF: return 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
      0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
