import Tensors

/// Each sample under another shape: `x` [n, …] gives [n] + sizes. One size may be −1.
public final class Reshape: Layer {
  public let sizes: [Int]

  public init(_ sizes: [Int]) { self.sizes = sizes }

  public var kind: String { "reshape" }
  public var description: String { "reshape " + sizes.map(String.init).joined(separator: ", ") }
  public func range(of inputs: ClosedRange<Double>) -> ClosedRange<Double> { inputs }
  public func copied(by copying: LayerCopying) throws -> any Layer { Reshape(sizes) }

  public func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor {
    guard x.rank >= 1 else {
      throw TensorError(title: "reshape takes a batch", operands: [("x", "\(x.shape)")], advice: "The first axis is the sample.")
    }
    return try x.reshaped([x.shape[0]] + sizes)
  }
}

/// Each sample as one row: `x` [n, …] gives [n, features].
public final class Flatten: Layer {
  public init() {}

  public var kind: String { "flatten" }
  public func range(of inputs: ClosedRange<Double>) -> ClosedRange<Double> { inputs }
  public func copied(by copying: LayerCopying) throws -> any Layer { Flatten() }

  public func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor {
    guard x.rank >= 1 else {
      throw TensorError(title: "flatten takes a batch", operands: [("x", "\(x.shape)")], advice: "The first axis is the sample.")
    }
    let features = try Shape(Array(x.shape.dimensions.dropFirst())).count
    return try x.reshaped([x.shape[0], features])
  }
}
