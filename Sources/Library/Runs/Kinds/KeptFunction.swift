import Formats
import Interpreter

/// `function`: its name, or null. Functions are the run's own.
struct KeptFunction: KeptKind {
  static let name = "function"
  /// Of the function.
  let ownName: String?

  static func claims(_ value: Value) -> Bool { name(of: value) != nil }

  /// The name, if it has one, of a value that is a function.
  private static func name(of value: Value) -> String?? {
    switch value {
    case .function(let function): .some(function.name)
    case .builtin(let builtin): .some(builtin.name)
    case .none, .boolean, .number, .string, .list, .range, .record, .object: nil
    }
  }

  static func content(of value: Value, at path: String, by encoder: RunEncoder) throws -> JSON {
    (name(of: value) ?? nil).map(JSON.string) ?? .null
  }

  init?(_ content: JSON, in file: RunFile) { ownName = content.string }

  func fit(to target: Value?, at path: String, id: Int?, by fitting: RunFitting) throws -> Value {
    guard let target, let name = Self.name(of: target), name == ownName else {
      let was = ownName.map { "the function `\($0)`" } ?? "a function"
      throw fitting.misfit("\(path) was \(was), and is \(target?.briefly ?? "missing") here")
    }
    return target
  }

  func look(id: Int?, by reading: inout RunReading) throws -> Value { .string(ownName ?? "a function") }
}
