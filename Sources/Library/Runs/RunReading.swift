import Formats
import Interpreter
import Tensors

/// A checkpoint as plain values, to be looked at without the script that made it.
///
/// Nets become records of tensors by their places ("0.conv.weights"), optimizers, batches and data records of what is known of them,
/// functions their names.
struct RunReading {
  private let file: RunFile
  private var shared: [Int: Value] = [:]

  /// `{version, script, run}`.
  static func record(of file: RunFile) throws -> Record {
    var reading = RunReading(file: file)
    return Record([
      ("version", .string(file.version)), ("script", .string(file.script)), ("run", try reading.value(file.run)),
    ])
  }

  private init(file: RunFile) { self.file = file }

  private mutating func value(_ node: JSON) throws -> Value {
    let part = try RunPart(node, in: file)
    func share(_ value: Value) -> Value {
      if let id = part.id { shared[id] = value }
      return value
    }
    switch part.kind {
    case .plain(let value): return value
    case .list(let elements):
      let list = List()
      _ = share(.list(list))
      list.elements = try elements.map { try value($0) }
      return .list(list)
    case .record(let fields):
      let record = Record()
      _ = share(.record(record))
      for (name, field) in fields { record[name] = try value(field) }
      return .record(record)
    case .function(let name): return name.map(Value.string) ?? .string("a function")
    case .net(_, let layers): return .record(try tensors(of: layers))
    case .parameter(let layer): return try layer.tensors.first.map { .tensor(try file.tensor($0)) } ?? .none
    case .optimizer(let facts): return share(.record(try record(of: facts)))
    case .batches(let facts):
      return share(
        .record(
          Record([
            ("batch", .number(Double(facts.size))), ("position", .number(Double(facts.position))),
            ("data", .record(RunReading.record(of: facts.data))),
          ])))
    case .data(let facts): return .record(RunReading.record(of: facts))
    case .other(let typeName): return .string(typeName.withArticle)
    case .ref(let id):
      guard let value = shared[id] else { throw RunFile.damaged(file.path) }
      return value
    }
  }

  private func tensors(of layers: [RunPart.Layer]) throws -> Record {
    let record = Record()
    for (number, layer) in layers.enumerated() {
      let kind = layer.place.split(separator: ".").last ?? ""
      for tensor in layer.tensors {
        // A parameter alone is called by its place.
        let part = tensor == layer.place ? "" : ".\(tensor.split(separator: ".").last ?? "")"
        record["\(number).\(kind)\(part)"] = .tensor(try file.tensor(tensor))
      }
    }
    return record
  }

  /// `moments`: for each parameter the tensors that are remembered of it.
  private func record(of facts: RunPart.OptimizerFacts) throws -> Record {
    let record = Record([("kind", .string(facts.kind)), ("rate", .number(facts.rate))])
    for (name, value) in facts.settings.sorted(by: { $0.key < $1.key }) { record[name] = .number(value) }
    record["steps"] = .number(Double(facts.memory.map(\.steps).max() ?? 0))
    let moments = Record()
    for entry in facts.memory { moments[entry.of] = .list(try entry.tensors.map { .tensor(try file.tensor($0)) }) }
    record["moments"] = .record(moments)
    return record
  }

  private static func record(of facts: RunPart.DataFacts) -> Record {
    Record([
      ("size", .number(Double(facts.size))), ("sample", .list(facts.sample.map { .number(Double($0)) })),
      ("classes", .list(facts.classes.map(Value.string))),
    ])
  }
}
