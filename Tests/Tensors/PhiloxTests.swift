import Testing

@testable import Tensors

extension EngineTests {
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

    @Test func bitsAreTheWordsOfTheOraclesBlocks() {
      let key = RandomKey(seed: 0x1234_5678_9abc_def0, stream: 0x0fed_cba9_8765_4321)
      func words(_ purpose: UInt32, _ number: UInt64) -> [UInt64] {
        let high = 1 << 31 | purpose << 23 | UInt32(number >> 32)
        let block = OraclePhilox.block(
          counter: [UInt32(truncatingIfNeeded: number), high, 0x8765_4321, 0x0fed_cba9], key: [0x9abc_def0, 0x1234_5678]
        ).map(UInt64.init)
        return [block[0] | block[1] << 32, block[2] | block[3] << 32]
      }
      var bits = RandomBits(key: key, purpose: .order)
      for number in 0..<40 { #expect([bits.draw(), bits.draw()] == words(1, UInt64(number))) }
      let epoch = key.derived(for: .epoch, 5 << 32 + 7)
      #expect([epoch.seed, epoch.stream] == words(2, 5 << 32 + 7))
      let aside = key.derived(for: .aside, 0)
      #expect([aside.seed, aside.stream] == words(3, 0))
    }

    /// What is drawn aside follows from the place of the sequence around, and leaves it there.
    @Test func sequencesAside() {
      let source = RandomSource(seed: 5)
      _ = source.nextKey()
      let start = source.state
      let first = source.aside { source.nextKey() }
      let second = source.aside { source.nextKey() }
      let nested = source.aside { source.aside { source.nextKey() } }
      let after = source.aside { (source.aside { source.nextKey() }, source.nextKey()) }
      let keys = [first, second, nested, after.0, after.1]
      #expect(Set(keys).count == 5)
      #expect(source.state == RandomSource.State(key: start.key, asides: 4))
      // The same again from there.
      let end = source.state
      let next = source.aside { source.nextKey() }
      source.restart(at: start)
      let firstAgain = source.aside { source.nextKey() }
      #expect(firstAgain == first)
      source.restart(at: end)
      let nextAgain = source.aside { source.nextKey() }
      #expect(nextAgain == next)
      // Neither what draws nothing nor what begins again from a seed leaves a trace.
      let place = source.state
      source.aside {}
      source.aside {
        source.restart(seed: 1)
        _ = source.nextKey()
        source.aside { _ = source.nextKey() }
      }
      source.aside { source.aside {} }
      #expect(source.state == place)
      // A restart of the main sequence while one aside is under way is not undone by what that goes on to draw.
      source.aside {
        source.restart(at: start)
        _ = source.nextKey()
      }
      #expect(source.state == start)
      // The next draw of the main sequence takes the trace of those aside away.
      _ = source.aside { source.nextKey() }
      #expect(source.nextKey() == start.key)
      #expect(source.state.asides == 0)
      struct Left: Error {}
      #expect(throws: Left.self) { try source.aside { throw Left() } }
      #expect(source.state.asides == 0)
    }

    /// Bounds near each other, far from 0, wider than any float, and of one float: the largest and the least draw stay between them.
    @Test func evenDrawsStayBetweenTheirBounds() throws {
      let bounds: [(Double, Double)] = [
        (0, 1), (-1, 1), (1000, 1001), (10, 11), (-1001, -1000), (0.1, 0.3), (0.7, 0.8), (1e6, 1e6 + 0.1), (-3.4e38, 3.4e38),
        (-1e-45, 1e-45),
        (0, 1e-46), (16_777_216, 16_777_217), (5, 5), (-0.1, 0.1), (3.4028e38, 3.40282e38), (0, 3), (-7, 1e-3), (1, 1.0000002),
      ]
      for (low, high) in bounds {
        let interval = try HalfOpenInterval(low: low, high: high)
        let ends = try Tensor([0, Float(1).nextDown, 0.5], shape: [3])
        let drawn = try Tensor(interval.scaled(ends.node)).floats()
        for value in drawn {
          #expect(low == high ? Double(value) == low : Double(value) >= low && Double(value) < high, "\(low) \(high) \(value)")
        }
        #expect(drawn.max() == drawn[1] && drawn.min() == drawn[0])
      }
      for (low, high) in [(2.0, 1.0), (0, .infinity), (.nan, 1), (0, .nan), (-.infinity, 0), (0, 1e39), (0.1, 0.1 + 1e-12)] {
        #expect(throws: TensorError.self) { try Tensor.uniform([2], low: low, high: high, key: RandomKey(seed: 1, stream: 1)) }
      }
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
