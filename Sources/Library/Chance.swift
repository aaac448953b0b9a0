import Interpreter
import Tensors

/// The session's source of randomness: every draw takes the next key of it.
final class Chance {
  /// Begins with a seed from the clock, so that unseeded runs differ.
  let source: RandomSource

  init(seed: UInt64, isKnown: Bool) { source = RandomSource(seed: seed, isKnown: isKnown) }

  func nextKey() -> RandomKey { source.nextKey() }
}

extension Session {
  var chance: Chance {
    service(Chance.self) { Chance(seed: SystemRandomNumberGenerator.seed(), isKnown: false) }
  }

  /// The seed that draws go back to.
  public var presentSeed: UInt64 { chance.source.state.key.seed }

  /// Makes everything that follows repeat itself bit for bit.
  public func seed(_ seed: UInt64) { chance.source.restart(seed: seed) }

  /// Whether there was chance that began with the clock, so that the next run has another one.
  public var hasSurprised: Bool { chance.source.hasSurprised }
}

extension SystemRandomNumberGenerator {
  fileprivate static func seed() -> UInt64 {
    var generator = SystemRandomNumberGenerator()
    return generator.next()
  }
}

/// Orders drawn at random.
enum Permutation {
  /// 0 ..< count in an order that depends on the key alone (Fisher and Yates).
  static func shuffled(_ count: Int, key: RandomKey) -> [Int] {
    var bits = RandomBits(key: key, purpose: .order)
    var order = Array(0..<count)
    // Written out, so that an order stays the same whatever the standard library does.
    for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, bits.draw(below: last + 1)) }
    return order
  }
}
