extension StringProtocol {
  /// The text without the blanks and line ends around it.
  public var trimmingBlanks: String { String(drop { $0.isWhitespace }).trimmingEnd(while: \.isWhitespace) }

  /// The text without the characters at its end that are so.
  public func trimmingEnd(while isSo: (Character) -> Bool) -> String {
    var text = Substring(self)
    while let last = text.last, isSo(last) { text.removeLast() }
    return String(text)
  }
}
