import Syntax

/// Makes a program ready to run: resolves its names, and turns its tree into `Code`.
struct Compiler {
  let source: Source
  let globals: Globals
  let catalog: Catalog
  /// Whether functions of the standard library are compiled when they are first needed.
  let isLazy: Bool
  /// What is certainly wrong, found on the way.
  private(set) var diagnostics: [Diagnostic] = []
  /// Where the calls of a program are noted that is only checked.
  var metCalls: MetCalls?

  init(source: Source, globals: Globals, catalog: Catalog, isLazy: Bool) {
    self.isLazy = isLazy
    self.source = source
    self.globals = globals
    self.catalog = catalog
  }

  func place(_ span: Span) -> Place { Place(source: source, span: span) }

  mutating func report(_ title: String, _ span: Span, mark: String = "", advice: String...) {
    report(title, span, mark: mark, advice: advice)
  }

  mutating func report(_ title: String, _ span: Span, mark: String = "", advice: [String]) {
    diagnostics.append(Diagnostic(title: title, labels: [place(span).label(mark)], advice: advice))
  }

  // MARK: Statements

  mutating func block(_ block: Block, _ scope: Scope) -> Code {
    // A single statement needs no sequence around it.
    if block.statements.count == 1 { return statement(block.statements[0], scope) }
    return SequenceCode(block.statements.map { statement($0, scope) }, place(block.span))
  }

  mutating func statement(_ statement: Statement, _ scope: Scope) -> Code {
    let here = place(statement.span)
    switch statement.kind {
    case .expression(let expression): return expressionStatement(expression, scope)
    case .assignment(let targets, let operation, let value):
      return assignment(targets, operation, value, scope, here)
    case .definition(let name, let literal):
      return assign(name, closure(literal, scope, here), scope, here)
    case .forLoop(let targets, let sequence, let body): return forLoop(targets, sequence, body, scope, here)
    case .whileLoop(let condition, let body):
      let test = expression(condition, scope)
      return WhileCode(test, body: loopBody(body, scope), here)
    case .breakLoop: return leave(.leaveLoop, "break", scope, here)
    case .continueLoop: return leave(.nextRound, "continue", scope, here)
    case .returnValue(let value):
      if case .module = scope.kind { report("`return` stands outside of a function", statement.span) }
      return ReturnCode(value.map { expression($0, scope) }, here)
    case .use(let module, let alias):
      if case .module = scope.kind { return UseCode(module, as: alias?.text, globals: globals, here) }
      report("`use` stands at the top level of a program", statement.span)
      return ConstantCode(.none, here)
    }
  }

  private mutating func leave(_ flow: Flow, _ word: String, _ scope: Scope, _ here: Place) -> Code {
    if scope.loops == 0 {
      switch scope.kind {
      case .block:
        report(
          "`\(word)` stands outside of a loop", here.span,
          advice:
            "A block after a call is a function of its own: `return` ends it, and `\(word)` does not reach a loop around it.")
      case .module, .function: report("`\(word)` stands outside of a loop", here.span)
      }
    }
    return LeaveCode(flow, here)
  }

  private mutating func loopBody(_ body: Block, _ scope: Scope) -> Code {
    scope.loops += 1
    defer { scope.loops -= 1 }
    return block(body, scope)
  }

  private mutating func forLoop(
    _ targets: [Name], _ sequence: Expression, _ body: Block, _ scope: Scope, _ here: Place
  ) -> Code {
    let over = expression(sequence, scope)
    var collector = NameCollector()
    collector.visit(body)
    let own = targets.map(\.text).filter { collector.mentionedWithin.contains($0) }
    var variables = targets.map { assignable($0, scope) }
    // Functions and blocks in the body keep the variable of their round; a loop without any has no need of this.
    let before = own.map { scope.beginRounds(of: $0, assignable(Name($0, span: here.span), scope)) }
    for (place, target) in targets.enumerated() {
      if case .withinRound(let slot, let variable) = scope.rounds[target.text], own.contains(target.text) {
        variables[place] = .round(slot, of: variable)
      }
    }
    let rounds = variables.filter { if case .round = $0 { true } else { false } }
    let body = rounds.isEmpty ? loopBody(body, scope) : RoundCode(loopBody(body, scope), variables: rounds, place(body.span))
    for (name, before) in zip(own, before).reversed() { scope.endRounds(of: name, before) }
    if variables.count == 1, let range = over as? RangeCode {
      return CountingLoopCode(
        lower: range.lower, upper: range.upper, range: range, variable: variables[0], body: body, here)
    }
    return ForCode(over, variables: variables, body: body, here)
  }

  private mutating func expressionStatement(_ expression: Expression, _ scope: Scope) -> Code {
    if case .name(let name) = expression.kind, scope.vocabularyBuiltin(name) == nil,
      case .global = scope.resolve(name), let builtin = catalog.builtin(named: name), builtin.isCommand
    {
      let variable = global(name, scope, place(expression.span))
      let call = PositionalCallCode(variable, [], place(expression.span))
      return CommandCode(variable, call: call, place(expression.span))
    }
    let code = self.expression(expression, scope)
    guard let slot = scope.collectionSlot else { return code }
    switch expression.kind {
    case .conditional, .attempt: return code
    case .none, .boolean, .number, .string, .name, .list, .record, .range, .unary, .binary, .and, .or, .comparisonChain,
      .call, .index, .field, .function:
      return CollectCode(code, slot: slot)
    }
  }

