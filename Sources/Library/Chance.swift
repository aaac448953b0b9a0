import Interpreter
import Tensors

/// The session's source of randomness: every draw takes the next key of it.
public final class Chance {
  /// Begins with a seed from the clock, so that unseeded runs differ.
  let source: RandomSource

  init(seed: UInt64) { source = RandomSource(seed: seed) }

  func nextKey() -> RandomKey { source.nextKey() }

  /// Draws inside `body` come from a sequence of their own, and leave the main one where it was.
  func aside<Result>(_ body: () throws -> Result) rethrows -> Result {
    let (seed, stream) = (source.seed, source.stream)
    source.restart(seed: seed ^ 0xA51D_E000_0000_0000, stream: stream << 20)
    defer { source.restart(seed: seed, stream: stream) }
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
