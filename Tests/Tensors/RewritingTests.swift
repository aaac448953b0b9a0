import Testing

@testable import Tensors

extension EngineTests {
  /// Builders rewrite what they are given; the numbers and the derivatives are those of what was written.
  @Suite struct RewritingTests {
    @Test(arguments: 0..<300) func randomGraphsKeepTheirValues(seed: Int) throws {
      for output in try RandomGraph.outputs(seed: 20_000 + seed, size: 4 + seed % 40, largest: 400) {
        #expect(output.built.shape == output.raw.shape)
        let (found, expected) = (Oracle().values([output.built])[0], Oracle().values([output.raw])[0])
        expectClose(found, expected, within: 1e-9, "seed \(seed), \(output.raw.operation)")
      }
    }

    /// Derivatives of the graph that has been rewritten, to the second order, against differences of the one that has not.
    @Test func randomGraphsKeepTheirDerivatives() throws {
      var (held, kinks) = (0, 0)
      for seed in 0..<400 {
        var graph = RandomGraph(seed: 30_000 + seed, largest: 60)
        for _ in 0..<(2 + seed % 12) { try graph.add() }
        guard let y = try graph.outputs().last.map(total), !graph.leaves.isEmpty else { continue }
        switch try check(y, by: graph.leaves, seed: seed) {
        case .agrees: held += 1
        case .isNearAKink: kinks += 1
        case .differs(let text): Issue.record("seed \(seed): \(text)")
        }
      }
      #expect(held > 250 && kinks < held / 10, "\(held) held, \(kinks) near a kink")
    }

    private enum Outcome {
      case agrees, isNearAKink
      case differs(String)
    }

    /// A number made of all numbers of `x`, each with a weight of its own.
    private func total(_ x: Twin) throws -> Twin {
      let weights = Twin(leaf: try someTensor(x.sizes, seed: 7).node)
      let axes = Array(x.sizes.indices)
      let product = Twin.combine(.multiply, x, weights)
      return (axes.isEmpty ? product : try product.reduced(.sum, axes: axes)).reshaped(.scalar)
    }

    private func check(_ y: Twin, by leaves: [Node], seed: Int) throws -> Outcome {
      let points = leaves.map { $0.storage.map { $0.buffer.map(Double.init) } ?? [] }
      let (u, v) = (
        leaves.indices.map { someNumbers(points[$0].count, seed: 1000 + seed + $0) },
        leaves.indices.map { someNumbers(points[$0].count, seed: 5000 + seed + $0) }
      )
      /// y where the leaves have moved by s · u + t · v.
      func value(_ s: Double, _ t: Double) -> Double {
        var replacements: [ObjectIdentifier: [Double]] = [:]
        for (number, leaf) in leaves.enumerated() {
          replacements[ObjectIdentifier(leaf)] = points[number].indices.map {
            points[number][$0] + s * u[number][$0] + t * v[number][$0]
          }
        }
        return Oracle(replacements: replacements).values([y.raw])[0][0]
      }
      func first(_ h: Double) -> Double { (value(h, 0) - value(-h, 0)) / (2 * h) }
      func second(_ h: Double) -> Double { (value(h, h) - value(h, -h) - value(-h, h) + value(-h, -h)) / (4 * h * h) }

      let slopes = try Graph.gradients(of: y.built, leaves)
      let found = along(u, slopes)
      let scale = max(1, abs(value(0, 0)), abs(found))
      let kink = { (a: Double, b: Double) in !(abs(a - b) <= 1e-3 * max(scale, abs(a))) }
      let steps = (first(1e-5), first(2e-6))
      if !(abs(found - steps.0) <= 1e-5 * scale) {
        return kink(steps.0, steps.1) ? .isNearAKink : .differs("the slope is \(found), not \(steps.0)")
      }
      // The slope along v, differentiated along u.
      var along: Node?
      for (slope, direction) in zip(slopes, v) {
        guard let slope else { continue }
        let weights = Node(storage: try Storage(copying: direction.map { Float($0) }), shape: slope.shape)
        let term = Node.reshape(Node.reduce(.sum, slope * weights, axes: Array(slope.shape.dimensions.indices)), to: .scalar)
        along = along.map { $0 + term } ?? term
      }
      guard let along else { return .agrees }
      let curvature = self.along(u, try Graph.gradients(of: along, leaves))
      let differences = (second(2e-4), second(1e-4))
      let bound = 1e-4 * max(scale, abs(curvature))
      if abs(curvature - differences.0) <= bound { return .agrees }
      return abs(differences.0 - differences.1) > bound
        ? .isNearAKink : .differs("the second slope is \(curvature), not \(differences.0)")
    }

    /// The sum of the slopes' numbers times those of a direction.
    private func along(_ direction: [[Double]], _ slopes: [Node?]) -> Double {
      zip(slopes, direction).reduce(0) { sum, pair in
        guard let slope = pair.0 else { return sum }
        return sum + zip(Oracle().values([slope])[0], pair.1).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }

    /// Every function of a tensor and a number that is rewritten for some numbers.
    @Test(arguments: BinaryFunction.all) func numbersBesideATensorAreNoSpecialCase(function: BinaryFunction) throws {
      let numbers = [-3, -2, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 1.5, 2, 3]
      for interval in [0.5...1.9, -1.9 ... -0.6] {
        let leaf = Twin(leaf: try someTensor([7], seed: 3, in: interval).node)
        for number in numbers {
          for x in [leaf, leaf.map(.negate)] {
            let fill = Twin.fill(number, x.shape)
            let name = function.definition.name
            for (twin, text) in [
              (Twin.combine(function, x, fill), "\(name) of x and \(number)"),
              (Twin.combine(function, fill, x), "\(name) of \(number) and x"),
              (Twin.combine(function, x, x), "\(name) of x and x"),
              (Twin.combine(function, x, leaf.map(.negate)), "\(name) of x and a negative"),
            ] {
              let (found, expected) = (Oracle().values([twin.built])[0], Oracle().values([twin.raw])[0])
              expectClose(found, expected, within: 1e-12, "\(text), x in \(interval)")
            }
          }
        }
      }
    }

    @Test func powersAreThoseOfTheExponent() throws {
      for exponent in [-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3] {
        let x = try Tensor([0.25, 4, 9], shape: [3])
        let expected = BinaryFunction.power.of([0.25, 4, 9], exponent)
        expectClose(try x.power(exponent).floats().map(Double.init), expected, within: 1e-6, "x ^ \(exponent)")
      }
    }

    @Test func repetitionsCountInASum() throws {
      let v = try Tensor([1, 2], shape: [2, 1])
      let c = try someTensor([2, 4])
      let slope = try gradients(of: (c + v).sum(axes: [1]).squared().sum(), withRespectTo: [v])[0]
      let rows = try (c + v).sum(axes: [1]).floats().map(Double.init)
      expectClose(try slope.floats().map(Double.init), rows.map { 8 * $0 }, within: 1e-5)
    }

    /// The greatest comes last, so where the bounds are exchanged it decides.
    @Test func boundsThatAreExchangedGiveTheUpperOne() throws {
      let x = try Tensor([-5, 0, 1.5, 5], shape: [4])
      #expect(try x.clipped(low: 2, high: 1).floats() == [1, 1, 1, 1])
      #expect(try x.clipped(low: -1, high: 1).floats() == [-1, 0, 1, 1])
    }
  }
}

extension BinaryFunction {
  fileprivate func of(_ left: [Double], _ right: Double) -> [Double] { left.map { self($0, right) } }
}
