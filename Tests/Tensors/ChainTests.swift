import Testing

@testable import Tensors

extension EngineTests {
  /// Element-wise work that follows each block of the matrix it reads.
  @Suite struct ChainTests {
    /// The numbers of what `build` makes anew, and the chains that ran for them.
    private func run(_ build: () throws -> [Tensor], chains: Bool, threads: Int = 2) throws -> ([[Float]], chains: [String]) {
      var options = Planner.Options()
      options.chains = chains
      let run = try ObservedRun(options, threads: threads, build)
      return (run.numbers, run.kernels.filter { $0.contains(", then ") })
    }

    /// Holds a chain against the same work as two kernels, and one thread against two.
    private func expectChain(_ name: String, within bound: Double = 1e-5, _ build: () throws -> [Tensor]) throws {
      let (apart, kernels) = try run(build, chains: false)
      #expect(kernels.isEmpty)
      let (together, chained) = try run(build, chains: true)
      #expect(chained == [name])
      for (a, b) in zip(apart, together) { expectClose(b.map(Double.init), a.map(Double.init), within: bound, "\(name)") }
      let (alone, _) = try run(build, chains: true, threads: 1)
      #expect(alone.map { $0.map(\.bitPattern) } == together.map { $0.map(\.bitPattern) })
    }

    @Test func wholeRowsThatNoOneElseReads() throws {
      let (x, w, b) = (try someTensor([600, 80], seed: 1), try someTensor([80, 96], seed: 2), try someTensor([96], seed: 3))
      try expectChain("product 600×96×80, then add, leaky_relu") { [try (Tensor.matmul(x, w) + b).leakyRelu()] }
    }

    @Test func columnsOfFewRows() throws {
      // Blocks side by side, wider than a tile, the last one narrower; a bias along them.
      let (x, w, b) = (
        try someTensor([16, 300], seed: 1), try someTensor([300, 5000], seed: 2), try someTensor([5000], seed: 3)
      )
      try expectChain("product 16×5000×300, then add, relu") { [try (Tensor.matmul(x, w) + b).relu()] }
    }

    @Test func columnsOfFewRowsByATransposedSide() throws {
      let (x, w, b) = (
        try someTensor([60, 320], seed: 1), try someTensor([30000, 320], seed: 2), try someTensor([30000], seed: 3)
      )
      try expectChain("product 60×30000×320, then add, relu") { [try (Tensor.matmul(x, w.transposed()) + b).relu()] }
    }

    @Test func aMatrixThatIsKept() throws {
      let (x, w) = (try someTensor([600, 80], seed: 1), try someTensor([80, 96], seed: 2))
      try expectChain("product 600×96×80, then tanh") {
        let product = try Tensor.matmul(x, w)
        return [product, try product.tanh()]
      }
    }

    @Test func sumsInWhichBlocksMeet() throws {
      let (x, w, b) = (try someTensor([700, 80], seed: 1), try someTensor([80, 96], seed: 2), try someTensor([96], seed: 3))
      // Down the columns every block adds to each sum; along the rows none meets another.
      try expectChain("product 700×96×80, then add; sum", within: 1e-4) {
        [try (Tensor.matmul(x, w) + b).sum(axes: [0], keep: true)]
      }
      try expectChain("product 700×96×80, then add; max") { [try (Tensor.matmul(x, w) + b).max(axes: [1], keep: false)] }
      let columns = try someTensor([300, 5000], seed: 4)
      let rows = try someTensor([16, 300], seed: 5)
      try expectChain("product 16×5000×300, then square; sum", within: 1e-4) {
        [try Tensor.matmul(rows, columns).squared().sum(axes: [0], keep: false)]
      }
      try expectChain("product 16×5000×300, then square; sum", within: 1e-4) {
        [try Tensor.matmul(rows, columns).squared().sum(axes: [1], keep: false)]
      }
    }

    @Test func aMatrixSeenAsImages() throws {
      let (x, w, c) = (try someTensor([64, 80], seed: 1), try someTensor([80, 49 * 32], seed: 2), try someTensor([32], seed: 3))
      let name = "product 64×1568×80, then add, relu"
      // Channels do not fill a block's columns: it stays two kernels, unless blocks are whole rows.
      let build = { [try (Tensor.matmul(x, w).reshaped([64, 7, 7, 32]) + c).relu()] }
      let (apart, _) = try run(build, chains: false)
      let (together, kernels) = try run(build, chains: true)
      #expect(kernels == [] || kernels == [name])
      expectClose(together[0].map(Double.init), apart[0].map(Double.init), within: 1e-5, "images")
    }

