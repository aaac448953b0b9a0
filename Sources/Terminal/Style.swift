/// How a piece of text looks; without colors it is the text itself.
public struct Style: Sendable {
  /// The eight named colors, by their ECMA-48 numbers.
  public enum Color: Int, Sendable { case black, red, green, yellow, blue, magenta, cyan, white }

  /// The color of the letters; nil leaves them the terminal's own.
  public var color: Color?
  /// Whether the letters are bold.
  public var isBold: Bool
  /// Whether the letters are pale.
  public var isDim: Bool

  /// A style of a color and two weights.
  public init(_ color: Color? = nil, bold: Bool = false, dim: Bool = false) {
    self.color = color
    self.isBold = bold
    self.isDim = dim
  }

  /// Of headings and titles.
  public static let heading = Style(bold: true)
  /// Of names that can be typed.
  public static let name = Style(.cyan)
  /// Of what matters less: units, paths, hints.
  public static let faint = Style(dim: true)

  /// The text between the escape codes of the style, or the text alone where the screen shows no colors.
  public func callAsFunction(_ text: String, on screen: Screen) -> String {
    guard screen.colorDepth > .none, !text.isEmpty else { return text }
    var codes: [String] = []
    if isBold { codes.append("1") }
    if isDim { codes.append("2") }
    if let color { codes.append("\(30 + color.rawValue)") }
    return codes.isEmpty ? text : "\u{1B}[\(codes.joined(separator: ";"))m\(text)\u{1B}[0m"
  }
}
