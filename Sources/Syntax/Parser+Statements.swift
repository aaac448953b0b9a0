extension Parser {
  /// Statements up to the end of the text or, inside braces, up to `}`.
  mutating func parseStatements() throws -> [Statement] {
    let isBlock = !open.isEmpty
    var statements: [Statement] = []
    while true {
      while take(.semicolon) {}
      if current.kind == .end || (isBlock && current.kind == .rightBrace) { return statements }
      if diagnostics.count >= Self.mostErrors { throw Stop.enough }
      let start = index
      let state = (open.count, nesting)
      do {
        var statement = try parseStatement()
        statement.isSilent = try endStatement(statement)
        statements.append(statement)
      } catch Stop.failed(let diagnostic, let skipsIndentedLines) {
        open.removeSubrange(state.0...)
        nesting = state.1
        recover(from: start, diagnostic, skipsIndentedLines: skipsIndentedLines)
        if index == start { advance() }
      }
    }
  }

  /// Whether a `;` ends the statement; an error where anything else but the line's end follows.
  private mutating func endStatement(_ statement: Statement) throws -> Bool {
    if take(.semicolon) { return true }
    if current.kind == .end || current.hasNewlineBefore || (current.kind == .rightBrace && !open.isEmpty) { return false }
    throw unexpectedAfter(statement)
  }

  private mutating func parseStatement() throws -> Statement {
    let start = index
    switch current.kind {
    case .for: return try parseFor()
    case .while:
      advance()
      let condition = try parseHead("a condition after `while`")
      let body = try parseBody(of: "while")
      return Statement(.whileLoop(condition: condition, body: body), span: span(from: start))
    case .break:
      advance()
      return Statement(.breakLoop, span: span(from: start))
    case .continue:
      advance()
      return Statement(.continueLoop, span: span(from: start))
    case .return:
      advance()
      let isBare = current.hasNewlineBefore || current.kind == .semicolon || current.kind == .rightBrace || current.kind == .end
      let value = isBare ? nil : try parseValue()
      return Statement(.returnValue(value), span: span(from: start))
    case .use: return try parseUse()
    case .fn where peek().kind != .leftParenthesis: return try parseDefinition()
    default:
      if let habit = foreignStatement() { throw habit }
      return try parseExpressionStatement()
    }
  }

  private mutating func parseFor() throws -> Statement {
    let start = index
    advance()
    var targets: [Name] = []
    let isParenthesized = current.kind == .leftParenthesis
    repeat {
      guard current.kind == .name else {
        if isParenthesized {
          throw failure("a `for` has no parentheses", current.span, "", "Write `for x in xs { … }`.")
        }
        throw missing("a name after `for`", "A loop is written `for x in xs { … }`.")
      }
      targets.append(Name(text(current), span: current.span))
      advance()
    } while take(.comma)
    guard take(.in) else {
      if current.kind == .assign {
        throw failure("`=` stands where `in` belongs", current.span, "", "A loop is written `for i in 0..10 { … }`.")
      }
      throw missing("`in`", "A loop is written `for x in xs { … }`.")
    }
    let sequence = try parseHead("the sequence after `in`")
    let body = try parseBody(of: "for")
    return Statement(.forLoop(targets: targets, sequence: sequence, body: body), span: span(from: start))
  }

  private mutating func parseUse() throws -> Statement {
    let start = index
    advance()
    if current.kind == .stringOpen {
      let string = try parseString()
      guard case .string(let pieces) = string.kind else { throw missing("a path") }
      var path = ""
      for piece in pieces {
        switch piece {
        case .text(let text): path += text
        case .interpolation(let value, _):
          throw failure("the path of `use` is a plain string", value.span, "a value", "Modules are found before anything runs.")
        }
      }
      let alias = try parseAlias()
      return Statement(.use(.file(path: path, span: string.span), alias: alias), span: span(from: start))
    }
    guard current.kind == .name, !current.hasNewlineBefore else {
      throw missing(
        "the name of a module after `use`", "Write `use gan`, or `use \"my/losses.gan\"` for a file beside the script.")
    }
    let name = Name(text(current), span: current.span)
    advance()
    if current.kind == .dot || current.kind == .slash, !current.hasNewlineBefore {
      throw failure(
        "a module is named by one word or a path in quotes", span(from: start + 1).union(current.span), "",
        "Write `use gan`, or `use \"my/losses.gan\"` for a file beside the script.")
    }
    let alias = try parseAlias()
    return Statement(.use(.standard(name), alias: alias), span: span(from: start))
  }

  /// The name behind `as`, which is a word of its own only there.
  private mutating func parseAlias() throws -> Name? {
    guard current.kind == .name, !current.hasNewlineBefore, text(current) == "as" else { return nil }
    advance()
    guard current.kind == .name, !current.hasNewlineBefore else {
      throw missing("a name after `as`", "Write `use \"losses.gan\" as losses`; its functions are losses.f then.")
    }
    defer { advance() }
    return Name(text(current), span: current.span)
  }

  /// `x`, `f 1, 2`, `x = 1`, `a, b = pair`.
  private mutating func parseExpressionStatement() throws -> Statement {
    let start = index
    let commandHead = endOfCommandHead()
    if let commandHead {
      let command = try parseCommand(headEnd: commandHead)
      return Statement(.expression(command), span: span(from: start))
    }
    if current.kind == .leftBrace, !beginsRecord(index) { throw strayBrace() }
    let first = try parseExpression()
    if current.kind == .comma, !current.hasNewlineBefore { return try parseUnpacking(first, start) }
    let mark = current
    guard !mark.hasNewlineBefore, mark.kind == .assign || mark.kind.assignmentOperator != nil else {
      return Statement(.expression(first), span: span(from: start))
    }
    let target = try target(first)
    advance()
    let value = try parseAssigned(after: mark)
    return Statement(
      .assignment(targets: [target], operator: mark.kind.assignmentOperator, value: value), span: span(from: start))
  }

  private mutating func parseUnpacking(_ first: Expression, _ start: Int) throws -> Statement {
    var targets = [first]
    while take(.comma) { targets.append(try parseExpression()) }
    let mark = current
    guard mark.kind == .assign, !mark.hasNewlineBefore else {
      if mark.kind.assignmentOperator != nil {
        throw failure("`\(text(mark))` has one name on its left", mark.span, "", "Write a line for each of them.")
      }
      throw failure(
        "values side by side are neither a list nor a call", span(from: start), "",
        "A list is written `[a, b]`; several names can only be assigned to: `a, b = pair`.")
    }
    let places = try targets.map { try target($0) }
    advance()
    let value = try parseAssigned(after: mark)
    return Statement(.assignment(targets: places, operator: nil, value: value), span: span(from: start))
  }

  private mutating func parseAssigned(after mark: Token) throws -> Expression {
    let value = try parseValue()
    if current.kind == .assign, !current.hasNewlineBefore {
      throw failure("only one `=` stands in a line", current.span, "", "Write a line for each name.")
    }
    if current.kind == .comma, !current.hasNewlineBefore {
      let isFunction = tokens[index...].prefix { $0.kind == .comma || $0.kind == .name }.count
      if peek(isFunction).kind == .arrow {
        throw failure(
          "the parameters of a function need parentheses", value.span.union(current.span), "", "Write `(x, y) -> x + y`.")
      }
      throw failure(
        "the values on the right of `=` need brackets", value.span.union(current.span), "", "Write `a, b = [1, 2]`.")
    }
    return value
  }

  private func target(_ expression: Expression) throws -> Target {
    switch expression.kind {
    case .name(let name): return .name(Name(name, span: expression.span))
    case .field(let base, let name): return .field(base, name)
    case .index(let base, let indexes): return .index(base, indexes, span: expression.span)
    case .call(let call):
      let head = source.text(of: expression.span)
      if case .name = call.callee.kind, call.form == .parentheses, call.block == nil {
        throw failure("a call cannot be assigned to", expression.span, "a call", "A function is defined with `fn \(head) = …`.")
      }
      throw failure("a call cannot be assigned to", expression.span, "a call")
    case .none, .boolean, .number, .string, .list, .record, .range, .unary, .binary, .and, .or, .comparisonChain, .function,
      .conditional, .attempt:
      throw failure(
        "only a name, a field or an index can be assigned to", expression.span, "", "Two values are compared with `==`.")
    }
  }

  // MARK: Heads and bodies

  /// A condition or sequence, after which `{` begins the body.
  mutating func parseHead(_ what: String) throws -> Expression {
    if current.kind == .leftBrace, !beginsRecord(index) { throw missing(what) }
    let head = try with(newlinesFree: newlinesAreFree, blocks: false) { try $0.parseExpression(what) }
    if current.kind == .assign {
      throw failure("`=` assigns, it does not compare", current.span, "", "Write `==` to compare.")
    }
    return head
  }

  /// The block after a head; it may begin on the next line.
  mutating func parseBody(of head: String) throws -> Block {
    if current.kind == .leftBrace { return try parseBlock() }
    if current.kind == .colon {
      throw failure(
        "a body stands between braces, not after a colon", current.span, "", "Write `\(head) … { … }`.", skipsIndentedLines: true)
    }
    if current.kind == .name, ["then", "do", "begin"].contains(text(current)), !current.hasNewlineBefore {
      throw failure("a body stands between braces", current.span, "", "Write `\(head) … { … }`.", skipsIndentedLines: true)
    }
    if current.kind == .else {
      throw failure("a body is missing", current.span, "found `else`", "The two ways are written `if c { a } else { b }`.")
    }
    if current.kind != .end, current.hasNewlineBefore, !newlinesAreFree {
      throw failure(
        "a body is missing", Span(previous.upper, previous.upper), "the line ends here",
        "A body stands between braces: `\(head) … { … }`.", skipsIndentedLines: true)
    }
    if let hint = hintForUnexpected(in: "the head of `\(head)`"), current.kind != .end { throw hint }
    throw missing("the body `{ … }` of `\(head)`", "A body stands between braces: `\(head) … { … }`.")
  }

  mutating func parseBlock() throws -> Block {
    try nested { parser in
      let start = parser.index
      parser.push()
      let statements = try parser.with(newlinesFree: false, blocks: true) { try $0.parseStatements() }
      guard parser.current.kind == .rightBrace else { throw parser.missing("`}`") }
      parser.open.removeLast()
      parser.advance()
      return Block(statements: statements, span: parser.span(from: start))
    }
  }
}
