import Syntax

extension Module {
  var title: String {
    switch self {
    case .standard(let name): name.text
    case .file(let path, _): path
    }
  }

  var span: Span {
    switch self {
    case .standard(let name): name.span
    case .file(_, let span): span
    }
  }
}

extension Session {
  /// Runs a module, unless it has run, and brings its public names into view, or a record of them under the name `alias`.
  func use(_ module: Module, as alias: String?, into target: Globals, at place: Place) throws {
    let source = try load(module, from: place.source)
    let globals = try modules[source.name] ?? run(module, source, at: place)
    if let alias {
      target.set(alias, .record(globals.record))
    } else if place.source.isLibrary {
      target.takeNames(from: globals, isShared: source.isLibrary)
    } else {
      tell(of: target.takeNamesAgain(from: globals), by: module, at: place)
    }
  }

  /// Names that had other values before are not exchanged in silence.
  private func tell(of hidden: [Globals.Hidden], by module: Module, at place: Place) {
    guard let first = hidden.first else { return }
    let names = hidden.prefix(5).map { "`\($0.name)` \($0.owner.map { "of \($0)" } ?? "of your own")" }
    let more = hidden.count > names.count ? " and \(hidden.count - names.count) more" : ""
    let isPath = if case .file = module { true } else { false }
    let alias = String(module.title.split(separator: "/").last?.prefix { $0.isLetter || $0.isNumber || $0 == "_" } ?? "m")
    emit(
      .diagnostic(
        Diagnostic(
          severity: .note, title: "names of \(module.title) take the place of others",
          labels: [place.label(names.joined(separator: ", ") + more)],
          advice: [
            "To keep them apart write `use \(isPath ? "\"\(module.title)\"" : module.title) as \(alias)`; it is \(alias).\(first.name) then."
          ])))
  }

  /// Runs a module that has not run yet; gives its variables.
  private func run(_ module: Module, _ source: Source, at place: Place) throws -> Globals {
    let mark = Place(source: place.source, span: module.span)
    if let first = modulesUnderWay.firstIndex(of: source.name) {
      let circle = (modulesUnderWay[first...] + [source.name]).joined(separator: " → ")
      throw Raised("the modules use each other in a circle", mark.label(), advice: [circle])
    }
    modulesUnderWay.append(source.name)
    defer { modulesUnderWay.removeLast() }
    let globals = Globals(title: module.title)
    do {
      _ = try run(try Self.parse(source), in: globals, echo: .nothing)
    } catch {
      let wrapped = Raised.from(error, at: mark, in: self)
      if let raised = wrapped as? Raised { raised.addCall(place.label("use \(module.title)")) }
      throw wrapped
    }
    modules[source.name] = globals
    return globals
  }

  func load(_ module: Module, from source: Source) throws -> Source {
    guard case .standard(let name) = module else { return try find(module, from: source) }
    if let known = standardSources[name.text] { return known }
    let found = try find(module, from: source)
    standardSources[name.text] = found
    return found
  }

  private func find(_ module: Module, from source: Source) throws -> Source {
    do {
      let found = try moduleLoader(module, source)
      if case .file = module { deeds?.read(.file(found.name)) }
      return found
    } catch {
      let mark = Place(source: source, span: module.span)
      let raised = Raised.raised(from: error, at: mark, in: self)
      guard let near = meant(by: module) else { throw raised }
      var diagnostic = raised.diagnostic
      let suggestion = "Did you mean `use \(near)`?"
      if !diagnostic.advice.contains(suggestion) { diagnostic.advice.insert(suggestion, at: 0) }
      throw Raised(diagnostic)
    }
  }

  /// The standard module that a name is near to, or that stands in quotation marks.
  private func meant(by module: Module) -> String? {
    switch module {
    case .standard(let name):
      // A name of two letters is near to nothing else: one letter is missing.
      return Suggestion.nearest(to: name.text, among: standardModuleNames)
        ?? standardModuleNames.first { known in
          known.count == name.text.count + 1
            && known.indices.contains { place in
              String(known[..<place] + known[known.index(after: place)...]) == name.text
            }
        }
    case .file(let path, _):
      let stem = path.hasSuffix(".gan") ? String(path.dropLast(4)) : path
      return standardModuleNames.contains(stem) ? stem : nil
    }
  }

  // MARK: From outside

  /// What a name stands for in a standard module, also one that begins with `_`; nil where it has none. The module is run unless it has been;
  /// no name of the program's changes.
  ///
  /// - Throws: a `Diagnostic` where there is no such module, or it fails.
  public func standard(_ name: String, of module: String) throws -> Value? {
    do {
      return try inside {
        let nowhere = Source(name: "", text: "")
        let place = Place(source: nowhere, span: Span(0, 0))
        let wanted = Module.standard(Name(module, span: place.span))
        let source = try load(wanted, from: nowhere)
        return try (modules[source.name] ?? run(wanted, source, at: place)).value(name)
      }
    } catch let raised as Raised {
      throw raised.diagnostic
    }
  }

  /// Calls a function of a standard module, also one whose name begins with `_`.
  ///
  /// - Throws: a `Diagnostic` where it fails or is not there, `Interrupted` or `Exit`.
  @discardableResult
  public func callStandard(_ name: String, of module: String, _ arguments: [Value]) throws -> Value {
    guard let function = try standard(name, of: module) else {
      throw Diagnostic(title: "the module \(module) has no `\(name)`")
    }
    do {
      return try call(function, arguments)
    } catch {
      throw diagnosed(error)
    }
  }

  /// Sets a field of a record as `record.name = value` in a program does: what guards the record looks at the value, and may run.
  ///
  /// - Throws: a `Diagnostic` where the record does not take it, `Interrupted` or `Exit`; then it is as it was.
  public func set(_ name: String, of record: Record, to value: Value) throws {
    do {
      try inside { try record.set(name, to: value, isWritten: true, in: self) }
    } catch {
      throw diagnosed(error)
    }
  }

  /// What the work of a program has thrown, as a `Diagnostic` where it is an error of the program.
  private func diagnosed(_ error: any Error) -> any Error {
    if let raised = error as? Raised { return raised.diagnostic }
    if isInterruption(error) { return error is Interrupted ? error : Interrupted() }
    guard let failure = error as? Failure ?? translateError(error) else { return error }
    return Diagnostic(title: failure.title, advice: failure.advice)
  }

  // MARK: Checking

  /// What is certainly wrong in a program, found without running it: its syntax, names that nothing defines, modules that are missing. `parts` are
  /// run one after another, as the cells of a notebook are.
  public func check(_ parts: [Source]) -> [Diagnostic] {
    let scratch = Globals()
    let scope = Scope(.module, parent: nil, globals: scratch, catalog: catalog)
    scope.gatherGlobalReads()
    let metCalls = MetCalls()
    var calls = CallCheck(catalog: catalog)
    var diagnostics: [Diagnostic] = []
    var seen = Set(parts.map(\.name))
    var known = Set(globals.visibleNames)
    known.insert("_")
    var isWhole = true
    for part in parts {
      switch Parser.parse(part) {
      case .complete(let program):
        var compiler = Compiler(source: part, globals: scratch, catalog: catalog, isLazy: false)
        compiler.metCalls = metCalls
        for statement in program.statements { _ = compiler.statement(statement, scope) }
        diagnostics += compiler.diagnostics
        if !collectNames(of: program, into: &known, seen: &seen, calls: &calls, diagnostics: &diagnostics) { isWhole = false }
      case .incomplete(let incompleteness): (isWhole, diagnostics) = (false, diagnostics + [incompleteness.diagnostic])
      case .invalid(let found): (isWhole, diagnostics) = (false, diagnostics + found)
      }
    }
    let reads = scope.takeGlobalReads()
    // What a part defines that cannot be read is not known.
    guard isWhole else { return diagnostics }
    var reported: Set<String> = []
    for (name, place, reader) in reads where !known.contains(name) && reported.insert(name).inserted {
      diagnostics.append(reader.unknown(name, place, known: Array(known)).diagnostic)
    }
    return diagnostics + metCalls.all.compactMap(calls.fault)
  }

  /// Adds what a program and the modules it uses define at their top level, and tells `calls` of their functions; false where a module cannot be read.
  private func collectNames(
    of program: Program, into names: inout Set<String>, seen: inout Set<String>, calls: inout CallCheck,
    diagnostics: inout [Diagnostic]
  ) -> Bool {
    calls.meet(program)
    var collector = NameCollector()
    collector.visit(program.statements)
    names.formUnion(collector.assigned)
    var isWhole = true
    for statement in program.statements {
      guard case .use(let module, let alias) = statement.kind else { continue }
      do {
        let source = try load(module, from: program.source)
        guard seen.insert(source.name).inserted else { continue }
        let used = try Self.parse(source)
        var brought: Set<String> = []
        var within = calls
        if !collectNames(of: used, into: &brought, seen: &seen, calls: &within, diagnostics: &diagnostics) { isWhole = false }
        // By another name its functions are fields of a record.
        if alias == nil { calls = within }
        // Modules of the standard library share also the names that begin with `_`.
        let isShared = source.isLibrary && program.source.isLibrary
        if alias == nil { names.formUnion(isShared ? brought : brought.filter { !$0.hasPrefix("_") }) }
      } catch {
        let mark = Place(source: program.source, span: module.span)
        diagnostics.append(Raised.raised(from: error, at: mark, in: self).diagnostic)
        isWhole = false
      }
    }
    return isWhole
  }
}
