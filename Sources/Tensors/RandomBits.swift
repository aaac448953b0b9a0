import Kernels

/// What random bits are for, other than tensors of random numbers. Each has counters of its own, so that no two share their bits.
public enum RandomPurpose: UInt64, Sendable {
  case order = 1
  case epoch, aside, choice, augmentation

  /// The first of this purpose's counters: of the 128 bits of a Philox counter, the low 64 are 1, the purpose in 8 bits, and a number in
  /// 55; the high 64 are the key's stream. The counters of tensors (see `Distribution`) have 0 for the first of these bits: it would
  /// take 2⁴⁷ elements to set it.
  fileprivate func counter(_ number: UInt64) -> UInt64 { 1 << 63 | rawValue << 55 | number & (1 << 55 - 1) }
}

extension RandomKey {
  fileprivate var kernelKey: gan_key { gan_key(seed: seed, stream: stream) }

  /// A key of its own for each purpose and number below 2⁵⁵: a block of Philox, 128 bits that are different for any two streams,
  /// purposes or numbers of one seed, and look like chance for any two seeds.
  public func derived(for purpose: RandomPurpose, _ number: UInt64) -> RandomKey {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4 * Int(GAN_RANDOM_BLOCKS)) { words in
      words.initialize(repeating: 0)
      gan_random_words(kernelKey, purpose.counter(number), words.baseAddress)
      return RandomKey(seed: UInt64(words[0]) | UInt64(words[1]) << 32, stream: UInt64(words[2]) | UInt64(words[3]) << 32)
    }
  }
}

/// Random bits one after another, by the generator of the tensors.
public struct RandomBits {
  private let key: RandomKey
  private var next: UInt64
  private var words = [UInt32](repeating: 0, count: 4 * Int(GAN_RANDOM_BLOCKS))
  private var place: Int

  /// The bits that belong to a key for one purpose, from the first on.
  public init(key: RandomKey, purpose: RandomPurpose) {
    self.key = key
    next = purpose.counter(0)
    place = words.count
  }

  /// The next 64 bits.
  public mutating func draw() -> UInt64 {
    if place == words.count {
      gan_random_words(key.kernelKey, next, &words)
      next &+= UInt64(GAN_RANDOM_BLOCKS)
      place = 0
    }
    defer { place += 2 }
    return UInt64(words[place]) | UInt64(words[place + 1]) << 32
  }

  /// A whole number in 0 ..< count, all of them alike: no more than one in 2⁶⁴ / count draws favors any.
  public mutating func draw(below count: Int) -> Int { Int(draw().multipliedFullWidth(by: UInt64(count)).high) }
}
