import Testing

@testable import Tensors

extension Engine {
  /// Kernels that go over a batch row by row, one after another on each block of rows.
  @Suite struct RowTests {
    private final class Names: ExecutionObserver {
      var names: [String] = []
      func kernelDidRun(_ step: Step, seconds: Double) { names.append(step.name) }
    }

    private func run(_ build: () throws -> [Tensor], rows: Bool, threads: Int = 2) throws -> (numbers: [[Float]], names: [String])
    {
      Runtime.options.rows = rows
      Runtime.threadCount = threads
      let names = Names()
      let outputs = try build()
      Executor.observer = names
      defer {
        Runtime.options = Planner.Options()
        Runtime.threadCount = ThreadPool.processorCount
        Executor.observer = nil
      }
      try Tensor.realize(outputs)
      return (try outputs.map { try $0.floats() }, names.names)
    }

    /// Holds the work by rows against the same kernels one after another, and one thread against several. Gives the names of the kernels.
    @discardableResult
    private func expectSame(_ build: () throws -> [Tensor], _ comment: Comment) throws -> [String] {
      let apart = try run(build, rows: false)
      #expect(!apart.names.contains { $0.contains("rows through") }, comment)
      let together = try run(build, rows: true)
      for (a, b) in zip(apart.numbers, together.numbers) {
        expectClose(b.map(Double.init), a.map(Double.init), within: 1e-5, comment)
      }
      for threads in [1, 3] {
        let again = try run(build, rows: true, threads: threads)
        #expect(again.numbers.map { $0.map(\.bitPattern) } == together.numbers.map { $0.map(\.bitPattern) }, comment)
      }
      return together.names
    }

    /// A network of three layers, its loss and the derivatives by all that it is made of.
    private func network(rows: Int) throws -> [Tensor] {
      let x = try someTensor([rows, 2], seed: 1)
      let weights = try [[2, 48], [48, 32], [32, 1]].enumerated().map { try someTensor($1, seed: 2 + $0) }
      let biases = try [[48], [32], [1]].enumerated().map { try someTensor($1, seed: 5 + $0) }
      var y = x
      for (number, (w, b)) in zip(weights, biases).enumerated() {
        y = try Tensor.matmul(y, w) + b
        if number < 2 { y = try y.leakyRelu() }
      }
      let loss = try y.softplus().sum(axes: nil, keep: false) / Double(rows)
      let slopes = try gradients(of: y.sum(axes: nil, keep: false), withRespectTo: [x])[0]
      let penalty = try ((slopes.squared().sum(axes: [1], keep: false) + 1e-6).sqrt() - 1).squared().sum(axes: nil, keep: false)
      let total = try loss + penalty
      return try [total] + gradients(of: total, withRespectTo: weights + biases)
    }

    @Test(arguments: [32, 64, 250, 256]) func layersOfANetwork(rows: Int) throws {
      let names = try expectSame({ try network(rows: rows) }, "\(rows) rows")
      // All that is done for each sample is one step; sums over samples come after it.
      #expect(names.filter { $0.contains("rows through") }.count == 1, "\(names)")
    }

    @Test func fewRowsAreNotCut() throws {
      let names = try expectSame({ try network(rows: 20) }, "20 rows")
      #expect(!names.contains { $0.contains("rows through") })
    }

    @Test func whatABatchHasInCommonComesBetween() throws {
      let (x, w) = (try someTensor([128, 24], seed: 1), try someTensor([24, 40], seed: 2))
      let second = try someTensor([40, 24], seed: 3)
      let names = try expectSame(
        {
          let y = try Tensor.matmul(x, w).tanh()
          let normal = try (y - y.mean(axes: [0], keep: true)).tanh()
          return [try Tensor.matmul(normal, second).sigmoid(), try Tensor.matmul(y, second)]
        }, "a mean over the batch")
      #expect(names.contains { $0.contains("rows through") })
    }

    @Test func otherRowsAreReadOnlyWhenAllAreThere() throws {
      let (x, w) = (try someTensor([64, 24], seed: 1), try someTensor([24, 64], seed: 2))
      let column = try someTensor([128, 1], seed: 4)
      func y() throws -> Tensor { try Tensor.matmul(x, w).tanh() }
      // Columns of what was made by rows; rows in another order; a part of the rows; rows of another length.
      try expectSame({ [try y().transposed().exp() + y()] }, "transposed")
      try expectSame({ [try Tensor.matmul(try y(), try y().transposed())] }, "both sides of a product")
      try expectSame({ [try y().flipped(axes: [0]).exp()] }, "flipped")
      try expectSame({ [try y().sliced(from: 32).exp().sum(axes: [1], keep: false)] }, "a half")
      try expectSame({ [try y().reshaped([128, 32]).exp() * column] }, "reshaped")
      try expectSame({ try [[1], [0]].map { try y().sum(axes: $0, keep: false).exp() } }, "sums")
    }

    @Test func weightsMadeOnTheWayArePacked() throws {
      let (x, w) = (try someTensor([256, 64], seed: 1), try someTensor([64, 64], seed: 2))
      let names = try expectSame(
        {
          let weight = try w.tanh()
          return [try Tensor.matmul(Tensor.matmul(x, weight).relu(), weight.transposed()).relu()]
        }, "weights of one step")
      #expect(names.contains("panels of 64×64"))
    }
  }
}
