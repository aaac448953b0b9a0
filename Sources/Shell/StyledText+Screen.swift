import Base
import Frontend
import Terminal

extension StyledText {
  /// The text with the codes of a terminal's colors, and nothing else in it that steers a terminal.
  func text(on screen: Screen) -> String {
    guard screen.isTerminal || screen.colorDepth > .none else { return plain }
    return parts.map { part in
      let text = part.text.harmlessLines
      return StyledText.style(part.role).map { $0(text, on: screen) } ?? text
    }.joined()
  }

  /// How a part looks; nil for what looks as the terminal has it.
  static func style(_ role: Role) -> Style? {
    switch role {
    case .plain: nil
    case .heading: .heading
    case .name: .name
    case .faint, .comment: .faint
    case .keyword: Style(.magenta)
    case .number: Style(.blue)
    case .string: Style(.green)
    case .invalid: Style(.red)
    }
  }
}
