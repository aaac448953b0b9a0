import Formats
import Interpreter
import Tensors

/// `data`: size, shape, classes and checksum of a data set, which must be the same in the run.
struct KeptData: KeptKind, Equatable {
  static let name = "data"
  static let isIrreplaceable = true
  let size: Int
  let sample: [Int]
  let classes: [String]
  let checksum: String
  /// What is done to samples at random; empty for nothing.
  let augmentation: String

  init(_ data: DataSet) throws {
    (size, sample, classes, checksum) = (data.size, data.sampleShape, data.classes, try data.checksum())
    augmentation = data.augmentation.text
  }

  static func claims(_ value: Value) -> Bool { value.object(DataSet.self) != nil }

  static func content(of value: Value, at path: String, by encoder: RunEncoder) throws -> JSON {
    try value.object(DataSet.self).map { try KeptData($0).json } ?? .null
  }

  var json: JSON {
    .object(
      JSON.Members(
        [
          ("size", .number(Double(size))), ("sample", .array(sample.map { .number(Double($0)) })),
          ("classes", .array(classes.map(JSON.string))), ("checksum", .string(checksum)),
        ] + (augmentation.isEmpty ? [] : [("augmentation", .string(augmentation))])))
  }

  init?(_ content: JSON, in file: RunFile) {
    guard let members = content.object, let size = members["size"]?.whole,
      let sample = members["sample"]?.array?.compactMap(\.whole),
      let classes = members["classes"]?.array?.compactMap(\.string), let checksum = members["checksum"]?.string
    else { return nil }
    (self.size, self.sample, self.classes, self.checksum) = (size, sample, classes, checksum)
    augmentation = members["augmentation"]?.string ?? ""
  }

  func fit(to target: Value?, at path: String, id: Int?, by fitting: RunFitting) throws -> Value {
    let data = try fitting.kept(DataSet.self, target, path, "a data set")
    try check(data, at: path, by: fitting)
    return .object(data)
  }

  /// Throws where a data set is another one.
  func check(_ data: DataSet, at path: String, by fitting: RunFitting) throws {
    let own = try KeptData(data)
    guard self != own else { return }
    let difference =
      (size, sample, classes) == (own.size, own.sample, own.classes)
      ? checksum == own.checksum
        ? "\(own.augmentation.isEmpty ? "not changed at random" : own.augmentation) here"
        : "the same in size, but not in their numbers" : "\(own.text) here"
    throw fitting.misfit("the data of \(path) were \(text), and are \(difference)")
  }

  private var text: String {
    "\(size) samples of \(Shape.text(sample))" + (classes.isEmpty ? "" : " in \(classes.count) classes")
      + (augmentation.isEmpty ? "" : ", \(augmentation)")
  }

  func look(id: Int?, by reading: inout RunReading) throws -> Value { .record(record) }

  var record: Record {
    Record([
      ("size", .number(Double(size))), ("sample", .list(sample.map { .number(Double($0)) })),
      ("classes", .list(classes.map(Value.string))),
    ])
  }
}
