/// The codes that give text its colors in a terminal: each can be read on a dark and on a light ground.
///
/// Where there are 256 colors they are of the cube, whose look no theme changes, and of a brightness in the middle: a contrast of at least 3.9 to black and to
/// white (WCAG 2). The sixteen named colors have no such green or cyan: there the ground decides, and magenta and the light blue serve where it
/// is not known to be dark. Text that is only "faint" (SGR 2) is black in some terminals on white.
public struct TextPalette: Sendable, Equatable {
  /// What a color is for.
  public enum Ink: Sendable, CaseIterable { case faint, red, green, yellow, blue, magenta, cyan }

  /// What text stands on.
  public enum Ground: Sendable { case dark, light, unknown }

  /// Whether there are 256 colors.
  public var hasManyColors: Bool
  /// What text stands on, where there are sixteen.
  public var ground: Ground

  /// A palette for a terminal.
  public init(hasManyColors: Bool, ground: Ground = .unknown) {
    self.hasManyColors = hasManyColors
    self.ground = ground
  }

  /// The sixteen named colors as they are on a dark ground, which notebooks and pages show in their own way.
  public static let named = TextPalette(hasManyColors: false, ground: .dark)

  /// What stands between `ESC [` and `m`.
  public func code(_ ink: Ink) -> String { hasManyColors ? "38;5;\(TextPalette.indexed(ink))" : "\(name(ink))" }

  /// The place of an ink among xterm's 256 colors.
  public static func indexed(_ ink: Ink) -> Int {
    switch ink {
    case .faint: 244
    case .red: 160
    case .green: 28
    case .yellow: 130
    case .blue: 63
    case .magenta: 133
    case .cyan: 31
    }
  }

  private func name(_ ink: Ink) -> Int {
    switch ink {
    case .faint: 90
    case .red: 31
    case .green: ground == .dark ? 32 : 35
    case .yellow: ground == .dark ? 33 : 35
    // The dark blue of most terminals cannot be read on black.
    case .blue: ground == .light ? 34 : 94
    case .magenta: 35
    case .cyan: ground == .dark ? 36 : ground == .light ? 34 : 94
    }
  }

  /// What the environment says of the ground: `COLORFGBG`, which rxvt, Konsole and others set; the console of Linux is dark.
  public static func ground(told variable: (String) -> String?) -> Ground {
    if let word = variable("COLORFGBG")?.split(separator: ";").last, let number = Int(word) {
      return number == 7 || number > 8 ? .light : .dark
    }
    return variable("TERM") == "linux" ? .dark : .unknown
  }
}
