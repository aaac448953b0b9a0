import Formats
import Interpreter

/// `tensor`: the name that it has in the file.
struct KeptTensor: WholeKind {
  static let name = "tensor"
  let value: Value

  static func claims(_ value: Value) -> Bool { value.tensor != nil }

  static func content(of value: Value, at path: String, by encoder: RunEncoder) throws -> JSON {
    value.tensor.map { .string(encoder.name(of: $0, wanted: path)) } ?? .null
  }

  init?(_ content: JSON, in file: RunFile) throws {
    guard let name = content.string else { return nil }
    value = .tensor(try file.tensor(name))
  }
}
