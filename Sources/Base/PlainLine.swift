extension StringProtocol {
  /// The text as one line that shows what it is: each whitespace character is a space, and what a reader would not see but a terminal, a
  /// page or a parser would obey (control characters, marks that turn the direction of text around, code points that are no characters)
  /// is U+FFFD, �.
  public var plainLine: String {
    var line = String.UnicodeScalarView()
    for scalar in unicodeScalars { line.append(scalar.isPlain ? scalar : scalar.properties.isWhitespace ? " " : "\u{FFFD}") }
    return String(line)
  }
}

extension Unicode.Scalar {
  /// Whether it stands for itself in a line of text.
  fileprivate var isPlain: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: return false
    default: return !properties.isBidiControl && value & 0xFFFE != 0xFFFE
    }
  }
}
