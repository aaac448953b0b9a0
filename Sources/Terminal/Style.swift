import Base

/// How a piece of text looks; without colors it is the text itself.
public struct Style: Sendable, Equatable {
  /// The colors of text.
  public enum Color: Sendable {
    case red, green, yellow, blue, magenta, cyan

    var ink: TextPalette.Ink {
      switch self {
      case .red: .red
      case .green: .green
      case .yellow: .yellow
      case .blue: .blue
      case .magenta: .magenta
      case .cyan: .cyan
      }
    }
  }

  /// The color of the letters; nil leaves them the terminal's own.
  public var color: Color?
  /// Whether the letters are bold.
  public var isBold: Bool
  /// Whether the letters are pale.
  public var isDim: Bool
  /// Whether the letters are underlined.
  public var isUnderlined: Bool
  /// Whether letters and ground change their colors.
  public var isReversed: Bool

  /// A style of a color, two weights and two marks.
  public init(
    _ color: Color? = nil, bold: Bool = false, dim: Bool = false, underlined: Bool = false, reversed: Bool = false
  ) {
    self.color = color
    self.isBold = bold
    self.isDim = dim
    self.isUnderlined = underlined
    self.isReversed = reversed
  }

  /// The terminal's own look.
  public static let plain = Style()

  /// Of headings and titles.
  public static let heading = Style(bold: true)
  /// Of names that can be typed.
  public static let name = Style(.cyan)
  /// Of what matters less: units, paths, hints.
  public static let faint = Style(dim: true)

  /// The text between the escape codes of the style, or the text alone where the screen shows no colors.
  public func callAsFunction(_ text: String, on screen: Screen) -> String {
    guard screen.colorDepth > .none, !text.isEmpty else { return text }
    let codes = codes(in: screen.palette)
    return codes.isEmpty ? text : "\u{1B}[\(codes)m\(text)\u{1B}[0m"
  }

  /// What stands between `ESC [` and `m`; empty for the plain style.
  func codes(in palette: TextPalette) -> String {
    var codes: [String] = []
    if isBold { codes.append("1") }
    if isUnderlined { codes.append("4") }
    if isReversed { codes.append("7") }
    if let color { codes.append(palette.code(color.ink)) } else if isDim { codes.append(palette.code(.faint)) }
    return codes.joined(separator: ";")
  }
}
