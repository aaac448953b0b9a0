/// Decisions that an input makes: its bytes one after another, and past their end numbers that follow from all of them. So a mutated
/// byte changes one decision, and short inputs make whole programs.
struct Choices {
  private let bytes: [UInt8]
  private var place = 0
  private var state: UInt64

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = Array(bytes.prefix(64))
    // FNV-1a.
    state = bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  /// From 0 to `count` - 1; 0 where `count` is not above 1.
  mutating func below(_ count: Int) -> Int {
    guard count > 1 else { return 0 }
    if place + 1 < bytes.count {
      defer { place += 2 }
      return (Int(bytes[place]) << 8 | Int(bytes[place + 1])) % count
    }
    // SplitMix64.
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((z ^ (z >> 31)) % UInt64(count))
  }

  mutating func one(of texts: [String]) -> String { texts.isEmpty ? "" : texts[below(texts.count)] }
}
