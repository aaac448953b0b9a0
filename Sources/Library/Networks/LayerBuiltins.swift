import Interpreter
import Networks
import Tensors

/// The words for layers, in scope inside the braces of `net`: a builtin for each of `LayerWord.all`.
enum LayerBuiltins {
  static let vocabulary = "layers"

  static func register(in catalog: Catalog) {
    catalog.add(.layer)
    for word in LayerWord.all { catalog.add(builtin(of: word), vocabulary: vocabulary) }
    InitializerBuiltins.register(in: catalog)
  }

  private static func builtin(of word: LayerWord) -> Builtin {
    Builtin(
      word.name, word.summary, subject: "Layers", parameters: word.options.map(\.parameter),
      examples: [Example(word.example.code, word.example.result)], details: word.details
    ) { call in
      var choices: [String: LayerChoices.Choice] = [:]
      for option in word.options { choices[option.name] = try option.choice(in: call) }
      return .object(LayerValue(try word.make(LayerChoices(choices))))
    }
  }
}

extension LayerOption {
  /// The parameter of a builtin that takes it.
  fileprivate var parameter: Parameter {
    switch self {
    case .integer(let name, let help): Parameter(name, .integer, help)
    case .number(let name, let value, let help): Parameter(name, .number, default: .number(value), help)
    case .amount(let name, let value, let help): Parameter(name, .amount, default: .number(value), help)
    case .finite(let name, let value, let help): Parameter(name, .finite, default: .number(value), help)
    case .flag(let name, let value, let help): Parameter(name, .boolean, default: .boolean(value), help)
    case .sides(let name, let value, let help):
      Parameter(name, .either(.number, .sequence), default: .number(Double(value)), help)
    case .padding(let name, let value, let help):
      Parameter(name, .string, default: .string(value == .same ? "same" : "valid"), help)
    case .initializer(let name, let help): Parameter(name, .optional(.initializer), default: .none, help)
    case .sizes(let name, let help): Parameter(name, .any, passing: .variadic, help)
    }
  }

  /// What a call has chosen.
  fileprivate func choice(in call: borrowing Invocation) throws -> LayerChoices.Choice {
    switch self {
    case .integer(let name, _): return .integer(try call.integer(name))
    case .number(let name, _, _), .amount(let name, _, _), .finite(let name, _, _): return .number(try call.number(name))
    case .flag(let name, _, _): return .flag(try call.boolean(name))
    case .sides(let name, _, _):
      let (down, right) = try Geometry.pair(call, name)
      return .sides(down, right)
    case .padding: return .padding(try Geometry.padding(call))
    case .initializer(let name, _): return .initializer(try call.optionalObject(name, as: InitializerValue.self)?.initializer)
    case .sizes(let name, _): return .sizes(try call.shape(name))
    }
  }
}
