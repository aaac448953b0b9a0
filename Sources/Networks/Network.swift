import Tensors

/// Layers in a row, each fed by the one before. A net is a layer too.
public final class Network: Layer {
  public let layers: [any Layer]

  public init(_ layers: [any Layer]) { self.layers = layers }

  public var kind: String { "net" }
  public var description: String { "net of \(layers.count) layers" }
  public var parameters: [Parameter] { layers.flatMap(\.parameters) }
  public var statistics: [Parameter] { layers.flatMap(\.statistics) }
  public var sublayers: [any Layer] { layers }

  public func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor {
    var x = x
    for (number, layer) in layers.enumerated() { x = try apply(layer, number, x, context) }
    return x
  }

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

  /// Every parameter and statistic with its place in the net: "0.conv.weights", "1.batch_norm.mean", "2.net.0.dense.biases".
  public var namedParameters: [(name: String, parameter: Parameter)] { Network.named(layers, prefix: "") }

  static func named(_ layers: [any Layer], prefix: String, from first: Int = 0) -> [(name: String, parameter: Parameter)] {
    places(of: layers, prefix: prefix, from: first).flatMap { place, layer in
      (layer.parameters + layer.statistics).map { ("\(place).\($0.name)", $0) }
    }
  }

  /// The layers that are made of no others, each with its place: "0.conv", "2.net.0.dense".
  public static func places(
    of layers: [any Layer], prefix: String = "", from first: Int = 0
  ) -> [(place: String, layer: any Layer)] {
    layers.enumerated().flatMap { number, layer in
      let place = "\(prefix)\(first + number).\(layer.kind)"
      return layer.sublayers.isEmpty ? [(place, layer)] : places(of: layer.sublayers, prefix: place + ".")
    }
  }

  /// Makes the parameters for samples of the given shape, without computing a pass; gives the shape of a sample's result.
  @discardableResult
  public func build(sample: [Int], in context: Context) throws -> [Int] {
    // The graph is lazy: a pass that nobody looks at costs nothing.
    let looking = Context(isTraining: false, random: context.random)
    let result = try self(Tensor.fill(0, shape: [1] + sample), in: looking)
    return Array(result.shape.dimensions.dropFirst())
  }
}
