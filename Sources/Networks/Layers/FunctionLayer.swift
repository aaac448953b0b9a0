import Glibc
import Tensors

/// A function from a tensor to a tensor without anything to learn, as a layer: activations and other builtins.
public final class FunctionLayer: Layer {
  /// The word a script makes it with: "relu".
  public let kind: String
  /// The word and what was chosen: "leaky_relu 0.2".
  public let description: String
  private let body: (Tensor, Context) throws -> Tensor
  private let range: (ClosedRange<Double>) -> ClosedRange<Double>

  /// - Parameter range: Between which numbers its outputs lie, for inputs between others.
  public init(
    _ kind: String, description: String? = nil,
    range: @escaping (ClosedRange<Double>) -> ClosedRange<Double> = { _ in -.infinity ... .infinity },
    _ body: @escaping (Tensor, Context) throws -> Tensor
  ) {
    self.kind = kind
    self.description = description ?? kind
    self.range = range
    self.body = body
  }

  /// The function of `x`.
  public func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor { try body(x, context) }
  /// What the function makes of a range of inputs.
  public func range(of inputs: ClosedRange<Double>) -> ClosedRange<Double> { range(inputs) }

  /// The same function, which has nothing to copy.
  public func copied(by copying: LayerCopying) throws -> any Layer {
    FunctionLayer(kind, description: description, range: range, body)
  }
}

extension FunctionLayer {
  /// The words for activations.
  static let words = [
    LayerWord("relu", "max(x, 0).", example: ("D = net { relu }\nsum(D(tensor([[-1, 2]])))", "2")) { _ in relu() },
    LayerWord(
      "leaky_relu", "x where x is above 0, else slope · x.", options: [.finite("slope", default: 0.2, "the slope below 0")],
      example: ("D = net { leaky_relu 0.5 }\nsum(D(tensor([[-2, 2]])))", "1")
    ) { leakyRelu(slope: try $0.number("slope")) },
    LayerWord("sigmoid", "1 / (1 + exp(−x)).", example: ("D = net { sigmoid }\nsum(D(zeros([1, 2])))", "1")) { _ in sigmoid() },
    LayerWord("tanh", "The hyperbolic tangent.", example: ("D = net { tanh }\nsum(D(zeros([1, 2])))", "0")) { _ in tanh() },
    LayerWord("softplus", "log(1 + exp(x)).", example: ("D = net { softplus }\nD(zeros([1, 2])).shape", "[1, 2]")) { _ in
      softplus()
    },
    LayerWord("softmax", "exp x / Σ exp x over the last axis.", example: ("D = net { softmax }\nsum(D(zeros([1, 4])))", "1")) {
      _ in
      softmax()
    },
  ]

  /// max(x, 0).
  public static func relu() -> FunctionLayer {
    FunctionLayer("relu", range: rising { max($0, 0) }) { x, _ in try x.relu() }
  }

  /// x where x > 0, else slope · x.
  public static func leakyRelu(slope: Double = 0.2) -> FunctionLayer {
    // A slope below 0 turns the left half up.
    let range = slope < 0 ? { _ in -.infinity ... .infinity } : rising { $0 > 0 ? $0 : slope == 0 ? 0 : slope * $0 }
    return FunctionLayer("leaky_relu", description: "leaky_relu \(slope)", range: range) { x, _ in try x.leakyRelu(slope: slope) }
  }

  /// 1 / (1 + exp(−x)).
  public static func sigmoid() -> FunctionLayer {
    FunctionLayer("sigmoid", range: rising { 1 / (1 + Glibc.exp(-$0)) }) { x, _ in try x.sigmoid() }
  }

  /// The hyperbolic tangent.
  public static func tanh() -> FunctionLayer { FunctionLayer("tanh", range: rising(Glibc.tanh)) { x, _ in try x.tanh() } }

  /// log(1 + exp(x)), without overflow.
  public static func softplus() -> FunctionLayer {
    FunctionLayer("softplus", range: rising { $0 > 700 ? $0 : Glibc.log1p(Glibc.exp($0)) }) { x, _ in try x.softplus() }
  }

  /// exp x / Σ exp x over the last axis.
  public static func softmax() -> FunctionLayer { FunctionLayer("softmax", range: { _ in 0...1 }) { x, _ in try x.softmax() } }

  /// The range of a function that never falls.
  private static func rising(_ function: @escaping (Double) -> Double) -> (ClosedRange<Double>) -> ClosedRange<Double> {
    { inputs in
      let (low, high) = (function(inputs.lowerBound), function(inputs.upperBound))
      return low <= high ? low...high : -.infinity ... .infinity
    }
  }
}
