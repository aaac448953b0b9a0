extension Parser {
  /// `fn name(a, b = 2) = …` or `{ … }`.
  mutating func parseDefinition() throws -> Statement {
    let start = index
    let block = current.documentation
    advance()
    guard current.kind == .name else {
      if current.isKeyword {
        throw failure(
          "`\(text(current))` is a word of the language", current.span, "not free to be a name", "Choose another name.")
      }
      throw missing("the name of the function after `fn`")
    }
    let name = Name(text(current), span: current.span)
    advance()
    guard current.kind == .leftParenthesis else {
      throw missing(
        "the parameters `( … )` of `\(name.text)`", after: "the parameters of `\(name.text)` are missing",
        "A function is written `fn f(x) = x + 1` or `fn f(x) { … }`.")
    }
    let (parameters, options, body) = try parseSignatureAndBody()
    var whole = span(from: start)
    var prose: String?
    if block >= 0, Int(block) < documentation.count {
      usedDocumentation.insert(block)
      prose = documentation[Int(block)].text
      whole = documentation[Int(block)].span.union(whole)
    }
    let literal = FunctionLiteral(
      name: name, parameters: parameters, options: options, body: body, documentation: prose, span: whole)
    return Statement(.definition(name: name, literal: literal), span: span(from: start))
  }

  /// `fn(a, b) { … }`, a value.
  mutating func parseAnonymousFunction() throws -> Expression {
    let start = index
    advance()
    guard current.kind == .leftParenthesis else {
      throw failure(
        "a function with a name is defined on a line of its own", current.span, "",
        "Inside an expression write `x -> …` or `fn(x) { … }`.")
    }
    let (parameters, options, body) = try parseSignatureAndBody()
    refuseOptions(options.map { ($0.name, $0.function) })
    return try makeFunction(parameters, body, span(from: start))
  }

  private func makeFunction(_ parameters: [ParameterSyntax], _ body: FunctionBody, _ span: Span) throws -> Expression {
    try make(
      .function(FunctionLiteral(name: nil, parameters: parameters, body: body, documentation: nil, span: span)), span)
  }

  private mutating func parseSignatureAndBody() throws -> ([ParameterSyntax], OptionsSyntax?, FunctionBody) {
    let (parameters, words) = try parseParameters()
    let before = spreadCalls.count
    let body = try parseFunctionBody()
    let options = words.map { words in
      OptionsSyntax(
        name: words.name, function: words.function, after: parameters, calls: Array(spreadCalls.dropFirst(before)))
    }
    return (parameters, options, body)
  }

  private mutating func parseFunctionBody() throws -> FunctionBody {
    switch current.kind {
    case .assign:
      advance()
      return .expression(try with(newlinesFree: newlinesAreFree, blocks: true) { try $0.parseValue() })
    case .leftBrace: return .block(try parseBlock())
    case .arrow:
      throw failure(
        "`->` does not follow the parameters of `fn`", current.span, "",
        "Write `fn f(x) = x + 1` or `fn f(x) { … }`; a result has no declared kind.", skipsIndentedLines: true)
    case .colon: return .block(try parseBody(of: "fn f(x)"))
    default: throw missing("the body of the function", "Write `= value` or `{ … }` after the parameters.")
    }
  }

  /// The words of `...options: gan`.
  private typealias OptionWords = (name: Name, function: Name)

  private mutating func parseParameters() throws -> ([ParameterSyntax], OptionWords?) {
    push()
    return try with(newlinesFree: true, blocks: true) { parser in
      var parameters: [ParameterSyntax] = []
      var options: OptionWords?
      while parser.current.kind != .rightParenthesis {
        if parser.isSpread(parser.current) {
          options = try parser.parseOptions(after: parameters)
          break
        }
        guard parser.current.kind == .name else {
          if parser.current.kind == .star || parser.current.kind == .caret {
            throw parser.failure(
              "a function has a fixed number of parameters", parser.current.span, "", "Take a list: `fn f(xs) = …`.")
          }
          if parser.current.isKeyword {
            throw parser.failure(
              "`\(parser.text(parser.current))` is a word of the language", parser.current.span, "not free to be a name",
              "Choose another name.")
          }
          throw parser.missing("the name of a parameter")
        }
        let name = Name(parser.text(parser.current), span: parser.current.span)
        if parameters.contains(where: { $0.name.text == name.text }) {
          parser.report("two parameters have the same name", name.span, "`\(name.text)` once more")
        }
        parser.advance()
        let kinds = parser.take(.colon) ? try parser.parseKinds(of: name) : []
        let value = parser.take(.assign) ? try parser.parseExpression("the default of `\(name.text)`") : nil
        parameters.append(ParameterSyntax(name: name, kinds: kinds, defaultValue: value))
        if !parser.take(.comma) { break }
      }
      try parser.close(.rightParenthesis, in: "the parameters")
      return (parameters, options)
    }
  }

  /// `...options: gan`, the last in its parentheses.
  private mutating func parseOptions(after parameters: [ParameterSyntax]) throws -> OptionWords {
    let mark = current
    advance()
    guard current.kind == .name else { throw missing("a name after `...`", "Write `...options: gan`.") }
    let name = Name(text(current), span: current.span)
    if parameters.contains(where: { $0.name.text == name.text }) {
      report("two parameters have the same name", name.span, "`\(name.text)` once more")
    }
    advance()
    let whole = mark.span.union(name.span)
    guard take(.colon) else {
      throw failure(
        "of which function the options are is not said", whole, "",
        "`...\(name.text): f` takes by name whatever else the function `f` takes. For any number of values take a list.")
    }
    guard current.kind == .name else { throw missing("the function whose options `\(name.text)` are") }
    let function = Name(text(current), span: current.span)
    advance()
    switch current.kind {
    case .or:
      throw failure("options are those of one function", current.span, "", "Write `...\(name.text): \(function.text)` alone.")
    case .dot:
      throw failure("the function of options is a single name", current.span, "", "Give the function a name of its own first.")
    case .assign:
      throw failure(
        "options have no default", current.span, "", "Those that are not given have the defaults of `\(function.text)`.")
    default: break
    }
    _ = take(.comma)
    guard current.kind == .rightParenthesis || current.kind == .end else {
      throw isSpread(current)
        ? failure(
          "a function has the options of one other function", current.span, "", "Name the parameters of the other yourself.")
        : failure("options stand behind all parameters", whole, "", "Write `...\(name.text): \(function.text)` last.")
    }
    return (name, function)
  }

  /// Options of a function without a name.
  private mutating func refuseOptions(_ options: OptionWords?) {
    guard let options else { return }
    report(
      "a function without a name takes no options", options.name.span, "",
      "Define it: `fn f(x, ...\(options.name.text): \(options.function.text)) = …`.")
  }

  /// What stands after the colon of a parameter: `number or function`.
  private mutating func parseKinds(of parameter: Name) throws -> [Name] {
    var kinds: [Name] = []
    repeat {
      guard isNameOrKeyword(current) else {
        guard current.kind != .end else { throw missing("the kind of `\(parameter.text)`") }
        throw failure(
          "a kind is missing after the colon", current.span, "",
          "A kind is a word: `\(parameter.text): number`; a default is written `\(parameter.text) = 1`.")
      }
      kinds.append(Name(text(current), span: current.span))
      advance()
    } while take(.or)
    switch current.kind {
    case .leftBracket, .less, .leftParenthesis:
      throw failure(
        "a kind says nothing about what is inside", current.span, "", "Write `\(parameter.text): \(kinds[0].text)` alone.")
    case .dot:
      throw failure(
        "a kind is a single word", current.span, "", "Write `\(parameter.text): tensor`, `\(parameter.text): net` or the like.")
    case .question:
      throw failure(
        "a kind has no question mark", current.span, "",
        "A default of none lets it be left out: `\(parameter.text): \(kinds[0].text) = none`.")
    default: return kinds
    }
  }

  // MARK: x -> …

  /// Whether the `(` at token `place` holds the parameters of `( … ) -> …`.
  func beginsLambda(_ place: Int) -> Bool {
    let closer = Int(closers[place])
    return closer > place && closer + 1 < tokens.count && tokens[closer + 1].kind == .arrow
  }

  mutating func parseLambda() throws -> Expression {
    let start = index
    var parameters: [ParameterSyntax] = []
    if current.kind == .leftParenthesis {
      let (taken, options) = try parseParameters()
      refuseOptions(options)
      parameters = taken
    } else {
      parameters = [ParameterSyntax(name: Name(text(current), span: current.span))]
      advance()
    }
    advance()
    if current.kind == .leftBrace, !beginsRecord(index) {
      return try makeFunction(parameters, .block(try parseBlock()), span(from: start))
    }
    let body = try parseExpression("the body of the function")
    if current.kind == .assign || current.kind.assignmentOperator != nil, isOnSameLine {
      throw failure(
        "an assignment is not a value", current.span, "",
        "The body of a function that assigns stands between braces: `x -> { … }`.")
    }
    if let hint = hintForCommand() { throw hint }
    return try makeFunction(parameters, .expression(body), span(from: start))
  }
}
