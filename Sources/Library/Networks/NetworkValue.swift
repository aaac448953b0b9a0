import Base
import Interpreter
import Networks
import Tensors

/// A net as a value of the language: a sequence of layers that is called like a function.
final class NetworkValue: Object, Holder {
  let network: Network
  /// The shape of one sample, where `net input: […]` named it or a first call showed it.
  private(set) var sampleShape: [Int]?

  init(_ network: Network) { self.network = network }

  var holder: (any Holder)? { self }
  func tellHeld(to search: inout CycleSearch) { search.tell(network) }

  /// Makes the parameters for samples of this shape.
  func build(sample: [Int], in context: Context) throws {
    try network.build(sample: sample, in: context)
    sampleShape = sample
  }

  /// What is known of its input, of a net whose parameters have been set from outside.
  func restore(sample: [Int]?) { sampleShape = sample }

  func apply(_ x: Tensor, in context: Context) throws -> Tensor {
    let result = try network(x, in: context)
    if sampleShape == nil, !context.isTrial { sampleShape = Array(x.shape.dimensions.dropFirst()) }
    return result
  }

  /// The derivatives of `y` by each parameter.
  func gradients(of y: Tensor) throws -> [Tensor] {
    try Tensors.gradients(of: y, withRespectTo: network.parameters.map(\.tensor))
  }

  var typeName: String { "net" }
  var fieldNames: [String] {
    [
      "layers", "kind", "kinds", "functions", "parameters", "parameter_names", "parameter_count", "statistics", "statistic_names",
      "input",
      "range",
    ]
  }

  func field(_ name: String) throws -> Value? {
    switch name {
    case "layers": .list(network.layers.map(LayerValue.value))
    case "kind": .string(network.kind)
    // Those of nets within it too, in the order in which they are applied; what a function uses before the function.
    case "kinds": .list(NetworkValue.layers(of: network).map { .string($0.kind) })
    // Those of them that are no words of `net`: functions of the script, and builtins.
    case "functions":
      .list(
        NetworkValue.layers(of: network).filter { $0.findsSublayers || !LayerWord.names.contains($0.kind) }.map {
          .string($0.kind)
        })
    case "parameters": .list(network.parameters.map { .tensor($0.tensor) })
    case "parameter_names": .list(network.parameterNames.map(Value.string))
    case "statistics": .list(network.statistics.map { .tensor($0.tensor) })
    case "statistic_names": .list(network.statisticNames.map(Value.string))
    case "parameter_count": .number(Double(network.parameterCount))
    // Between which numbers its outputs lie, as far as its last layers show it.
    case "range":
      {
        let range = network.range(of: -.infinity ... .infinity)
        return .list([.number(range.lowerBound), .number(range.upperBound)])
      }()
    case "input": sampleShape.map { .list($0.map { .number(Double($0)) }) } ?? .some(.none)
    default: nil
    }
  }

  private static func layers(of layer: any Layer) -> [any Layer] {
    if let network = layer as? Network { return network.layers.flatMap(layers) }
    let used = layer.findsSublayers ? layer.placedLayers.filter { !$0.isGroup }.map(\.layer) : []
    return used + [layer]
  }

  var count: Int? { network.layers.count }

  func index(_ indices: [Index]) throws -> Value? {
    guard indices.count == 1 else { return nil }
    switch Places(indices[0], count: network.layers.count) {
    case .one(let place): return LayerValue.value(network.layers[place])
    case .many(let places): return .object(NetworkValue(Network(places.map { network.layers[$0] })))
    case .wrong(let failure): throw failure
    }
  }

  func elements() throws -> ElementAtPlace? {
    { [layers = network.layers] place in place < layers.count ? LayerValue.value(layers[place]) : nil }
  }

  var isCallable: Bool { true }

  func call(_ arguments: CallArguments, session: Session) throws -> Value {
    .tensor(try apply(LayerValue.input(arguments, of: "a net"), in: session.networkContext))
  }

  func printed() throws -> String {
    let layers = network.layers.map(\.description).joined(separator: "; ")
    let parameters = network.parameterCount
    let size = parameters > 0 ? "\(Table.grouped(parameters)) parameters" : "no parameters yet"
    return "net { \(layers) }  \(size)"
  }
}

/// One layer as a value of the language.
final class LayerValue: Object, Holder {
  let layer: any Layer
  var holder: (any Holder)? { self }
  func tellHeld(to search: inout CycleSearch) { if let holder = layer.holder { search.tell(holder) } }

  init(_ layer: any Layer) { self.layer = layer }

  /// A layer of a net as a value: a net where it is one.
  static func value(_ layer: any Layer) -> Value { .object((layer as? Network).map(NetworkValue.init) ?? LayerValue(layer)) }

  var typeName: String { "layer" }
  var fieldNames: [String] { ["kind", "parameters"] }

  func field(_ name: String) throws -> Value? {
    switch name {
    case "kind": .string(layer.kind)
    case "parameters": .list(layer.parameters.map { .tensor($0.tensor) })
    default: nil
    }
  }

  var isCallable: Bool { true }

  func call(_ arguments: CallArguments, session: Session) throws -> Value {
    .tensor(try layer(LayerValue.input(arguments, of: "a layer"), in: session.networkContext))
  }

  /// The one tensor that nets and layers are called with.
  static func input(_ arguments: CallArguments, of what: String) throws -> Tensor {
    guard let value = arguments.positional.first, arguments.positional.count == 1, arguments.named.isEmpty else {
      throw Failure(
        "\(what) takes one argument, a batch of samples",
        [(.whole, "\(arguments.positional.count + arguments.named.count) arguments")],
        advice: "Call it with a tensor [n, …].")
    }
    guard let tensor = value.tensor else {
      let advice =
        if case .object(let object) = value, object is DataSet { "Take the samples out of the data set: data.images." } else {
          "Call it with a tensor [n, …]; tensor(…) makes one of a list."
        }
      throw Failure("\(what) takes a tensor", [(.position(0), value.typeNameWithArticle)], advice: advice)
    }
    return tensor
  }

  func printed() throws -> String { layer.description }
}

extension Kind {
  static let network = Kind.object(NetworkValue.self, "a net", word: "net") { value in
    switch value {
    case .function, .builtin: "net { x -> f(x) } makes a net of a function, which finds the nets that it uses."
    case .object(let object) where object is LayerValue: "net { … } makes a net of layers."
    case .none, .boolean, .number, .string, .list, .range, .record, .object: nil
    }
  }
  static let layer = Kind.object(LayerValue.self, "a layer", word: "layer")
}

extension Session {
  /// How nets are applied now: in training or not, and where their chance comes from.
  var networkContext: Context {
    service(Context.self) { Context(random: chance.source) }
  }
}
