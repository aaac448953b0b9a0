import Syntax

/// A value of the language.
public enum Value {
  case none
  case boolean(Bool)
  case number(Double)
  case string(String)
  case list(List)
  case range(NumberRange)
  case record(Record)
  case function(Function)
  case builtin(Builtin)
  /// A kind the interpreter does not know: tensor, net, image, …
  case object(any Object)

  /// A list of its own of these values.
  public static func list(_ elements: [Value]) -> Value { .list(List(elements)) }

  /// The kind's name, as errors and `type` show it.
  public var typeName: String {
    switch self {
    case .none: "none"
    case .boolean: "boolean"
    case .number: "number"
    case .string: "string"
    case .list: "list"
    case .range: "range"
    case .record: "record"
    case .function, .builtin: "function"
    case .object(let object): object.typeName
    }
  }

  /// The kind with its article: "a number", "an image".
  public var typeNameWithArticle: String {
    if case .none = self { return "none" }
    return typeName.withArticle
  }
}

extension String {
  /// The word with "a" or "an" before it.
  public var withArticle: String {
    guard let first = unicodeScalars.first else { return self }
    return ("aeiou".unicodeScalars.contains(first) ? "an " : "a ") + self
  }
}
