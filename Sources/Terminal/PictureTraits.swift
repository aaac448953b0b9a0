import Graphics

/// How a terminal shows pictures, as far as it is known.
public struct PictureTraits: Sendable {
  /// What stands around the codes of pictures.
  public enum Wrapping: Sendable {
    case none
    /// tmux hands on what is marked for the terminal that it runs in.
    case tmux
  }

  /// How they are shown; nil where the terminal knows no pixels, and its colors decide.
  public var method: PictureMethod?
  /// The size of a character in pixels; nil where it is not known.
  public var cell: (width: Int, height: Int)?
  /// How many colors sixels may have.
  public var sixelColors: Int
  /// What stands around the codes.
  public var wrapping: Wrapping
  /// The color behind the text; nil where it is not known.
  public var background: Color?

  /// Traits that are known.
  public init(
    method: PictureMethod?, cell: (width: Int, height: Int)? = nil, sixelColors: Int = 256, wrapping: Wrapping = .none,
    background: Color? = nil
  ) {
    self.method = method
    self.cell = cell
    self.sixelColors = sixelColors
    self.wrapping = wrapping
    self.background = background
  }

  /// What a terminal has answered.
  init(_ answers: TerminalAnswers?, isUnicode: Bool) {
    self.init(method: nil)
    guard let answers else { return }
    cell = answers.cell
    background = answers.background
    sixelColors = min(answers.sixelColors ?? 256, 256)
    if answers.knowsKitty == true {
      method = .kitty
    } else if answers.knowsInlineImages {
      method = .iterm
    } else if answers.knowsSixel {
      method = .sixel
    } else if isUnicode, PictureTraits.drawsSextants(answers.name) {
      method = .sextants
    }
  }

  /// Terminals that draw these characters themselves, so that no font has to have them.
  private static func drawsSextants(_ name: String) -> Bool {
    if name.hasPrefix("VTE("), let version = Int(name.dropFirst(4).prefix { $0.isNumber }) { return version >= 6200 }
    return ["foot", "contour", "WezTerm", "kitty", "ghostty"].contains { name.hasPrefix($0) }
  }
}
