import Testing

@testable import Tensors

extension Engine {
  @Suite struct Chance {
    /// The known answers of Random123 (kat_vectors, philox4x32 10).
    @Test func theOraclesGeneratorGivesTheKnownAnswers() {
      #expect(
        OraclePhilox.block(counter: [0, 0, 0, 0], key: [0, 0]) == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
      let ones = UInt32.max
      #expect(
        OraclePhilox.block(counter: [ones, ones, ones, ones], key: [ones, ones]) == [
          0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd,
        ])
      #expect(
        OraclePhilox.block(
          counter: [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], key: [0xa409_3822, 0x299f_31d0]) == [
            0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1,
          ])
    }

    @Test func distributionsHaveTheirMoments() throws {
      func moments(_ tensor: Tensor) -> (mean: Double, variance: Double, least: Double, most: Double) {
        let x = Oracle().values(tensor)
        let mean = x.reduce(0, +) / Double(x.count)
        return (mean, x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count), x.min() ?? 0, x.max() ?? 0)
      }
      let key = RandomKey(seed: 7, stream: 3)
      let uniform = moments(try Tensor.uniform([20_000], low: -1, high: 3, key: key))
      #expect(abs(uniform.mean - 1) < 0.03 && abs(uniform.variance - 16 / 12) < 0.03)
      #expect(uniform.least >= -1 && uniform.most < 3)
      let normal = moments(try Tensor.normal([20_000], mean: 2, deviation: 3, key: key))
      #expect(abs(normal.mean - 2) < 0.08 && abs(normal.variance - 9) < 0.3)
      // The variance of a normal cut at two deviations is 0.7737.
      let truncated = moments(try Tensor.truncatedNormal([20_000], key: key))
      #expect(abs(truncated.mean) < 0.02 && abs(truncated.variance - 0.7737) < 0.02)
      #expect(truncated.least >= -2 && truncated.most <= 2)
      let coin = moments(try Tensor.bernoulli([20_000], probability: 0.3, key: key))
      #expect(abs(coin.mean - 0.3) < 0.01)
    }

    @Test func everyDrawHasAStreamOfItsOwn() {
      let source = RandomSource(seed: 5)
      let first = source.nextKey()
      let second = source.nextKey()
      #expect(first != second)
      source.restart(seed: 5)
      #expect(source.nextKey() == first)
    }
  }
}
