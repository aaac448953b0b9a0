extension Node {
  /// Numbers drawn from `key`. They depend on nothing else, so they have no derivative.
  static func random(_ distribution: Distribution, _ shape: Shape, _ key: RandomKey) -> Node {
    Node(.random(distribution), [], shape, key: key)
  }
}

/// Gives keys: one seed, and a new stream for every draw.
public final class RandomSource {
  public private(set) var seed: UInt64
  /// The number of the next draw.
  public private(set) var stream: UInt64 = 0

  public init(seed: UInt64) { self.seed = seed }

  /// Begins again from `seed`, at draw `stream`.
  public func restart(seed: UInt64, stream: UInt64 = 0) {
    self.seed = seed
    self.stream = stream
  }

  public func nextKey() -> RandomKey {
    defer { stream &+= 1 }
    return RandomKey(seed: seed, stream: stream)
  }
}
