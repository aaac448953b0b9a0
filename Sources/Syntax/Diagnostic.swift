/// What went wrong, as a plain value; renderers turn it into terminal text, plain text or HTML.
public struct Diagnostic: Error, Sendable {
  /// How bad it is: an error stops the script, a warning does not, a note only explains.
  public enum Severity: String, Sendable { case error, warning, note }

  /// A place in a source and what was found there.
  public struct Label: Sendable {
    /// The text that holds the place.
    public var source: Source
    /// The place, in offsets into `source.bytes`.
    public var span: Span
    /// What was found there, beneath the marked line: "[3, 4]"; empty where the mark says enough.
    public var text: String

    /// A marked place.
    public init(source: Source, span: Span, text: String) {
      self.source = source
      self.span = span
      self.text = text
    }
  }

  /// What happened within the standard library.
  public struct Interior: Sendable {
    /// The place itself.
    public var labels: [Label]
    /// The calls that led there, innermost first; the last is the user's own.
    public var calls: [Label]
  }

  /// `.error` unless told otherwise.
  public var severity: Severity
  /// Short, lower case, without a full stop: "the shapes do not fit a matrix product".
  public var title: String
  /// The place itself (may be several marks in one source).
  public var labels: [Label]
  /// The calls that led there, innermost first; the text of each is the title of what was called.
  public var calls: [Label]
  /// Where the standard library failed: the way from `labels`, the user's own call, to the place itself.
  public var interior: Interior?
  /// Whether the calls within the standard library are shown too, each with its line.
  public var isInFull = false
  /// How many calls between the innermost and the outermost of `calls` are not among them (a runaway recursion has many).
  public var omittedCalls = 0
  /// Whole sentences: why, and the way out.
  public var advice: [String]

  /// A diagnostic for a place, or, without labels, for none.
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

extension Diagnostic {
  /// The same with the user's own line first: an error inside the standard library gets the place of the innermost call that is
  /// not in it. Where there is no such call, nothing changes.
  public var turnedOutward: Diagnostic {
    guard interior == nil, !labels.isEmpty, labels.allSatisfy(\.source.isLibrary),
      let place = calls.firstIndex(where: { !$0.source.isLibrary })
    else { return self }
    var turned = self
    let call = calls[place]
    let found = labels.map(\.text).filter { !$0.isEmpty }.joined(separator: ", ")
    turned.interior = Interior(labels: labels, calls: Array(calls[...place]))
    turned.labels = [Label(source: call.source, span: call.span, text: found)]
    // A call whose text holds the mark says nothing more.
    turned.calls = Array(calls[(place + 1)...].drop { $0.source === call.source && $0.span.holds(call.span) })
    return turned
  }

  /// The same with the place itself first, and every call that led there.
  public var inFull: Diagnostic {
    var full = self
    full.isInFull = true
    guard let interior else { return full }
    full.labels = interior.labels
    full.calls = interior.calls + calls
    full.interior = nil
    return full
  }
}

extension Span {
  /// Whether another lies within it.
  public func holds(_ other: Span) -> Bool { lower <= other.lower && other.upper <= upper }
}
