extension Parser {
  // MARK: Parentheses, indexes, blocks

  mutating func parseCall(of callee: Expression) throws -> Expression {
    push()
    let arguments = try with(newlinesFree: true, blocks: true) { parser in
      var arguments: [Argument] = []
      while parser.current.kind != .rightParenthesis {
        arguments.append(try parser.parseArgument(after: arguments))
        if !parser.take(.comma) { break }
      }
      parser.refuseSpreadBeforeOthers(arguments)
      try parser.close(.rightParenthesis, in: "a call")
      return arguments
    }
    let call = Call(callee: callee, arguments: arguments, form: .parentheses)
    noteSpread(of: call)
    return try make(.call(call), callee.span.union(previous.span))
  }

  private mutating func parseArgument(after earlier: [Argument]) throws -> Argument {
    guard isNameOrKeyword(current), peek().kind == .colon else {
      if current.kind == .star || current.kind == .caret {
        throw failure(
          "arguments are not spread from a list", current.span, "",
          "Give each of them; the fields of a record are handed on as named arguments by `f(...record)`.")
      }
      if isSpread(current) {
        advance()
        return Argument(value: try parseExpression("a record after `...`"), isSpread: true)
      }
      return Argument(value: try parseExpression("an argument"))
    }
    let name = Name(text(current), span: current.span)
    if earlier.contains(where: { $0.name?.text == name.text }) {
      report("an argument is given twice", name.span, "`\(name.text)` once more")
    }
    advance()
    advance()
    return Argument(name: name, value: try parseExpression("the value of `\(name.text)`"))
  }

  /// Whether the token is the `...` before a record that is spread.
  func isSpread(_ token: Token) -> Bool { token.kind == .dots && token.upper - token.lower == 3 && text(token) == "..." }

  /// Keeps what a call hands on with `...options`, for the function in which it stands.
  mutating func noteSpread(of call: Call) {
    if let spread = SpreadCall(call) { spreadCalls.append(spread) }
  }

  /// Three points where two are meant.
  mutating func refuseThreePoints(_ mark: Token) {
    guard isSpread(mark) else { return }
    report("`...` is written with two points", mark.span, "", "All of an axis is `..`, as in `x[.., 0]`.")
  }

  private mutating func refuseSpreadBeforeOthers(_ arguments: [Argument]) {
    guard let early = arguments.dropLast().first(where: \.isSpread) else { return }
    let isTwice = arguments.last?.isSpread == true
    report(
      isTwice ? "two records are spread in one call" : "a record is spread behind all other arguments", early.value.span, "",
      isTwice
        ? "Put what is to be handed on into one record." : "`f(x, name: y, ...record)`: what follows the `...` stands last.")
  }

  mutating func parseIndex(of base: Expression) throws -> Expression {
    let saved = indexBracket
    indexBracket = index
    defer { indexBracket = saved }
    push()
    let indexes = try with(newlinesFree: true, blocks: true) { parser in
      var indexes: [Expression] = []
      while parser.current.kind != .rightBracket {
        indexes.append(try parser.parseIndexPart())
        if !parser.take(.comma) { break }
      }
      if indexes.isEmpty, parser.current.kind == .rightBracket {
        throw parser.failure(
          "an index is missing", parser.tokens[parser.open.last ?? 0].span.union(parser.current.span), "",
          "The first element is `x[0]`, the last `x[-1]`, all of them `x[..]`.")
      }
      try parser.close(.rightBracket, in: "an index")
      return indexes
    }
    return try make(.index(base, indexes), base.span.union(previous.span))
  }

  private mutating func parseIndexPart() throws -> Expression {
    guard current.kind == .dots else { return try parseExpression("an index") }
    let mark = current
    refuseThreePoints(mark)
    advance()
    if isAtEndOfIndex { return try make(.range(lower: nil, upper: nil), mark.span) }
    let upper = try parseRangeEnd()
    return try make(.range(lower: nil, upper: upper), mark.span.union(upper.span))
  }

