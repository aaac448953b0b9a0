import Formats
import Interpreter
import Tensors

/// `batches`: `size`, the `first_size` that they were made with, `position`, the `seed` and `stream` of their order, and their `data`.
struct KeptBatches: KeptKind {
  static let name = "batches"
  static let isIrreplaceable = true
  let size: Int
  let firstSize: Int
  let position: Int
  let key: RandomKey
  let data: KeptData

  static func claims(_ value: Value) -> Bool { value.object(BatchStream.self) != nil }

  static func sharedIdentity(of value: Value) -> ObjectIdentifier? { value.object(BatchStream.self).map { ObjectIdentifier($0) } }

  static func content(of value: Value, at path: String, by encoder: RunEncoder) throws -> JSON {
    guard let stream = value.object(BatchStream.self) else { return .null }
    let (position, key) = stream.state
    return .object([
      "size": .number(Double(stream.batchSize)), "first_size": .number(Double(stream.firstSize)),
      "position": .number(Double(position)),
      "seed": .string(Hexadecimal.text(key.seed)), "stream": .string(Hexadecimal.text(key.stream)),
      "data": try KeptData(stream.data).json,
    ])
  }

  static func hold(_ value: Value, by snapshot: RunSnapshot) throws {
    guard let stream = value.object(BatchStream.self) else { return }
    let (size, (position, key)) = (stream.batchSize, stream.state)
    snapshot.onRestoring { stream.restore(position: position, batchSize: size, key: key) }
  }

  init?(_ content: JSON, in file: RunFile) {
    guard let members = content.object, let size = members["size"]?.whole, let position = members["position"]?.whole,
      let seed = Hexadecimal.number(members["seed"]), let stream = Hexadecimal.number(members["stream"]),
      let data = members["data"].flatMap({ KeptData($0, in: file) })
    else { return nil }
    (self.size, self.position, self.data) = (size, position, data)
    firstSize = members["first_size"]?.whole ?? size
    key = RandomKey(seed: seed, stream: stream)
  }

  func fit(to target: Value?, at path: String, id: Int?, by fitting: RunFitting) throws -> Value {
    let stream = try fitting.kept(BatchStream.self, target, path, "a batch stream")
    fitting.share(.object(stream), id)
    guard firstSize == stream.firstSize else {
      throw fitting.misfit("\(path) were of \(firstSize) samples, and are of \(stream.firstSize) here")
    }
    guard (1...BatchStream.largestBatch).contains(size) else { throw RunFile.damaged(fitting.file.path) }
    try data.check(stream.data, at: path, by: fitting)
    fitting.afterNets { stream.restore(position: position, batchSize: size, key: key) }
    return .object(stream)
  }

  func look(id: Int?, by reading: inout RunReading) throws -> Value {
    let value = Value.record(
      Record([("batch", .number(Double(size))), ("position", .number(Double(position))), ("data", .record(data.record))]))
    reading.share(value, id)
    return value
  }
}
