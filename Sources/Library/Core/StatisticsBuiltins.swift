import Interpreter

/// What is told of tensors, of lists of plain numbers: in double precision, and with numbers as results.
enum StatisticsBuiltins {
  private static let subject = "Sums and statistics"
  private static var values: Parameter { Parameter("values", .sequence, "a list or a range of numbers") }

  static func register(in catalog: Catalog) {
    add("std", "The standard deviation of a list of numbers (divided by n).", "std([1, 3])", "1", in: catalog) {
      variance($0).squareRoot()
    }
    add("variance", "The variance of a list of numbers (divided by n).", "variance([1, 3])", "1", in: catalog) { variance($0) }
    add(
      "median", "The middle number of a list, or the mean of the two in the middle.", "median([5, 1, 2, 3])", "2.5", in: catalog
    ) {
      quantile($0, 0.5)
    }
    catalog.add(
      Builtin(
        "quantile", "The number below which a share of a list lies, interpolated between the two nearest ones.", subject: subject,
        parameters: [values, Parameter("q", .share, "the share, 0 to 1")],
        examples: [Example("quantile([1, 2, 3, 4], 0.25)", "1.75")]
      ) { call in
        .number(quantile(try numbers(call), try call.number("q")))
      })
    registerPlaces(in: catalog)
    registerRunning(in: catalog)
  }

  private static func add(
    _ name: String, _ summary: String, _ code: String, _ result: String, in catalog: Catalog,
    _ function: @escaping ([Double]) -> Double
  ) {
    catalog.add(
      Builtin(name, summary, subject: subject, parameters: [values], examples: [Example(code, result)]) { call in
        .number(function(try numbers(call)))
      })
  }

  private static func registerPlaces(in catalog: Catalog) {
    let things = Parameter("values", .sequence, "a list of numbers or of strings, or a range")
    catalog.add(
      Builtin(
        "argsort", "The places of a list's elements in rising order; equal ones keep their order.", subject: "Order",
        parameters: [
          things, Parameter("by", .function, default: .none, "a function that gives what an element is ordered by"),
          Parameter("descending", .boolean, default: .boolean(false), "the greatest first"),
        ],
        examples: [Example("argsort([\"c\", \"a\", \"b\"])", "[1, 2, 0]")]
      ) { call in
        let elements = try call.values("values")
        let keys = call.isGiven("by") ? try elements.map { try call.callFunction("by", [$0]) } : elements
        return .list(try Ordering.places(of: keys, isDescending: call.boolean("descending")).map { .number(Double($0)) })
      })
    for (name, summary, result) in [
      ("argmax", "The place of a list's greatest number, or string; the first of equal ones.", "1"),
      ("argmin", "The place of a list's least number, or string; the first of equal ones.", "0"),
    ] {
      catalog.add(
        Builtin(
          name, summary, subject: subject, parameters: [things], examples: [Example("\(name)([1, 5, 2])", result)],
          details: "`nan` counts as the greatest and as the least, as `max` and `min` have it."
        ) { call in
          let elements = try call.values("values")
          if let place = try elements.firstIndex(where: { try $0.scalar()?.isNaN == true }) { return .number(Double(place)) }
          let order = try Ordering.places(of: elements, isDescending: name == "argmax")
          guard let first = order.first else {
            throw Failure("there is no \(name) of nothing", [(.argument("values"), "empty")])
          }
          return .number(Double(first))
        })
    }
  }

  private static func registerRunning(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "prod", "The product of a list of numbers; of none it is 1.", subject: subject, parameters: [values],
        examples: [Example("prod([1, 2, 3.5])", "7"), Example("prod(1..6)", "120")]
      ) { call in
        .number(try numbers(call, isEmptyFine: true).reduce(1, *))
      })
    catalog.add(
      Builtin(
        "cumulative_product", "The products of the first 1, 2, … numbers of a list.", subject: subject, parameters: [values],
        examples: [Example("cumulative_product([1, 2, 3])", "[1, 2, 6]")]
      ) { call in
        var product = 1.0
        return .list(
          try numbers(call, isEmptyFine: true).map { number in
            product *= number
            return .number(product)
          })
      })
    catalog.add(
      Builtin(
        "diff", "Each number of a list less the one before it: a list that is one shorter.", subject: subject,
        parameters: [values], examples: [Example("diff([1, 4, 9])", "[3, 5]")]
      ) { call in
        let numbers = try numbers(call)
        return .list(zip(numbers.dropFirst(), numbers).map { .number($0 - $1) })
      })
    catalog.add(
      Builtin(
        "cumulative_sum", "The sums of the first 1, 2, … numbers of a list.", subject: subject, parameters: [values],
        examples: [Example("cumulative_sum([1, 2, 3])", "[1, 3, 6]")]
      ) { call in
        var total = 0.0
        return .list(
          try numbers(call, isEmptyFine: true).map { number in
            total += number
            return .number(total)
          })
      })
  }

  private static func numbers(_ call: borrowing Invocation, isEmptyFine: Bool = false) throws -> [Double] {
    let values = try call.values("values")
    guard isEmptyFine || !values.isEmpty else {
      throw Failure("there is no \(call.builtin.name) of nothing", [(.argument("values"), "empty")])
    }
    return try values.map { value in
      guard let number = try value.scalar() else {
        throw Failure("\(call.builtin.name) wants numbers", [(.argument("values"), "holds \(value.briefly)")])
      }
      return number
    }
  }

  /// By the deviations from the mean, not by the mean of squares, which would lose its digits to that of a large mean.
  private static func variance(_ numbers: [Double]) -> Double {
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    return numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
  }

  /// NaN where one of the numbers is NaN.
  private static func quantile(_ numbers: [Double], _ share: Double) -> Double {
    guard !numbers.contains(where: \.isNaN) else { return .nan }
    let sorted = numbers.sorted()
    let place = share * Double(sorted.count - 1)
    let below = Int(place.rounded(.down))
    let above = min(below + 1, sorted.count - 1)
    let part = place - Double(below)
    return part == 0 ? sorted[below] : sorted[below] * (1 - part) + sorted[above] * part
  }
}
