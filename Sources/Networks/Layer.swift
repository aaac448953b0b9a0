import Base
import Tensors

/// A step of a net: a function of a batch, with parameters made at the first call, when the input's shape is known.
public protocol Layer: AnyObject {
  /// The word a script makes it with: "dense", "conv", "batch_norm", …
  var kind: String { get }
  /// The word and what was chosen: "conv 64, kernel: 4, stride: 2".
  var description: String { get }
  /// Moved by an optimizer; empty before the first call.
  var parameters: [Parameter] { get }
  /// Kept from pass to pass, but not moved down a gradient.
  var statistics: [Parameter] { get }
  /// The layers it is made of, in order, each with its name in this one: "0.conv", or the variable that a function has it by.
  var sublayers: [(name: String, layer: any Layer)] { get }
  /// Whether `sublayers` are found anew each time they are asked for, and may have been met elsewhere already.
  var findsSublayers: Bool { get }
  /// The description with that of all layers within: what must be the same in a net that takes the numbers of this one.
  var structure: String { get }
  /// For how many features or channels of input its parameters were made; nil before the first call, and where it has none.
  var inputSize: Int? { get }

  /// Between which numbers its outputs lie where its inputs lie in `inputs`; −∞…∞ where that is not known.
  func range(of inputs: ClosedRange<Double>) -> ClosedRange<Double>

  /// The names and shapes of its parameters and statistics, in their order, when it is made for so many features or channels.
  func parts(input: Int) -> [(name: String, shape: [Int])]
  /// Makes its parameters and statistics of these tensors, which have the shapes of `parts` for this input.
  func make(_ values: [Tensor], input: Int) throws
  /// Holds these very parameters and statistics, which were its own, from here on; none and nil: is as before its first call.
  func hold(_ parts: [Parameter], input: Int?)

  /// The layer itself where it holds what may hold it in turn.
  var holder: (any Holder)? { get }

  func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor

  /// Another layer with the same choices and numbers, and with copies of its sublayers; made by `copying`, not called by others.
  func copied(by copying: LayerCopying) throws -> any Layer
}

extension Layer {
  /// It holds nothing of the kind.
  public var holder: (any Holder)? { nil }
  /// The kind alone, for a layer without settings.
  public var description: String { kind }
  /// None, for a layer that learns nothing.
  public var parameters: [Parameter] { [] }
  /// None, for a layer without running statistics.
  public var statistics: [Parameter] { [] }
  /// None, for a layer that is made of no others.
  public var sublayers: [(name: String, layer: any Layer)] { [] }
  /// The layer has its sublayers from the start.
  public var findsSublayers: Bool { false }
  /// The description, where that tells all that a checkpoint must agree with.
  public var structure: String { description }
  /// Unknown: the layer takes inputs of any size.
  public var inputSize: Int? { nil }
  /// Any numbers, for a layer of which nothing is known.
  public func range(of inputs: ClosedRange<Double>) -> ClosedRange<Double> { -.infinity ... .infinity }
  /// No parts, for a layer without parameters and statistics.
  public func parts(input: Int) -> [(name: String, shape: [Int])] { [] }
  /// Nothing, for a layer without parts.
  public func make(_ values: [Tensor], input: Int) throws {}
  /// Nothing, for a layer whose parts are always the same.
  public func hold(_ parts: [Parameter], input: Int?) {}

  /// Gives its parameters and statistics new numbers, of the shapes of `parts` for this input; makes them where they are not there yet.
  ///
  /// - Throws: a `TensorError` for tensors of other shapes.
  public func take(_ values: [Tensor], input: Int) throws {
    guard inputSize != nil else { return try make(values, input: input) }
    for (parameter, value) in zip(parameters + statistics, values) { try parameter.assign(value) }
  }

  /// Whether it makes parameters at its first call, and has not been called.
  var isUnmade: Bool { inputSize == nil && !parts(input: 1).isEmpty }

  /// Checks that `x` has `rank` axes, which are `form`.
  func expect(_ x: Tensor, rank: Int, _ form: String, otherwise advice: String) throws {
    try expect(x, ranks: rank...rank, form, otherwise: advice)
  }

  /// Checks that `x` has one of these numbers of axes, which are `form`.
  func expect(_ x: Tensor, ranks: some RangeExpression<Int>, _ form: String, otherwise advice: String) throws {
    guard ranks.contains(x.rank) else {
      throw TensorError(title: "\(kind) takes a batch of shape \(form)", operands: [("x", "\(x.shape)")], advice: advice)
    }
  }
}
