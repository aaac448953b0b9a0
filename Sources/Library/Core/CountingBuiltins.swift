import Interpreter

/// Which values a list holds, how often, and in which groups.
enum CountingBuiltins {
  private static let subject = "Lists"
  private static var values: Parameter { Parameter("values", .iterable, "a list, or anything else that `for` runs over") }
  private static let sameness = "Values are the same where `==` says so; `nan` counts as one value."

  static func register(in catalog: Catalog) {
    registerCounts(in: catalog)
    registerGroups(in: catalog)
  }

  private static func registerCounts(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "unique", "The different elements, in the order of their first places.", subject: subject,
        parameters: [
          values, Parameter("by", .function, default: .none, "a function that gives what must be different; else the element"),
        ],
        examples: [
          Example("unique([3, 1, 3, 2, 1])", "[3, 1, 2]"), Example("unique([\"a\", \"B\", \"b\"], by: lower)", "[\"a\", \"B\"]"),
        ], details: sameness
      ) { call in
        var index = ValueIndex()
        var kept: [Value] = []
        let elements = try call.elements("values")
        while let element = try elements.next() {
          let place = try index.place(of: call.isGiven("by") ? call.callFunction("by", [element]) : element)
          if place == kept.count { try kept.add(element) }
        }
        return .list(kept)
      })
    catalog.add(
      Builtin(
        "count", "How often a text holds another, without overlaps.", subject: "Strings",
        parameters: [
          Parameter("text", .string, "a string"), Parameter("part", .string, "what is counted"),
        ],
        examples: [Example("count(\"banana\", \"an\")", "2")]
      ) { call in
        let part = try call.string("part")
        guard !part.isEmpty else {
          throw Failure(
            "an empty text cannot be counted", [(.argument("part"), "\"\"")], advice: "len(text) counts the characters.")
        }
        var count = -1
        try TextSearch(part, in: call.string("text")).forEachPiece { _ in count += 1 }
        return .number(Double(count))
      })
    catalog.add(
      Builtin(
        "count", "How often a list holds a value.", subject: subject,
        parameters: [values, Parameter("value", .any, "what is counted")],
        examples: [Example("count([1, 2, 1], 1)", "2")],
        details: "How many elements satisfy a condition: `len(filter(xs, x -> x > 3))`. How often each occurs: `counts`."
      ) { call in
        let value = call.value("value")
        var count = 0
        let elements = try call.elements("values")
        while let element = try elements.next() {
          if try element.isEqual(to: value) { count += 1 }
        }
        return .number(Double(count))
      })
    catalog.add(
      Builtin(
        "counts", "How often each different element occurs: a list of pairs of an element and its number.", subject: subject,
        parameters: [values],
        examples: [
          Example("counts(\"banana\")", "[[\"b\", 1], [\"a\", 3], [\"n\", 2]]"),
          Example("counts([2, 1, 2]) |> sort(by: pair -> pair[1], descending: true)", "[[2, 2], [1, 1]]"),
        ],
        details: "In the order of their first places. \(sameness) For whole numbers from 0, `bincount` gives a tensor."
      ) { call in
        var index = ValueIndex()
        var counts: [Int] = []
        let elements = try call.elements("values")
        while let element = try elements.next() {
          let place = try index.place(of: element)
          if place == counts.count { counts.append(0) }
          counts[place] += 1
        }
        return .list(zip(index.values, counts).map { .list([$0, .number(Double($1))]) })
      })
  }

  private static func registerGroups(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "group", "The elements for which a function gives the same: a list of pairs of that value and a list of the elements.",
        subject: subject, parameters: [values, Parameter("by", .function, "a function of one element")],
        examples: [
          Example("group(0..7, x -> x % 3)", "[[0, [0, 3, 6]], [1, [1, 4]], [2, [2, 5]]]"),
          Example("for size, words in group([\"a\", \"bb\", \"c\"], len) { print size, words }", "1 [\"a\", \"c\"]\n2 [\"bb\"]"),
        ],
        details: "In the order of their first places. What the function gives may be any value. \(sameness)"
      ) { call in
        var index = ValueIndex()
        var groups: [[Value]] = []
        let elements = try call.elements("values")
        while let element = try elements.next() {
          let place = try index.place(of: call.callFunction("by", [element]))
          if place == groups.count { groups.append([]) }
          try groups[place].add(element)
        }
        return .list(zip(index.values, groups).map { .list([$0, .list($1)]) })
      })
    catalog.add(
      Builtin(
        "flatten", "A list of what stands in a list of lists, in order.", subject: subject,
        parameters: [
          Parameter("list", .sequence, "a list"),
          Parameter("depth", .optional(.count), default: .none, "how many levels of lists are opened; none: all"),
        ],
        examples: [
          Example("flatten([[1, 2], [3, [4]]])", "[1, 2, 3, 4]"), Example("flatten([[1, 2], [3, [4]]], 1)", "[1, 2, 3, [4]]"),
        ]
      ) { call in
        var flat: [Value] = []
        // The lists that are open, the outermost first, with the next place in each.
        var open: [(list: List, next: Int)] = [(List(try call.values("list")), 0)]
        let depth = try call.optionalInteger("depth") ?? depthLimit
        while let (list, next) = open.last {
          guard next < list.elements.count else {
            open.removeLast()
            continue
          }
          open[open.count - 1].next += 1
          let element = list.elements[next]
          if case .list(let inner) = element, open.count <= depth {
            guard open.count < depthLimit else {
              throw Failure("the list is nested too deeply, or holds itself", [(.argument("list"), "")])
            }
            open.append((inner, 0))
          } else {
            guard flat.count < List.lengthLimit else { throw Failure("the list would be too long", [(.argument("list"), "")]) }
            try flat.add(element)
          }
        }
        return .list(flat)
      })
  }

  private static let depthLimit = 1000
}
