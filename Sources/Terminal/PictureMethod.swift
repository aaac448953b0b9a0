/// How pictures are shown in a terminal.
public enum PictureMethod: String, CaseIterable, Sendable {
  /// The protocol of kitty, which Ghostty, Konsole and WezTerm know too: PNG, replaced in place by its number.
  case kitty
  /// The inline images of iTerm2: PNG.
  case iterm
  /// The sixels of DEC's VT340: up to 256 colors, six rows at a time.
  case sixel
  /// Characters of two by three blocks (Unicode 13), in two colors each.
  case sextants
  /// Half blocks: two pixels in a character.
  case blocks
  /// Dots, two by four in a character.
  case braille
  /// Not at all: a line says what there is.
  case off

  /// Whether pixels are sent, and not characters.
  public var isPixels: Bool {
    switch self {
    case .kitty, .iterm, .sixel: true
    case .sextants, .blocks, .braille, .off: false
    }
  }

  /// What the variable `GAN_GRAPHICS` says.
  public enum Wish: Equatable, Sendable {
    /// Nothing: the terminal is asked.
    case none
    case method(PictureMethod)
    /// No method has this name.
    case unknown(String)
  }

  /// What `GAN_GRAPHICS` wishes for.
  public static func wish(_ variable: (String) -> String?) -> Wish {
    guard let word = variable("GAN_GRAPHICS"), !word.isEmpty else { return .none }
    return PictureMethod(rawValue: word.lowercased()).map { .method($0) } ?? .unknown(word)
  }
}
