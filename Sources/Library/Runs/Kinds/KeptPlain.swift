import Formats
import Interpreter

/// What JSON has itself: null for none, true, false, numbers and strings. The values stand in the file as they are.
struct KeptPlain: WholeKind {
  static let name = "plain"
  let value: Value

  init(_ value: Value) { self.value = value }

  static func claims(_ value: Value) -> Bool {
    switch value {
    case .none, .boolean, .string: true
    case .number(let number): number.isFinite
    case .list, .range, .record, .function, .builtin, .object: false
    }
  }

  static func content(of value: Value, at path: String, by encoder: RunEncoder) throws -> JSON {
    switch value {
    case .boolean(let truth): .boolean(truth)
    case .number(let number): .number(number)
    case .string(let text): .string(text)
    case .none, .list, .range, .record, .function, .builtin, .object: .null
    }
  }

  init?(_ content: JSON, in file: RunFile) {
    switch content {
    case .null: value = .none
    case .boolean(let truth): value = .boolean(truth)
    case .number(let number): value = .number(number)
    case .string(let text): value = .string(text)
    case .array, .object: return nil
    }
  }
}
