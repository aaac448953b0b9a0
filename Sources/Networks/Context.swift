import Tensors

/// What a pass through a net depends on besides its input: whether it learns, and where chance comes from.
public final class Context {
  /// Batch statistics and dropout are on.
  public var isTraining: Bool
  /// Layers that have no parameters yet work with numbers that they do not keep, so that a pass shows its shapes and leaves nothing
  /// behind.
  public var isTrial = false
  /// For first weights and dropout.
  public let random: RandomSource
  /// The nets and parameters that were made while a function that is a layer runs; nil while none does.
  public var madeInside: [any Layer]?

  /// A context for calls of layers; by default they infer.
  public init(isTraining: Bool = false, random: RandomSource) {
    self.isTraining = isTraining
    self.random = random
  }
}
