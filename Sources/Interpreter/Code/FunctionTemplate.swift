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

  /// What the compiler makes of the text.
  struct Form {
    let body: Code
    /// One for each parameter; nil where it has none.
    let defaults: [Code?]
    /// The parameters that have a kind.
    let checks: [ParameterCheck]
    let scope: Scope
  }

  let literal: FunctionLiteral?
  let place: Place
  /// What errors and the list of calls name it: "fib", "a function", "a block".
  let title: String
  let parameterNames: [String]
  let parameterCount: Int
  /// The slots that a call fills: one for each parameter, and one for options, `...options: gan`.
  let argumentCount: Int
  /// How many positional arguments fill all of these; −1 where there are options.
  let plainCount: Int

  // What is made of the text: set once, by `makeReady` where the text is compiled when it is first needed. A call looks at
  // `slotCount` first, and never while they are set: so nothing has to watch over accesses to them.

  /// 0 before it is ready.
  @exclusivity(unchecked) private(set) var slotCount = 0
  @exclusivity(unchecked) private(set) var defaults: [Code?] = []
  @exclusivity(unchecked) private(set) var checks: [ParameterCheck] = []
  /// Parallel to `defaults`: the checks of those that are worked out at the call.
  @exclusivity(unchecked) private(set) var defaultChecks: [ParameterCheck?] = []
  /// Own variables, parameters among them, that functions within captured.
  @exclusivity(unchecked) private(set) var cells: [Int] = []
  /// Where the cells captured from outside are put.
  @exclusivity(unchecked) private(set) var captureSlots: [Int] = []
  @exclusivity(unchecked) private var body: Code
  /// `body` again: a call need not hold what the template holds.
  @exclusivity(unchecked) private var unretainedBody: Unmanaged<Code>
  /// The names of the captured variables, in the order of their cells.
  @exclusivity(unchecked) private(set) var captureNames: [String] = []
  /// What the text reads of variables outside; see `Function.reads`.
  @exclusivity(unchecked) private(set) var reads: [Read] = []
  @exclusivity(unchecked) private(set) var hasNoCells = true
  /// Whether it has neither cells nor kinds, so that a call needs nothing more than its slots.
  @exclusivity(unchecked) private(set) var isPlain = true

  private var make: (() -> Form)?

  /// `make` compiles the text, when it is first needed.
  init(literal: FunctionLiteral?, title: String, _ place: Place, make: @escaping () -> Form) {
    self.literal = literal
    self.title = title
    self.place = place
    self.make = make
    parameterNames = literal?.parameters.map(\.name.text) ?? []
    parameterCount = parameterNames.count
    argumentCount = parameterCount + (literal?.options == nil ? 0 : 1)
    plainCount = literal?.options == nil ? parameterCount : -1
    body = ConstantCode(.none, place)
    unretainedBody = .passUnretained(body)
  }

  convenience init(literal: FunctionLiteral?, title: String, _ form: Form, _ place: Place) {
    self.init(literal: literal, title: title, place) { form }
    makeReady()
  }

  /// The result of the body, once it is ready.
  @inline(__always)
  func result(_ frame: Frame) throws -> Value { try unretainedBody._withUnsafeGuaranteedRef { try $0.result(frame) } }

  /// Compiles the text, where that has been put off.
  func makeReady() {
    guard let form = make?() else { return }
    make = nil
    body = form.body
    unretainedBody = .passUnretained(body)
    defaults = form.defaults
    checks = form.checks
    defaultChecks = form.defaults.enumerated().map { place, code in
      code is ConstantCode ? nil : form.checks.first { $0.place == place }
    }
    cells = form.scope.ownCells
    captureSlots = form.scope.captures.map(\.inner)
    captureNames = form.scope.captures.map(\.name)
    reads = form.scope.reads
    hasNoCells = cells.isEmpty && captureSlots.isEmpty
    isPlain = hasNoCells && checks.isEmpty
    // One at least, so that every call counts against the limit of the stack.
    slotCount = max(form.scope.slotCount, 1)
  }
}

/// `fn …`, `x -> …` or a block where it stands: makes the function.
class ClosureCode: Code {
  let template: FunctionTemplate
  /// The slots, in the frame where it stands, of the cells it captures.
  let captured: [Int]

  init(_ template: FunctionTemplate, captured: [Int], _ place: Place) {
    self.template = template
    self.captured = captured
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    try noteAllocation(frame)
    return .function(Function(template, captured: captured.map { frame.locals[$0].cell }))
  }
}

/// `fn f(x, ...options: g) …` where it stands: makes the function, with the options of what `g` is then.
final class OptionedClosureCode: ClosureCode {
  let options: OptionsSyntax
  let function: Code

  init(_ template: FunctionTemplate, captured: [Int], _ options: OptionsSyntax, of function: Code, _ place: Place) {
    self.options = options
    self.function = function
    super.init(template, captured: captured, place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let value = try function.evaluate(frame)
    guard case .function(let other) = value else {
      throw Raised(
        "options are those of a function that `fn` defines", function.place.label(value.briefly),
        advice: ["`...\(options.name.text): f` takes by name whatever else the function `f` takes."])
    }
    let captured = captured.map { frame.locals[$0].cell }
    return .function(Function(template, captured: captured, options: FunctionOptions(options, of: other)))
  }
}
