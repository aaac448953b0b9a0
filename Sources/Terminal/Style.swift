/// How a piece of text looks; without colours it is the text itself.
public struct Style: Sendable {
  public enum Color: Int, Sendable { case black, red, green, yellow, blue, magenta, cyan, white }

  public var color: Color?
  public var isBold: Bool
  public var isDim: Bool

  public init(_ color: Color? = nil, bold: Bool = false, dim: Bool = false) {
    self.color = color
    self.isBold = bold
    self.isDim = dim
  }

  public static let heading = Style(bold: true)
  public static let name = Style(.cyan)
  public static let faint = Style(dim: true)
  public static let note = Style(.yellow)

  public func callAsFunction(_ text: String, on screen: Screen) -> String {
    guard screen.colorDepth > .none, !text.isEmpty else { return text }
    var codes: [String] = []
    if isBold { codes.append("1") }
    if isDim { codes.append("2") }
    if let color { codes.append("\(30 + color.rawValue)") }
    return codes.isEmpty ? text : "\u{1B}[\(codes.joined(separator: ";"))m\(text)\u{1B}[0m"
  }
}
