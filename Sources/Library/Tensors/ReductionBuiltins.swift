import Interpreter
import Tensors

/// Many numbers into one, along all axes or some.
enum ReductionBuiltins {
  private static let subject = "Sums and statistics"
  private static var parameters: [Parameter] {
    [
      Parameter("x", .tensor, "a tensor"),
      Parameter(
        "axis", .optional(.either(.number, .sequence)), default: .none,
        "the axis, or a list of axes, to reduce; by default all"),
      Parameter("keep", .boolean, default: .boolean(false), "whether reduced axes stay, with size 1"),
    ]
  }

  static func register(in catalog: Catalog) {
    add("sum", "The sum.", Example("print sum(tensor([[1, 2], [3, 4]]), axis: 0)", "[4, 6]"), in: catalog) {
      try $0.sum(axes: $1, keep: $2)
    }
    add(
      "prod", "The product; of no numbers it is 1.", Example("print prod(tensor([[1, 2], [3, 4]]), axis: 0)", "[3, 8]"),
      details: "Its derivatives are right also where numbers are 0.", in: catalog
    ) { try $0.product(axes: $1, keep: $2) }
    add(
      "mean", "The mean: the sum divided by the count.", Example("mean(tensor([1, 2, 6]))", "3"),
      details: "Where the sum is too large for a float, so is the mean.", in: catalog
    ) { try $0.mean(axes: $1, keep: $2) }
    add(
      "std", "The standard deviation (of the population: divided by n).", Example("std(tensor([1, 3]))", "1"),
      details: "Of equal numbers its derivative is taken as 0 (up to rounding).", in: catalog
    ) {
      try $0.std(axes: $1, keep: $2)
    }
    add("variance", "The variance (of the population: divided by n).", Example("variance(tensor([1, 3]))", "1"), in: catalog) {
      try $0.variance(axes: $1, keep: $2)
    }
    add("max", "The greatest number.", Example("max(tensor([1, 5, 2]))", "5"), details: shared, in: catalog) {
      try $0.max(axes: $1, keep: $2)
    }
    add("min", "The least number.", Example("min(tensor([4, 1, 2]))", "1"), details: shared, in: catalog) {
      try $0.min(axes: $1, keep: $2)
    }
    add(
      "norm", "The root of the sum of squares.", Example("norm(tensor([3, 4]))", "5"),
      details: "Its derivative at 0 is taken as 0.", in: catalog
    ) {
      try $0.norm(axes: $1, keep: $2)
    }
    add("log_sum_exp", "log Σ exp x, without overflow.", Example("log_sum_exp(tensor([1000])) ", "1000"), in: catalog) {
      try $0.logSumExp(axes: $1, keep: $2)
    }
    for (name, summary, result) in [
      ("argmax", "The place of the greatest number along an axis.", "[1, 0]"),
      ("argmin", "The place of the least number along an axis.", "[0, 1]"),
    ] {
      catalog.add(
        Builtin(
          name, summary, subject: subject,
          parameters: [Parameter("x", .tensor, "a tensor"), Parameter("axis", .integer, default: .number(-1), "the axis")],
          examples: [Example("print \(name)(tensor([[1, 5], [4, 2]]))", result)], details: "A place has derivative 0."
        ) { call in
          let x = try call.tensor("x")
          let axis = try call.integer("axis")
          return .tensor(name == "argmax" ? try x.argmax(axis: axis) : try x.argmin(axis: axis))
        })
    }
    catalog.add(
      Builtin(
        "cumulative_sum", "The sums of the first 1, 2, … numbers along an axis.", subject: subject,
        parameters: [Parameter("x", .tensor, "a tensor"), Parameter("axis", .integer, default: .number(-1), "the axis")],
        examples: [Example("print cumulative_sum(tensor([1, 2, 3]))", "[1, 3, 6]")]
      ) { call in
        .tensor(try call.tensor("x").cumulativeSum(axis: call.integer("axis")))
      })
    catalog.add(
      Builtin(
        "cumulative_product", "The products of the first 1, 2, … numbers along an axis.", subject: subject,
        parameters: [Parameter("x", .tensor, "a tensor"), Parameter("axis", .integer, default: .number(-1), "the axis")],
        examples: [Example("print cumulative_product(tensor([1, 2, 3]))", "[1, 2, 6]")]
      ) { call in
        .tensor(try call.tensor("x").cumulativeProduct(axis: call.integer("axis")))
      })
    catalog.add(
      Builtin(
        "diff", "Each number less the one before it along an axis, which becomes one shorter.", subject: subject,
        parameters: [Parameter("x", .tensor, "a tensor"), Parameter("axis", .integer, default: .number(-1), "the axis")],
        examples: [Example("print diff(tensor([1, 4, 9]))", "[3, 5]")]
      ) { call in
        .tensor(try call.tensor("x").differences(axis: call.integer("axis")))
      })
    catalog.add(
      Builtin(
        "all", "Whether no number of a tensor is 0: a comparison holds everywhere.", subject: subject,
        parameters: [Parameter("x", .tensor, "a tensor")], examples: [Example("all(tensor([1, 2]) > 0)", "true")]
      ) { call in
        .boolean(try !call.tensor("x").floats().contains(0))
      })
    catalog.add(
      Builtin(
        "any", "Whether a number of a tensor is not 0: a comparison holds somewhere.", subject: subject,
        parameters: [Parameter("x", .tensor, "a tensor")], examples: [Example("any(tensor([1, 2]) > 2)", "false")]
      ) { call in
        .boolean(try call.tensor("x").floats().contains { $0 != 0 })
      })
  }

  private static let shared = "Where several are equal they share the derivative evenly."

  private static func add(
    _ name: String, _ summary: String, _ example: Example, details: String = "", in catalog: Catalog,
    _ reduce: @escaping (Tensor, [Int]?, Bool) throws -> Tensor
  ) {
    catalog.add(
      Builtin(name, summary, subject: subject, parameters: parameters, examples: [example], details: details) { call in
        .tensor(try reduce(call.tensor("x"), call.axes("axis"), call.boolean("keep")))
      })
  }
}
