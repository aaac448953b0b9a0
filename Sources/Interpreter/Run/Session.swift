import Syntax

/// A running conversation with the language: its variables, builtins, modules and services. Used from one thread at a time, except
/// for its `interrupter`. Sessions know nothing of each other: each may run in a thread of its own.
public final class Session {
  /// The builtins, constants and kinds that programs see.
  public let catalog: Catalog
  /// Where outputs go.
  public var sink: (any OutputSink)?
  /// Where `input` reads; nil where there is nobody to ask.
  public var input: (any InputSource)?
  /// Who watches trainings and has a hand in them; the session does not hold it.
  public weak var attendant: (any RunAttendant)?
  /// Where it is noted down what programs do that their text does not tell; nil where nobody wants to know.
  public var deeds: Deeds?
  /// Finds the text of a module that a source uses; throws a `Failure` where there is none.
  public var moduleLoader: (Module, Source) throws -> Source = { _, _ in throw Failure("there is no such module") }
  /// The names of the standard modules, for suggestions.
  public var standardModuleNames: [String] = []
  /// Turns errors of the library's own (a `TensorError`) into failures.
  public var translateError: (any Error) -> Failure? = { _ in nil }
  /// Whether an error of the library's own says that the user interrupted the work.
  public var isInterruption: (any Error) -> Bool = { _ in false }
  /// What programs run inside of.
  public var enclosure: (any Enclosure)?
  /// For other threads, and for signal handlers: asks what runs here to stop.
  public let interrupter = Interrupter()
  /// Gives the bytes that values hold outside of the language, such as the numbers of tensors. Where they grow, values that only hold each
  /// other are released.
  public var heldBytes: () -> Int {
    get { suspects.heldBytes }
    set { suspects.heldBytes = newValue }
  }
  /// What a script sees as `arguments()`.
  public var scriptArguments: [String] = []
  /// The commands of a conversation alone, which are no words of the language, with what help says of them.
  public var conversationCommands: [HelpPage] = []
  private var services: [ObjectIdentifier: AnyObject] = [:]

  /// The containers of its programs that may hold themselves.
  let suspects: Suspects
  let globals = Globals()
  let machine: UnsafeMutablePointer<Machine>
  /// What the collecting block that ran last has gathered: where errors find the places of its values.
  var lastCollection: Collection?
  var remarks = Remarks()
  var lives = LiveBlocks()
  /// Modules by the name of their source, once they have run.
  var modules: [String: Globals] = [:]
  /// The texts of standard modules that have been asked for, by name.
  var standardSources: [String: Source] = [:]
  /// The names of the modules that are being run, the outermost first.
  var modulesUnderWay: [String] = []
  private var runDepth = 0
  /// What was shown last, so that a statement that shows its own value (`plot xs`) does not show it twice.
  private weak var lastShown: (any Object)?
  private weak var stated: (any Object)?
  /// The texts that have been run, in their order, without the modules that they use.
  public private(set) var programText = ""
  /// Whether any of them was an entry of a conversation, whose values are echoed.
  public private(set) var isConversation = false

  /// The variables of which was said what they hide.
  private var toldHiding: Set<String> = []

  /// The error that ended a program last.
  public private(set) var lastError: Diagnostic?

  /// A session without variables, that hands its outputs to nobody until `sink` is set.
  public init(catalog: Catalog) {
    self.catalog = catalog
    suspects = Suspects { [interrupter] in interrupter.callAttention() }
    machine = .allocate(capacity: 1)
    machine.initialize(to: Machine(session: self))
  }

  deinit {
    for module in modules.values { module.removeAll() }
    globals.removeAll()
    suspects.collect()
    machine.deinitialize(count: 1)
    machine.deallocate()
  }

  /// A thing of which a session has one (a random generator, a thread pool, a cache); made at the first asking.
  public func service<T: AnyObject>(_ type: T.Type, make: () -> T) -> T {
    if let known = services[ObjectIdentifier(type)] as? T { return known }
    let made = make()
    services[ObjectIdentifier(type)] = made
    return made
  }

  /// Hands an output to the sink; without one it is lost.
  public func emit(_ output: Output) {
    if lives.outputs != nil, output.isShown {
      lives.outputs?.append(output)
    } else {
      sink?.receive(output)
    }
  }

  /// Takes away what the program has put out so far, where that can be.
  public func clearOutput() {
    if lives.outputs != nil { lives.outputs = [] } else { sink?.clear() }
  }

  /// Hands out a picture, plot or other object to be looked at. Throws what the work throws that it still needs.
  public func show(_ object: any Object) throws {
    guard let sink else { return }
    let shown = try Shown(Value.object(object).representations(width: sink.reception.width), for: sink.reception)
    if !shown.isStandIn { lastShown = object }
    emit(.display(shown))
  }

