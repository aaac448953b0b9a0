import Formats
import Interpreter
import Tensors

/// A value as a checkpoint holds it, read out of its JSON; `RunEncoder` tells the form.
struct RunPart {
  enum Kind {
    /// A value that the file holds whole.
    case plain(Value)
    case list([JSON])
    case record([(name: String, value: JSON)])
    case function(String?)
    case net(input: [Int]?, layers: [Layer])
    case parameter(Layer)
    case optimizer(OptimizerFacts)
    case batches(BatchFacts)
    case data(DataFacts)
    case other(String)
    case ref(Int)
  }

  struct Layer {
    let description: String
    let input: Int?
    let place: String
    let tensors: [String]
  }

  struct OptimizerFacts {
    let kind: String
    let rate: Double
    let settings: [String: Double]
    let memory: [(of: String, steps: Int, tensors: [String])]
  }

  struct BatchFacts {
    let size: Int
    let firstSize: Int
    let position: Int
    let key: RandomKey
    let data: DataFacts
  }

  struct DataFacts: Equatable {
    let size: Int
    let sample: [Int]
    let classes: [String]
    let checksum: String

    var text: String {
      "\(size) samples of \(Shape.text(sample))" + (classes.isEmpty ? "" : " in \(classes.count) classes")
    }
  }

  let kind: Kind
  let id: Int?

  /// The path of what is called `name` inside of what stands under `path`: "D.layers.0".
  static func path(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  /// Throws where a file says what no run would have written.
  init(_ node: JSON, in file: RunFile) throws {
    guard let (kind, id) = try RunPart.read(node, file) else { throw RunFile.damaged(file.path) }
    (self.kind, self.id) = (kind, id)
  }

  private static func read(_ node: JSON, _ file: RunFile) throws -> (Kind, Int?)? {
    switch node {
    case .null: return (.plain(.none), nil)
    case .boolean(let truth): return (.plain(.boolean(truth)), nil)
    case .number(let number): return (.plain(.number(number)), nil)
    case .string(let text): return (.plain(.string(text)), nil)
    case .array(let elements): return (.list(elements), nil)
    case .object(let members):
      let told = members.filter { $0.key != "id" }
      guard let (name, content) = told.first, told.count == 1 else { return nil }
      return try kind(name, content, file).map { ($0, members["id"]?.whole) }
    }
  }

  private static func kind(_ name: String, _ content: JSON, _ file: RunFile) throws -> Kind? {
    switch name {
    case "number":
      let numbers: [String: Double] = ["nan": .nan, "infinity": .infinity, "-infinity": -.infinity]
      return content.string.flatMap { numbers[$0] }.map { .plain(.number($0)) }
    case "range":
      guard let bounds = content.array?.compactMap(\.number), bounds.count == 3 else { return nil }
      return NumberRange(lower: bounds[0], upper: bounds[1], step: bounds[2]).map { .plain(.range($0)) }
    case "tensor": return try content.string.map { .plain(.tensor(try file.tensor($0))) }
    case "list": return content.array.map { .list($0) }
    case "record":
      let fields = content.array?.compactMap { pair -> (name: String, value: JSON)? in
        guard let pair = pair.array, pair.count == 2, let name = pair[0].string else { return nil }
        return (name, pair[1])
      }
      return fields?.count == content.array?.count ? fields.map { .record($0) } : nil
    case "function": return .function(content.string)
    case "net":
      guard let members = content.object, let layers = members["layers"]?.array?.compactMap(Layer.init) else { return nil }
      return .net(input: members["input"]?.array?.compactMap(\.whole), layers: layers)
    case "parameter": return Layer(content).map { .parameter($0) }
    case "optimizer": return OptimizerFacts(content).map { .optimizer($0) }
    case "batches": return BatchFacts(content).map { .batches($0) }
    case "data": return DataFacts(content).map { .data($0) }
    case "other": return content.string.map { .other($0) }
    case "ref": return content.whole.map { .ref($0) }
    default: return nil
    }
  }
}

extension RunPart.Layer {
  fileprivate init?(_ node: JSON) {
    guard let members = node.object, let description = members["layer"]?.string, let place = members["place"]?.string,
      let tensors = members["tensors"]?.array?.compactMap(\.string)
    else { return nil }
    self.init(description: description, input: members["input"]?.whole, place: place, tensors: tensors)
  }
}

extension RunPart.OptimizerFacts {
  fileprivate init?(_ node: JSON) {
    guard let members = node.object, let kind = members["kind"]?.string, let rate = members["rate"]?.number,
      let settings = members["settings"]?.object, let entries = members["memory"]?.array
    else { return nil }
    var memory: [(of: String, steps: Int, tensors: [String])] = []
    for entry in entries {
      guard let entry = entry.object, let of = entry["of"]?.string, let steps = entry["steps"]?.whole,
        let tensors = entry["tensors"]?.array?.compactMap(\.string)
      else { return nil }
      memory.append((of, steps, tensors))
    }
    self.init(kind: kind, rate: rate, settings: settings.compactMapValues(\.number), memory: memory)
  }
}

extension RunPart.BatchFacts {
  fileprivate init?(_ node: JSON) {
    guard let members = node.object, let size = members["size"]?.whole, let position = members["position"]?.whole,
      let seed = Hexadecimal.number(members["seed"]), let stream = Hexadecimal.number(members["stream"]),
      let data = members["data"].flatMap({ RunPart.DataFacts($0) })
    else { return nil }
    self.init(
      size: size, firstSize: members["first_size"]?.whole ?? size, position: position, key: RandomKey(seed: seed, stream: stream),
      data: data)
  }
}

extension RunPart.DataFacts {
  init(_ data: DataSet) {
    self.init(size: data.size, sample: data.sampleShape, classes: data.classes, checksum: data.checksum)
  }

  init?(_ node: JSON) {
    guard let members = node.object, let size = members["size"]?.whole,
      let sample = members["sample"]?.array?.compactMap(\.whole),
      let classes = members["classes"]?.array?.compactMap(\.string), let checksum = members["checksum"]?.string
    else { return nil }
    self.init(size: size, sample: sample, classes: classes, checksum: checksum)
  }

  var json: JSON {
    .object([
      "size": .number(Double(size)), "sample": .array(sample.map { .number(Double($0)) }),
      "classes": .array(classes.map(JSON.string)), "checksum": .string(checksum),
    ])
  }
}

extension JSON {
  var string: String? { if case .string(let text) = self { text } else { nil } }
  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var array: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
  var object: [String: JSON]? { if case .object(let members) = self { members } else { nil } }
  /// A whole number from 0 up.
  var whole: Int? { number.flatMap { Int(exactly: $0) }.flatMap { $0 >= 0 ? $0 : nil } }
}
