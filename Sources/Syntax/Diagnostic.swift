/// What went wrong, as a plain value; renderers turn it into terminal text, plain text or HTML.
public struct Diagnostic: Error, Sendable {
  public enum Severity: String, Sendable { case error, warning, note }

  /// A place in a source and what was found there.
  public struct Label: Sendable {
    public var source: Source
    public var span: Span
    public var text: String

    public init(source: Source, span: Span, text: String) {
      self.source = source
      self.span = span
      self.text = text
    }
  }

  public var severity: Severity
  /// Short, lower case, without a full stop: "the shapes do not fit a matrix product".
  public var title: String
  /// The place itself (may be several marks in one source).
  public var labels: [Label]
  /// The calls that led there from the user's own code, innermost first; shown where the place is inside a module.
  public var calls: [Label]
  /// How many calls between the innermost and the outermost of `calls` are not among them (a runaway recursion has many).
  public var omittedCalls = 0
  /// Whole sentences: why, and the way out.
  public var advice: [String]

  public init(
    severity: Severity = .error, title: String, labels: [Label] = [], calls: [Label] = [], advice: [String] = []
  ) {
    self.severity = severity
    self.title = title
    self.labels = labels
    self.calls = calls
    self.advice = advice
  }
}
