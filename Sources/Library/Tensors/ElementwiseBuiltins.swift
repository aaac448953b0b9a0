import Interpreter
import Tensors

/// Functions of each number of a tensor by itself.
enum ElementwiseBuiltins {
  static func register(in catalog: Catalog) {
    registerArithmetic(in: catalog)
    registerActivations(in: catalog)
    registerChoices(in: catalog)
  }

  /// A function of one number, for tensors; for numbers too, where the language's own arithmetic has none of the name.
  private static func add(
    _ name: String, _ summary: String, _ function: UnaryFunction, subject: String = "Functions of numbers",
    forNumbers: Bool = false, details: String = "",
    _ example: Example, in catalog: Catalog
  ) {
    catalog.add(
      Builtin(
        name, summary, subject: subject,
        parameters: [Parameter("x", forNumbers ? .numeric : .tensor, forNumbers ? "a tensor or a number" : "a tensor")],
        examples: [example], details: details
      ) { call in
        if case .number(let number) = call.value("x") { return .number(function(number)) }
        return .tensor(try call.tensor("x").map(function))
      })
  }

  private static let steps = "It is piecewise constant: its derivative is 0 everywhere."

  private static func registerArithmetic(in catalog: Catalog) {
    add(
      "abs", "The size of each number, without its sign.", .abs, details: "Its derivative at 0 is 0.",
      Example("print abs(tensor([-2, 3]))", "[2, 3]"),
      in: catalog)
    add(
      "sqrt", "The square root of each number.", .sqrt,
      details: """
        Its derivative at 0 is infinite, and nan where that meets a slope of 0: of sqrt(x * x) at 0, and also of where(x > 0, sqrt(x), x). \
        Keep 0 away from the root itself, sqrt(x + 1e-12) or sqrt(where(x > 0, x, 1)); for a length there is `norm`.
        """,
      Example("print sqrt(tensor([4, 9]))", "[2, 3]"), in: catalog)
    add("exp", "e to the power of each number.", .exp, Example("print exp(tensor([0]))", "[1]"), in: catalog)
    add("log", "The natural logarithm of each number.", .log, Example("print log(tensor([1]))", "[0]"), in: catalog)
    add("sin", "The sine of each number, in radians.", .sin, Example("print sin(tensor([0]))", "[0]"), in: catalog)
    add("cos", "The cosine of each number, in radians.", .cos, Example("print cos(tensor([0]))", "[1]"), in: catalog)
    add(
      "floor", "The next whole number below.", .floor, details: steps, Example("print floor(tensor([1.5, -1.5]))", "[1, -2]"),
      in: catalog)
    add(
      "ceil", "The next whole number above.", .ceil, details: steps, Example("print ceil(tensor([1.5, -1.5]))", "[2, -1]"),
      in: catalog)
    add(
      "round", "The nearest whole number, halves to the even one.", .round, details: steps,
      Example("print round(tensor([1.4, 2.5]))", "[1, 2]"),
      in: catalog)
    add(
      "sign", "−1, 0 or 1, by the sign of each number.", .sign, forNumbers: true, details: steps,
      Example("print sign(tensor([-3, 0, 2]))", "[-1, 0, 1]"),
      in: catalog)
    add(
      "square", "Each number times itself.", .square, forNumbers: true, Example("print square(tensor([-3, 2]))", "[9, 4]"),
      in: catalog)
    add(
      "is_nan", "1 where a number is not a number (such as 0/0), else 0.", .isNaN, details: steps,
      Example("print is_nan(tensor([1, 2]) / 0)", "[0, 0]"),
      in: catalog)
  }

  private static func registerActivations(in catalog: Catalog) {
    let subject = "Activations"
    add(
      "relu", "max(x, 0).", .relu, subject: subject, forNumbers: true, details: "Its derivative at 0 is 0.",
      Example("print relu(tensor([-1, 2]))", "[0, 2]"),
      in: catalog)
    add(
      "sigmoid", "1 / (1 + exp(−x)).", .sigmoid, subject: subject, forNumbers: true, Example("sigmoid(0)", "0.5"), in: catalog)
    add(
      "softplus", "log(1 + exp(x)), exact for large and for small x.", .softplus, subject: subject, forNumbers: true,
      Example("softplus(1000)", "1000"), in: catalog)
    add(
      "tanh", "The hyperbolic tangent.", .tanh, subject: subject, forNumbers: true, Example("print tanh(tensor([0]))", "[0]"),
      in: catalog)
    catalog.add(
      Builtin(
        "leaky_relu", "x where x is above 0, else slope · x.", subject: subject,
        parameters: [
          Parameter("x", .numeric, "a tensor or a number"),
          Parameter("slope", .number, default: .number(0.2), "the slope below 0"),
        ],
        examples: [Example("print leaky_relu(tensor([-1, 2]))", "[-0.2, 2]")]
      ) { call in
        let slope = try call.number("slope")
        if case .number(let number) = call.value("x") { return .number(number > 0 ? number : slope * number) }
        return .tensor(try call.tensor("x").leakyRelu(slope: slope))
      })
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
        "clip", "Each number moved into low … high.", subject: "Functions of numbers",
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
        "where", "The elements of `a` where the condition is not 0, those of `b` elsewhere.", subject: "Functions of numbers",
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
          condition = Tensor(scalar: boolean ? 1 : 0)
        } else {
          condition = try call.tensor("condition")
        }
        return .tensor(try Tensor.where(condition, call.tensor("a"), call.tensor("b")))
      })
    for (name, summary, function, result) in [
      ("maximum", "The greater of two numbers, place by place.", BinaryFunction.maximum, "[2, 3]"),
      ("minimum", "The lesser of two numbers, place by place.", BinaryFunction.minimum, "[1, 2]"),
    ] {
      catalog.add(
        Builtin(
          name, summary, subject: "Functions of numbers",
          parameters: [Parameter("a", .numeric, "a tensor or a number"), Parameter("b", .numeric, "a tensor or a number")],
          examples: [Example("print \(name)(tensor([1, 3]), 2)", result)],
          details: "Where both are equal each has half of the derivative."
        ) { call in
          .tensor(try Tensor.combine(function, call.tensor("a"), call.tensor("b")))
        })
    }
  }
}
