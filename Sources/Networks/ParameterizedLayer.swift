import Tensors

/// A layer with parameters. All that making, keeping, copying and naming them needs is said once, by its `slots`; the rest is done here.
public protocol ParameterizedLayer: BuiltinLayer {
  /// The parameters, in the order in which their first numbers are drawn.
  var slots: [ParameterSlot] { get }
  /// What lies along the last axis of the input, whose size the shapes of the parameters depend on: "features", "channels".
  static var unit: String { get }

  /// Refuses an input of the wrong rank.
  /// - Throws: `TensorError` that says what the layer takes.
  func check(_ x: Tensor) throws
  /// What the layer makes of a batch. The slots hold their parameters.
  func pass(_ x: Tensor, in context: Context) throws -> Tensor
  /// Another layer with the same choices, before its first call.
  func blank() throws -> Self
}

extension ParameterizedLayer {
  /// Those of the slots that an optimizer moves; none before the first call.
  public var parameters: [Parameter] { slots.compactMap { $0.isTrained ? $0.parameter : nil } }
  /// Those of the slots that no optimizer moves; none before the first call.
  public var statistics: [Parameter] { slots.compactMap { $0.isTrained ? nil : $0.parameter } }
  /// For how many features or channels the slots were made; nil before the first call.
  public var inputSize: Int? { slots.first?.input }

  /// The names and shapes of the slots, trained ones first.
  public func parts(input: Int) -> [(name: String, shape: [Int])] {
    kept.map { ($0.name, $0.shape(input: input)) }
  }

  /// Fills the slots, all or none.
  ///
  /// - Throws: a `TensorError` for another number of tensors.
  public func make(_ values: [Tensor], input: Int) throws { try hold(values, in: kept, input: input) }

  /// Puts the parameters into the slots, trained ones first; where there are none the slots are empty.
  public func hold(_ parts: [Parameter], input: Int?) {
    for (place, slot) in kept.enumerated() { slot.hold(place < parts.count ? parts[place] : nil, input: input) }
  }

  /// A blank layer, its slots filled with copies of the numbers.
  public func copied(by copying: LayerCopying) throws -> any Layer {
    let copy = try blank()
    if let inputSize { try copy.make(kept.map { try $0.tensor.separate() }, input: inputSize) }
    return copy
  }

  /// `check`s the batch, draws the parameters at the first call, and gives what `pass` makes of it.
  ///
  /// - Throws: a `TensorError` for a batch that the layer does not take, or one of another size than before.
  public func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor {
    try check(x)
    let size = x.rank > 0 ? x.shape[x.rank - 1] : 1
    if let inputSize {
      guard size == inputSize else {
        throw TensorError(
          title: "\(kind) was made for another input",
          operands: [("x", "\(x.shape)")],
          advice: "Its parameters were made for \(inputSize) \(Self.unit) at the first call; this input has \(size).")
      }
      return try pass(x, in: context)
    }
    try hold(slots.map { try $0.drawn(input: size, context.random) }, in: slots, input: size)
    // A trial leaves nothing behind.
    defer { if context.isTrial { for slot in slots { slot.hold(nil, input: nil) } } }
    return try pass(x, in: context)
  }

  /// In the order of `parameters` and `statistics`, in which files have them.
  private var kept: [ParameterSlot] { slots.filter(\.isTrained) + slots.filter { !$0.isTrained } }

  /// All are made before the first is held, so that a layer is made whole or not at all.
  private func hold(_ values: [Tensor], in slots: [ParameterSlot], input: Int) throws {
    guard values.count == slots.count else {
      throw TensorError(
        title: "\(kind) has \(slots.count) parameters and running statistics", operands: [("values", "\(values.count) tensors")])
    }
    let made = try zip(slots, values).map { try Parameter($0.name, $1) }
    for (slot, parameter) in zip(slots, made) { slot.hold(parameter, input: input) }
  }
}
