import Base
import Interpreter

enum ListBuiltins {
  private static let subject = "Lists"
  private static var list: Parameter { Parameter("list", .list, "a list") }

  static func register(in catalog: Catalog) {
    registerMaking(in: catalog)
    registerChanging(in: catalog)
    registerSearching(in: catalog)
  }

  /// The values of a plain kind that can be run over; objects bring forms of their own.
  static let plainIterable = Kind("a list, a range, a string or a record") { value in
    switch value {
    case .list, .range, .string, .record: true
    case .none, .boolean, .number, .function, .builtin, .object: false
    }
  }

  private static func registerMaking(in catalog: Catalog) {
    let anything = Kind("a list, a range, a string, a record or a tensor") { value in
      if case .object(let object) = value { object.count != nil } else { plainIterable.accepts(value) }
    }
    catalog.add(
      Builtin(
        "len", "How many elements, characters or fields a value has; the first axis of a tensor.", subject: subject,
        parameters: [Parameter("value", anything, "what is counted")],
        examples: [Example("len([1, 2])", "2"), Example("len(\"gan\")", "3"), Example("len(0..10)", "10")]
      ) { call in
        switch call[0] {
        case .list(let list): return .number(Double(list.elements.count))
        case .string(let string): return .number(Double(string.count))
        case .range(let range): return .number(Double(range.count))
        case .record(let record): return .number(Double(record.count))
        case .object(let object): return .number(Double(object.count ?? 0))
        case .none, .boolean, .number, .function, .builtin: throw call.wrong("value", wanted: "something with a length")
        }
      })
    catalog.add(
      Builtin(
        "list", "A list of all elements of a range, characters of a string, or names of a record.", subject: subject,
        parameters: [Parameter("values", plainIterable, "what is run over")],
        examples: [Example("list(0..4)", "[0, 1, 2, 3]"), Example("list(\"gan\")", "[\"g\", \"a\", \"n\"]")]
      ) { call in
        .list(List(try call.elements("values").all()))
      })
    catalog.add(
      Builtin(
        "range", "The numbers from one up to, not including, another, in steps. `0..10` is the same with a step of 1.",
        subject: subject,
        parameters: [
          Parameter("lower", .number, "the first number; alone, the end of a range from 0"),
          Parameter("upper", .number, default: .none, "the end, which is not in the range"),
          Parameter("step", .number, default: .number(1), "from one number to the next; may be negative"),
        ],
        examples: [
          Example("list(range(0, 10, step: 4))", "[0, 4, 8]"), Example("list(range(3, 0, step: -1))", "[3, 2, 1]"),
        ]
      ) { call in
        let first = try call.number("lower")
        let upper = try call.optionalNumber("upper")
        let step = try call.number("step")
        guard step != 0 else { throw Failure("a range needs a step that is not 0", [(.argument("step"), "0")]) }
        guard let range = NumberRange(lower: upper == nil ? 0 : first, upper: upper ?? first, step: step) else {
          throw Failure("a range needs bounds that are finite, and fewer than 2^53 numbers", [(.whole, "")])
        }
        return .range(range)
      })
    catalog.add(
      Builtin(
        "copy", "A new list, record, net, layer or parameter that holds the same, so that changing one leaves the other.",
        subject: subject,
        parameters: [
          Parameter("value", .either(.either(.list, .record), .trainedObject), "a list, a record, a net, a layer or a parameter")
        ],
        examples: [
          Example("a = [1]; b = copy(a); append b, 2; a", "[1]"),
          Example(
            """
            D = net input: [1] { dense 1, weights: zero_weights() }
            target = copy(D)
            update D, sum(D(ones([1, 1]))), with: sgd(1)
            print D.parameters[0], target.parameters[0]
            """, "[[-1]] [[0]]"),
        ],
        details: """
          A list or record has the same elements, also where these are nets; map(nets, copy) copies the nets. Of a net are copied its weights \
          and running statistics, and what the functions in it use: nets, layers and parameters, and lists and records that they name. \
          What it shares within itself, the copy shares within itself. Optimizers remember nothing of the copy. See docs/layers.md.
          """
      ) { call in
        switch call.value("value") {
        case .list(let list):
          try Memory.require(list.elements.count, of: Value.self)
          return .list(List(list.elements))
        case .record(let record): return .record(Record(record.fields.map { ($0.name, $0.value) }))
        case .none, .boolean, .number, .string, .range, .function, .builtin, .object:
          if let copy = try ParameterBuiltins.copy(of: call.value("value"), in: call.session) { return copy }
          throw call.wrong("value", wanted: "a list, a record, a net, a layer or a parameter")
        }
      })
    catalog.add(
      Builtin(
        "reverse", "The elements or characters in the opposite order, as a new list or string.", subject: subject,
        parameters: [Parameter("values", .either(.sequence, .string), "a list, a range or a string")],
        examples: [Example("reverse([1, 2, 3])", "[3, 2, 1]"), Example("reverse(\"nag\")", "\"gan\"")]
      ) { call in
        if case .string(let string) = call.value("values") {
          try Memory.require(string.utf8.count, of: Character.self)
          return .string(String(string.reversed()))
        }
        return .list(List(try call.values("values").reversed()))
      })
  }