  // MARK: Assignment

  private mutating func assignment(
    _ targets: [Target], _ operation: BinaryOperator?, _ value: Expression, _ scope: Scope, _ here: Place
  ) -> Code {
    if targets.count == 1 {
      switch targets[0] {
      case .name(let name):
        guard let operation else { return assign(name, expression(value, scope), scope, here) }
        guard scope.owns(name.text) else {
          reportForeignUpdate(name, scope)
          return ConstantCode(.none, here)
        }
        let before = variable(name.text, scope, place(name.span), isUpdate: true)
        let after = BinaryCodes.make(operation, before, expression(value, scope), here)
        return assign(name, after, scope, here)
      case .field(let owner, let name):
        return AssignFieldCode(
          self.owner(owner, [.field(name.text)], isSet: true, scope), name, operation: operation,
          value: expression(value, scope), here)
      case .index(let owner, let indices, let span):
        let element = ElementCode(
          self.owner(owner, of: indices, isSet: true, scope), indices.map { index($0, scope) }, place(span))
        return AssignElementCode(element, operation: operation, value: expression(value, scope), here)
      }
    }
    let value = expression(value, scope)
    var setters: [(Value, Frame) throws -> Void] = []
    for target in targets {
      switch target {
      case .name(let name):
        let variable = assignable(name, scope)
        setters.append { try variable.assign($0, $1) }
      case .field(let owner, let name):
        let code = AssignFieldCode(
          self.owner(owner, [.field(name.text)], isSet: true, scope), name, operation: nil, value: value, here)
        setters.append { try code.set($0, of: code.owner.evaluate($1), $1.machine.pointee.session) }
      case .index(let owner, let indices, let span):
        let element = ElementCode(
          self.owner(owner, of: indices, isSet: true, scope), indices.map { index($0, scope) }, place(span))
        let code = AssignElementCode(element, operation: nil, value: value, here)
        setters.append { value, frame in
          let places = try element.indices.map { try $0.evaluate(frame) }
          try code.set(value, element.owner.evaluate(frame), places, frame)
        }
      }
    }
    return UnpackCode(setters: setters, value: value, here)
  }

  private mutating func reportForeignUpdate(_ name: Name, _ scope: Scope) {
    report(
      "`\(name.text)` is not a variable of this function", name.span,
      advice: "Assigning inside a function makes a variable of that function; variables outside can be read, not assigned.",
      "Return the new value, or keep it in a record, whose fields can be set from anywhere: `state.\(name.text) += 1`.")
  }

  private mutating func assign(_ name: Name, _ value: Code, _ scope: Scope, _ here: Place) -> Code {
    let target = assignable(name, scope)
    if let growth = Growth.code(of: target, to: value, here) { return growth }
    return switch target {
    case .local(let slot): AssignLocalCode(slot: slot, value: value, here)
    case .cell(let slot): AssignCellCode(slot: slot, value: value, here)
    case .global(let cell, let name, let globals):
      AssignGlobalCode(cell: cell, name: name, globals: globals, value: value, here)
    case .round, .withinRound: AssignInRoundCode(target, value: value, here)
    }
  }

  private mutating func assignable(_ name: Name, _ scope: Scope) -> Assignable {
    if let round = scope.rounds[name.text] { return round }
    return switch scope.resolve(name.text) {
    case .local(let slot): .local(slot)
    case .cell(let slot): .cell(slot)
    case .global: .global(globals.cell(name.text), name: name.text, globals: globals)
    }
  }

  // MARK: Names

  /// - Parameter path: What the text takes of the variable, and whether it sets that: see `Read`.
  mutating func variable(
    _ name: String, _ scope: Scope, _ here: Place, isUpdate: Bool = false, path: [Read.Step] = [], isSet: Bool = false
  ) -> Code {
    if !isUpdate, let builtin = scope.vocabularyBuiltin(name) { return ConstantCode(.builtin(builtin), here) }
    switch scope.resolve(name) {
    case .local(let slot): return LocalCode(slot: slot, name: name, scope: scope, here)
    case .cell(let slot):
      scope.noteRead(name, path, isSet: isSet, global: nil)
      return CellCode(slot: slot, name: name, scope: scope, here)
    case .global: return global(name, scope, here, path: path, isSet: isSet)
    }
  }

  private func global(
    _ name: String, _ scope: Scope, _ here: Place, path: [Read.Step] = [], isSet: Bool = false
  ) -> GlobalCode {
    let fallback = catalog.value(named: name)
    if fallback == nil { scope.noteGlobalRead(name, here) }
    let cell = globals.cell(name)
    scope.noteRead(name, path, isSet: isSet, global: cell)
    return GlobalCode(cell: cell, fallback: fallback, name: name, scope: scope, here)
  }

