import Base
import Tensors

/// Layers in a row, each fed by the one before. A net is a layer too.
public final class Network: Layer, Holder {
  /// In the order in which a batch passes them.
  public let layers: [any Layer]
  /// Whether each parameter is surely met once: no layer stands in it twice, and none looks for others.
  private let isPlain: Bool

  /// A net of these layers, which it shares with whoever holds them.
  public init(_ layers: [any Layer]) {
    self.layers = layers
    var seen: Set<ObjectIdentifier> = []
    isPlain = layers.allSatisfy { Network.isPlain($0, &seen) }
  }

  private static func isPlain(_ layer: any Layer, _ seen: inout Set<ObjectIdentifier>) -> Bool {
    guard !layer.findsSublayers, seen.insert(ObjectIdentifier(layer)).inserted else { return false }
    guard let network = layer as? Network else { return true }
    return network.layers.allSatisfy { isPlain($0, &seen) }
  }

  /// A function among its layers may come to the net.
  public var holder: (any Holder)? { self }
  /// Tells its layers.
  public func tellHeld(to search: inout CycleSearch) {
    search.tell(layers) { layer, search in if let holder = layer.holder { search.tell(holder) } }
  }

  /// "net", as it stands in the names of parameters.
  public var kind: String { "net" }
  /// "net of 5 layers".
  public var description: String { "net of \(layers.count) layers" }
  /// Each once, also where several layers share it.
  public var parameters: [Parameter] { isPlain ? layers.flatMap(\.parameters) : placedLayers.parameters }
  /// The running statistics of all layers, each once, in order.
  public var statistics: [Parameter] { isPlain ? layers.flatMap(\.statistics) : placedLayers.statistics }
  /// The layers, named by their places and kinds: "0.conv".
  public var sublayers: [(name: String, layer: any Layer)] {
    layers.enumerated().map { ("\($0).\($1.kind)", $1) }
  }

  /// The batch `x` passed through all layers.
  ///
  /// - Throws: what a layer throws, with its place in the net.
  public func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor {
    var x = x
    for (number, layer) in layers.enumerated() { x = try apply(layer, number, x, context) }
    return x
  }

  /// The range of the last layer's outputs, from layer to layer.
  public func range(of inputs: ClosedRange<Double>) -> ClosedRange<Double> {
    layers.reduce(inputs) { $1.range(of: $0) }
  }

  /// Says which layer it was that an input did not fit.
  func apply(_ layer: any Layer, _ number: Int, _ x: Tensor, _ context: Context) throws -> Tensor {
    do {
      return try layer(x, in: context)
    } catch var error as TensorError {
      error.advice += (error.advice.isEmpty ? "" : " ") + "(Layer \(number) of the net: \(layer.description).)"
      throw error
    }
  }

  /// A net of copies of the layers.
  public func copied(by copying: LayerCopying) throws -> any Layer {
    Network(try layers.map { try copying.copy(of: $0) })
  }

  /// Every parameter and statistic, once, with its place in the net: "0.conv.weights", "1.batch_norm.mean", "2.net.0.dense.biases",
  /// "3.function.f.0.dense.weights".
  public var namedParameters: [(name: String, parameter: Parameter)] {
    placedLayers.flatMap { $0.isRepeated ? [] : $0.parts }
  }

  /// The names of `parameters`, in their order.
  public var parameterNames: [String] { names { $0.parameters } }
  /// The names of `statistics`, in their order.
  public var statisticNames: [String] { names { $0.statistics } }

  private func names(of parameters: (any Layer) -> [Parameter]) -> [String] {
    placedLayers.flatMap { placed in
      placed.isGroup || placed.isRepeated ? [] : parameters(placed.layer).map { placed.name(of: $0) }
    }
  }

  /// Makes the parameters for samples of the given shape, without computing a pass; gives the shape of a sample's result.
  @discardableResult
  ///
  /// - Throws: a `TensorError` where the samples do not fit a layer.
  public func build(sample: [Int], in context: Context) throws -> [Int] {
    // The graph is lazy: a pass that nobody looks at costs nothing.
    let looking = Context(isTraining: false, random: context.random)
    let result = try self(Tensor.fill(0, shape: [1] + sample), in: looking)
    return Array(result.shape.dimensions.dropFirst())
  }
}
