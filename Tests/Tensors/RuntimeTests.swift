import COpenBLAS
import Kernels
import Testing

@testable import Tensors

extension Engine {
  @Suite struct RuntimeTests {
    /// The numbers of `outputs` computed as told; they are unrealised before and after.
    private func run(_ outputs: [Node], options: Planner.Options = Planner.Options(), threads: Int = 2) throws -> [[Float]] {
      Runtime.options = options
      Runtime.threadCount = threads
      defer {
        Runtime.options = Planner.Options()
        for output in outputs { output.storage = nil }
      }
      try Runtime.realize(outputs)
      return outputs.map { $0.storage.map { Array($0.buffer) } ?? [] }
    }

    private func expectEqualBits(_ a: [[Float]], _ b: [[Float]], _ comment: Comment) {
      #expect(a.map { $0.map(\.bitPattern) } == b.map { $0.map(\.bitPattern) }, comment)
    }

    @Test(arguments: 0..<400) func randomGraphsAgreeWithTheOracle(seed: Int) throws {
      let outputs = try RandomGraph.outputs(seed: seed, size: 4 + seed % 40)
      guard !outputs.isEmpty else { return }
      let expected = Oracle().values(outputs)
      let planned = try run(outputs)
      let unplanned = try run(outputs, options: .none)
      for (number, output) in outputs.enumerated() {
        expectClose(planned[number].map(Double.init), expected[number], within: 2e-4, "seed \(seed) \(output.operation)")
        expectClose(unplanned[number].map(Double.init), expected[number], within: 2e-4, "seed \(seed), unplanned")
      }
      expectEqualBits(planned, try run(outputs, threads: 1), "seed \(seed), one thread")
      expectEqualBits(planned, try run(outputs), "seed \(seed), again")
    }

    @Test(arguments: 0..<24) func largeGraphsAgreeWithTheOracle(seed: Int) throws {
      let outputs = try RandomGraph.outputs(seed: 5000 + seed, size: 12, largest: 120_000)
      guard !outputs.isEmpty else { return }
      let expected = Oracle().values(outputs)
      let planned = try run(outputs)
      for number in outputs.indices {
        expectClose(planned[number].map(Double.init), expected[number], within: 5e-4, "seed \(seed)")
      }
      expectEqualBits(planned, try run(outputs, threads: 1), "seed \(seed), one thread")
    }
  }
}