  /// Whether a range inside an index may stay open here.
  var isAtEndOfIndex: Bool { open.last == indexBracket && (current.kind == .comma || current.kind == .rightBracket) }

  /// The block after a name or a call; nil where the `{` begins a record, which is no part of it.
  mutating func parseTrailingBlock(of value: Expression) throws -> Expression? {
    if case .call(let call) = value.kind {
      guard call.block == nil, call.form == .parentheses else { return nil }
      let block = try parseBlockOfCall()
      let whole = Call(callee: call.callee, arguments: call.arguments, block: block, form: .parentheses)
      return try make(.call(whole), value.span.union(block.span))
    }
    guard !beginsRecord(index) else { return nil }
    let block = try parseBlockOfCall()
    return try make(
      .call(Call(callee: value, arguments: [], block: block, form: .command)), value.span.union(block.span))
  }

  private mutating func parseBlockOfCall() throws -> Block {
    if beginsRecord(index), peek().kind != .rightBrace {
      throw failure(
        "a `{` after the arguments of a call begins a block", peek().span.union(peek(2).span), "the field of a record",
        "A record that is an argument stands after a comma or between the parentheses: `f(x, {a: 1})`.")
    }
    return try parseBlock()
  }

  // MARK: Commands

  /// Reads a command whose first argument is token `headEnd`.
  mutating func parseCommand(headEnd: Int) throws -> Expression {
    let start = index
    var callee = Expression(.name(text(current)), span: current.span)
    advance()
    while index < headEnd {
      advance()
      let name = Name(text(current), span: current.span)
      callee = try make(.field(callee, name), callee.span.union(name.span))
      advance()
    }
    let arguments = try with(newlinesFree: newlinesAreFree, blocks: false) { parser in
      var arguments: [Argument] = []
      repeat { arguments.append(try parser.parseArgument(after: arguments)) } while parser.take(.comma)
      parser.refuseSpreadBeforeOthers(arguments)
      return arguments
    }
    let block = current.kind == .leftBrace && isOnSameLine ? try parseBlockOfCall() : nil
    let call = Call(callee: callee, arguments: arguments, block: block, form: .command)
    noteSpread(of: call)
    let command = try make(.call(call), span(from: start))
    return block != nil && current.kind == .pipe ? try continuePipe(command) : command
  }

  /// Where the statement at hand is in the command form, the token that begins its first argument.
  func endOfCommandHead() -> Int? {
    guard current.kind == .name else { return nil }
    let place = endOfPath(index)
    let next = tokens[place]
    guard next.hasSpaceBefore, !next.hasNewlineBefore, beginsArgument(place) else { return nil }
    return place
  }

  /// `name field: value …`, which is a command on the right of `=` as well.
  func endOfNamedCommandHead() -> Int? {
    guard current.kind == .name else { return nil }
    let place = endOfPath(index)
    let next = tokens[place]
    guard next.hasSpaceBefore, !next.hasNewlineBefore, place + 1 < tokens.count else { return nil }
    return isNameOrKeyword(next) && tokens[place + 1].kind == .colon ? place : nil
  }

  /// The token after `a.b.c` that begins at token `place`.
  func endOfPath(_ place: Int) -> Int {
    var place = place + 1
    while place + 1 < tokens.count, tokens[place].kind == .dot, !tokens[place].hasSpaceBefore,
      isNameOrKeyword(tokens[place + 1]), !tokens[place + 1].hasSpaceBefore
    {
      place += 2
    }
    return min(place, tokens.count - 1)
  }

