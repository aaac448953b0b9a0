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
    if catalog != nil, let foreign = foreign[name] {
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

  /// Fields and methods of tensors and nets elsewhere, and what does the same here.
  private static let foreign: [String: String] = {
    var advice = [
      "T": "The transpose of x is `transpose(x)`.", "H": "The transpose of x is `transpose(x)`.",
      "permute": "Write `transpose(x, axes: [1, 0])`.", "view": "Write `reshape(x, [2, 3])`.",
      "unsqueeze": "Write `expand(x, axis)`.", "item": "Write `number(x)`.", "tolist": "Write `list(x)`.",
      "numpy": "Write `list(x)`; `save x, \"x.npy\"` writes a file for NumPy.", "clone": "Write `copy(x)`.",
      "backward": "Derivatives are values: `grad(loss, x)`.", "grad": "Derivatives are values: `grad(loss, x)`.",
      "detach": "Write `constant(x)`.", "requires_grad": "A tensor that is trained is made by `parameter(x)`.",
      "requires_grad_": "A tensor that is trained is made by `parameter(x)`.", "numel": "Write `x.count`.",
      "ndim": "Write `x.rank`.", "dim": "Write `x.rank`.",
      "state_dict": "`save net, \"net.safetensors\"` writes the weights, `load \"net.safetensors\", into: net` reads them.",
      "zero_grad": "Derivatives are values, and nothing has to be set to zero: `grad(loss, x)`.",
      "train": "`train run, steps: 1000` trains; nets behave as in training except within `inference { … }`.",
      "eval": "`inference { … }` runs nets as they are used, without dropout.",
    ]
    for name in ["dtype", "float", "double", "half", "long", "int", "astype"] {
      advice[name] = "The numbers of a tensor are 32-bit floating-point numbers, always; `floor(x)` makes them whole."
    }
    for name in ["cpu", "cuda", "device", "to"] {
      advice[name] = "Everything is computed on the processor; nothing has to be moved."
    }
    return advice
  }()

  private static func functionAdvice(_ name: String, _ catalog: Catalog) -> [String] {
    if let advice = foreign[name] { return [advice] }
    let function = otherNames[name] ?? name
    guard let builtin = catalog.builtin(named: function) else { return [] }
    let more = builtin.parameters.count > 1 ? "x, …" : "x"
    return ["`\(function)` is a function: `\(function)(\(more))`."]
  }
}
