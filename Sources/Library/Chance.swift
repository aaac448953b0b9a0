import Interpreter
import Tensors

/// The session's source of randomness: every draw takes the next key of it.
public final class Chance {
  /// Begins with a seed from the clock, so that unseeded runs differ.
  let source: RandomSource

  init(seed: UInt64) { source = RandomSource(seed: seed) }

  func nextKey() -> RandomKey { source.nextKey() }

  /// Where the main sequence stood before the outermost `aside` that is being run; nil outside of all.
  private var outermost: RandomKey?

  /// The next draw of the main sequence, also inside `aside`.
  var main: RandomKey { outermost ?? present }
  private var present: RandomKey { RandomKey(seed: source.seed, stream: source.stream) }

  /// Lets the main sequence go on from there; inside `aside`, once that has ended.
  func restart(at key: RandomKey) {
    if outermost != nil { outermost = key } else { source.restart(seed: key.seed, stream: key.stream) }
  }

  /// Draws inside `body` come from a sequence of their own, and leave the main one where it was.
  func aside<Result>(_ body: () throws -> Result) rethrows -> Result {
    let before = present
    let isOutermost = outermost == nil
    if isOutermost { outermost = before }
    source.restart(seed: before.seed ^ 0xA51D_E000_0000_0000, stream: before.stream << 20)
    defer {
      let after = isOutermost ? main : before
      if isOutermost { outermost = nil }
      source.restart(seed: after.seed, stream: after.stream)
    }
    return try body()
  }
}

extension Session {
  public var chance: Chance {
    service(Chance.self) { Chance(seed: SystemRandomNumberGenerator.seed()) }
  }

  /// Makes everything that follows repeat itself bit for bit.
  public func seed(_ seed: UInt64) { chance.source.restart(seed: seed) }
}

extension SystemRandomNumberGenerator {
  fileprivate static func seed() -> UInt64 {
    var generator = SystemRandomNumberGenerator()
    return generator.next()
  }
}

/// Orders drawn at random.
enum Permutation {
  /// 0 ..< count in an order that depends on the key alone (Fisher and Yates, with SplitMix64 begun from the key).
  static func shuffled(_ count: Int, key: RandomKey) -> [Int] {
    var generator = SplitMix64(state: key.seed &* 0x9E37_79B9_7F4A_7C15 ^ key.stream)
    var order = Array(0..<count)
    // Written out, so that an order stays the same whatever the standard library does.
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(generator.next().multipliedFullWidth(by: UInt64(last + 1)).high))
    }
    return order
  }

  /// Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014).
  private struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }
}
