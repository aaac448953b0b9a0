import Syntax

/// A function's text made ready to run; with the cells it captured it becomes a `Function`.
final class FunctionTemplate {
  /// What the text reads of one variable outside.
  struct Read {
    let name: String
    let path: [Interpreter.Read.Step]
    let isSet: Bool
    /// Its cell; nil where the variable is captured.
    let global: Cell?
  }

  let literal: FunctionLiteral?
  let place: Place
  /// What errors and the list of calls name it: "fib", "a function", "a block".
  let title: String
  let parameterNames: [String]
  let parameterCount: Int
  let defaults: [Code?]
  /// The parameters that have a kind.
  let checks: [ParameterCheck]
  /// Parallel to `defaults`: the checks of those that are worked out at the call.
  let defaultChecks: [ParameterCheck?]
  let slotCount: Int
  /// Own variables, parameters among them, that functions within captured.
  let cells: [Int]
  /// Where the cells captured from outside are put.
  let captureSlots: [Int]
  let body: Code
  /// The names of the captured variables, in the order of their cells.
  let captureNames: [String]
  /// What the text reads of variables outside; see `Function.reads`.
  let reads: [Read]
  let hasNoCells: Bool
  /// Whether it has neither cells nor kinds, so that a call needs nothing more than its slots.
  let isPlain: Bool

  init(
    literal: FunctionLiteral?, title: String, body: Code, defaults: [Code?], checks: [ParameterCheck] = [], scope: Scope,
    _ place: Place
  ) {
    self.literal = literal
    self.title = title
    self.place = place
    self.body = body
    self.defaults = defaults
    self.checks = checks
    defaultChecks = defaults.enumerated().map { place, code in
      code is ConstantCode ? nil : checks.first { $0.place == place }
    }
    parameterNames = literal?.parameters.map(\.name.text) ?? []
    parameterCount = parameterNames.count
    // One at least, so that every call counts against the limit of the stack.
    slotCount = max(scope.slotCount, 1)
    cells = scope.ownCells
    captureSlots = scope.captures.map(\.inner)
    captureNames = scope.captures.map(\.name)
    reads = scope.reads
    hasNoCells = cells.isEmpty && captureSlots.isEmpty
    isPlain = hasNoCells && checks.isEmpty
  }
}

/// `fn …`, `x -> …` or a block where it stands: makes the function.
final class ClosureCode: Code {
  let template: FunctionTemplate
  /// The slots, in the frame where it stands, of the cells it captures.
  let captured: [Int]

  init(_ template: FunctionTemplate, captured: [Int], _ place: Place) {
    self.template = template
    self.captured = captured
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    .function(Function(template, captured: captured.map { frame.locals[$0].cell }))
  }
}
