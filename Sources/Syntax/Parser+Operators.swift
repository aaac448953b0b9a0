/// Binding strengths, rising.
private enum Strength {
  static let or = 1
  static let and = 2
  static let not = 3
  static let comparison = 4
  static let pipe = 5
  static let range = 6
  static let sum = 7
  static let product = 8

  static func of(_ kind: Token.Kind) -> Int? { table[kind] }

  private static let table: Token.Kind.Table<Int> = [
    .or: or, .and: and, .equal: comparison, .notEqual: comparison, .less: comparison, .lessOrEqual: comparison,
    .greater: comparison, .greaterOrEqual: comparison, .pipe: pipe, .dots: range, .plus: sum, .minus: sum,
    .star: product, .slash: product, .percent: product, .at: product,
  ]
}

extension Parser {
  mutating func parseExpression(_ what: String = "a value") throws -> Expression {
    try nested { try $0.parseBinary(Strength.or, what) }
  }

  /// The right side of an assignment, the value of `return`, the body after `fn f() =`: here a command whose arguments
  /// are named needs no parentheses either: `G = net input: [100] { … }`.
  mutating func parseValue() throws -> Expression {
    if let habit = foreignName() { throw habit }
    if let head = endOfNamedCommandHead() { return try parseCommand(headEnd: head) }
    let value = try parseExpression()
    if let hint = hintForCommand() { throw hint }
    return value
  }

  /// A range's end, which binds more tightly than the range.
  mutating func parseRangeEnd() throws -> Expression { try parseBinary(Strength.sum, "the end of the range") }

  private mutating func parseBinary(_ minimum: Int, _ what: String) throws -> Expression {
    try continueBinary(try parseUnary(what), minimum)
  }

  mutating func continuePipe(_ left: Expression) throws -> Expression { try continueBinary(left, Strength.or) }

  private mutating func continueBinary(_ first: Expression, _ minimum: Int) throws -> Expression {
    var left = first
    while let strength = Strength.of(current.kind), strength >= minimum, isOnSameLine || current.kind == .pipe {
      let mark = current
      let what = "a value after `\(text(mark))`"
      if let habit = incrementHabit() { throw habit }
      advance()
      switch strength {
      case Strength.or:
        let right = try parseBinary(strength + 1, what)
        left = try make(.or(left, right), left.span.union(right.span))
      case Strength.and:
        let right = try parseBinary(strength + 1, what)
        left = try make(.and(left, right), left.span.union(right.span))
      case Strength.comparison: left = try parseComparison(left, mark)
      case Strength.pipe: left = try parsePipe(into: left)
      case Strength.range: left = try parseRange(from: left, mark)
      default:
        guard let binary = mark.kind.binaryOperator else { return left }
        let right = try parseBinary(strength + 1, what)
        left = try make(.binary(binary, operatorSpan: mark.span, left, right), left.span.union(right.span))
      }
    }
    return left
  }

  private mutating func parseComparison(_ first: Expression, _ mark: Token) throws -> Expression {
    var links: [ComparisonLink] = []
    var mark = mark
    while let binary = mark.kind.binaryOperator {
      let operand = try parseBinary(Strength.comparison + 1, "a value after `\(text(mark))`")
      links.append(ComparisonLink(binary, operatorSpan: mark.span, operand: operand))
      guard Strength.of(current.kind) == Strength.comparison, isOnSameLine else { break }
      mark = current
      advance()
    }
    let whole = links.reduce(first.span) { $0.union($1.operand.span) }
    if links.count == 1, let link = links.first {
      return try make(.binary(link.operator, operatorSpan: link.operatorSpan, first, link.operand), whole)
    }
    return try make(.comparisonChain(first, links), whole)
  }

  private mutating func parseRange(from lower: Expression, _ mark: Token) throws -> Expression {
    refuseThreePoints(mark)
    if isAtEndOfIndex { return try make(.range(lower: lower, upper: nil), lower.span.union(mark.span)) }
    let upper = try parseRangeEnd()
    if current.kind == .dots, isOnSameLine {
      throw failure("a range has two ends", current.span, "a third one", "Parentheses tell what is meant.")
    }
    return try make(.range(lower: lower, upper: upper), lower.span.union(upper.span))
  }

  /// `a |> f(b)` is `f(a, b)`.
  private mutating func parsePipe(into left: Expression) throws -> Expression {
    let start = index
    let right = try parseBinary(Strength.pipe + 1, "a function after `|>`")
    let isParenthesized = tokens[start].kind == .leftParenthesis && Int(closers[start]) == index - 1
    let whole = left.span.union(right.span)
    let first = Argument(value: left)
    switch right.kind {
    case .call(let call) where !isParenthesized:
      let call = Call(callee: call.callee, arguments: [first] + call.arguments, block: call.block, form: .pipe)
      noteSpread(of: call)
      return try make(.call(call), whole)
    case .call, .name, .field, .index, .function, .conditional, .attempt:
      return try make(.call(Call(callee: right, arguments: [first], form: .pipe)), whole)
    case .none, .boolean, .number, .string, .list, .record, .range, .unary, .binary, .and, .or, .comparisonChain:
      guard !isParenthesized else { return try make(.call(Call(callee: right, arguments: [first], form: .pipe)), whole) }
      throw failure(
        "`|>` hands a value to a function", right.span, "not a function",
        "Write `x |> f` or `x |> f(y)`. What is done with the result stands after parentheses: `(x |> f) + 1`.")
    }
  }

  // MARK: Before an operand

  private mutating func parseUnary(_ what: String) throws -> Expression {
    let mark = current
    switch mark.kind {
    case .minus:
      advance()
      let operand = try nested { try $0.parseUnary("a value after `-`") }
      return try make(.unary(.negate, operand), mark.span.union(operand.span))
    case .not:
      advance()
      let operand = try nested { try $0.parseBinary(Strength.not, "a value after `not`") }
      return try make(.unary(.not, operand), mark.span.union(operand.span))
    default:
      let base = try parsePostfix(what)
      guard current.kind == .caret, isOnSameLine else { return base }
      let caret = current
      advance()
      let exponent = try nested { try $0.parseUnary("a value after `^`") }
      return try make(.binary(.power, operatorSpan: caret.span, base, exponent), base.span.union(exponent.span))
    }
  }
}
