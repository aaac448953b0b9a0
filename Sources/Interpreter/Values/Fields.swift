import Syntax

/// `value.name`. Marks: `.whole` is the name, `.left` the value.
enum Fields {
  static func get(_ name: String, of value: Value, catalog: Catalog) throws -> Value {
    switch value {
    case .record(let record):
      if let field = record[name] { return field }
      guard let guardian = record.guardian else { throw missing(name, "the record", among: record.names, catalog) }
      if let absence = guardian.absence(of: name) { throw absence }
      throw missing(name, "this \(guardian.title)", among: record.names, catalog)
    case .object(let object):
      if let field = try object.field(name) { return field }
      throw missing(name, "the \(object.typeName)", among: object.fieldNames, catalog)
    case .none, .boolean, .number, .string, .list, .range, .function, .builtin:
      throw Failure(
        "\(value.typeNameWithArticle) has no fields", [(.left, value.briefly), (.whole, "")],
        advice: functionAdvice(name, catalog))
    }
  }

  static func set(_ name: String, of value: Value, to new: Value, in session: Session) throws {
    switch value {
    case .record(let record): try record.set(name, to: new, isWritten: true, in: session)
    case .object(let object):
      if try object.setField(name, to: new) { return }
      if try object.field(name) != nil {
        throw Failure("the field `\(name)` of \(object.typeName.withArticle) cannot be set", [(.whole, "")])
      }
      throw missing(name, "the \(object.typeName)", among: object.fieldNames, nil)
    case .none, .boolean, .number, .string, .list, .range, .function, .builtin:
      throw Failure("\(value.typeNameWithArticle) has no fields", [(.left, value.briefly)])
    }
  }

  private static func missing(_ name: String, _ owner: String, among names: [String], _ catalog: Catalog?) -> Failure {
    var advice: [String] = []
    if catalog != nil, let foreign = ForeignNames.fields[name] {
      advice = [foreign]
      if !names.isEmpty, names.count <= 24 { advice.append("It has: \(names.joined(separator: ", ")).") }
      return Failure("\(owner) has no field `\(name)`", [(.whole, "")], advice: advice)
    }
    if let near = Suggestion.nearest(to: name, among: names) {
      advice.append("Did you mean `\(near)`?")
    } else if !names.isEmpty, names.count <= 24 {
      advice.append("It has: \(names.joined(separator: ", ")).")
    }
    if let catalog { advice += functionAdvice(name, catalog) }
    return Failure("\(owner) has no field `\(name)`", [(.whole, "")], advice: advice)
  }

  /// Methods of other languages that are functions here.
  private static let otherNames = [
    "length": "len", "size": "len", "count": "len", "push": "append", "add": "append", "to_string": "string", "str": "string",
    "format": "string", "toString": "string", "strip": "trim", "startswith": "starts_with", "endswith": "ends_with",
    "items": "enumerate", "index": "find", "upper_case": "upper", "lower_case": "lower", "extend": "append",
  ]

  private static func functionAdvice(_ name: String, _ catalog: Catalog) -> [String] {
    if let advice = ForeignNames.fields[name] { return [advice] }
    let function = otherNames[name] ?? name
    if let builtin = catalog.builtin(named: function) {
      let more = builtin.parameters.count > 1 ? "x, …" : "x"
      return ["`\(function)` is a function: `\(function)(\(more))`."]
    }
    if let advice = ForeignNames.names[name] { return [advice] }
    if let module = catalog.moduleBringing(name) { return ["`\(name)` is a function of `use \(module)`: `\(name)(x, …)`."] }
    return []
  }
}
