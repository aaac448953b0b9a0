import Formats
import Interpreter

/// A checkpoint as plain values, to be looked at without the script that made it.
///
/// Nets become records of tensors by their places ("0.conv.weights"), optimizers, batches and data records of what is known of them,
/// functions their names.
struct RunReading {
  let file: RunFile
  private var shared: [Int: Value] = [:]

  /// `{version, script, run}`.
  static func record(of file: RunFile) throws -> Record {
    var reading = RunReading(file: file)
    return Record([
      ("version", .string(file.version)), ("script", .string(file.script)), ("run", try reading.value(file.run)),
    ])
  }

  private init(file: RunFile) { self.file = file }

  mutating func share(_ value: Value, _ id: Int?) {
    if let id { shared[id] = value }
  }

  mutating func value(_ node: JSON) throws -> Value {
    let part = try RunPart(node, in: file)
    switch part.content {
    case .value(let kept): return try kept.look(id: part.id, by: &self)
    case .ref(let id):
      guard let value = shared[id] else { throw RunFile.damaged(file.path) }
      return value
    }
  }
}
