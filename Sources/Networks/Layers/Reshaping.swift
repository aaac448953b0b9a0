import Tensors

/// Each sample under another shape: `x` [n, …] gives [n] + sizes. One size may be −1.
public final class Reshape: BuiltinLayer {
  public static let word = LayerWord(
    "reshape", "Each sample under another shape.",
    options: [.sizes("sizes", "the sizes of one sample, one by one or as a list; one may be -1")],
    example: ("G = net { reshape 7, 7, 2 }\nG(zeros([3, 98])).shape", "[3, 7, 7, 2]")
  ) { Reshape(try $0.sizes("sizes")) }

  public let sizes: [Int]

  public init(_ sizes: [Int]) { self.sizes = sizes }

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
public final class Flatten: BuiltinLayer {
  public static let word = LayerWord(
    "flatten", "Each sample as one row.", example: ("D = net { flatten }\nD(zeros([3, 7, 7, 2])).shape", "[3, 98]")
  ) { _ in Flatten() }

  public init() {}

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