  /// A place in a list; `extra` is 1 where the place after the last counts too.
  private static func place(_ call: borrowing Invocation, _ count: Int, extra: Int = 0) throws -> Int {
    let wanted = try call.integer("place")
    let place = wanted < 0 ? wanted + count + extra : wanted
    guard place >= 0, place < count + extra else {
      throw Failure(
        "the list has no place \(wanted)", [(.argument("place"), "\(wanted)")],
        advice: count + extra == 0 ? "It is empty." : "Its places are 0 to \(count + extra - 1).")
    }
    return place
  }

  private static func registerChanging(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "append", "Adds values at the end of a list.", subject: subject,
        parameters: [list, Parameter("values", .any, passing: .variadic, "what is added")],
        examples: [Example("xs = [1]; append xs, 2, 3; xs", "[1, 2, 3]")]
      ) { call in
        let values = try call.values("values")
        guard !values.isEmpty else { throw Failure("append wants a value to add", [(.whole, "")]) }
        let list = try call.list("list")
        guard list.elements.count + values.count <= List.lengthLimit else {
          throw Failure("the list would be too long", [(.argument("list"), "\(list.elements.count) elements")])
        }
        try list.append(values, in: call.session)
        return .none
      })
    catalog.add(
      Builtin(
        "insert", "Puts a value into a list before a place.", subject: subject,
        parameters: [list, Parameter("place", .integer, "where it will stand"), Parameter("value", .any, "what is put in")],
        examples: [Example("xs = [1, 3]; insert xs, 1, 2; xs", "[1, 2, 3]")]
      ) { call in
        let list = try call.list("list")
        try list.insert(call.value("value"), at: place(call, list.elements.count, extra: 1), in: call.session)
        return .none
      })
    catalog.add(
      Builtin(
        "remove", "Takes the element at a place out of a list, and gives it.", subject: subject,
        parameters: [list, Parameter("place", .integer, "where it stands; -1 is the last")],
        examples: [Example("xs = [5, 6, 7]; remove(xs, 0)", "5"), Example("xs = [5, 6, 7]; remove xs, 0; xs", "[6, 7]")]
      ) { call in
        let list = try call.list("list")
        return list.elements.remove(at: try place(call, list.elements.count))
      })
    catalog.add(
      Builtin(
        "pop", "Takes the last element out of a list, and gives it.", subject: subject, parameters: [list],
        examples: [Example("xs = [5, 6]; pop(xs)", "6")]
      ) { call in
        guard let last = try call.list("list").elements.popLast() else {
          throw Failure("the list is empty", [(.argument("list"), "an empty list")])
        }
        return last
      })
  }

  private static func registerSearching(in catalog: Catalog) {
    let value = Parameter("value", .any, "what is looked for")
    catalog.add(
      Builtin(
        "contains", "Whether a list or a range holds a value.", subject: subject,
        parameters: [Parameter("values", .sequence, "a list or a range"), value],
        examples: [Example("contains([1, [2]], [2])", "true"), Example("contains(0..10, 10)", "false")]
      ) { call in
        .boolean(try place(of: call.value("value"), in: call.value("values")) != nil)
      })
    catalog.add(
      Builtin(
        "find", "The first place of a value in a list, or none.", subject: subject,
        parameters: [Parameter("values", .sequence, "a list or a range"), value], examples: [Example("find([5, 6], 6)", "1")]
      ) { call in
        try place(of: call.value("value"), in: call.value("values")).map { .number(Double($0)) } ?? .none
      })
  }

  private static func place(of value: Value, in values: Value) throws -> Int? {
    if case .range(let range) = values {
      guard case .number(let number) = value else { return nil }
      let place = (number - range.lower) / range.step
      guard place >= 0, let whole = Int(exactly: place), whole < range.count else { return nil }
      return whole
    }
    return try values.elements().all().firstIndex { try $0.isEqual(to: value) }
  }
}
