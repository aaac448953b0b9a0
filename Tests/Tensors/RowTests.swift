import Testing

@testable import Tensors

extension EngineTests {
  /// Kernels that go over a batch row by row, one after another on each block of rows.
  @Suite struct RowTests {
    private func run(_ build: () throws -> [Tensor], rows: Bool, threads: Int = 2) throws -> ObservedRun {
      var options = Planner.Options()
      options.rows = rows
      return try ObservedRun(options, threads: threads, build)
    }

    /// Holds the work by rows against the same kernels one after another, and one thread against several. Gives the names of the kernels.
    /// - Parameter build: What is worked out from numbers of this seed.
    @discardableResult
    private func expectSame(_ build: (Int) throws -> [Tensor], _ comment: Comment) throws -> [String] {
      let other = build
      let build = { try other(1) }
      let apart = try run(build, rows: false)
      #expect(!apart.kernels.contains { $0.contains("rows through") }, comment)
      // What is read before it is made must not be what the last run left behind.
      _ = try run({ try other(1000) }, rows: true)
      let together = try run(build, rows: true)
      for (a, b) in zip(apart.numbers, together.numbers) {
        expectClose(b.map(Double.init), a.map(Double.init), within: 1e-5, comment)
      }
      for threads in [1, 3] {
        _ = try run({ try other(1000) }, rows: true)
        let again = try run(build, rows: true, threads: threads)
        #expect(again.numbers.map { $0.map(\.bitPattern) } == together.numbers.map { $0.map(\.bitPattern) }, comment)
      }
      return together.kernels
    }

    /// A network of three layers, its loss and the derivatives by all that it is made of.
    private func network(rows: Int, seed: Int) throws -> [Tensor] {
      let x = try someTensor([rows, 2], seed: seed)
      let weights = try [[2, 48], [48, 32], [32, 1]].enumerated().map { try someTensor($1, seed: seed + 1 + $0) }
      let biases = try [[48], [32], [1]].enumerated().map { try someTensor($1, seed: seed + 4 + $0) }
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
      let names = try expectSame({ try network(rows: rows, seed: $0) }, "\(rows) rows")
      // All that is done for each sample is one step; sums over samples come after it.
      #expect(names.filter { $0.contains("rows through") }.count == 1, "\(names)")
    }

    @Test func fewRowsAreNotCut() throws {
      let names = try expectSame({ try network(rows: 20, seed: $0) }, "20 rows")
      #expect(!names.contains { $0.contains("rows through") })
    }

    @Test func whatABatchHasInCommonComesBetween() throws {
      let names = try expectSame(
        { seed in
          let (x, w) = (try someTensor([128, 24], seed: seed), try someTensor([24, 40], seed: seed + 1))
          let second = try someTensor([40, 24], seed: seed + 2)
          let y = try Tensor.matmul(x, w).tanh()
          let normal = try (y - y.mean(axes: [0], keep: true)).tanh()
          return [try Tensor.matmul(normal, second).sigmoid(), try Tensor.matmul(y, second)]
        }, "a mean over the batch")
      #expect(names.contains { $0.contains("rows through") })
    }

    @Test func otherRowsAreReadOnlyWhenAllAreThere() throws {
      // Columns of what was made by rows; rows in another order; a part of the rows; rows of another length.
      let readers: [(Comment, (Tensor) throws -> [Tensor])] = [
        ("transposed", { [try $0.transposed().exp() + $0] }),
        ("both sides of a product", { [try Tensor.matmul($0, $0.transposed())] }),
        ("flipped", { [try $0.flipped(axes: [0]).exp() * $0] }),
        ("a half", { [try $0.sliced(from: 32).exp().sum(axes: [1], keep: false)] }),
        ("the same half twice", { y in [try Tensor.concat([y.sliced(from: 32), y.sliced(from: 32)]).exp() + y] }),
        ("reshaped", { [try $0.reshaped([128, 32]).exp() * Tensor.fill(2, shape: [128, 1])] }),
        ("a row for all", { [try ($0.sliced(from: 63) + $0).exp()] }),
        ("sums", { y in try [[1], [0]].map { try y.sum(axes: $0, keep: false).exp() } }),
      ]
      for (name, read) in readers {
        try expectSame(
          { seed in
            try read(Tensor.matmul(someTensor([64, 24], seed: seed), someTensor([24, 64], seed: seed + 1)).tanh())
          }, name)
      }
    }

    @Test func weightsMadeOnTheWayArePacked() throws {
      let names = try expectSame(
        { seed in
          let (x, w) = (try someTensor([256, 64], seed: seed), try someTensor([64, 64], seed: seed + 1))
          let weight = try w.tanh()
          return [try Tensor.matmul(Tensor.matmul(x, weight).relu(), weight.transposed()).relu()]
        }, "weights of one step")
      #expect(names.contains("panels of 64×64"))
    }
  }
}
