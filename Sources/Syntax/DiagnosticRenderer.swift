/// Turns a diagnostic into the text a person reads in a terminal or a file.
public struct DiagnosticRenderer: Sendable {
  public enum Style: Sendable { case plain, terminal }

  public var style: Style
  /// Columns of the screen: longer lines of source are cut around the mark.
  public var width: Int

  public init(style: Style = .plain, width: Int = 100) {
    self.style = style
    self.width = width
  }

  /// The whole text, each line of it ended by a newline.
  public func render(_ diagnostic: Diagnostic) -> String {
    "\(diagnostic.severity.rawValue): \(diagnostic.title)\n" + diagnostic.advice.map { "  \($0)\n" }.joined()
  }
}
