import Interpreter
import Syntax

/// Functions that take functions, and what goes with them.
enum FunctionalBuiltins {
  private static let subject = "Lists"
  private static var values: Parameter { Parameter("values", .iterable, "a list, or anything else that `for` runs over") }

  static func register(in catalog: Catalog) {
    registerMapping(in: catalog)
    registerJudging(in: catalog)
    registerSorting(in: catalog)
  }

  private static func registerMapping(in catalog: Catalog) {
    let function = Parameter("function", .function, "a function of one element")
    catalog.add(
      Builtin(
        "map", "A list of what a function gives for each element.", subject: subject, parameters: [values, function],
        examples: [Example("map([1, 2, 3], x -> x ^ 2)", "[1, 4, 9]"), Example("0..3 |> map(sqrt) |> len", "3")]
      ) { call in
        var results: [Value] = []
        let elements = try call.elements("values")
        while let element = try elements.next() { try results.add(call.callFunction("function", [element])) }
        return .list(List(results))
      })
    catalog.add(
      Builtin(
        "filter", "A list of the elements for which a function gives true.", subject: subject, parameters: [values, function],
        examples: [Example("filter(0..6, x -> x % 2 == 0)", "[0, 2, 4]")]
      ) { call in
        var results: [Value] = []
        let elements = try call.elements("values")
        while let element = try elements.next() {
          if try judge(call.callFunction("function", [element])) { try results.add(element) }
        }
        return .list(List(results))
      })
    catalog.add(
      Builtin(
        "reduce", "One value of all elements: a function joins what there is so far with the next.", subject: subject,
        parameters: [
          values, Parameter("function", .function, "a function of the value so far and the next element"),
          Parameter("start", .any, default: .none, "the first value so far; left out: the first element"),
        ],
        examples: [
          Example("reduce([1, 2, 3, 4], (a, b) -> a * b)", "24"), Example("reduce([[1], [2]], (a, b) -> a + b, [])", "[1, 2]"),
        ]
      ) { call in
        let elements = try call.elements("values")
        var total = call.value("start")
        if !call.isGiven("start") {
          guard let first = try elements.next() else {
            throw Failure("there is nothing to reduce", [(.argument("values"), "empty")], advice: "Give a `start:`.")
          }
          total = first
        }
        while let next = try elements.next() { total = try call.callFunction("function", [total, next]) }
        return total
      })
    catalog.add(
      Builtin(
        "enumerate", "A list of pairs: the place of each element, and the element.", subject: subject,
        parameters: [values, Parameter("from", .number, default: .number(0), "the first place")],
        examples: [Example("for i, x in enumerate([\"a\", \"b\"]) { print i, x }", "0 a\n1 b")]
      ) { call in
        let start = try call.number("from")
        return .list(try call.elements("values").all().enumerated().map { .list([.number(start + Double($0)), $1]) })
      })
    catalog.add(
      Builtin(
        "zip", "A list of lists: the first elements together, then the second ones, and so on.", subject: subject,
        parameters: [Parameter("lists", .iterable, passing: .variadic, "the lists, of one length")],
        examples: [
          Example("zip([1, 2], [\"a\", \"b\"])", "[[1, \"a\"], [2, \"b\"]]"),
          Example("try { zip([1, 2], [3]) } catch e { e.message }", "\"the lists differ in length\""),
        ]
      ) { call in
        let lists = try call.values("lists")
        for case .range(let range) in lists where range.count > List.lengthLimit {
          throw Failure("the list would be too long", [(.argument("lists"), "\(range.count) numbers")])
        }
        let all = try lists.map { try $0.elements() }
        let counts = all.compactMap(\.count)
        if let least = counts.min(), let most = counts.max(), least < most {
          throw Failure(
            "the lists differ in length", [(.argument("lists"), counts.map { "\($0)" }.joined(separator: " and "))],
            advice: "Cut the longer: zip(xs[..\(least)], ys).")
        }
        var rows: [Value] = []
        while !all.isEmpty {
          let row = try all.compactMap { try $0.next() }
          if row.count < all.count { break }
          try rows.add(.list(row))
        }
        return .list(rows)
      })
  }

  private static func judge(_ value: Value) throws -> Bool {
    if let truth = try value.truth() { return truth }
    throw Failure("the function must give true or false", [(.argument("function"), "gave \(value.briefly)")])
  }

  private static func registerJudging(in catalog: Catalog) {
    let conditions = Parameter("conditions", .sequence, "a list of true and false")
    catalog.add(
      Builtin(
        "any", "Whether at least one of a list is true.", subject: subject, parameters: [conditions],
        examples: [Example("any([false, true])", "true"), Example("any([])", "false")]
      ) { call in
        .boolean(try call.values("conditions").contains { try condition($0) })
      })
    catalog.add(
      Builtin(
        "all", "Whether every one of a list is true.", subject: subject, parameters: [conditions],
        examples: [Example("all([false, true])", "false"), Example("all([])", "true")]
      ) { call in
        .boolean(try call.values("conditions").allSatisfy { try condition($0) })
      })
  }

  private static func condition(_ value: Value) throws -> Bool {
    if let truth = try value.truth() { return truth }
    throw Failure("the list must hold true and false", [(.argument("conditions"), "holds \(value.briefly)")])
  }

  private static func registerSorting(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "sort", "The elements in rising order, as a new list; equal ones keep their order.", subject: subject,
        parameters: [
          values, Parameter("by", .function, default: .none, "a function that gives what an element is ordered by"),
          Parameter("descending", .boolean, default: .boolean(false), "the greatest first"),
        ],
        examples: [
          Example("sort([3, 1, 2])", "[1, 2, 3]"), Example("sort([\"bb\", \"a\"], by: len)", "[\"a\", \"bb\"]"),
          Example("sort([1, 3, 2], descending: true)", "[3, 2, 1]"),
        ]
      ) { call in
        let elements = try call.elements("values").all()
        let isDescending = try call.boolean("descending")
        let keys = call.isGiven("by") ? try elements.map { try call.callFunction("by", [$0]) } : elements
        let order = try Ordering.places(of: keys, isDescending: isDescending)
        return .list(List(order.map { elements[$0] }))
      })
  }
}
