import Syntax

/// A running conversation with the language: its variables, builtins, modules and services. Used from one thread at a time, except
/// for `interrupt()`.
public final class Session {
  public let catalog: Catalog
  /// Where outputs go.
  public var sink: (any OutputSink)?
  /// Finds the text of a module that a source uses; throws a `Failure` where there is none.
  public var moduleLoader: (Module, Source) throws -> Source = { _, _ in throw Failure("there is no such module") }
  /// The names of the standard modules, for suggestions.
  public var standardModuleNames: [String] = []
  /// Turns errors of the library's own (a `TensorError`) into failures.
  public var translateError: (any Error) -> Failure? = { _ in nil }
  /// What a script sees as `arguments`.
  public var scriptArguments: [String] = []
  private var services: [ObjectIdentifier: AnyObject] = [:]

  public init(catalog: Catalog) {
    self.catalog = catalog
  }

  /// A thing of which a session has one (a random generator, a thread pool, a cache); made at the first asking.
  public func service<T: AnyObject>(_ type: T.Type, make: () -> T) -> T {
    if let known = services[ObjectIdentifier(type)] as? T { return known }
    let made = make()
    services[ObjectIdentifier(type)] = made
    return made
  }

  /// Runs a program. `echo`: hands the value of each top-level statement that does not end with `;` to the sink, and keeps it as `_`.
  /// Throws `Diagnostic`, `Interrupted` or `Exit`. Gives the value of the last statement.
  @discardableResult
  public func run(_ source: Source, echo: Bool = false) throws -> Value {
    throw Failure("the evaluator is not here yet")
  }

  @discardableResult
  public func run(_ program: Program, echo: Bool = false) throws -> Value {
    throw Failure("the evaluator is not here yet")
  }

  /// What is certainly wrong in a program, found without running it.
  public func check(_ source: Source) -> [Diagnostic] { [] }

  /// Calls any callable value.
  public func call(_ callee: Value, _ arguments: [Value]) throws -> Value {
    throw Failure("the evaluator is not here yet")
  }

  public func emit(_ output: Output) {
    sink?.receive(output)
  }

  /// Asks the running program to stop; the second time, at once. May be called from a signal handler.
  public func interrupt() {}

  /// Whether long work shall be given up now; polled by the engine.
  public var isInterrupted: Bool { false }

  /// The user's variables, in the order in which they were made, without the names that modules brought.
  public var variableNames: [String] { [] }
  /// All names that can be seen at the top level, imported ones included; for completion.
  public var visibleNames: [String] { [] }

  /// A global of the session, nil where it has no value.
  public subscript(name: String) -> Value? {
    get { nil }
    set {}
  }
}
