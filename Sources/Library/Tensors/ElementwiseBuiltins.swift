import Interpreter
import Tensors

/// Functions of each number of a tensor by itself: those that have definitions in `Tensors`, and what is made of them.
enum ElementwiseBuiltins {
  static func register(in catalog: Catalog) {
    for function in UnaryFunction.all {
      if let help = function.definition.help { catalog.add(builtin(function, help)) }
    }
    for function in BinaryFunction.all {
      if let help = function.definition.help { catalog.add(builtin(function, help)) }
    }
    registerActivations(in: catalog)
    registerChoices(in: catalog)
  }

  private static func builtin(_ function: UnaryFunction, _ help: FunctionHelp) -> Builtin {
    let x =
      help.takesNumbers ? Parameter("x", .numeric, "a tensor or a number") : Parameter("x", .tensor, "a tensor")
    let parameter = function.definition.parameter
    let second = parameter.map { Parameter($0.name, .number, default: .number($0.initial), $0.summary) }
    return Builtin(
      function.definition.name, help.summary, subject: help.subject.title, parameters: [x] + (second.map { [$0] } ?? []),
      examples: [Example(help.example.code, help.example.result)], details: help.details
    ) { call in
      let parameter = try parameter.map { try call.number($0.name) } ?? 0
      if case .number(let number) = call.value("x") { return .number(function(number, parameter: parameter)) }
      return .tensor(try call.tensor("x").map(function, parameter: Float(parameter)))
    }
  }

  private static func builtin(_ function: BinaryFunction, _ help: FunctionHelp) -> Builtin {
    let (left, right) = function.definition.operands
    return Builtin(
      function.definition.name, help.summary, subject: help.subject.title,
      parameters: [Parameter(left, .numeric, "a tensor or a number"), Parameter(right, .numeric, "a tensor or a number")],
      examples: [Example(help.example.code, help.example.result)], details: help.details
    ) { call in
      if case .number(let first) = call.value(left), case .number(let second) = call.value(right) {
        return .number(function(first, second))
      }
      return .tensor(try Tensor.combine(function, call.tensor(left), call.tensor(right)))
    }
  }

  private static func registerActivations(in catalog: Catalog) {
    let subject = FunctionHelp.Subject.activations.title
    catalog.add(
      Builtin(
        "softmax", "exp x / Σ exp x along an axis.", subject: subject,
        parameters: [
          Parameter("x", .tensor, "a tensor"), Parameter("axis", .integer, default: .number(-1), "the axis that sums to 1"),
        ],
        examples: [Example("print softmax(tensor([1, 1]))", "[0.5, 0.5]")]
      ) { call in
        .tensor(try call.tensor("x").softmax(axis: call.integer("axis")))
      })
    catalog.add(
      Builtin(
        "log_softmax", "The logarithm of softmax, exact where that underflows.", subject: subject,
        parameters: [Parameter("x", .tensor, "a tensor"), Parameter("axis", .integer, default: .number(-1), "the axis")],
        examples: [Example("print log_softmax(tensor([0, -1000]))", "[0, -1000]")]
      ) { call in
        .tensor(try call.tensor("x").logSoftmax(axis: call.integer("axis")))
      })
  }

  private static func registerChoices(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "clip", "Each number moved into low … high.", subject: FunctionHelp.Subject.numbers.title,
        parameters: [
          Parameter("x", .numeric, "a tensor or a number"), Parameter("low", .number, "the least"),
          Parameter("high", .number, "the greatest"),
        ],
        examples: [Example("print clip(tensor([-1, 0.5, 2]), 0, 1)", "[0, 0.5, 1]")]
      ) { call in
        let (low, high) = (try call.number("low"), try call.number("high"))
        guard !low.isNaN, !high.isNaN else {
          throw Failure(
            "a bound is not a number", [(.argument("low"), low.brief), (.argument("high"), high.brief)],
            advice: "Leave numbers as they are on one side with -infinity or infinity.")
        }
        guard low <= high else {
          throw Failure(
            "the least is greater than the greatest", [(.argument("low"), low.brief), (.argument("high"), high.brief)],
            advice: "Write clip(x, low, high).")
        }
        if case .number(let number) = call.value("x") { return .number(min(max(number, low), high)) }
        return .tensor(try call.tensor("x").clipped(low: call.numberForTensor("low"), high: call.numberForTensor("high")))
      })
    catalog.add(
      Builtin(
        "where", "The elements of `a` where the condition is not 0, those of `b` elsewhere.",
        subject: FunctionHelp.Subject.numbers.title,
        parameters: [
          Parameter("condition", .either(.numeric, .boolean), "such as x > 0, or one answer for all"),
          Parameter("a", .numeric, "a tensor or a number"), Parameter("b", .numeric, "a tensor or a number"),
        ],
        examples: [
          Example("x = tensor([-1, 2])\nprint where(x > 0, x, 0)", "[0, 2]"),
          Example("x = tensor([-1, 2])\nprint where(mean(x) > 0, x, 0)", "[-1, 2]"),
        ],
        details: """
          The three are repeated to one shape, as in arithmetic. Derivatives pass to `a` and `b`, each where it is taken, and not to the \
          condition. Both branches are worked out everywhere, so the derivative of one that \
          is not a number where it is not taken spoils the sum: grad(sum(where(n > 0, sqrt(n), n)), n) is nan at n = 0, for 0 times the \
          infinite slope of sqrt is no number. The way around is to choose before: where(n > 0, sqrt(where(n > 0, n, 1)), n).
          """
      ) { call in
        let condition: Tensor
        if case .boolean(let boolean) = call.value("condition") {
          condition = try Tensor(scalar: boolean ? 1 : 0)
        } else {
          condition = try call.tensor("condition")
        }
        return .tensor(try Tensor.where(condition, call.tensor("a"), call.tensor("b")))
      })
  }
}

extension FunctionHelp.Subject {
  /// The subject's heading in the reference.
  fileprivate var title: String {
    switch self {
    case .numbers: "Functions of numbers"
    case .activations: "Activations"
    }
  }
}
