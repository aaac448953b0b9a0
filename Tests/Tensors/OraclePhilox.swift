import Glibc

@testable import Tensors

/// Philox4x32-10 written from the paper (Salmon et al. 2011), and the distributions of `Distribution` in Double.
struct OraclePhilox {
  let key: RandomKey

  static func block(counter: [UInt32], key: [UInt32]) -> [UInt32] {
    var (c, k) = (counter, key)
    for round in 0..<10 {
      if round > 0 {
        k[0] &+= 0x9E37_79B9
        k[1] &+= 0xBB67_AE85
      }
      let first = UInt64(0xD251_1F53) * UInt64(c[0])
      let second = UInt64(0xCD9E_8D57) * UInt64(c[2])
      c = [
        UInt32(truncatingIfNeeded: second >> 32) ^ c[1] ^ k[0], UInt32(truncatingIfNeeded: second),
        UInt32(truncatingIfNeeded: first >> 32) ^ c[3] ^ k[1], UInt32(truncatingIfNeeded: first),
      ]
    }
    return c
  }

  func draw(_ distribution: Distribution, _ count: Int) -> [Double] {
    (0..<count).map { index in
      switch distribution {
      case .uniform: unit(words(low: UInt32(truncatingIfNeeded: index / 4), high: UInt32((index / 4) >> 32))[index % 4])
      case .normal: normals(words(low: UInt32(truncatingIfNeeded: index / 4), high: UInt32((index / 4) >> 32)))[index % 4]
      case .truncatedNormal: truncated(index)
      }
    }
  }

  private func truncated(_ index: Int) -> Double {
    for attempt in 0..<256 {
      let block = words(low: UInt32(truncatingIfNeeded: index), high: UInt32(attempt + 256 * (index >> 32)))
      if let found = normals(block).first(where: { abs($0) <= 2 }) { return found }
    }
    return 0
  }

  private func words(low: UInt32, high: UInt32) -> [UInt32] {
    OraclePhilox.block(
      counter: [low, high, UInt32(truncatingIfNeeded: key.stream), UInt32(truncatingIfNeeded: key.stream >> 32)],
      key: [UInt32(truncatingIfNeeded: key.seed), UInt32(truncatingIfNeeded: key.seed >> 32)])
  }

  private func unit(_ word: UInt32) -> Double { Double(word >> 8) * 0x1p-24 }

  private func normals(_ w: [UInt32]) -> [Double] {
    [(w[0], w[1]), (w[2], w[3])].flatMap { a, b in
      let radius = (-2 * log(unit(a) + 0x1p-24)).squareRoot()
      return [radius * cos(2 * .pi * unit(b)), radius * sin(2 * .pi * unit(b))]
    }
  }
}
