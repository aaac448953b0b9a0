import Formats
import Interpreter
import Networks
import Tensors

/// Turns a run into JSON and tensors.
///
/// A value is null, true, false, a number, a string or, where it is a list that nobody else holds, an array; all others are objects
/// with one member that tells what they are (see the kinds in `KeptKinds`), or `ref`: the number, told by `id`, of the value that this
/// is once more.
final class RunEncoder {
  private(set) var tensors: [(name: String, tensor: Tensor)] = []
  /// The parameters of all nets, with the names of their tensors.
  private(set) var parameters: [(name: String, parameter: Networks.Parameter)] = []
  private var takenNames: Set<String> = ["__metadata__"]
  private var tensorNames: [ObjectIdentifier: String] = [:]
  private var layerPlaces: [ObjectIdentifier: String] = [:]
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
  func meet(_ value: Value, at path: String, depth: Int) throws {
    guard depth < RunEncoder.depthLimit else {
      throw Failure(
        "the run is nested too deeply to be kept", [(.argument("value"), path)], advice: "Keep it in fewer records or lists.")
    }
    let kind = KeptKinds.of(value)
    if let shared = kind.sharedIdentity(of: value) {
      meetings[shared, default: 0] += 1
      if meetings[shared] ?? 0 > 1 { return }
    }
    try kind.meetContents(of: value, at: path, depth: depth, by: self)
  }

  /// Gives the layers of a net, a layer or a parameter their places.
  func meetLayers(of value: Value, at path: String) {
    for placed in RunEncoder.layers(of: value) ?? [] where layerPlaces[ObjectIdentifier(placed.layer)] == nil {
      layerPlaces[ObjectIdentifier(placed.layer)] = RunFile.path(path, placed.place)
      for (wanted, part) in placed.parts {
        let name = add(part.tensor, named: RunFile.path(path, wanted))
        parameters.append((name, part))
        tensorNames[ObjectIdentifier(part)] = name
      }
    }
  }

  /// The layers that a net, a layer or a parameter is made of; nil for other values.
  static func layers(of value: Value) -> [PlacedLayer]? {
    guard case .object(let object) = value, let layer = Reach.layer(object) else { return nil }
    if let network = layer as? Network { return network.placedLayers }
    return Network([layer]).placedLayers
  }

  // MARK: Tensors

  /// Takes in a tensor; gives the name that it has in the file.
  func add(_ tensor: Tensor, named wanted: String) -> String {
    var name = wanted
    while !takenNames.insert(name).inserted { name += "'" }
    tensors.append((name, tensor))
    return name
  }

  /// The name in the file of a tensor that may stand in the run more than once.
  func name(of tensor: Tensor, wanted: String) -> String {
    let identity = ObjectIdentifier(tensor)
    let name = tensorNames[identity] ?? add(tensor, named: wanted)
    tensorNames[identity] = name
    return name
  }

  // MARK: Values

  func json(_ value: Value, at path: String) throws -> JSON {
    let kind = KeptKinds.of(value)
    var id: JSON?
    if let shared = kind.sharedIdentity(of: value), meetings[shared] ?? 0 > 1 {
      if let number = numbers[shared] { return .object(["ref": .number(Double(number))]) }
      numbers[shared] = numbers.count
      id = .number(Double(numbers.count - 1))
    }
    let content = try kind.content(of: value, at: path, by: self)
    if kind == KeptPlain.self || (kind == KeptList.self && id == nil) { return content }
    return .object(id.map { [kind.name: content, "id": $0] } ?? [kind.name: content])
  }

  /// What is told of the layers of a net, a layer or a parameter.
  func layersJSON(of value: Value) -> [JSON] {
    (RunEncoder.layers(of: value) ?? []).map { placed in
      let layer = placed.layer
      let names = placed.parts.map { JSON.string(tensorNames[ObjectIdentifier($0.parameter)] ?? "") }
      return .object([
        "layer": .string(layer.structure), "input": layer.inputSize.map { .number(Double($0)) } ?? .null,
        "place": .string(layerPlaces[ObjectIdentifier(layer)] ?? ""), "tensors": .array(names),
      ])
    }
  }
}
