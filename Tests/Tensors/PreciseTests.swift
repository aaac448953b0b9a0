import Glibc
import Testing

@testable import Tensors

extension EngineTests {
  /// What is worked out in double precision, held to plain loops; with the system's library and without.
  @Suite struct PreciseTests {
    /// Runs `body` with the library, and as if there were none.
    private func withAndWithoutLibrary(_ body: () throws -> Void) throws {
      defer { engine.options.multiplication = .whicheverIsFaster }
      for ignores in [false, true] {
        engine.options.multiplication = ignores ? .ownKernels : .whicheverIsFaster
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

    @Test(arguments: [(2, 1, 1), (5, 7, 3), (300, 270, 40), (256, 257, 13)])
    func meansOfKernelsAreThoseOfPlainSums(n: Int, m: Int, d: Int) throws {
      let x = try someTensor([n, d], scale: 0.5, shift: 20)
      let y = try someTensor([m, d], seed: 1, scale: 0.5, shift: 20)
      let (a, b) = (try x.floats().map(Double.init), try y.floats().map(Double.init))
      func mean(_ left: [Double], _ right: [Double]?, _ kernel: (ArraySlice<Double>, ArraySlice<Double>) -> Double) -> Double {
        let other = right ?? left
        var (sum, pairs) = (0.0, 0.0)
        for i in 0..<left.count / d {
          for j in 0..<other.count / d where right != nil || i != j {
            sum += kernel(left[i * d..<(i + 1) * d], other[j * d..<(j + 1) * d])
            pairs += 1
          }
        }
        return sum / pairs
      }
      let gaussian = { (p: ArraySlice<Double>, q: ArraySlice<Double>) in
        exp(-zip(p, q).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / 8)
      }
      let cubic = { (p: ArraySlice<Double>, q: ArraySlice<Double>) in
        pow(0.1 * zip(p, q).reduce(0) { $0 + $1.0 * $1.1 } - 2, 3)
      }
      try withAndWithoutLibrary {
        for (other, values) in [(nil, nil), (y, b)] as [(Tensor?, [Double]?)] {
          let found = [
            try Tensor.gaussianKernelMean(x, other, sigma: 2),
            try Tensor.polynomialKernelMean(x, other, degree: 3, scale: 0.1, offset: -2),
          ]
          for (number, expected) in zip(found, [mean(a, values, gaussian), mean(a, values, cubic)]) {
            #expect(abs(number - expected) <= 1e-12 * abs(expected))
          }
        }
      }
      #expect(tensorError { _ = try Tensor.gaussianKernelMean(x, y, sigma: 0) }?.title == "the width of a Gaussian is above 0")
      let single = try x.sliced(to: 1)
      #expect(tensorError { _ = try Tensor.gaussianKernelMean(single, nil, sigma: 1) } != nil)
    }

    @Test func frechetDistancesOfNearDistributionsKeepTheirDigits() throws {
      // Of y = s · x + t in each column the roots commute: the distance is |t|² + (s − 1)² tr S.
      let x = try someTensor([500, 6], scale: 1, shift: 1024)
      let values = try x.floats().map(Double.init)
      let moved = values.map { Float(1024 + ($0 - 1024) * 1.0078125 + 0.0009765625) }
      let y = try Tensor(moved, shape: [500, 6])
      let expected = try { () throws -> Double in
        let (a, b) = (values, moved.map(Double.init))
        var total = 0.0
        for column in 0..<6 {
          let (p, q) = ((0..<500).map { a[$0 * 6 + column] }, (0..<500).map { b[$0 * 6 + column] })
          let (mp, mq) = (p.reduce(0, +) / 500, q.reduce(0, +) / 500)
          let variance = p.reduce(0) { $0 + ($1 - mp) * ($1 - mp) } / 499
          total += (mp - mq) * (mp - mq) + 0.0078125 * 0.0078125 * variance
        }
        return total
      }()
      let found = try Tensor.frechetDistance(x, y)
      #expect(abs(found - expected) < 0.02 * expected)
      #expect(try Tensor.frechetDistance(x, x) < 1e-12)
    }

    @Test func assignmentsAreTheBestOfAll() throws {
      for seed in 0..<30 {
        let (n, m) = (1 + seed % 5, 5 + seed % 2)
        // Few different costs, so that there are ties.
        let costs = someNumbers(n * m, seed: seed).map { ($0 * (seed % 3 == 0 ? 3 : 1000)).rounded() }
        let found = try Tensor.assignment(Tensor(costs.map { Float($0) }, shape: [n, m])).floats().map { Int($0) }
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
      engine.options.multiplication = .ownKernels
      defer { engine.options.multiplication = .whicheverIsFaster }
      let error = tensorError { _ = try Tensor.eye(3).symmetricEigendecomposition() }
      #expect(error?.title == "the library for decompositions is missing")
      #expect(tensorError { _ = try Tensor.eye(3).singularValueDecomposition() } != nil)
      #expect(tensorError { _ = try Tensor.eye(3).singularValues() } != nil)
      #expect(tensorError { _ = try Tensor.frechetDistance(Tensor.eye(3), Tensor.eye(3)) } != nil)
    }

    @Test func longWorkCanBeInterrupted() throws {
      let x = try someTensor([600, 20])
      let costs = try Tensor.squaredDistances(x, x)
      try Tensor.realize([x, costs])
      let before = engine.shouldStop
      engine.shouldStop = { true }
      defer { engine.shouldStop = before }
      #expect(throws: Interrupted.self) { try Tensor.squaredDistances(x, x) }
      #expect(throws: Interrupted.self) { try Tensor.assignment(costs) }
      #expect(throws: Interrupted.self) { try x.covariance() }
      #expect(throws: Interrupted.self) { try costs.argsorted() }
    }
  }
}
