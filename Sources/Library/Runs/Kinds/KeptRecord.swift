import Formats
import Interpreter

/// `record`: pairs of name and value.
struct KeptRecord: KeptKind {
  static let name = "record"
  let fields: [(name: String, value: JSON)]

  static func claims(_ value: Value) -> Bool { if case .record = value { true } else { false } }

  static func sharedIdentity(of value: Value) -> ObjectIdentifier? {
    if case .record(let record) = value { ObjectIdentifier(record) } else { nil }
  }

  static func meetContents(of value: Value, at path: String, depth: Int, by encoder: RunEncoder) throws {
    guard case .record(let record) = value else { return }
    for (name, field) in record.fields { try encoder.meet(field, at: RunFile.path(path, name), depth: depth + 3) }
  }

  static func content(of value: Value, at path: String, by encoder: RunEncoder) throws -> JSON {
    guard case .record(let record) = value else { return .null }
    return .array(try record.fields.map { .array([.string($0), try encoder.json($1, at: RunFile.path(path, $0))]) })
  }

  static func hold(_ value: Value, by snapshot: RunSnapshot) throws {
    guard case .record(let record) = value else { return }
    let fields = try record.fields.map { (name: $0.name, value: try snapshot.held($0.value)) }
    snapshot.onRestoring {
      let names = Set(fields.map(\.name))
      for name in record.names where !names.contains(name) { record[name] = nil }
      for (name, value) in fields { record[name] = try value.value() }
    }
  }

  init?(_ content: JSON, in file: RunFile) {
    let fields = content.array?.compactMap { pair -> (name: String, value: JSON)? in
      guard let pair = pair.array, pair.count == 2, let name = pair[0].string else { return nil }
      return (name, pair[1])
    }
    guard let fields, fields.count == content.array?.count else { return nil }
    self.fields = fields
  }

  func fit(to target: Value?, at path: String, id: Int?, by fitting: RunFitting) throws -> Value {
    let record = if case .record(let record)? = target { record } else { Record() }
    fitting.share(.record(record), id)
    // What the file could only leave as it is would go on from another moment than the rest.
    let names = Set(fields.map(\.name))
    if let own = record.fields.first(where: { !names.contains($0.name) && KeptKinds.of($0.value).isIrreplaceable }) {
      throw fitting.misfit("\(RunFile.path(path, own.name)) was missing, and is \(own.value.briefly) here")
    }
    let new = try fields.map { name, field in
      (name, try fitting.fit(field, to: record[name], at: RunFile.path(path, name)))
    }
    fitting.afterNets { for (name, value) in new { record[name] = value } }
    return .record(record)
  }

  func look(id: Int?, by reading: inout RunReading) throws -> Value {
    let record = Record()
    reading.share(.record(record), id)
    for (name, field) in fields { record[name] = try reading.value(field) }
    return .record(record)
  }

  func nets(at path: String, node: JSON, in file: RunFile) throws -> [RunFile.FoundNet] {
    try fields.flatMap { try file.nets(in: $0.value, at: RunFile.path(path, $0.name)) }
  }
}
