import Syntax
import Terminal

/// Program text in colours.
public struct CodePrinter {
  let screen: Screen

  public init(screen: Screen) {
    self.screen = screen
  }

  /// The text under the line that names where it stands.
  public func text(_ source: Source) -> String {
    let code = colored(source.text)
    guard !source.name.isEmpty else { return code }
    return Style.faint("# " + source.name, on: screen) + "\n" + code
  }

  func colored(_ text: String) -> String {
    guard screen.colorDepth > .none else { return text }
    let bytes = Array(text.utf8)
    var result = ""
    var place = 0
    for token in Lexer.tokens(in: text) {
      let (lower, upper) = (Int(token.span.lower), Int(token.span.upper))
      guard lower >= place, upper >= lower, upper <= bytes.count else { continue }
      result += String(decoding: bytes[place..<lower], as: UTF8.self)
      let piece = String(decoding: bytes[lower..<upper], as: UTF8.self)
      result += CodePrinter.style(token.role).map { $0(piece, on: screen) } ?? piece
      place = upper
    }
    return result + String(decoding: bytes[place...], as: UTF8.self)
  }

  private static func style(_ role: Token.Role) -> Style? {
    switch role {
    case .keyword: Style(.magenta)
    case .constant, .number: Style(.blue)
    case .string: Style(.green)
    case .comment: Style(dim: true)
    case .invalid: Style(.red)
    case .name, .operator, .bracket, .punctuation: nil
    }
  }
}
