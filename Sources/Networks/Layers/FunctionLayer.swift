import Tensors

/// A function from a tensor to a tensor, as a layer: activations, and whatever a script writes.
public final class FunctionLayer: Layer {
  public let kind: String
  public let description: String
  private let body: (Tensor, Context) throws -> Tensor

  public init(_ kind: String, description: String? = nil, _ body: @escaping (Tensor, Context) throws -> Tensor) {
    self.kind = kind
    self.description = description ?? kind
    self.body = body
  }

  public func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor { try body(x, context) }
}

extension FunctionLayer {
  public static func relu() -> FunctionLayer { FunctionLayer("relu") { x, _ in try x.relu() } }
  public static func leakyRelu(slope: Double = 0.2) -> FunctionLayer {
    FunctionLayer("leaky_relu", description: "leaky_relu \(slope)") { x, _ in try x.leakyRelu(slope: slope) }
  }
  public static func sigmoid() -> FunctionLayer { FunctionLayer("sigmoid") { x, _ in try x.sigmoid() } }
  public static func tanh() -> FunctionLayer { FunctionLayer("tanh") { x, _ in try x.tanh() } }
  public static func softplus() -> FunctionLayer { FunctionLayer("softplus") { x, _ in try x.softplus() } }
  public static func softmax() -> FunctionLayer { FunctionLayer("softmax") { x, _ in try x.softmax() } }
}
