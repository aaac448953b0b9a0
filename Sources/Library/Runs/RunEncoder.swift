import Formats
import Interpreter
import Networks
import Tensors

/// Turns a run into JSON and tensors.
///
/// A value is null, true, false, a number, a string or, where it is a list that nobody else holds, an array; all others are objects
/// with one member that tells what they are:
/// - `number`: "nan", "infinity" or "-infinity"; `range`: its bounds and step
/// - `list`: its elements; `record`: pairs of name and value
/// - `tensor`: its name in the file; `function`: its name, or null
/// - `net`: the shape of a sample of its `input`, and its `layers` (those made of no others, and functions before what is found in
///   them): each with its description (`layer`), the size of `input` that it was made for, the `place` that its tensors' names begin
///   with, and the names themselves
/// - `parameter`: a layer alone
/// - `optimizer`: `kind`, `rate`, `settings`, and its `memory`: of each parameter (`of`) the `steps` and the remembered `tensors`
/// - `batches`: `size`, the `first_size` that they were made with, `position`, and the `seed` and `stream` of its order; `data`: size, shape, classes and checksum
/// - `other`: the name of a kind that is not kept
/// - `ref`: the number, told by `id`, of the list, record, optimizer or batches that this is once more
final class RunEncoder {
  private(set) var tensors: [(name: String, tensor: Tensor)] = []
  private var takenNames: Set<String> = ["__metadata__"]
  private var tensorNames: [ObjectIdentifier: String] = [:]
  private var layerPlaces: [ObjectIdentifier: String] = [:]
  private var parameters: [(name: String, parameter: Networks.Parameter)] = []
  /// How often each shared value was met.
  private var meetings: [ObjectIdentifier: Int] = [:]
  private var numbers: [ObjectIdentifier: Int] = [:]

  func encode(_ run: Record) throws -> JSON {
    try meet(.record(run), at: "", depth: 2)
    return try json(.record(run), at: "")
  }

  /// A value inside another lies at most three levels deeper, and what tells of a net takes six.
  private static let depthLimit = JSON.depthLimit - 8

  // MARK: What is there

  /// Counts who is held more than once, and gives every layer a place of its own, by which optimizers name its parameters.
  private func meet(_ value: Value, at path: String, depth: Int) throws {
    guard depth < RunEncoder.depthLimit else {
      throw Failure(
        "the run is nested too deeply to be kept", [(.argument("value"), path)], advice: "Keep it in fewer records or lists.")
    }
    if let shared = value.sharedIdentity {
      meetings[shared, default: 0] += 1
      if meetings[shared] ?? 0 > 1 { return }
    }
    switch value {
    case .list(let list):
      for (place, element) in list.elements.enumerated() {
        try meet(element, at: RunPart.path(path, "\(place)"), depth: depth + 2)
      }
    case .record(let record):
      for (name, field) in record.fields { try meet(field, at: RunPart.path(path, name), depth: depth + 3) }
    case .object(let object):
      for placed in RunEncoder.layers(of: object) ?? [] where layerPlaces[ObjectIdentifier(placed.layer)] == nil {
        layerPlaces[ObjectIdentifier(placed.layer)] = RunPart.path(path, placed.place)
        for (wanted, part) in placed.parts {
          let name = add(part.tensor, named: RunPart.path(path, wanted))
          parameters.append((name, part))
          tensorNames[ObjectIdentifier(part)] = name
        }
      }
    case .none, .boolean, .number, .string, .range, .function, .builtin: break
    }
  }

  /// The layers that a net, a layer or a parameter is made of; nil for other values.
  static func layers(of object: any Object) -> [PlacedLayer]? {
    guard let layer = Reach.layer(object) else { return nil }
    if let network = layer as? Network { return network.placedLayers }
    return Network([layer]).placedLayers
  }

  /// Takes in a tensor; gives the name that it has in the file.
  private func add(_ tensor: Tensor, named wanted: String) -> String {
    var name = wanted
    while !takenNames.insert(name).inserted { name += "'" }
    tensors.append((name, tensor))
    return name
  }

  // MARK: Values

