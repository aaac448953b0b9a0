import Tensors

/// What a pass through a net depends on besides its input: whether it learns, and where chance comes from.
public final class Context {
  /// Batch statistics and dropout are on.
  public var isTraining: Bool
  /// For first weights and dropout.
  public let random: RandomSource

  public init(isTraining: Bool = false, random: RandomSource) {
    self.isTraining = isTraining
    self.random = random
  }
}
