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
  }
}