  private func json(_ value: Value, at path: String) throws -> JSON {
    var id: JSON?
    if let shared = value.sharedIdentity, meetings[shared] ?? 0 > 1 {
      if let number = numbers[shared] { return .object(["ref": .number(Double(number))]) }
      numbers[shared] = numbers.count
      id = .number(Double(numbers.count - 1))
    }
    func told(_ kind: String, _ content: JSON) -> JSON {
      .object(id.map { [kind: content, "id": $0] } ?? [kind: content])
    }
    switch value {
    case .none: return .null
    case .boolean(let truth): return .boolean(truth)
    case .number(let number): return number.isFinite ? .number(number) : told("number", .string(value.plainText))
    case .string(let text): return .string(text)
    case .list(let list):
      let elements = try list.elements.enumerated().map { try json($1, at: RunPart.path(path, "\($0)")) }
      return id == nil ? .array(elements) : told("list", .array(elements))
    case .range(let range): return told("range", .array([range.lower, range.upper, range.step].map(JSON.number)))
    case .record(let record):
      return told(
        "record", .array(try record.fields.map { .array([.string($0), try json($1, at: RunPart.path(path, $0))]) }))
    case .function(let function): return told("function", function.name.map(JSON.string) ?? .null)
    case .builtin(let builtin): return told("function", .string(builtin.name))
    case .object(let object): return self.object(object, at: path, told)
    }
  }
}

extension Value {
  /// Tells apart what is shared and can change.
  fileprivate var sharedIdentity: ObjectIdentifier? {
    switch self {
    case .list(let list): ObjectIdentifier(list)
    case .record(let record): ObjectIdentifier(record)
    case .object(let object): object is OptimizerValue || object is BatchStream ? ObjectIdentifier(object) : nil
    case .none, .boolean, .number, .string, .range, .function, .builtin: nil
    }
  }
}

// MARK: Objects

extension RunEncoder {
  fileprivate func object(_ object: any Object, at path: String, _ told: (String, JSON) -> JSON) -> JSON {
    switch object {
    case let value as TensorValue where value.learned != nil:
      return told("parameter", layersJSON(value).array?.first ?? .null)
    case let value as TensorValue:
      let identity = ObjectIdentifier(value.tensor)
      let name = tensorNames[identity] ?? add(value.tensor, named: path)
      tensorNames[identity] = name
      return told("tensor", .string(name))
    case let value as NetworkValue:
      let sample = value.sampleShape.map { JSON.array($0.map { .number(Double($0)) }) } ?? .null
      return told("net", .object(["input": sample, "layers": layersJSON(value)]))
    case let value as LayerValue: return told("net", .object(["input": .null, "layers": layersJSON(value)]))
    case let value as OptimizerValue: return told("optimizer", optimizerJSON(value.optimizer, at: path))
    case let value as BatchStream:
      let (position, key) = value.state
      return told(
        "batches",
        .object([
          "size": .number(Double(value.batchSize)), "first_size": .number(Double(value.firstSize)),
          "position": .number(Double(position)),
          "seed": .string(Hexadecimal.text(key.seed)), "stream": .string(Hexadecimal.text(key.stream)),
          "data": RunPart.DataFacts(value.data).json,
        ]))
    case let value as DataSet: return told("data", RunPart.DataFacts(value).json)
    default: return told("other", .string(object.typeName))
    }
  }

  private func layersJSON(_ object: any Object) -> JSON {
    .array(
      (RunEncoder.layers(of: object) ?? []).map { placed in
        let layer = placed.layer
        let names = placed.parts.map { JSON.string(tensorNames[ObjectIdentifier($0.parameter)] ?? "") }
        return .object([
          "layer": .string(layer.structure), "input": layer.inputSize.map { .number(Double($0)) } ?? .null,
          "place": .string(layerPlaces[ObjectIdentifier(layer)] ?? ""), "tensors": .array(names),
        ])
      })
  }

  private func optimizerJSON(_ optimizer: any Optimizer, at path: String) -> JSON {
    var memory: [JSON] = []
    for (name, parameter) in parameters {
      guard let entry = optimizer.memory[parameter] else { continue }
      let names = entry.tensors.enumerated().map { JSON.string(add($1, named: "\(path).\(name).\($0)")) }
      memory.append(
        .object(["of": .string(name), "steps": .number(Double(entry.steps)), "tensors": .array(names)]))
    }
    let settings = optimizer.settings.map { ($0.name, JSON.number($0.value)) }
    return .object([
      "kind": .string(optimizer.kind), "rate": .number(optimizer.rate),
      "settings": .object(Dictionary(settings) { first, _ in first }), "memory": .array(memory),
    ])
  }
}
