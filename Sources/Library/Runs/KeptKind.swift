import Formats
import Interpreter

/// A kind of value in a checkpoint: how it is written, read, put into a run and looked at. Each stands in a file of its own, and in
/// `KeptKinds.all`.
///
/// In the file's JSON a value of it is an object with one member, the kind's name, that holds what is told of the value.
protocol KeptKind: SendableMetatype {
  static var name: String { get }
  /// Whether a run cannot do without the very value that stands there.
  static var isIrreplaceable: Bool { get }

  // MARK: Writing

  static func claims(_ value: Value) -> Bool
  /// Tells apart what is shared and can change; nil: the value is written out wherever it stands.
  static func sharedIdentity(of value: Value) -> ObjectIdentifier?
  /// Meets the values inside of it, each with the depth at which it lies in the JSON.
  static func meetContents(of value: Value, at path: String, depth: Int, by encoder: RunEncoder) throws
  /// What is told of a value that it claims.
  static func content(of value: Value, at path: String, by encoder: RunEncoder) throws -> JSON

  // MARK: In memory

  /// Notes in the snapshot all that can change in the value.
  static func hold(_ value: Value, by snapshot: RunSnapshot) throws

  // MARK: Reading

  /// Nil where no run would have written this.
  init?(_ content: JSON, in file: RunFile) throws
  /// The value that stands in the run for it. What shall be done to the run is handed to `fitting`, and done when all has been checked.
  func fit(to target: Value?, at path: String, id: Int?, by fitting: RunFitting) throws -> Value
  /// A plain value, to be looked at without the script that made the run.
  func look(id: Int?, by reading: inout RunReading) throws -> Value
  /// The nets inside of it.
  func nets(at path: String, node: JSON, in file: RunFile) throws -> [RunFile.FoundNet]
}

extension KeptKind {
  static var isIrreplaceable: Bool { false }
  static func sharedIdentity(of value: Value) -> ObjectIdentifier? { nil }
  static func meetContents(of value: Value, at path: String, depth: Int, by encoder: RunEncoder) throws {}
  static func hold(_ value: Value, by snapshot: RunSnapshot) throws {}
  func nets(at path: String, node: JSON, in file: RunFile) throws -> [RunFile.FoundNet] { [] }
}

/// A kind whose values the file holds whole: they take the place of what is there.
protocol WholeKind: KeptKind {
  var value: Value { get }
}

extension WholeKind {
  func fit(to target: Value?, at path: String, id: Int?, by fitting: RunFitting) throws -> Value {
    // Nothing may stand in the place of a net but a net; a penalty of the run is not taken away by a checkpoint that had none.
    if let target, KeptKinds.of(target).isIrreplaceable || KeptKinds.of(target) == KeptFunction.self {
      throw fitting.misfit("\(path) was \(value.briefly), and is \(target.briefly) here")
    }
    return value
  }

  func look(id: Int?, by reading: inout RunReading) throws -> Value { value }
}

/// All kinds that are kept.
enum KeptKinds {
  /// In the order in which they are asked whether a value is theirs; the last takes all that the others leave.
  static let all: [any KeptKind.Type] = [
    KeptPlain.self, KeptNumber.self, KeptList.self, KeptRecord.self, KeptRange.self, KeptFunction.self, KeptParameter.self,
    KeptTensor.self, KeptNet.self, KeptOptimizer.self, KeptBatches.self, KeptData.self, KeptOther.self,
  ]

  private static let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }

  static func of(_ value: Value) -> any KeptKind.Type { all.first { $0.claims(value) } ?? KeptOther.self }

  static func named(_ name: String) -> (any KeptKind.Type)? { byName[name] }
}
