/// Recursive descent over the tokens of one source. `docs/language.md` holds the grammar.
public struct Parser {
  /// Brackets and blocks within one another.
  static let deepestNesting = 200
  /// Levels of the tree: `a + a + a` is a tree of 3.
  static let greatestHeight = 500
  static let mostErrors = 20

  /// The program in `source`, or what is wrong with it, or that more must follow.
  public static func parse(_ source: Source) -> ParseResult {
    var lexer = Lexer(source)
    lexer.run()
    var parser = Parser(lexer)
    return parser.parseProgram()
  }

  let source: Source
  let tokens: [Token]
  let documentation: [Lexer.Documentation]
  /// For each opening bracket the index of its closing one; -1 where it has none.
  let closers: [Int32]
  let lexicalProblems: [Diagnostic]
  var index = 0
  var nesting = 0
  var diagnostics: [Diagnostic] = []
  /// The calls so far that spread a variable, for the functions in which they stand.
  var spreadCalls: [SpreadCall] = []
  /// The opening brackets around the token being read.
  var open: [Int] = []
  /// The `[` of the index being read, inside which a range may be open.
  var indexBracket = -1
  /// Where newlines are blanks: inside ( ) [ ] and records.
  var newlinesAreFree = false
  /// Where a `{` after a name or a call is its block; not in the heads of `if`, `for` and `while`.
  var takesBlocks = true
  /// Where the documentation at the head of the file went to a definition.
  var usedDocumentation: Set<Int32> = []

  private init(_ lexer: Lexer) {
    source = lexer.source
    tokens = lexer.tokens
    documentation = lexer.documentation
    lexicalProblems = lexer.problems
    closers = Self.matchBrackets(lexer.tokens)
  }

  /// A closing bracket of the wrong kind closes the nearest opening one of its own kind, or nothing.
  private static func matchBrackets(_ tokens: [Token]) -> [Int32] {
    var closers = [Int32](repeating: -1, count: tokens.count)
    var stack: [Int] = []
    for (index, token) in tokens.enumerated() {
      if token.kind.closer != nil {
        stack.append(index)
      } else if token.kind.isCloser, let match = stack.suffix(64).lastIndex(where: { tokens[$0].kind.closer == token.kind }) {
        closers[stack[match]] = Int32(clamping: index)
        stack.removeSubrange(match...)
      }
    }
    return closers
  }

  private mutating func parseProgram() -> ParseResult {
    do {
      let statements = try parseStatements()
      let problems = problems
      guard problems.isEmpty else { return .invalid(problems) }
      return .complete(Program(source: source, documentation: documentationOfModule, statements: statements))
    } catch Stop.incomplete(let incompleteness) {
      let problems = problems
      return problems.isEmpty ? .incomplete(incompleteness) : .invalid(problems)
    } catch Stop.failed(let diagnostic, _), Stop.abandoned(let diagnostic) {
      diagnostics.append(diagnostic)
      return .invalid(problems)
    } catch {
      // `Stop.enough`
      return .invalid(problems)
    }
  }

  /// What is wrong, in the order of the text.
  private var problems: [Diagnostic] {
    func place(_ diagnostic: Diagnostic) -> Int32 { diagnostic.labels.first?.span.lower ?? 0 }
    return Array((lexicalProblems + diagnostics).sorted { place($0) < place($1) }.prefix(Self.mostErrors))
  }

  /// The `##` block that begins the file, unless it belongs to a definition.
  private var documentationOfModule: String? {
    guard let first = documentation.first, !usedDocumentation.contains(0) else { return nil }
    guard let token = tokens.first, token.lower >= Int(first.span.lower) else { return nil }
    return first.text
  }

  // MARK: The token at hand

  var current: Token { tokens[index] }
  var previous: Token { tokens[max(index - 1, 0)] }

  func peek(_ distance: Int = 1) -> Token { tokens[min(max(index + distance, 0), tokens.count - 1)] }

  mutating func advance() {
    if index < tokens.count - 1 { index += 1 }
  }

  mutating func take(_ kind: Token.Kind) -> Bool {
    guard current.kind == kind else { return false }
    advance()
    return true
  }

  func text(_ token: Token) -> String { source.text(of: token.span) }

  /// Whether the line goes on: a newline before the current token ends it, unless newlines are blanks here.
  var isOnSameLine: Bool { newlinesAreFree || !current.hasNewlineBefore }

  /// From the token at `start` to the last one read.
  func span(from start: Int) -> Span {
    let lower = tokens[min(start, tokens.count - 1)].lower
    return Span(lower, max(lower, index > start ? previous.upper : lower))
  }

  func isName(_ token: Token) -> Bool { token.kind == .name }

  /// After a point and before a colon the words of the language are names like any other.
  func isNameOrKeyword(_ token: Token) -> Bool { token.kind == .name || token.isKeyword }

  // MARK: Depth

  /// Reads with one more level of nesting.
  mutating func nested<Result>(_ read: (inout Parser) throws -> Result) throws -> Result {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.deepestNesting else {
      throw Stop.abandoned(
        diagnostic(
          "the program is nested too deeply", current.span, "level \(nesting)",
          "No more than \(Self.deepestNesting) brackets and blocks may stand within one another. Name a part of it."))
    }
    return try read(&self)
  }

  /// Reads with other rules for newlines and blocks.
  mutating func with<Result>(
    newlinesFree: Bool, blocks: Bool, _ read: (inout Parser) throws -> Result
  ) throws -> Result {
    let saved = (newlinesAreFree, takesBlocks)
    newlinesAreFree = newlinesFree
    takesBlocks = blocks
    defer { (newlinesAreFree, takesBlocks) = saved }
    return try read(&self)
  }

  func make(_ kind: ExpressionKind, _ span: Span) throws -> Expression {
    let expression = Expression(kind, span: span)
    guard expression.height <= Self.greatestHeight else {
      throw Stop.abandoned(
        diagnostic(
          "the expression is too long", Span(Int(span.upper) - 1, Int(span.upper)), "part \(expression.height) of a chain",
          "No more than \(Self.greatestHeight) operations may hang together. Use a list and `sum`, or name a part of it."))
    }
    return expression
  }
}
