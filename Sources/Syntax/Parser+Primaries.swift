extension Parser {
  /// A value and the calls, indexes, fields and blocks that follow it.
  mutating func parsePostfix(_ what: String) throws -> Expression {
    let start = index
    var value = try parsePrimary(what)
    if tokens[start].kind == .if || tokens[start].kind == .try || isFunctionLiteral(value) { return value }
    while true {
      let isAdjacent = !current.hasSpaceBefore
      switch current.kind {
      case .leftParenthesis where isAdjacent || (isCallable(value) && !current.hasNewlineBefore): value = try parseCall(of: value)
      case .leftBracket where isAdjacent: value = try parseIndex(of: value)
      case .dot where isOnSameLine:
        advance()
        guard isNameOrKeyword(current) else { throw elementwiseHabit() ?? missing("the name of a field after `.`") }
        let name = Name(text(current), span: current.span)
        advance()
        value = try make(.field(value, name), value.span.union(name.span))
      case .leftBrace where takesBlocks && !current.hasNewlineBefore && isCallable(value):
        guard let call = try parseTrailingBlock(of: value) else { return value }
        value = call
      default: return value
      }
    }
  }

  private func isFunctionLiteral(_ value: Expression) -> Bool {
    if case .function = value.kind, previous.kind != .rightParenthesis { return true }
    return false
  }

  private func isCallable(_ value: Expression) -> Bool {
    switch value.kind {
    case .name, .call, .field, .index: return true
    case .none, .boolean, .number, .string, .list, .record, .range, .unary, .binary, .and, .or, .comparisonChain, .function,
      .conditional, .attempt:
      return false
    }
  }

  private mutating func parsePrimary(_ what: String) throws -> Expression {
    let token = current
    switch token.kind {
    case .number:
      advance()
      return Expression(.number(number(token)), span: token.span)
    case .stringOpen: return try parseString()
    case .name: return try parseName()
    case .none: return literal(.none)
    case .true: return literal(.boolean(true))
    case .false: return literal(.boolean(false))
    case .leftParenthesis: return try beginsLambda(index) ? parseLambda() : parseGroup()
    case .leftBracket: return try parseList()
    case .leftBrace: return try parseRecord()
    case .if: return try parseConditional()
    case .try: return try parseAttempt()
    case .fn: return try parseAnonymousFunction()
    default: throw noValue(what)
    }
  }

  private mutating func literal(_ kind: ExpressionKind) -> Expression {
    let span = current.span
    advance()
    return Expression(kind, span: span)
  }

  private func number(_ token: Token) -> Double {
    let digits = source.bytes[token.lower..<token.upper].filter { $0 != UInt8(ascii: "_") }
    if digits.count > 1, digits[1] | 0x20 == UInt8(ascii: "x") {
      return digits.dropFirst(2).reduce(0) { sum, digit in
        16 * sum + Double(digit.isDigit ? digit - UInt8(ascii: "0") : (digit | 0x20) - UInt8(ascii: "a") + 10)
      }
    }
    let text = String(decoding: digits, as: UTF8.self)
    return Double(text.first == "." ? "0" + text : text) ?? .nan
  }

  private mutating func parseName() throws -> Expression {
    if peek().kind == .arrow { return try parseLambda() }
    let token = current
    if let habit = foreignName() { throw habit }
    if try skipStringPrefix() { return try parseString() }
    advance()
    return Expression(.name(text(token)), span: token.span)
  }

  private mutating func parseGroup() throws -> Expression {
    let start = index
    push()
    if current.kind == .rightParenthesis {
      throw failure(
        "empty parentheses have no value", tokens[start].span.union(current.span), "",
        "Nothing is `none`, an empty list is `[]`, and a function without parameters `() -> …`.")
    }
    let parsed = try with(newlinesFree: true, blocks: true) { parser in
      let value = try parser.parseExpression()
      if parser.current.kind == .comma {
        throw parser.failure(
          "values in parentheses are not a list", parser.current.span, "a second value",
          also: [
            parser.label(parser.tokens[start].span, "opened here")
          ], "A list is written `[1, 2]`.")
      }
      try parser.close(.rightParenthesis, in: "parentheses", separator: nil)
      return value
    }
    var value = parsed
    value.span = span(from: start)
    return value
  }

  private mutating func parseList() throws -> Expression {
    let start = index
    push()
    let elements = try with(newlinesFree: true, blocks: true) { parser in
      var elements: [Expression] = []
      while parser.current.kind != .rightBracket {
        elements.append(try parser.parseExpression())
        if !parser.take(.comma) { break }
      }
      try parser.close(.rightBracket, in: "a list")
      return elements
    }
    return try make(.list(elements), span(from: start))
  }

  // MARK: Records

  /// Whether the `{` at token `place` begins a record: a name and a colon follow, or `}`.
  func beginsRecord(_ place: Int) -> Bool {
    guard tokens[place].kind == .leftBrace, place + 1 < tokens.count else { return false }
    let next = tokens[place + 1]
    if next.kind == .rightBrace { return true }
    return isNameOrKeyword(next) && place + 2 < tokens.count && tokens[place + 2].kind == .colon
  }

  private mutating func parseRecord() throws -> Expression {
    guard beginsRecord(index) else { throw strayBrace() }
    let start = index
    push()
    let fields = try with(newlinesFree: true, blocks: true) { parser in
      var fields: [RecordField] = []
      var names: Set<String> = []
      while parser.current.kind != .rightBrace {
        guard parser.isNameOrKeyword(parser.current), parser.peek().kind == .colon else {
          if parser.current.kind == .end { throw parser.missing("`}`") }
          throw parser.failure(
            "a field of a record is missing", parser.current.span, "found \(parser.describe(parser.current))",
            "Each field is a name, a colon and a value: `{width: 28, height: 28}`.")
        }
        let name = Name(parser.text(parser.current), span: parser.current.span)
        if !names.insert(name.text).inserted {
          parser.report("a field is given twice", name.span, "`\(name.text)` once more")
        }
        parser.advance()
        parser.advance()
        fields.append(RecordField(name: name, value: try parser.parseExpression("the value of `\(name.text)`")))
        if !parser.take(.comma) { break }
      }
      try parser.close(.rightBrace, in: "a record")
      return fields
    }
    return try make(.record(fields), span(from: start))
  }

  // MARK: Branches

  private mutating func parseConditional() throws -> Expression {
    let start = index
    advance()
    var branches: [(condition: Expression, body: Block)] = []
    var otherwise: Block?
    repeat {
      let condition = try parseHead("a condition after `if`")
      branches.append((condition, try parseBody(of: "if")))
      if current.kind == .name, ["elif", "elsif", "elseif"].contains(text(current)) {
        report("`\(text(current))` is not a word of the language", current.span, "", "Write `else if`.")
        advance()
        continue
      }
      guard take(.else) else { break }
      if take(.if) { continue }
      otherwise = try parseBody(of: "else")
      break
    } while true
    return try make(.conditional(branches: branches, otherwise: otherwise), span(from: start))
  }

  private mutating func parseAttempt() throws -> Expression {
    let start = index
    advance()
    let body = try parseBody(of: "try")
    guard take(.catch) else {
      if current.kind == .name, ["except", "finally", "rescue"].contains(text(current)) {
        throw failure(
          "`\(text(current))` is not a word of the language", current.span, "", "Write `try { … } catch e { … }`.",
          skipsIndentedLines: true)
      }
      throw missing("`catch`", "What to do after an error stands in `try { … } catch e { … }`.")
    }
    if current.kind == .leftParenthesis {
      throw failure("`catch` has no parentheses", current.span, "", "Write `catch e { … }`.")
    }
    var name: Name?
    if current.kind == .name {
      name = Name(text(current), span: current.span)
      advance()
    }
    let handler = try parseBody(of: "catch")
    return try make(.attempt(body: body, name: name, handler: handler), span(from: start))
  }
}
