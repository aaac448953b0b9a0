import Formats
import Interpreter
import Networks

/// `net`: the shape of a sample of its `input`, and its `layers` (those made of no others, and functions before what is found in them), each
/// a `KeptLayer`.
struct KeptNet: KeptKind {
  static let name = "net"
  static let isIrreplaceable = true
  let input: [Int]?
  let layers: [KeptLayer]

  static func claims(_ value: Value) -> Bool { value.object(NetworkValue.self) != nil || value.object(LayerValue.self) != nil }

  static func meetContents(of value: Value, at path: String, depth: Int, by encoder: RunEncoder) throws {
    encoder.meetLayers(of: value, at: path)
  }

  static func content(of value: Value, at path: String, by encoder: RunEncoder) throws -> JSON {
    let sample = value.object(NetworkValue.self)?.sampleShape
    return .object([
      "input": sample.map { .array($0.map { .number(Double($0)) }) } ?? .null, "layers": .array(encoder.layersJSON(of: value)),
    ])
  }

  static func hold(_ value: Value, by snapshot: RunSnapshot) throws {
    try snapshot.holdLayers(of: value)
    guard let network = value.object(NetworkValue.self) else { return }
    let sample = network.sampleShape
    snapshot.onRestoring { network.restore(sample: sample) }
  }

  init?(_ content: JSON, in file: RunFile) {
    guard let members = content.object, let layers = members["layers"]?.array?.compactMap(KeptLayer.init) else { return nil }
    self.layers = layers
    input = members["input"]?.array?.compactMap(\.whole)
  }

  func fit(to target: Value?, at path: String, id: Int?, by fitting: RunFitting) throws -> Value {
    guard let target, let own = RunEncoder.layers(of: target) else {
      throw fitting.misfit("\(path) was a net, and is \(target?.briefly ?? "missing") here")
    }
    for (number, (there, here)) in zip(layers, own).enumerated() where there.description != here.layer.structure {
      throw fitting.misfit("layer \(number) of \(path) was `\(there.description)`, and is `\(here.layer.structure)` here")
    }
    guard layers.count == own.count else {
      throw fitting.misfit("\(path) had \(layers.count) layers, and has \(own.count) here")
    }
    for (number, (there, here)) in zip(layers, own).enumerated() {
      try fitting.nets.fit(there, to: here.layer, "layer \(number) of \(path), `\(there.description)`,", by: fitting)
    }
    if let network = target.object(NetworkValue.self) { fitting.first { network.restore(sample: input) } }
    return target
  }

  /// A record of tensors by their places: "0.conv.weights".
  func look(id: Int?, by reading: inout RunReading) throws -> Value {
    let record = Record()
    for (number, layer) in layers.enumerated() {
      let kind = layer.place.split(separator: ".").last ?? ""
      for tensor in layer.tensors {
        // A parameter alone is called by its place.
        let part = tensor == layer.place ? "" : ".\(tensor.split(separator: ".").last ?? "")"
        record["\(number).\(kind)\(part)"] = .tensor(try reading.file.tensor(tensor))
      }
    }
    return .record(record)
  }

  func nets(at path: String, node: JSON, in file: RunFile) throws -> [RunFile.FoundNet] {
    [RunFile.FoundNet(path: path, node: node, places: layers.map(\.place))]
  }
}
