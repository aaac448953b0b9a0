import Formats
import Interpreter

/// `range`: its bounds and step.
struct KeptRange: WholeKind {
  static let name = "range"
  let value: Value

  static func claims(_ value: Value) -> Bool { if case .range = value { true } else { false } }

  static func content(of value: Value, at path: String, by encoder: RunEncoder) throws -> JSON {
    guard case .range(let range) = value else { return .null }
    return .array([range.lower, range.upper, range.step].map(JSON.number))
  }

  init?(_ content: JSON, in file: RunFile) {
    guard let bounds = content.array?.compactMap(\.number), bounds.count == 3,
      let range = NumberRange(lower: bounds[0], upper: bounds[1], step: bounds[2])
    else { return nil }
    value = .range(range)
  }
}
