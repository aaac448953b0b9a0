import Syntax

/// The words that stand after the colon of a parameter: `x: number`.
struct KindWords {
  private var kinds: [String: Kind] = [:]

  init() {
    let own: [Kind] = [
      .none, .number, .string, .boolean, .list, .range, .record, .function, .integer, .count, .amount, .positive, .share, .finite,
    ]
    for kind in own { add(kind) }
  }

  mutating func add(_ kind: Kind) {
    if let word = kind.word { kinds[word] = kind }
  }

  subscript(word: String) -> Kind? { kinds[word] }

  /// All of them, sorted.
  var all: [Kind] { kinds.sorted { $0.key < $1.key }.map(\.value) }

  /// Words of other languages, and what is meant.
  private static let foreign = [
    "int": "whole", "Int": "whole", "integer": "whole", "long": "whole", "uint": "count", "natural": "count",
    "float": "number", "Float": "number", "double": "number", "Double": "number", "real": "number", "num": "number",
    "scalar": "number", "probability": "share", "fraction": "share", "str": "string", "String": "string", "text": "string",
    "bool": "boolean", "Bool": "boolean", "dict": "record", "dictionary": "record", "map": "record", "struct": "record",
    "tuple": "list", "List": "list", "array": "tensor", "Array": "tensor", "ndarray": "tensor", "Tensor": "tensor",
    "matrix": "tensor", "vector": "tensor", "func": "function", "callable": "function", "Callable": "function",
    "closure": "function", "lambda": "function", "model": "net", "network": "net", "Module": "net", "Dataset": "data_set",
    "dataset": "data_set", "data": "data_set", "picture": "image", "Image": "image", "path": "string",
    "None": "none", "null": "none", "nil": "none", "void": "none",
  ]

  /// What to write in place of a word that is none of them.
  func advice(for word: String) -> [String] {
    if ["any", "Any", "object", "Object", "auto", "value"].contains(word) {
      return ["A parameter without a kind takes any value: leave out the colon and the word."]
    }
    if word == "Optional" || word == "optional" { return ["A default of none lets it be left out: `x: number = none`."] }
    if let meant = Self.foreign[word] ?? Suggestion.nearest(to: word, among: kinds.keys.sorted()) {
      return ["Did you mean `\(meant)`?"]
    }
    return ["The kinds are: \(kinds.keys.sorted().joined(separator: ", "))."]
  }
}

/// A parameter of a function of the language that has a kind.
final class ParameterCheck {
  let place: Int
  let name: String
  let kind: Kind
  /// Whether any number will do, or any record: most arguments are told by that, without a call.
  private let takesNumbers: Bool
  private let takesRecords: Bool

  init(place: Int, name: String, kind: Kind) {
    self.place = place
    self.name = name
    self.kind = kind
    takesNumbers = kind.accepts(.number(.nan)) && kind.accepts(.number(-0.5))
    takesRecords = kind.accepts(.record(Record()))
  }

  @inline(__always)
  func accepts(_ value: Value) -> Bool {
    if takesNumbers, case .number = value { return true }
    if takesRecords, case .record = value { return true }
    return kind.accepts(value)
  }
}