  /// Lets a value be shown once the statement has ended whose value it is: a plot that is drawn is seen, one that is kept in a variable or handed
  /// on is not.
  public func showWhereStated(_ object: any Object) { stated = object }

  /// A statement has ended with this value.
  @inline(__always)
  public func finishStatement(_ value: Value) throws {
    if case .object(let object) = value, object === stated {
      stated = nil
      try show(object)
    }
  }

  /// Hands out the value of a statement, unless the statement has just shown it itself.
  private func echo(_ value: Value) throws {
    guard let sink else { return }
    if case .object(let object) = value, object === lastShown { return }
    let width = sink.reception.width
    let forms = card(of: value).map { $0.representations(width: width) } ?? value.representations(width: width)
    emit(.result(try Shown(forms, for: sink.reception)))
  }

  /// What a guarded record shows of itself; nil where it has no card, or that fails.
  private func card(of value: Value) -> RecordCard? {
    guard case .record(let record) = value, let function = record.guardian?.card,
      case .record(let rows)? = try? call(function, [value])
    else { return nil }
    return try? RecordCard(rows)
  }

  // MARK: Running

  /// Runs a program and gives the value of its last statement. `echo`: which values of its top-level statements are handed to the sink; none
  /// of a statement that ends with `;`.
  ///
  /// - Throws: `Diagnostic` for the first error of the text or of its run, `Interrupted` or `Exit`.
  @discardableResult
  public func run(_ source: Source, echo: Echo = .nothing) throws -> Value {
    try run(try Self.parse(source), echo: echo)
  }

  /// Runs a program that is parsed already, as `run(_:echo:)` does with a source.
  ///
  /// - Throws: `Diagnostic`, `Interrupted` or `Exit`.
  @discardableResult
  public func run(_ program: Program, echo: Echo = .nothing) throws -> Value {
    do {
      return try inside {
        isConversation = isConversation || echo.isOfConversation
        if runDepth == 1 { lastShown = nil }
        defer {
          if echo.isOfConversation, runDepth == 1 {
            suspects.collectAtRest()
            tellHiding()
          }
        }
        programText += program.source.text
        if !programText.hasSuffix("\n") { programText += "\n" }
        return try run(program, in: globals, echo: echo)
      }
    } catch let raised as Raised {
      throw noted(raised.diagnostic)
    } catch {
      guard let failure = error as? Failure ?? translateError(error) else { throw error }
      throw noted(Diagnostic(title: failure.title, advice: failure.advice))
    }
  }

  /// Whether the values of a program that is stopped are there for a next one, as in a conversation, a notebook and a page; those of a script
  /// end with it.
  public var outlivesPrograms = true

  /// Whether variables are taken away by `reset`.
  var canReset: Bool { conversationCommands.contains { $0.title == "reset" } }

  /// Says, once for each name, that a variable hides a function: in a program that is a choice, in a conversation often an accident, which shows
  /// much later.
  private func tellHiding() {
    guard canReset else { return }
    for name in globals.ownNames where !toldHiding.contains(name) {
      guard let hidden = globals.hidden(by: name, catalog) else { continue }
      toldHiding.insert(name)
      emit(
        .diagnostic(
          Diagnostic(
            severity: .note, title: "`\(name)` hides \(hidden) from now on",
            advice: ["`reset \(name)` takes yours away."])))
    }
  }

  private func noted(_ diagnostic: Diagnostic) -> Diagnostic {
    lastError = diagnostic
    return diagnostic
  }

  /// The program of a source; throws the first of its errors.
  static func parse(_ source: Source) throws -> Program {
    switch Parser.parse(source) {
    case .complete(let program): return program
    case .incomplete(let incompleteness): throw incompleteness.diagnostic
    case .invalid(let diagnostics):
      throw diagnostics.first ?? Diagnostic(title: "the program cannot be read")
    }
  }

  /// Runs `body` as a program would run: inside of the enclosure, within the limits of this thread's stack. Whoever looks at values of
  /// the session does it here.
  public func inside<T>(_ body: () throws -> T) throws -> T {
    if runDepth > 0 { return try body() }
    guard let enclosure else { return try onThisThread(body) }
    return try enclosure.run { try onThisThread(body) }
  }

  /// Takes the limits of the present thread's stack for the time of `body`.
  private func onThisThread<T>(_ body: () throws -> T) rethrows -> T {
    runDepth += 1
    let before = machine.enterThread()
    defer {
      machine.setFloor(before)
      runDepth -= 1
      if runDepth == 0 { forgetLives() }
    }
    return try body()
  }

