import Formats
import Interpreter

/// `number`: "nan", "infinity" or "-infinity", which JSON has no number for.
struct KeptNumber: WholeKind {
  static let name = "number"
  let value: Value

  static func claims(_ value: Value) -> Bool { if case .number(let number) = value { !number.isFinite } else { false } }

  static func content(of value: Value, at path: String, by encoder: RunEncoder) throws -> JSON { .string(value.plainText) }

  init?(_ content: JSON, in file: RunFile) {
    let numbers: [String: Double] = ["nan": .nan, "infinity": .infinity, "-infinity": -.infinity]
    guard let number = content.string.flatMap({ numbers[$0] }) else { return nil }
    value = .number(number)
  }
}
