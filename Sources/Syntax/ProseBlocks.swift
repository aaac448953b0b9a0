/// The blocks of `##` lines in a text that stand between its statements and belong to no function (rule 1.3).
public struct ProseBlocks {
  /// The lines of each, counted as those of the source.
  public private(set) var lineNumbers: [Range<Int>] = []

  private let source: Source
  private let tokens: [Token]

  /// The blocks of a text, whatever is wrong with it.
  public init(_ source: Source) {
    self.source = source
    tokens = Lexer.tokens(in: source.text)
    var depth = 0
    var previous: Int?
    var statement = 0
    var place = 0
    while place < tokens.count {
      let token = tokens[place]
      guard token.kind == .comment else {
        if depth == 0, token.hasNewlineBefore { statement = place }
        depth = max(0, depth + Self.step(token.kind))
        previous = place
        place += 1
        continue
      }
      var end = place
      while end < tokens.count, isDocumentation(end), end == place || line(of: end) == line(of: end - 1) + 1 { end += 1 }
      guard end > place else {
        place += 1
        continue
      }
      if depth == 0, !goesOn(previous, from: statement, to: end), !isOfFunction(end) {
        lineNumbers.append(line(of: place)..<line(of: end - 1) + 1)
      }
      place = end
    }
  }

  private func line(of place: Int) -> Int { source.line(at: Int(tokens[place].span.lower)) }

  /// Whether a token is a `##` comment with nothing but blanks before it.
  private func isDocumentation(_ place: Int) -> Bool {
    guard tokens[place].kind == .comment else { return false }
    let (lower, upper) = (Int(tokens[place].span.lower), Int(tokens[place].span.upper))
    let text = source.bytes[lower..<upper]
    guard text.starts(with: "##".utf8), text.dropFirst(2).first != UInt8(ascii: "#") else { return false }
    let start = Int(source.span(ofLine: source.line(at: lower)).lower)
    // The mark of UTF-8 may stand at the beginning of the text.
    return source.bytes[start..<lower].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 >= 0x80 }
  }

  /// Whether the statement before a block goes on behind it (rule 2.3): then the block is a comment in a statement.
  private func goesOn(_ previous: Int?, from statement: Int, to end: Int) -> Bool {
    guard let previous else { return false }
    if Self.awaitsMore(tokens[previous].kind) { return true }
    guard let next = tokens[end...].first(where: { $0.kind != .comment }) else { return false }
    if [.pipe, .else, .catch].contains(next.kind) { return true }
    // The body of a head that stands alone: `if x`, `fn f(x)`.
    return next.kind == .leftBrace && tokens[previous].kind != .rightBrace && isHead(statement...previous)
  }

  private func isHead(_ range: ClosedRange<Int>) -> Bool {
    let first = tokens[range.lowerBound].kind
    if [.if, .for, .while, .try].contains(first) { return true }
    if first == .fn { return !tokens[range].contains { $0.kind == .assign && $0.hasSpaceBefore } }
    return first == .rightBrace && tokens[range].contains { [.else, .catch].contains($0.kind) }
  }

  /// Whether a function is defined directly below the block that ends before `end`: then the block is its documentation (rule 1.3).
  private func isOfFunction(_ end: Int) -> Bool {
    guard end + 1 < tokens.count, tokens[end].kind == .fn, tokens[end + 1].kind == .name else { return false }
    return line(of: end) == line(of: end - 1) + 1
  }

  /// How many brackets a token opens or closes.
  private static func step(_ kind: Token.Kind) -> Int { kind.closer != nil ? 1 : kind.isCloser ? -1 : 0 }

  /// Whether a statement cannot end behind a token.
  private static func awaitsMore(_ kind: Token.Kind) -> Bool {
    kind.binaryOperator != nil || kind.assignmentOperator != nil || openEnded.contains(kind)
  }

  private static let openEnded: Set<Token.Kind> = [
    .and, .or, .not, .in, .else, .comma, .colon, .dot, .dots, .arrow, .pipe, .assign,
  ]
}
