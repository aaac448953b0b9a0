import Tensors

/// Each sample under another shape: `x` [n, …] gives [n] + sizes. One size may be −1.
public final class Reshape: BuiltinLayer {
  /// `reshape` in the braces of `net`.
  public static let word = LayerWord(
    "reshape", "Each sample under another shape.",
    options: [.sizes("sizes", "the sizes of one sample, one by one or as a list; one may be -1")],
    example: ("G = net { reshape 7, 7, 2 }\nG(zeros([3, 98])).shape", "[3, 7, 7, 2]")
  ) { Reshape(try $0.sizes("sizes")) }

  /// The sizes of one sample; one may be −1 and follows from the others.
  public let sizes: [Int]

  /// A layer that gives each sample these sizes.
  public init(_ sizes: [Int]) { self.sizes = sizes }

  /// "reshape 7, 7, 128".
  public var description: String { "reshape " + sizes.map(String.init).joined(separator: ", ") }
  /// That of the inputs, which only move.
  public func range(of inputs: ClosedRange<Double>) -> ClosedRange<Double> { inputs }
  /// A layer of the same sizes.
  public func copied(by copying: LayerCopying) throws -> any Layer { Reshape(sizes) }

  /// `x` [n, …] as [n] + sizes.
  ///
  /// - Throws: a `TensorError` where the sizes do not fit the samples.
  public func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor {
    guard x.rank >= 1 else {
      throw TensorError(title: "reshape takes a batch", operands: [("x", "\(x.shape)")], advice: "The first axis is the sample.")
    }
    return try x.reshaped([x.shape[0]] + sizes)
  }
}

/// Each sample as one row: `x` [n, …] gives [n, features].
public final class Flatten: BuiltinLayer {
  /// `flatten` in the braces of `net`.
  public static let word = LayerWord(
    "flatten", "Each sample as one row.", example: ("D = net { flatten }\nD(zeros([3, 7, 7, 2])).shape", "[3, 98]")
  ) { _ in Flatten() }

  /// A layer without settings.
  public init() {}

  /// That of the inputs, which only move.
  public func range(of inputs: ClosedRange<Double>) -> ClosedRange<Double> { inputs }
  /// Another such layer.
  public func copied(by copying: LayerCopying) throws -> any Layer { Flatten() }

  /// `x` [n, …] as [n, features].
  ///
  /// - Throws: a `TensorError` for a single number.
  public func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor {
    guard x.rank >= 1 else {
      throw TensorError(title: "flatten takes a batch", operands: [("x", "\(x.shape)")], advice: "The first axis is the sample.")
    }
    let features = try Shape(Array(x.shape.dimensions.dropFirst())).count
    return try x.reshaped([x.shape[0], features])
  }
}
