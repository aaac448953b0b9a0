import Formats
import Interpreter
import Networks
import Tensors

/// `optimizer`: `kind`, `rate`, `settings`, and its `memory`: of each parameter (`of`) the `steps` and the remembered `tensors`.
struct KeptOptimizer: KeptKind {
  static let name = "optimizer"
  static let isIrreplaceable = true
  let kind: String
  let rate: Double
  let settings: [String: Double]
  let memory: [(of: String, steps: Int, tensors: [String])]

  static func claims(_ value: Value) -> Bool { value.object(OptimizerValue.self) != nil }

  static func sharedIdentity(of value: Value) -> ObjectIdentifier? {
    value.object(OptimizerValue.self).map { ObjectIdentifier($0) }
  }

  static func content(of value: Value, at path: String, by encoder: RunEncoder) throws -> JSON {
    guard let optimizer = value.object(OptimizerValue.self)?.optimizer else { return .null }
    var memory: [JSON] = []
    for (name, parameter) in encoder.parameters {
      guard let entry = optimizer.memory[parameter] else { continue }
      let names = entry.tensors.enumerated().map { JSON.string(encoder.add($1, named: "\(path).\(name).\($0)")) }
      memory.append(.object(["of": .string(name), "steps": .number(Double(entry.steps)), "tensors": .array(names)]))
    }
    let settings = optimizer.settings.map { ($0.name, JSON.number($0.value)) }
    return .object([
      "kind": .string(optimizer.kind), "rate": .number(optimizer.rate),
      "settings": .object(JSON.Members(settings)), "memory": .array(memory),
    ])
  }

  static func hold(_ value: Value, by snapshot: RunSnapshot) throws {
    guard let optimizer = value.object(OptimizerValue.self)?.optimizer else { return }
    let rate = optimizer.rate
    let memory = try optimizer.memory.contents.map { parameter, entry in
      (parameter: parameter, steps: entry.steps, tensors: try entry.tensors.map { try snapshot.numbers(of: $0) })
    }
    snapshot.onRestoring {
      optimizer.rate = rate
      optimizer.memory.forget()
      for entry in memory {
        let tensors = try entry.tensors.map { try Tensor($0) }
        try optimizer.memory.restore(OptimizerMemory.Entry(tensors: tensors, steps: entry.steps), of: entry.parameter)
      }
    }
  }

  init?(_ content: JSON, in file: RunFile) {
    guard let members = content.object, let kind = members["kind"]?.string, let rate = members["rate"]?.number,
      let settings = members["settings"]?.object, let entries = members["memory"]?.array
    else { return nil }
    var memory: [(of: String, steps: Int, tensors: [String])] = []
    for entry in entries {
      guard let entry = entry.object, let of = entry["of"]?.string, let steps = entry["steps"]?.whole,
        let tensors = entry["tensors"]?.array?.compactMap(\.string)
      else { return nil }
      memory.append((of, steps, tensors))
    }
    let numbers = settings.compactMap { member in member.value.number.map { (member.key, $0) } }
    (self.kind, self.rate, self.settings, self.memory) = (kind, rate, Dictionary(numbers) { first, _ in first }, memory)
  }

  func fit(to target: Value?, at path: String, id: Int?, by fitting: RunFitting) throws -> Value {
    let value = try fitting.kept(OptimizerValue.self, target, path, "an optimizer")
    fitting.share(.object(value), id)
    // Checked against the nets, which may come after it.
    fitting.whenNetsAreKnown { try check(value.optimizer, at: path, by: fitting) }
    return .object(value)
  }

  private func check(_ optimizer: any Optimizer, at path: String, by fitting: RunFitting) throws {
    func named(_ kind: String, _ settings: [(String, Double)]) -> String {
      settings.isEmpty ? kind : "\(kind) with " + settings.map { "\($0) \($1.brief)" }.joined(separator: ", ")
    }
    let file = fitting.file
    let own = optimizer.settings.map { ($0.name, $0.value) }
    let kept = own.compactMap { name, _ in settings[name].map { (name, $0) } }
    guard kind == optimizer.kind, kept.map(\.1) == own.map(\.1) else {
      throw fitting.misfit("\(path) was \(named(kind, kept)), and is \(named(optimizer.kind, own)) here")
    }
    for entry in memory {
      guard let shape = fitting.nets.shapes[entry.of], entry.tensors.count == optimizer.remembered,
        entry.tensors.allSatisfy({ file.tensors[$0]?.shape == shape })
      else { throw RunFile.damaged(file.path) }
    }
    fitting.afterNets { [nets = fitting.nets] in
      optimizer.rate = rate
      let entries = Dictionary(memory.map { ($0.of, $0) }) { first, _ in first }
      for (name, parameter) in nets.parameters {
        let entry = try entries[name].map { entry in
          OptimizerMemory.Entry(tensors: try entry.tensors.map { try file.tensor($0) }, steps: entry.steps)
        }
        try optimizer.memory.restore(entry, of: parameter)
      }
    }
  }

  /// `moments`: for each parameter the tensors that are remembered of it.
  func look(id: Int?, by reading: inout RunReading) throws -> Value {
    let record = Record([("kind", .string(kind)), ("rate", .number(rate))])
    for (name, value) in settings.sorted(by: { $0.key < $1.key }) { record[name] = .number(value) }
    record["steps"] = .number(Double(memory.map(\.steps).max() ?? 0))
    let moments = Record()
    for entry in memory { moments[entry.of] = .list(try entry.tensors.map { .tensor(try reading.file.tensor($0)) }) }
    record["moments"] = .record(moments)
    reading.share(.record(record), id)
    return .record(record)
  }
}
