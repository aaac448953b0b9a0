import Testing

@testable import Networks
@testable import Tensors

extension Nets {
  @Suite struct RunningStatisticsOfBatches {
    private let x = try? Fixture.numbers([8, 2], seed: 1, scale: 2, shift: 3)
    private let other = try? Fixture.numbers([8, 2], seed: 2, scale: 1, shift: -1)

    private func means(_ layer: BatchNormalization) throws -> [Float] { try layer.statistics[0].tensor.floats() }

    @Test func areNotMovedByLooking() throws {
      let (layer, context, x) = (try BatchNormalization(), context(), try #require(x))
      _ = try layer(x, in: context).floats()
      #expect(try means(layer) == [0, 0])
      let normal = try layer(x, in: context)
      #expect(try normal.mean(axes: [0]).floats().allSatisfy { abs($0) < 1e-5 })
    }

    @Test func areMovedByAnUpdateInTheOrderOfThePasses() throws {
      let (layer, context, x, other) = (try BatchNormalization(), context(), try #require(x), try #require(other))
      let first = try layer(x, in: context)
      let unused = try layer(other * 100, in: context)
      let second = try layer(other, in: context)
      let loss = try (second.squared() * first).sum()
      try SGD(rate: 0.01).update(layer.parameters, loss: loss)
      let (a, b) = (try x.mean(axes: [0]).floats(), try other.mean(axes: [0]).floats())
      for (index, found) in try means(layer).enumerated() {
        #expect(abs(found - (0.9 * (0.9 * 0 + 0.1 * a[index]) + 0.1 * b[index])) < 1e-5)
      }
      // A pass counts once, however many updates learn from it.
      let before = try means(layer)
      #expect(tensorError { try SGD(rate: 0.01).update(layer.parameters, loss: loss) } != nil)
      #expect(try means(layer) == before)
      _ = try unused.floats()
      #expect(try means(layer) == before)
    }

    @Test func areUsedOutsideTrainingAndThenNotMoved() throws {
      let (layer, context, x) = (try BatchNormalization(), context(training: false), try #require(x))
      let y = try layer(x, in: context)
      let (inputs, outputs) = (try x.floats(), try y.floats())
      for (input, output) in zip(inputs, outputs) { #expect(abs(input - output) < 1e-4) }
      try SGD(rate: 0.01).update(layer.parameters, loss: y.sum())
      #expect(try means(layer) == [0, 0])
    }

    @Test func passesThatNobodyLearnsFromCostNothing() throws {
      let (layer, context, x) = (try BatchNormalization(), context(), try #require(x))
      _ = try layer(x, in: context).floats()
      let before = engine.tape.liveNodes
      for _ in 0..<1000 { _ = try layer(x, in: context).sum().floats() }
      #expect(engine.tape.liveNodes <= before)
    }
  }
}
