import Syntax

/// A function's text made ready to run; with the cells it captured it becomes a `Function`.
final class FunctionTemplate {
  let literal: FunctionLiteral?
  let place: Place
  /// What errors and the list of calls name it: "fib", "a function", "a block".
  let title: String
  let parameterNames: [String]
  let parameterCount: Int
  let defaults: [Code?]
  let slotCount: Int
  /// Own variables, parameters among them, that functions within captured.
  let cells: [Int]
  /// Where the cells captured from outside are put.
  let captureSlots: [Int]
  let body: Code
  /// Whether it has neither, so that a call needs nothing more than its slots.
  let isPlain: Bool

  init(literal: FunctionLiteral?, title: String, body: Code, defaults: [Code?], scope: Scope, _ place: Place) {
    self.literal = literal
    self.title = title
    self.place = place
    self.body = body
    self.defaults = defaults
    parameterNames = literal?.parameters.map(\.name.text) ?? []
    parameterCount = parameterNames.count
    // One at least, so that every call counts against the limit of the stack.
    slotCount = max(scope.slotCount, 1)
    cells = scope.ownCells
    captureSlots = scope.captures.map(\.inner)
    isPlain = cells.isEmpty && captureSlots.isEmpty
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
