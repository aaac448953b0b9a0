import Interpreter

enum RecordBuiltins {
  private static let subject = "Records"
  private static var record: Parameter { Parameter("record", .record, "a record") }

  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "keys", "The names of a record's fields.", subject: subject, parameters: [record],
        examples: [Example("keys({a: 1, b: 2})", "[\"a\", \"b\"]")]
      ) { call in
        .list(try call.record("record").names.map { .string($0) })
      })
    catalog.add(
      Builtin(
        "values", "The values of a record's fields.", subject: subject, parameters: [record],
        examples: [Example("values({a: 1, b: 2})", "[1, 2]")]
      ) { call in
        .list(try call.record("record").fields.map(\.value))
      })
    catalog.add(
      Builtin(
        "has", "Whether a record has a field of this name.", subject: subject,
        parameters: [record, Parameter("name", .string, "the field's name")], examples: [Example("has({a: 1}, \"b\")", "false")]
      ) { call in
        .boolean(try call.record("record")[call.string("name")] != nil)
      })
    catalog.add(
      Builtin(
        "remove", "Takes a field out of a record, and gives its value.", subject: subject,
        parameters: [record, Parameter("name", .string, "the field's name")],
        examples: [Example("r = {a: 1, b: 2}; remove r, \"a\"; r", "{b: 2}")]
      ) { call in
        let record = try call.record("record")
        let name = try call.string("name")
        guard let value = record[name] else {
          throw Failure("the record has no field `\(name)`", [(.argument("name"), "")])
        }
        record[name] = nil
        return value
      })
    registerMerge(in: catalog)
    registerGuard(in: catalog)
  }

  private static func registerMerge(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "merge", "A new record of the fields of several; of fields with one name the last counts.", subject: subject,
        parameters: [Parameter("records", .record, passing: .variadic, "the records")],
        examples: [Example("merge({rate: 1, steps: 5}, {rate: 2})", "{rate: 2, steps: 5}")],
        details: "The records stay as they are, and the new one is not guarded."
      ) { call in
        let merged = Record()
        for value in try call.values("records") {
          guard case .record(let record) = value else {
            throw Failure("merge wants records", [(.argument("records"), value.briefly)])
          }
          for (name, value) in record.fields { merged[name] = value }
        }
        return .record(merged)
      })
  }

  private static func registerGuard(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "guard", "Makes a record check its fields whenever they are set.", subject: subject,
        parameters: [
          record,
          Parameter(
            "fields", .function, default: .none,
            "a function: a field takes what the parameter of its name takes. It is not called"),
          Parameter(
            "set", .record, default: .none, "functions (record, value) by the names of fields, called when the field is set"),
          Parameter("instead", .record, default: .none, "texts by names that are no fields: what to write in place of them"),
          Parameter("name", .string, default: .none, "what errors call the record"),
          Parameter(
            "card", .function, default: .none,
            "a function of the record that gives a record of texts: they are echoed in place of the fields, below each other"),
        ],
        examples: [
          Example(
            "r = {rate: 1}; guard r, (rate: amount) -> none; try { r.rate = -1 } catch e { e.message }",
            "\"this record wants a finite number from 0 up for `rate`\""),
          Example(
            "r = {rate: 1}; guard r, (rate: amount) -> none; try { r.rats = 2 } catch e { e.advice }",
            "\"Did you mean `rate`? For a field of your own of that name write it as a string: record[\\\"rats\\\"] = ….\""),
          Example("r = {n: 1}; guard r, card: r -> {number: \"{r.n} of 9\"}; r", "number  1 of 9"),
          Example("r = {n: 1, twice: 2}; guard r, set: {n: (r, n) -> { r.twice = 2 * n; n }}; r.n = 5; r", "{n: 5, twice: 10}"),
        ],
        details: """
          What a function of `set` gives is the value that the field takes; an error in it leaves the field as it was, and while it \
          runs no other function of `set` is called. New fields are free, except those whose names are near to that of a \
          parameter, or stand in `instead`. A second `guard` of a record adds to the first. A `copy` of the record is not \
          guarded, and `resume` sets fields unasked.
          """
      ) { call in
        let record = try call.record("record")
        var function: Function?
        if case .function(let given) = call.value("fields") {
          function = given
        } else if call.isGiven("fields"), case .builtin = call.value("fields") {
          throw call.wrong("fields", wanted: "a function that is written in the language")
        }
        let setters = try fields(call, "set")
        for (name, setter) in setters where !Kind.function.accepts(setter) {
          throw Failure("guard wants functions in `set`", [(.argument("set"), "\(name) is \(setter.briefly)")])
        }
        var instead: [String: String] = [:]
        for (name, text) in try fields(call, "instead") { instead[name] = try text.printed() }
        let card = call.isGiven("card") ? call.value("card") : nil
        try record.guarded(
          by: function, title: try call.optionalString("name"), setters: setters, instead: instead, card: card)
        return .none
      })
  }

  /// The fields of a record that may be left out.
  private static func fields(_ call: borrowing Invocation, _ name: String) throws -> [String: Value] {
    guard case .record(let record) = call.value(name) else { return [:] }
    return Dictionary(record.fields.map { ($0.name, $0.value) }) { _, last in last }
  }
}
