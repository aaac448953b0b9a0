/// On what a drawing is shown, and the colors that its lines and letters have there. Drawings are made for white paper.
public struct Theme: Sendable, Equatable {
  /// What lies under everything.
  public let ground: Color
  /// Whether it is dark, so that dark ink becomes light.
  private let isDark: Bool

  /// White paper: every color as it is.
  public static let paper = Theme(ground: .white, isDark: false)

  /// A dark ground of a color: ink becomes light, and paper becomes the ground.
  public static func dark(_ ground: Color) -> Theme { Theme(ground: ground, isDark: true) }

  private static let light = Color(0xf4f4f4)

  /// The color of an area: grays between ink and paper become grays between light and the ground, and dark colors lighter.
  func area(_ color: Color) -> Color {
    guard isDark else { return color }
    let isGray = max(color.red, color.green, color.blue) - min(color.red, color.green, color.blue) < 24
    return isGray ? ground.mixed(with: Theme.light, part: 1 - color.brightness) : color.readableOnDark
  }

  /// The color of a line or a letter. Pure black and white are chosen for what is under them, a cell of a heat map, and stay.
  func ink(_ color: Color) -> Color { color == .white || color == .black ? color : area(color) }
}

extension Color {
  /// The same hue, light enough for a dark ground; the colors of series are made for white paper.
  public var readableOnDark: Color { brightness < 0.5 ? mixed(with: .white, part: 0.35) : self }
}