    @Test func sumsOfProducts() throws {
      // As a weight's derivative by several batches: rows of the result in blocks, each added up in its place.
      let (a, b) = (try someTensor([64, 1200], seed: 1), try someTensor([64, 300], seed: 2))
      let (c, d) = (try someTensor([64, 1200], seed: 3), try someTensor([64, 300], seed: 4))
      let weights = try someTensor([1200, 300], seed: 5)
      try expectChain("2 × product 1200×300×64, then multiply, subtract") {
        [try weights - (Tensor.matmul(a.transposed(), b) + Tensor.matmul(c.transposed(), d)) * 0.1]
      }
    }

    @Test func sumsOfProductsByTheLibrary() throws {
      engine.options.multiplication = .library
      defer { engine.options.multiplication = .whicheverIsFaster }
      let (a, b) = (try someTensor([72, 1100], seed: 1), try someTensor([72, 310], seed: 2))
      let (c, d) = (try someTensor([72, 1100], seed: 3), try someTensor([72, 310], seed: 4))
      try expectChain("2 × product 1100×310×72, then tanh") {
        [try (Tensor.matmul(a.transposed(), b) + Tensor.matmul(c.transposed(), d)).tanh()]
      }
    }

    @Test func sumsOfProductsThatLieInAnyWay() throws {
      // Blocks side by side, terms of different lengths, and what an optimizer reads and writes beside the derivative.
      engine.options.multiplication = .ownKernels
      defer { engine.options.multiplication = .whicheverIsFaster }
      let (a, b) = (try someTensor([70, 100], seed: 1), try someTensor([70, 2300], seed: 2))
      let (c, d) = (try someTensor([100, 33], seed: 3), try someTensor([2300, 33], seed: 4))
      let (weights, moment) = (try someTensor([100, 2300], seed: 5), try someTensor([100, 2300], seed: 6))
      try expectChain("2 × product 100×2300×70, then multiply ×3, add, subtract") {
        let derivative = try Tensor.matmul(a.transposed(), b) + Tensor.matmul(c, d.transposed())
        let new = try moment * 0.9 + derivative * 0.1
        return [new, try weights - new * 0.01]
      }
      try expectChain("2 × product 100×2300×70, then square") {
        let sum = try Tensor.matmul(a.transposed(), b) + Tensor.matmul(c, d.transposed())
        return [sum, try sum.squared()]
      }
    }

    @Test(arguments: [1, 32]) func convolutions(channels: Int) throws {
      // By patches, and by tiles.
      let (x, w) = (try someTensor([12, 14, 14, channels], seed: 1), try someTensor([4, 4, channels, 64], seed: 2))
      let (y, b) = (try someTensor([12, 7, 7, 64], seed: 3), try someTensor([64], seed: 4))
      for (build, ending) in [
        ({ [try (Tensor.convolution(x, w, stride: (2, 2)) + b).leakyRelu()] }, "add, leaky_relu"),
        ({ [try (Tensor.convolution(x, w, stride: (2, 2)) + b).sum(axes: [0, 1, 2], keep: true)] }, "add; sum"),
        ({ [try Tensor.transposedConvolution(y, w, stride: (2, 2)).tanh()] }, "tanh"),
      ] as [(() throws -> [Tensor], String)] {
        let (apart, _) = try run(build, chains: false)
        let (together, kernels) = try run(build, chains: true)
        #expect(kernels.count == 1 && kernels.allSatisfy { $0.hasSuffix("then \(ending)") })
        expectClose(together[0].map(Double.init), apart[0].map(Double.init), within: 1e-4, "\(ending)")
      }
    }

    @Test func whatWaitsForTheMatrixStaysBehind() throws {
      // The sum reads the product, and the last step reads both: it cannot run with the product's blocks.
      let (x, w) = (try someTensor([600, 80], seed: 1), try someTensor([80, 96], seed: 2))
      let (outputs, kernels) = try run(
        {
          let product = try Tensor.matmul(x, w)
          return [try product / product.squared().sum().sqrt()]
        }, chains: true)
      #expect(kernels == ["product 600×96×80, then square; sum"])
      let norm = outputs[0].reduce(0.0) { $0 + Double($1) * Double($1) }
      expectClose([norm], [1], within: 1e-5, "norm")
    }
  }
}
