import Formats
import Interpreter

/// `other`: the name of a kind that is not kept. A value of it must be there.
struct KeptOther: KeptKind {
  static let name = "other"
  let typeName: String

  static func claims(_ value: Value) -> Bool { true }

  static func content(of value: Value, at path: String, by encoder: RunEncoder) throws -> JSON { .string(value.typeName) }

  init?(_ content: JSON, in file: RunFile) {
    guard let typeName = content.string else { return nil }
    self.typeName = typeName
  }

  func fit(to target: Value?, at path: String, id: Int?, by fitting: RunFitting) throws -> Value {
    guard let target, target.typeName == typeName else {
      throw fitting.misfit("\(path) was \(typeName.withArticle), which is not kept, and is \(target?.briefly ?? "missing") here")
    }
    return target
  }

  func look(id: Int?, by reading: inout RunReading) throws -> Value { .string(typeName.withArticle) }
}
