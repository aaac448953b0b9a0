import Syntax

/// A function's text made ready to run; with the cells it captured it becomes a `Function`.
final class FunctionTemplate {
  let literal: FunctionLiteral?
  let place: Place
  /// What errors and the list of calls name it: "fib", "a function", "a block".
  let title: String
  let parameterNames: [String]
  let parameterCount: Int
  private(set) var defaults: [Code?] = []
  private(set) var slotCount = 0
  /// Own variables, parameters among them, that functions within captured.
  private(set) var cells: [Int] = []
  /// Where the cells captured from outside are put.
  private(set) var captureSlots: [Int] = []
  private(set) var body: Code
  /// Whether it has neither, so that a call needs nothing more than its slots.
  private(set) var isPlain = true
  /// Whether its body is that of a collecting block.
  let isCollecting: Bool

  init(literal: FunctionLiteral?, title: String, isCollecting: Bool, _ place: Place) {
    self.literal = literal
    self.title = title
    self.place = place
    self.isCollecting = isCollecting
    parameterNames = literal?.parameters.map(\.name.text) ?? []
    parameterCount = parameterNames.count
    body = ConstantCode(.none, place)
  }

  func complete(body: Code, defaults: [Code?], slotCount: Int, cells: [Int], captureSlots: [Int]) {
    self.body = body
    self.defaults = defaults
    self.slotCount = slotCount
    self.cells = cells
    self.captureSlots = captureSlots
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
