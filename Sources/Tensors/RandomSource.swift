/// Gives the keys of draws: a main sequence with one seed and a new stream for every draw, and nested sequences (`aside`) that
/// leave it as it was.
///
/// A nested sequence is determined by the state of the one around it: by the key of its next draw, and by the number of nested
/// sequences that have been drawn from in that state. One without draws, or one that was restarted with a seed of its own, does
/// not count; the next draw of the sequence around resets the number.
public final class RandomSource {
  /// The state of a sequence: everything that later draws depend on.
  public struct State: Hashable, Sendable {
    /// The key of the next draw.
    public let key: RandomKey
    /// How many nested sequences have been drawn from since the last draw.
    public let asides: UInt64

    /// A state from which a sequence can go on.
    public init(key: RandomKey, asides: UInt64 = 0) { (self.key, self.asides) = (key, asides) }
  }

  private struct Sequence {
    var key: RandomKey
    var asides: UInt64 = 0
    /// Whether the sequence around has counted this one, or need not.
    var isCounted = true
    /// Whether a program has said where it begins, or where one around it does.
    var isSeeded = true

    mutating func nextKey() -> RandomKey {
      defer { (key, asides) = (RandomKey(seed: key.seed, stream: key.stream &+ 1), 0) }
      return key
    }
  }

  private var main: Sequence
  /// The nested sequences in use, each inside the one before.
  private var inner: [Sequence] = []

  /// Whether there were draws from a sequence that began with a seed of which nobody knows: they will be others next time.
  public private(set) var hasSurprised = false

  /// A source whose main sequence begins with the first key of `seed`. `isKnown`: another run begins with the same.
  public init(seed: UInt64, isKnown: Bool = true) { main = Sequence(key: RandomKey(seed: seed, stream: 0), isSeeded: isKnown) }

  /// The key of the next draw: of the innermost nested sequence in use, else of the main one.
  public func nextKey() -> RandomKey {
    if !(inner.last ?? main).isSeeded { hasSurprised = true }
    guard !inner.isEmpty else { return main.nextKey() }
    count()
    return inner[inner.count - 1].nextKey()
  }

  /// Counts each nested sequence in use in the one around it, unless that has been done.
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
    // The nested sequence in use was derived from another state.
    if !inner.isEmpty { inner[0].isCounted = true }
  }

  /// Draws inside `body` come from a nested sequence, and do not change the one around it.
  ///
  /// - Throws: what `body` throws; the sequence around goes on from where it was all the same.
  public func aside<Result>(_ body: () throws -> Result) rethrows -> Result {
    let around = inner.last ?? main
    inner.append(Sequence(key: around.key.derived(for: .aside, around.asides), isCounted: false, isSeeded: around.isSeeded))
    defer { inner.removeLast() }
    return try body()
  }
}
