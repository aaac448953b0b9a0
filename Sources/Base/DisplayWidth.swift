/// How many columns of a screen a text takes, without asking the C library, whose answer hangs on the locale.
extension StringProtocol {
  /// Columns of all characters; escape codes (`ESC [ … letter`) take none.
  public var displayWidth: Int {
    guard unicodeScalars.contains("\u{1B}") else { return reduce(0) { $0 + $1.displayWidth } }
    return withoutEscapes.reduce(0) { $0 + $1.displayWidth }
  }

  private var withoutEscapes: String {
    var text = String.UnicodeScalarView()
    var isEscape = false
    var previous: Unicode.Scalar = " "
    for scalar in unicodeScalars {
      if isEscape {
        if previous != "\u{1B}" || scalar != "[" { isEscape = !(("@"..."~").contains(scalar)) }
      } else if scalar == "\u{1B}" {
        isEscape = true
      } else {
        text.append(scalar)
      }
      previous = scalar
    }
    return String(text)
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

extension Character {
  /// 0 for control characters and for what only marks its neighbor, 2 for the wide characters of East Asia and for pictures, else 1.
  public var displayWidth: Int {
    guard let scalar = unicodeScalars.first else { return 0 }
    if scalar.value < 0x300 { return scalar.value < 0x20 || (scalar.value >= 0x7F && scalar.value < 0xA0) ? 0 : 1 }
    // A picture of several parts, or one that a selector makes colorful.
    if unicodeScalars.contains("\u{FE0F}") { return 2 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if scalar.properties.isEmojiPresentation { return 2 }
    return Character.wide.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  /// Blocks that Unicode's `EastAsianWidth.txt` calls wide or full-width.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97C,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
    0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}
