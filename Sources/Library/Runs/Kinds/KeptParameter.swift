import Formats
import Interpreter
import Networks

/// `parameter`: a `KeptLayer` alone.
struct KeptParameter: KeptKind {
  static let name = "parameter"
  static let isIrreplaceable = true
  let layer: KeptLayer

  static func claims(_ value: Value) -> Bool { value.object(TensorValue.self)?.learned != nil }

  static func meetContents(of value: Value, at path: String, depth: Int, by encoder: RunEncoder) throws {
    encoder.meetLayers(of: value, at: path)
  }

  static func content(of value: Value, at path: String, by encoder: RunEncoder) throws -> JSON {
    encoder.layersJSON(of: value).first ?? .null
  }

  static func hold(_ value: Value, by snapshot: RunSnapshot) throws { try snapshot.holdLayers(of: value) }

  init?(_ content: JSON, in file: RunFile) {
    guard let layer = KeptLayer(content) else { return nil }
    self.layer = layer
  }

  func fit(to target: Value?, at path: String, id: Int?, by fitting: RunFitting) throws -> Value {
    guard let target, let learned = target.object(TensorValue.self)?.learned else {
      throw fitting.misfit("\(path) was a parameter, and is \(target?.briefly ?? "missing") here")
    }
    try fitting.nets.fit(layer, to: learned, path, by: fitting)
    return target
  }

  func look(id: Int?, by reading: inout RunReading) throws -> Value {
    try layer.tensors.first.map { .tensor(try reading.file.tensor($0)) } ?? .none
  }
}
