import TestSupport
import Testing

@testable import Tensors

extension EngineTests {
  /// What the runtime computes, held to the oracle.
  @Suite struct Results {
    @Test func ofRandomGraphsAgreeWithTheOracle() throws {
      for seed in 0..<200 {
        var random = SplitMix(state: UInt64(seed))
        let (roots, inputs) = try randomGraph(&random)
        let y = try weightedSum(roots, seed: seed)
        let all = try roots + [y] + gradients(of: y, withRespectTo: inputs)
        let expected = all.map { Oracle().values($0) }
        try Tensor.realize(all)
        for (tensor, values) in zip(all, expected) {
          expectClose(try tensor.floats().map(Double.init), values, within: 2e-4, "graph \(seed), shape \(tensor.shape)")
        }
      }
    }

    /// A small graph of operations of all kinds, whose numbers stay tame.
    private func randomGraph(_ random: inout SplitMix) throws -> (roots: [Tensor], inputs: [Tensor]) {
      let (n, m) = (1 + random.below(5), 1 + random.below(20))
      let inputs = [
        try someTensor([n, m], seed: random.below(1000)), try someTensor([m, n], seed: random.below(1000)),
        try someTensor([m], seed: random.below(1000)), try someTensor([1, 5, 4, 2], seed: random.below(1000)),
        try someTensor([3, 2, 2, 3], seed: random.below(1000)),
      ]
      var pool = inputs
      for _ in 0..<(4 + random.below(12)) {
        let x = pool[random.below(pool.count)]
        let y = pool[random.below(pool.count)]
        if let made = try? random.below(2) == 0 ? oneOperand(x, &random) : twoOperands(x, y, &random), made.count < 5000 {
          pool.append(made)
        }
      }
      return (Array(pool.dropFirst(inputs.count).suffix(4)), inputs)
    }

    private func oneOperand(_ x: Tensor, _ random: inout SplitMix) throws -> Tensor {
      guard x.rank > 0 else { return try x.tanh() }
      let axis = random.below(x.rank)
      switch random.below(22) {
      case 0: return try x.tanh()
      case 1: return try x.sigmoid()
      case 2: return try x.softplus()
      case 3: return try x.leakyRelu(slope: 0.2)
      case 4: return try x.sin()
      case 5: return try (x.squared() + 0.5).map(.rsqrt)
      case 6: return try (x.squared() + 0.1).sqrt()
      case 7: return try x.sum(axes: [axis], keep: true) * 0.25
      case 8: return try x.mean(axes: [axis])
      case 9: return try x.max(axes: [axis])
      case 10: return try x.transposed()
      case 11: return try x.reshaped([-1])
      case 12: return try x.sliced(axis: axis, from: random.below(2), step: 1 + random.below(2))
      case 13: return try x.flipped(axes: [axis])
      case 14: return try x.expanded(axis: axis)
      case 15: return try x.softmax(axis: axis)
      case 16: return try x.logSumExp(axes: [axis])
      case 17:
        let none = [Int](repeating: 0, count: x.rank)
        var before = none
        before[axis] = 1 + random.below(2)
        return try x.padded(before: before, after: none, value: random.below(2) == 0 ? 0 : 0.5)
      case 18: return try x.taken([0, x.shape[axis] - 1, 0], axis: axis)
      case 19: return try x.detached() * 0.5
      case 20: return try x.variance(axes: [axis], keep: true)
      default: return try x.cumulativeSum(axis: axis) * 0.1
      }
    }

    private func twoOperands(_ x: Tensor, _ y: Tensor, _ random: inout SplitMix) throws -> Tensor {
      switch random.below(10) {
      case 0: return try x + y
      case 1: return try x * y
      case 2: return try x - y * 0.5
      case 3: return try x / (y.squared() + 1)
      case 4: return try Tensor.combine(.maximum, x, y)
      case 5: return try Tensor.where(Tensor.combine(.greater, x, y), x, y.sin())
      case 6: return try Tensor.matmul(x, y) * 0.3
      case 7: return try Tensor.matmul(x.transposed(), y) * 0.3
      case 8: return try Tensor.convolution(x, y, stride: (1 + random.below(3), 1 + random.below(2))) * 0.3
      default: return try Tensor.concat([x, y], axis: 0)
      }
    }

    @Test(arguments: [Distribution.uniform, .normal, .truncatedNormal])
    func ofChanceAreTheOracles(distribution: Distribution) throws {
      let tensor = Tensor(Node.random(distribution, try Shape([1003]), RandomKey(seed: 0x1234_5678_9abc_def0, stream: 77)))
      let expected = Oracle().values(tensor)
      expectClose(try tensor.floats().map(Double.init), expected, within: 2e-6)
    }

    @Test(arguments: UnaryFunction.all) func ofFunctionsOfOneNumberAreRightEverywhere(function: UnaryFunction) throws {
      let (name, absolute) = (function.definition.name, Float(function.definition.samples.absolute))
      let special: [Float] = [
        0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 1e-30, -1e-30, 1e-6, 20, -20, 88, -88, 100, -104, 1e10, -1e10, .infinity,
        -.infinity, .nan, 3.14159274, 1e-40,
      ]
      let random = someNumbers(1000).map { Float($0 * 12) }
      let x = try Tensor(special + random, shape: [special.count + random.count])
      for parameter in function.sampleParameters {
        let found = try x.map(function, parameter: parameter).floats()
        for (index, input) in (special + random).enumerated() {
          // Results below the smallest normal number may be flushed to 0.
          let expected = Float(function(Double(input), parameter: Double(parameter)))
          let close =
            found[index] == expected || (found[index].isNaN && expected.isNaN)
            || abs(found[index] - expected) <= max(4e-6 * abs(expected) + 1.2e-38, absolute)
            || (abs(expected) > 3e38 && found[index].isInfinite)
          #expect(close, "\(name)(\(input)) is \(found[index]), not \(expected)")
        }
      }
    }
  }
}
