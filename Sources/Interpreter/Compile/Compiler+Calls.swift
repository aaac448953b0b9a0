import Syntax

extension Compiler {
  mutating func call(_ call: Call, _ scope: Scope, _ here: Place) -> Code {
    let callee = expression(call.callee, scope)
    metCalls?.note(call, callee, in: source)
    let builtin = knownBuiltin(callee)
    var arguments: [Code] = []
    let spread = call.arguments.last { $0.isSpread }.map { expression($0.value, scope) }
    let written = call.arguments.filter { !$0.isSpread }
    for (place, argument) in written.enumerated() {
      arguments.append(quoted(argument, at: place, of: builtin) ?? expression(argument.value, scope))
    }
    let block = call.block.map { self.block($0, of: builtin, scope) }
    let isNamed = written.contains { $0.name != nil }
    if !isNamed, block == nil, spread == nil { return PositionalCallCode(callee, arguments, here) }
    return GeneralCallCode(
      callee, arguments, names: isNamed ? written.map(\.name) : [], spread: spread, block: block, here)
  }

  /// The builtin that a callee certainly is, unless a variable of its name is made later.
  private func knownBuiltin(_ callee: Code) -> Builtin? {
    if let constant = callee as? ConstantCode, case .builtin(let builtin) = constant.value { return builtin }
    if let global = callee as? GlobalCode, global.cell.value == nil, case .some(.builtin(let builtin)) = global.fallback {
      return builtin
    }
    return nil
  }

  /// `help conv`: the bare name as a string.
  private func quoted(_ argument: Argument, at index: Int, of builtin: Builtin?) -> Code? {
    guard let builtin, case .name(let name) = argument.value.kind else { return nil }
    let parameter =
      argument.name.flatMap { name in builtin.parameters.first { $0.name == name.text } }
      ?? (argument.name == nil && index < builtin.parameters.count ? builtin.parameters[index] : nil)
    guard let parameter, case .quoted = parameter.passing else { return nil }
    return ConstantCode(.string(name), place(argument.value.span))
  }

  private mutating func block(_ block: Block, of builtin: Builtin?, _ scope: Scope) -> Code {
    var isCollecting = false
    var vocabulary: String?
    for parameter in builtin?.parameters ?? [] {
      if case .collecting(let name) = parameter.passing { (isCollecting, vocabulary) = (true, name) }
    }
    let inner = Scope(.block, parent: scope, globals: globals, catalog: catalog)
    if let vocabulary {
      inner.vocabularies.insert(vocabulary, at: 0)
      var collector = NameCollector()
      collector.visit(block)
      inner.assignedInBraces = collector.assigned
    }
    let here = place(block.span)
    var body: Code
    if isCollecting {
      let slot = inner.addSlot()
      inner.collectionSlot = slot
      body = CollectingBodyCode(self.block(block, inner), slot: slot, here)
    } else {
      body = self.block(block, inner)
    }
    let template = FunctionTemplate(
      literal: nil, title: "a block", FunctionTemplate.Form(body: body, defaults: [], checks: [], scope: inner), here)
    return ClosureCode(template, captured: inner.captures.map(\.outer), here)
  }

  mutating func closure(_ literal: FunctionLiteral, _ scope: Scope, _ here: Place) -> Code {
    let inner = Scope(.function, parent: scope, globals: globals, catalog: catalog)
    let title = literal.name.map { Function.name($0, in: source) } ?? "a function"
    let template: FunctionTemplate
    if putsOff(literal, scope) {
      var later = self
      template = FunctionTemplate(literal: literal, title: title, place(literal.span)) { later.form(of: literal, inner) }
    } else {
      template = FunctionTemplate(literal: literal, title: title, form(of: literal, inner), place(literal.span))
    }
    let captured = inner.captures.map(\.outer)
    guard let options = literal.options else { return ClosureCode(template, captured: captured, here) }
    let function = expression(Expression(.name(options.function.text), span: options.function.span), scope)
    return OptionedClosureCode(template, captured: captured, options, of: function, here)
  }

  /// Whether a function is compiled when it is first needed. Of the standard library a program needs a small part, and it has no
  /// mistakes to be told before it runs.
  private func putsOff(_ literal: FunctionLiteral, _ scope: Scope) -> Bool {
    guard isLazy, source.isLibrary, literal.name != nil, scope.rounds.isEmpty, case .module = scope.kind else { return false }
    return true
  }

  private mutating func form(of literal: FunctionLiteral, _ inner: Scope) -> FunctionTemplate.Form {
    var collector = NameCollector()
    for parameter in literal.parameters {
      if let value = parameter.defaultValue { collector.visit(value) }
    }
    switch literal.body {
    case .expression(let expression): collector.visit(expression)
    case .block(let block): collector.visit(block)
    }
    for parameter in literal.parameters {
      inner.declare(parameter.name.text, isCelled: collector.mentionedWithin.contains(parameter.name.text))
    }
    if let options = literal.options?.name.text {
      inner.declare(options, isCelled: collector.mentionedWithin.contains(options))
    }
    for name in collector.assignedInOrder { inner.declare(name, isCelled: collector.mentionedWithin.contains(name)) }
    // What is assigned or a parameter here comes before the words of a vocabulary around.
    inner.assignedInBraces.formUnion(inner.own)
    let defaults = literal.parameters.map { parameter in parameter.defaultValue.map { expression($0, inner) } }
    let checks = self.checks(of: literal, defaults)
    let body: Code
    switch literal.body {
    case .expression(let value): body = expression(value, inner)
    case .block(let block): body = self.block(block, inner)
    }
    return FunctionTemplate.Form(body: body, defaults: defaults, checks: checks, scope: inner)
  }

  /// The kinds of a function's parameters. A default that is written out must be of its parameter's kind, or none.
  private mutating func checks(of literal: FunctionLiteral, _ defaults: [Code?]) -> [ParameterCheck] {
    var checks: [ParameterCheck] = []
    for (place, parameter) in literal.parameters.enumerated() {
      guard var kind = kind(of: parameter) else { continue }
      if let constant = defaults[place] as? ConstantCode {
        if case .none = constant.value {
          kind = .optional(kind)
        } else if !kind.accepts(constant.value) {
          report(
            "the default of `\(parameter.name.text)` is not \(kind.description)", constant.place.span,
            mark: constant.value.briefly)
        }
      }
      checks.append(ParameterCheck(place: place, name: parameter.name.text, kind: kind))
    }
    return checks
  }

  private mutating func kind(of parameter: ParameterSyntax) -> Kind? {
    var whole: Kind?
    for word in parameter.kinds {
      guard let kind = catalog.kind(named: word.text) else {
        report("there is no kind `\(word.text)`", word.span, advice: catalog.advice(forKind: word.text))
        return nil
      }
      whole = whole.map { .either($0, kind) } ?? kind
    }
    return whole
  }
}
