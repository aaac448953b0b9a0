extension Parser {
  /// Why reading stopped.
  enum Stop: Error {
    /// An error in one statement: reading goes on at the next. After the head of a block in Python's manner the lines
    /// that are indented more deeply are passed over as well.
    case failed(Diagnostic, skipsIndentedLines: Bool)
    /// An error after which nothing is read any more.
    case abandoned(Diagnostic)
    case incomplete(Incompleteness)
    /// There are as many errors as anyone will read.
    case enough
  }

  func diagnostic(_ title: String, _ span: Span, _ text: String, also: [Diagnostic.Label] = [], _ advice: String...) -> Diagnostic
  {
    Diagnostic(title: title, labels: [label(span, text)] + also, advice: advice)
  }

  func label(_ span: Span, _ text: String) -> Diagnostic.Label { .init(source: source, span: span, text: text) }

  func failure(
    _ title: String, _ span: Span, _ text: String, also: [Diagnostic.Label] = [], _ advice: String...,
    skipsIndentedLines: Bool = false
  ) -> Stop {
    .failed(Diagnostic(title: title, labels: [label(span, text)] + also, advice: advice), skipsIndentedLines: skipsIndentedLines)
  }

  /// Notes an error after which reading goes on as if nothing had been.
  mutating func report(_ title: String, _ span: Span, _ text: String, _ advice: String...) {
    diagnostics.append(Diagnostic(title: title, labels: [label(span, text)], advice: advice))
  }

  // MARK: Something else was expected

  /// `what` is missing before the current token: an error, or at the end of the text the wish for more.
  func missing(_ what: String, after title: String? = nil, _ advice: String...) -> Stop {
    let title = title ?? "\(what) is missing"
    if current.kind == .end { return .incomplete(incompleteness(awaiting: what, title: title, advice: advice)) }
    return .failed(
      Diagnostic(title: title, labels: [label(placeOfCurrent, descriptionOfCurrent)] + innermostOpening, advice: advice),
      skipsIndentedLines: false)
  }

  private func incompleteness(awaiting what: String, title: String, advice: [String]) -> Incompleteness {
    let end = Span(previous.upper, previous.upper)
    var diagnostic = Diagnostic(title: title, labels: [label(end, "the text ends here")], advice: advice)
    if let bracket = open.last {
      let mark = text(tokens[bracket])
      diagnostic = Diagnostic(
        title: "`\(mark)` is never closed", labels: [label(tokens[bracket].span, "opened here")],
        advice: ["The text ends before \(Self.closingText[mark].map { "its `\($0)`" } ?? "its end")."])
    }
    let isInText = open.last.map { tokens[$0].kind == .stringOpen } ?? false
    let depth = open.count { tokens[$0].kind != .stringOpen && tokens[$0].kind != .interpolationOpen }
    return Incompleteness(awaited: what, depth: isInText ? 0 : max(depth, 1), diagnostic: diagnostic)
  }

  static let closingText = ["(": ")", "[": "]", "{": "}", "\"": "\"", "\"\"\"": "\"\"\""]

  /// Where the current token is in the way: itself, or the end of the line before it.
  private var placeOfCurrent: Span { isOnSameLine ? current.span : Span(previous.upper, previous.upper) }

  private var descriptionOfCurrent: String { isOnSameLine ? "found \(describe(current))" : "the line ends here" }

  /// A mark at the bracket that is still open, where it stands on another line or what follows may be its fault.
  private var innermostOpening: [Diagnostic.Label] {
    guard newlinesAreFree, let bracket = open.last else { return [] }
    return [label(tokens[bracket].span, "opened here")]
  }

  func describe(_ token: Token) -> String {
    switch token.kind {
    case .end: return "the end of the text"
    case .name: return "the name `\(text(token))`"
    case .number: return "the number \(text(token))"
    case .stringOpen: return "a string"
    case .stringText, .stringClose, .format: return "the rest of a string"
    default: return "`\(text(token))`"
    }
  }

  /// Takes the closing bracket of the opening one last pushed.
  mutating func close(_ kind: Token.Kind, in what: String, separator: String? = "`,`") throws {
    guard current.kind == kind else {
      if current.kind != .end, let hint = hintForUnexpected(in: what) { throw hint }
      let mark = open.last.flatMap { Self.closingText[text(tokens[$0])] } ?? "}"
      let call = hintForCommand() == nil ? "" : "A call in here has parentheses: `\(text(previous))(…)`."
      throw missing(separator.map { "\($0) or `\(mark)`" } ?? "`\(mark)`", call)
    }
    open.removeLast()
    advance()
  }

  mutating func push() {
    open.append(index)
    advance()
  }

  // MARK: Going on after an error

  /// Notes an error of the statement that began at token `start`, and moves to where the next one may begin.
  mutating func recover(from start: Int, _ diagnostic: Diagnostic, skipsIndentedLines: Bool) {
    let place = diagnostic.labels.first?.span ?? current.span
    let began = tokens[start].span.lower
    // What follows a character that could not be read is a consequence.
    let isConsequence = lexicalProblems.contains { problem in
      guard let span = problem.labels.first?.span else { return false }
      return span.upper > began && span.lower <= place.upper
    }
    let isRepetition = diagnostics.last.map { last in
      guard last.title == diagnostic.title, let span = last.labels.first?.span else { return false }
      return source.line(at: Int(span.lower)) == source.line(at: Int(place.lower))
    }
    if !isConsequence, isRepetition != true { diagnostics.append(diagnostic) }
    let failed = max(index, start)
    index = start
    skipStatement(upTo: failed)
    guard skipsIndentedLines else { return }
    let indentation = source.location(at: tokens[start].lower).column
    while current.kind != .end, current.hasNewlineBefore {
      let isDeeper = source.location(at: current.lower).column > indentation
      guard isDeeper || ["else", "elif", "except", "finally", "end"].contains(text(current)) else { return }
      let line = index
      skipStatement(upTo: line)
      if index == line { return }
    }
  }

  /// Moves past whole brackets to the end of the statement that holds the token `target`.
  private mutating func skipStatement(upTo target: Int) {
    let start = index
    while current.kind != .end {
      let isBoundary = current.hasNewlineBefore || current.kind == .semicolon || current.kind == .rightBrace
      if index > start, index >= target, isBoundary { return }
      if current.kind == .rightBrace, !open.isEmpty { return }
      if closers[index] > index { index = Int(closers[index]) }
      advance()
    }
  }
}