  func run(_ program: Program, in globals: Globals, echo: Echo) throws -> Value {
    var compiler = Compiler(source: program.source, globals: globals, catalog: catalog, isLazy: true)
    let scope = Scope(.module, parent: nil, globals: globals, catalog: catalog)
    let codes = program.statements.map { compiler.statement($0, scope) }
    if let diagnostic = compiler.diagnostics.first { throw diagnostic }
    let base = try machine.push(Array(repeating: nil, count: scope.slotCount))
    defer { machine.clear(base, base + scope.slotCount) }
    let frame = Frame(locals: base, machine: machine)
    var last = Value.none
    for (number, (statement, code)) in zip(program.statements, codes).enumerated() {
      let isOutermost = runDepth == 1 && globals === self.globals
      if isOutermost { lives.statement += 1 }
      let isExpression = if case .expression = statement.kind { true } else { false }
      do {
        last = isExpression ? try code.evaluate(frame) : .none
        if isExpression { try finishStatement(last) } else { _ = try code.execute(frame) }
      } catch let stop as Interrupted where isOutermost && stop.note != nil {
        // The program has stopped by itself, and what is seen of it is where it stands.
        try? finishLives(at: code.place)
        throw stop
      }
      if isOutermost { try finishLives(at: code.place) }
      if case .none = last { continue }
      if echo.isOfConversation { globals.cell("_").value = last }
      guard !statement.isSilent, echo.shows(isLast: number + 1 == codes.count) else { continue }
      do {
        try self.echo(last)
      } catch {
        // Looking at a value is what computes it.
        throw Raised.from(error, at: code.place, in: self)
      }
    }
    return last
  }

  /// Calls any callable value.
  ///
  /// - Throws: a `Failure` where the value cannot be called, or the arguments do not fit; else what the callee throws.
  @discardableResult
  public func call(_ callee: Value, _ arguments: [Value]) throws -> Value {
    let result = try inside { try callKeeping(callee, arguments) }
    if case .object(let object) = result, let collection = object as? Collection { return .list(List(collection.values)) }
    return result
  }

  /// Calls; the values of a collecting block keep their places.
  func callKeeping(_ callee: Value, _ arguments: [Value] = []) throws -> Value {
    guard case .function(let function) = callee, arguments.count == function.template.plainCount else {
      return try call(callee, WrittenArguments(values: arguments, names: [], block: nil))
    }
    return try withoutPlaces { try machine.run(function, try machine.push(arguments), isComplete: true) }
  }

  private func call(_ callee: Value, _ written: WrittenArguments) throws -> Value {
    try withoutPlaces {
      switch callee {
      case .function(let function):
        return try machine.run(function, try machine.push(try Binding.bind(written, to: function)), isComplete: false)
      case .builtin(let builtin):
        let (form, bound) = try Binding.bind(written, to: builtin)
        return try machine.run(form, bound)
      case .object(let object) where object.isCallable:
        return try object.call(written.callArguments, session: self)
      case .none, .boolean, .number, .string, .list, .range, .record, .object:
        throw Failure("\(callee.typeNameWithArticle) cannot be called")
      }
    }
  }

  /// The marks of a failure of `body` belong to a call that is not written in the program.
  private func withoutPlaces(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let failure as Failure {
      let found = failure.marks.map(\.text).filter { !$0.isEmpty }.joined(separator: ", ")
      throw Failure(failure.title, found.isEmpty ? [] : [(.whole, found)], advice: failure.advice)
    }
  }

  // MARK: Interrupts

  /// Asks the running program to stop; the second time, at once.
  public func interrupt() { interrupter.interrupt() }

  /// Whether long work shall be given up now.
  public var isInterrupted: Bool { interrupter.isDue }

  /// Whether the user has asked to stop, also where an `uninterrupted` block holds it back.
  public var isStopRequested: Bool { interrupter.isRequested }

  /// Throws `Interrupted` where `isInterrupted`.
  func checkInterrupt() throws {
    guard isInterrupted else { return }
    machine.clearRequests()
    throw Interrupted()
  }

  /// Forgets that the user asked to stop. Who runs one thing after another says by it that what was asked for was meant for what has ended.
  public func clearInterrupts() { machine.clearRequests() }

  /// Runs a body in which a first interrupt is only noted, and a second one raised.
  public func withoutInterrupts(_ body: () throws -> Value) rethrows -> Value {
    interrupter.raiseShield()
    defer { interrupter.lowerShield() }
    return try body()
  }

  // MARK: Names

  /// The user's variables, in the order in which they were made, without the names that modules brought.
  public var variableNames: [String] { globals.ownNames }
  /// The user's variable that holds this very record, list or object; nil where none does.
  public func variable(holding value: Value) -> String? {
    variableNames.first { name in
      switch (self[name], value) {
      case (.record(let one)?, .record(let other)): one === other
      case (.list(let one)?, .list(let other)): one === other
      case (.object(let one)?, .object(let other)): one === other
      default: false
      }
    }
  }

  /// All names that can be seen at the top level, imported ones included; for completion.
  public var visibleNames: [String] { globals.visibleNames }

  /// A global of the session, nil where it has no value.
  public subscript(name: String) -> Value? {
    get { globals.value(name) }
    set { if let newValue { globals.set(name, newValue) } else { globals.remove(name) } }
  }
}
