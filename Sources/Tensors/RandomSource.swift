/// Gives keys: one seed, and a new stream for every draw; and sequences of draws aside from that one.
///
/// A sequence aside follows from where the sequence around it stands: from the key of its next draw, and from how many sequences aside of
/// that very place have been drawn from. One that is not drawn from, or begins again from a seed of its own, leaves no trace; what the
/// others leave is gone with the next draw of the sequence around.
public final class RandomSource {
  /// Where a sequence stands: all that what follows depends on.
  public struct State: Hashable, Sendable {
    /// The key of the next draw.
    public let key: RandomKey
    /// How many sequences aside have been drawn from since the draw before.
    public let asides: UInt64

    /// A place at which a sequence can be continued.
    public init(key: RandomKey, asides: UInt64 = 0) { (self.key, self.asides) = (key, asides) }
  }

  private struct Sequence {
    var key: RandomKey
    var asides: UInt64 = 0
    /// Whether the sequence around knows of this one's draws, or need not.
    var isCounted = true

    mutating func nextKey() -> RandomKey {
      defer { (key, asides) = (RandomKey(seed: key.seed, stream: key.stream &+ 1), 0) }
      return key
    }
  }

  private var main: Sequence
  /// The sequences aside that are under way, each inside of the one before.
  private var inner: [Sequence] = []

  /// A source whose main sequence begins with the first key of `seed`.
  public init(seed: UInt64) { main = Sequence(key: RandomKey(seed: seed, stream: 0)) }

  /// The key of the next draw, of the innermost sequence aside that is under way, else of the main one.
  public func nextKey() -> RandomKey {
    guard !inner.isEmpty else { return main.nextKey() }
    count()
    return inner[inner.count - 1].nextKey()
  }

  /// Tells the sequences around that what follows from their place has been used.
  private func count() {
    for depth in inner.indices.reversed() {
      guard !inner[depth].isCounted else { return }
      inner[depth].isCounted = true
      if depth == 0 { main.asides &+= 1 } else { inner[depth - 1].asides &+= 1 }
    }
  }

  /// Begins the sequence that is drawn from now again, from `seed`.
  public func restart(seed: UInt64) {
    let sequence = Sequence(key: RandomKey(seed: seed, stream: 0))
    if inner.isEmpty { main = sequence } else { inner[inner.count - 1] = sequence }
  }

  /// Where the main sequence stands, also inside of `aside`.
  public var state: State { State(key: main.key, asides: main.asides) }

  /// Lets the main sequence go on from there; inside of `aside`, once that has ended.
  public func restart(at state: State) {
    main = Sequence(key: state.key, asides: state.asides)
    // What is under way followed from another place.
    if !inner.isEmpty { inner[0].isCounted = true }
  }

  /// Draws inside `body` come from a sequence of their own, and leave the one around where it was.
  ///
  /// - Throws: what `body` throws; the sequence around goes on from where it was all the same.
  public func aside<Result>(_ body: () throws -> Result) rethrows -> Result {
    let around = inner.last ?? main
    inner.append(Sequence(key: around.key.derived(for: .aside, around.asides), isCounted: false))
    defer { inner.removeLast() }
    return try body()
  }
}
