import Testing

@testable import Tensors

extension Engine {
  /// What is worked out in double precision, held to plain loops; with the system's library and without.
  @Suite struct PreciseTests {
    /// Runs `body` with the library, and as if there were none.
    private func withAndWithoutLibrary(_ body: () throws -> Void) throws {
      defer { Multiplication.choice = .whicheverIsFaster }
      for ignores in [false, true] {
        Multiplication.choice = ignores ? .ownKernels : .whicheverIsFaster
        try body()
      }
    }

    @Test(arguments: [(1, 1, 1), (5, 7, 3), (300, 270, 40), (257, 513, 12), (256, 256, 13)])
    func distancesAreRightToTheLastBits(n: Int, m: Int, d: Int) throws {
      let x = try someTensor([n, d], scale: 0.1, shift: 50)
      let y = try someTensor([m, d], seed: 1, scale: 0.1, shift: 50)
      let (a, b) = (try x.floats().map(Double.init), try y.floats().map(Double.init))
      try withAndWithoutLibrary {
        let found = try Tensor.squaredDistances(x, y).floats()
        for i in 0..<n {
          for j in 0..<m {
            let expected = (0..<d).reduce(0.0) { $0 + (a[i * d + $1] - b[j * d + $1]) * (a[i * d + $1] - b[j * d + $1]) }
            if abs(Double(found[i * m + j]) - expected) > 2e-7 * expected { Issue.record("[\(i), \(j)] of \(n), \(m), \(d)") }
          }
        }
        let own = try Tensor.squaredDistances(x, x).floats()
        #expect((0..<n).allSatisfy { own[$0 * n + $0] == 0 })
      }
    }

    @Test func covariancesAgreeWithPlainSums() throws {
      let x = try someTensor([2500, 5], scale: 0.01, shift: 100)
      let values = try x.floats().map(Double.init)
      let means = (0..<5).map { column in (0..<2500).reduce(0.0) { $0 + values[$1 * 5 + column] } / 2500 }
      try withAndWithoutLibrary {
        let found = try x.covariance().floats()
        for i in 0..<5 {
          for j in 0..<5 {
            let products = (0..<2500).map { (values[$0 * 5 + i] - means[i]) * (values[$0 * 5 + j] - means[j]) }
            #expect(abs(Double(found[i * 5 + j]) - products.reduce(0, +) / 2499) < 1e-10)
          }
        }
      }
    }

    @Test func assignmentsAreTheBestOfAll() throws {
      for seed in 0..<30 {
        let (n, m) = (1 + seed % 5, 5 + seed % 2)
        // Few different costs, so that there are ties.
        let costs = someNumbers(n * m, seed: seed).map { ($0 * (seed % 3 == 0 ? 3 : 1000)).rounded() }
        let found = try Tensor.assignment(Tensor(costs.map { Float($0) }, shape: [n, m]))
        #expect(Set(found).count == n)
        let cost = found.enumerated().reduce(0.0) { $0 + costs[$1.offset * m + $1.element] }
        #expect(cost == least(costs, n, m, row: 0, taken: []), "seed \(seed)")
      }
    }

    /// The least cost of the rows from `row` on, by trying everything.
    private func least(_ costs: [Double], _ n: Int, _ m: Int, row: Int, taken: Set<Int>) -> Double {
      guard row < n else { return 0 }
      return (0..<m).filter { !taken.contains($0) }.reduce(.infinity) {
        min($0, costs[row * m + $1] + least(costs, n, m, row: row + 1, taken: taken.union([$1])))
      }
    }

    @Test func decompositionsWithoutTheLibraryAreErrors() throws {
      Multiplication.choice = .ownKernels
      defer { Multiplication.choice = .whicheverIsFaster }
      let error = tensorError { _ = try Tensor.eye(3).symmetricEigendecomposition() }
      #expect(error?.title == "the library for decompositions is missing")
      #expect(tensorError { _ = try Tensor.eye(3).singularValueDecomposition() } != nil)
      #expect(tensorError { _ = try Tensor.eye(3).singularValues() } != nil)
    }

    @Test func longWorkCanBeInterrupted() throws {
      let x = try someTensor([600, 20])
      let costs = try Tensor.squaredDistances(x, x)
      try Tensor.realize([x, costs])
      let before = Executor.shouldStop
      Executor.shouldStop = { true }
      defer { Executor.shouldStop = before }
      #expect(throws: Interrupted.self) { try Tensor.squaredDistances(x, x) }
      #expect(throws: Interrupted.self) { try Tensor.assignment(costs) }
      #expect(throws: Interrupted.self) { try x.covariance() }
      #expect(throws: Interrupted.self) { try costs.argsorted() }
    }
  }
}
