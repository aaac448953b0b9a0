import Syntax

/// Program text with its words marked by what they are.
public enum CodeText {
  /// The text under the line that names where it stands.
  public static func page(_ source: Source) -> StyledText {
    var result = StyledText()
    if !source.name.isEmpty {
      result.append("# \(source.name)", .faint)
      result.append("\n")
    }
    result.append(styled(source))
    return result
  }

  /// The text as it stands, each token marked by its role.
  public static func styled(_ source: Source) -> StyledText {
    var result = StyledText()
    var place = 0
    for token in Lexer.tokens(in: source.text) {
      let (lower, upper) = (Int(token.span.lower), Int(token.span.upper))
      guard lower >= place, upper >= lower, upper <= source.bytes.count else { continue }
      result.append(source.text(of: Span(place, lower)))
      result.append(source.text(of: token.span), role(of: token))
      place = upper
    }
    result.append(source.text(of: Span(place, source.bytes.count)))
    return result
  }

  private static func role(of token: Token) -> StyledText.Role {
    switch token.role {
    case .keyword: .keyword
    case .constant, .number: .number
    case .string: .string
    case .comment: .comment
    case .invalid: .invalid
    case .name, .operator, .bracket, .punctuation: .plain
    }
  }
}