  /// What a field or an element is taken of. A variable's read is noted with the fields and places behind it.
  private mutating func owner(_ owner: Expression, _ path: [Read.Step], isSet: Bool = false, _ scope: Scope) -> Code {
    let here = place(owner.span)
    switch owner.kind {
    case .name(let name): return variable(name, scope, here, path: path, isSet: isSet)
    case .field(let inner, let name):
      return FieldCode(self.owner(inner, [.field(name.text)] + path, isSet: isSet, scope), name, here)
    case .index(let inner, let indices):
      let step = Read.Step(indices)
      let code = self.owner(inner, step.map { [$0] + path } ?? [], isSet: isSet && step != nil, scope)
      return ElementCode(code, indices.map { index($0, scope) }, here)
    case .none, .boolean, .number, .string, .list, .record, .range, .unary, .binary, .and, .or, .comparisonChain, .call,
      .function, .conditional, .attempt:
      return expression(owner, scope)
    }
  }

  /// The same for what is indexed.
  private mutating func owner(_ owner: Expression, of indices: [Expression], isSet: Bool = false, _ scope: Scope) -> Code {
    let step = Read.Step(indices)
    return self.owner(owner, step.map { [$0] } ?? [], isSet: isSet && step != nil, scope)
  }

  // MARK: Expressions

  mutating func expression(_ expression: Expression, _ scope: Scope) -> Code {
    let here = place(expression.span)
    switch expression.kind {
    case .none: return ConstantCode(.none, here)
    case .boolean(let boolean): return ConstantCode(.boolean(boolean), here)
    case .number(let number): return ConstantCode(.number(number), here)
    case .string(let pieces): return string(pieces, scope, here)
    case .name(let name): return variable(name, scope, here)
    case .list(let elements): return ListCode(elements.map { self.expression($0, scope) }, here)
    case .record(let fields):
      return RecordCode(fields.map { (name: $0.name.text, value: self.expression($0.value, scope)) }, here)
    case .range(let lower, let upper):
      guard let lower, let upper else {
        report(
          "a range with an open end stands only inside an index", expression.span, advice: "Elsewhere write both ends: `0..10`.")
        return ConstantCode(.none, here)
      }
      return RangeCode(self.expression(lower, scope), self.expression(upper, scope), here)
    case .unary(.negate, let operand):
      let code = self.expression(operand, scope)
      if let constant = code as? ConstantCode, let number = constant.number { return ConstantCode(.number(-number), here) }
      return NegateCode(code, here)
    case .unary(.not, let operand): return NotCode(self.expression(operand, scope), here)
    case .binary(let operation, _, let left, let right):
      let first = self.expression(left, scope)
      return BinaryCodes.make(operation, first, self.expression(right, scope), here)
    case .and(let left, let right):
      return AndCode(self.expression(left, scope), self.expression(right, scope), here)
    case .or(let left, let right):
      return OrCode(self.expression(left, scope), self.expression(right, scope), here)
    case .comparisonChain(let first, let links):
      let start = self.expression(first, scope)
      return ChainCode(start, links.map { ($0.operator, self.expression($0.operand, scope)) }, here)
    case .call(let call): return self.call(call, scope, here)
    case .index(let owner, let indices):
      return ElementCode(self.owner(owner, of: indices, scope), indices.map { index($0, scope) }, here)
    case .field(let owner, let name): return FieldCode(self.owner(owner, [.field(name.text)], scope), name, here)
    case .function(let literal): return closure(literal, scope, here)
    case .conditional(let branches, let otherwise): return conditional(branches, otherwise, scope, here)
    case .attempt(let body, let name, let handler):
      let attempted = block(body, scope)
      let variable = name.map { assignable($0, scope) }
      return AttemptCode(attempted, variable: variable, handler: block(handler, scope), here)
    }
  }

  private mutating func conditional(
    _ branches: [(condition: Expression, body: Block)], _ otherwise: Block?, _ scope: Scope, _ here: Place
  ) -> Code {
    var made: [(Code, Code)] = []
    for branch in branches {
      let condition = expression(branch.condition, scope)
      made.append((condition, block(branch.body, scope)))
    }
    var rest = otherwise.map { block($0, scope) }
    for (condition, body) in made.reversed() { rest = ConditionalCode(condition, body, otherwise: rest, here) }
    return rest ?? ConstantCode(.none, here)
  }

  private mutating func string(_ pieces: [StringPiece], _ scope: Scope, _ here: Place) -> Code {
    var made: [TextCode.Piece] = []
    var plain = ""
    var isPlain = true
    for piece in pieces {
      switch piece {
      case .text(let text):
        plain += text
        made.append(.text(text))
      case .interpolation(let inner, let format):
        isPlain = false
        made.append(.value(expression(inner, scope), format))
      }
    }
    return isPlain ? ConstantCode(.string(plain), here) : TextCode(made, here)
  }

  private mutating func index(_ expression: Expression, _ scope: Scope) -> IndexCode {
    if case .range(let lower, let upper) = expression.kind {
      return .slice(
        lower: lower.map { self.expression($0, scope) }, upper: upper.map { self.expression($0, scope) },
        place(expression.span))
    }
    return .value(self.expression(expression, scope))
  }
}