  /// Whether the token, with a name and a space before it, begins the argument of a command.
  private func beginsArgument(_ place: Int) -> Bool {
    let token = tokens[place]
    let next = tokens[min(place + 1, tokens.count - 1)]
    switch token.kind {
    case .name, .number, .stringOpen, .none, .true, .false, .not, .if, .try, .fn, .leftBracket: return true
    case .minus: return !next.hasSpaceBefore && next.kind != .minus && next.kind != .end
    case .leftBrace: return beginsRecord(place)
    case .leftParenthesis: return groupBeginsArgument(place)
    default: return token.isKeyword && next.kind == .colon
    }
  }

  /// `f (x) * 2` hands `(x) * 2` over, `f (x)` and `f (x, y)` are calls, `f (x, y) -> …` hands over a function.
  private func groupBeginsArgument(_ place: Int) -> Bool {
    let closer = Int(closers[place])
    guard closer > place, closer + 1 < tokens.count else { return false }
    let after = tokens[closer + 1]
    if after.kind == .arrow { return true }
    if after.hasNewlineBefore || [.semicolon, .rightBrace, .leftBrace, .end, .assign].contains(after.kind) { return false }
    if after.kind.assignmentOperator != nil || closer == place + 1 { return false }
    var inner = place + 1
    while inner < closer {
      if tokens[inner].kind == .comma || tokens[inner].kind == .colon { return false }
      inner = closers[inner] > inner ? Int(closers[inner]) + 1 : inner + 1
    }
    return true
  }

  /// `f y` where only `f(y)` can stand: after an expression that is a name or a field.
  func hintForCommand() -> Stop? {
    guard isOnSameLine, current.hasSpaceBefore, index > 0, previous.kind == .name, beginsArgument(index) else { return nil }
    guard current.kind != .if, current.kind != .not || peek().kind != .in else { return nil }
    var first = index - 1
    while first >= 2, tokens[first - 1].kind == .dot, isNameOrKeyword(tokens[first - 2]) { first -= 2 }
    let path = tokens[first].span.union(previous.span)
    let head = source.text(of: path)
    let rest = restOfStatement()
    if first == index - 1, index >= 2, let sign = Self.foreignSigns[head], !tokens[index - 1].hasNewlineBefore {
      return failure("`\(head)` is not an operator here", path, "", "Write `\(current.kind == .not ? "!=" : sign)`.")
    }
    if current.kind == .leftBracket, let rest {
      return failure(
        "an index stands right behind its value", path.union(current.span), "",
        "An element is written `\(head)\(rest)`, a call `\(head)(\(rest))`.")
    }
    if current.kind == .name, peek().kind == .colon, first > 0, !tokens[first].hasNewlineBefore,
      [.name, .comma].contains(tokens[first - 1].kind)
    {
      return failure(
        "a comma is missing between two arguments", path.union(current.span), "",
        rest.map { "Write `\(head), \($0)`." } ?? "Write `\(head), \(source.text(of: current.span)): …`.")
    }
    return failure(
      "a call inside an expression needs parentheses", path.union(current.span), "",
      rest.map { "Write `\(head)(\($0))`." } ?? "Write `\(head)(…)`.")
  }

  /// Operators elsewhere that are words: `x is None`.
  static let foreignSigns = ["is": "==", "isnt": "!=", "eq": "==", "ne": "!=", "mod": "%", "div": "floor(a / b)", "xor": "!="]

  /// The text from the current token to the end of its line, where it is short and has no block.
  private func restOfStatement() -> String? {
    var place = index
    while tokens[place].kind != .end, place == index || !tokens[place].hasNewlineBefore,
      ![.semicolon, .rightBrace, .rightParenthesis, .rightBracket, .stringClose, .interpolationClose, .pipe].contains(
        tokens[place].kind)
    {
      let token = tokens[place]
      if token.kind == .leftBrace && !beginsRecord(place) { return nil }
      if closers[place] > place { place = Int(closers[place]) }
      place += 1
    }
    guard place > index else { return nil }
    let text = source.text(of: Span(current.lower, tokens[place - 1].upper))
    return text.count <= 60 && !text.contains("\n") ? text : nil
  }
}
