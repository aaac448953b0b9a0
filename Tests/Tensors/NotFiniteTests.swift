import TestSupport
import Testing

@testable import Tensors

extension EngineTests {
  /// What is not finite stays where plain sums have it.
  @Suite struct NotFinite {
    private func filled(_ shape: [Int], seed: Int, _ odd: (place: Int, value: Float)?) throws -> Node {
      var floats = try someTensor(shape, seed: seed).floats()
      if let odd { floats[odd.place % floats.count] = odd.value }
      return try Tensor(floats, shape: shape).node
    }

    private func wrong(_ node: Node) throws -> Int {
      let expected = Oracle().values([node])[0]
      try engine.realize([node])
      let storage = try #require(node.storage)
      return zip(storage.buffer, expected).count { found, wanted in
        wanted.isFinite ? !(abs(Double(found) - wanted) < 1e-3) : found.isNaN != wanted.isNaN
      }
    }

    /// Panels are filled up with zeros, which must meet nothing that counts.
    @Test(arguments: [
      [1, 1, 1], [1, 100, 7], [3, 5, 2], [17, 33, 65], [64, 300, 130], [70, 3, 200], [256, 128, 2], [5, 1, 9], [200, 70, 3],
      [2, 257, 300], [100, 16, 513], [13, 1000, 31],
    ]) func productsSpreadItOverRowsAndColumnsAlone(sizes: [Int]) throws {
      let (m, n, k) = (sizes[0], sizes[1], sizes[2])
      var random = SplitMix(state: UInt64(m * 1000 + n))
      for (left, right) in [(false, false), (true, false), (false, true), (true, true)] {
        for value in [Float.nan, .infinity] {
          for side in 0..<2 {
            let odd = (place: random.below(1 << 20), value: value)
            let a = try filled(left ? [k, m] : [m, k], seed: 1, side == 0 ? odd : nil)
            let b = try filled(right ? [n, k] : [k, n], seed: 2, side == 1 ? odd : nil)
            let product = Node.matmul(a, b, transposeLeft: left, transposeRight: right)
            #expect(try wrong(product) == 0, "\(sizes), \(left) \(right), \(value) on side \(side)")
          }
        }
      }
    }

    @Test(arguments: [1, 2, 3], [Padding.same, .valid]) func convolutionsOfPatchesSpreadItAsFarAsTheKernelReaches(
      stride: Int, padding: Padding
    ) throws {
      var random = SplitMix(state: 3)
      for value in [Float.nan, .infinity] {
        let odd = (place: random.below(1 << 20), value: value)
        let axis = try #require(ConvolutionGeometry.Axis(input: 9, kernel: 3, stride: stride, padding: padding))
        let geometry = ConvolutionGeometry(height: axis, width: axis)
        let filter = try filled([3, 3, 2, 5], seed: 3, nil)
        #expect(try wrong(Node.convolution(try filled([2, 9, 9, 2], seed: 1, odd), filter, geometry)) == 0)
        let y = try filled([2, axis.output, axis.output, 5], seed: 2, odd)
        #expect(try wrong(Node.convolutionByInput(y, filter, geometry)) == 0)
      }
    }

    /// Neither x − x nor x · 0 nor x / x is simplified, and what is shut passes nothing.
    @Test func arithmeticIsNotSimplifiedAway() throws {
      let x = try Tensor([.infinity, .nan, 2], shape: [3])
      func isNaN(_ y: Tensor) throws -> [Bool] { try y.floats().map(\.isNaN) }
      #expect(try isNaN(x - x) == [true, true, false])
      #expect(try isNaN(x * 0) == [true, true, false])
      #expect(try isNaN(x / x) == [true, true, false])
      #expect(try isNaN(x.detached() * 0 + 1) == [true, true, false])
      #expect(try isNaN((x * 0).sum(axes: [0])) == [true])
      #expect(try x.power(0).floats() == [1, 1, 1])
      let shut = try Tensor([-1, -2, 4], shape: [3])
      let functions: [(Tensor) throws -> Tensor] = [
        { try $0.relu() }, { try Tensor.combine(.maximum, $0, Tensor(scalar: 0)) }, { try $0.clipped(low: 0, high: 9) },
        { try $0.sliced(from: 2).padded(before: [2], after: [0]) },
      ]
      for function in functions {
        // The slope of the root of 0 is infinite.
        let slope = try gradients(of: function(shut).sqrt().sum(), withRespectTo: [shut])[0]
        #expect(try slope.floats() == [0, 0, 0.25])
      }
    }

    @Test func remaindersOfFillsAndTensorsAgree() throws {
      for (x, y) in [(5.0, 3.0), (-5, 3), (0.75, 0.125), (-1, .infinity), (1e8, 7)] {
        let folded = try Tensor.combine(.remainder, Tensor.fill(x, shape: [1]), y)
        let computed = try Tensor.combine(.remainder, Tensor([Float(x)], shape: [1]), y)
        #expect(try folded.floats() == computed.floats())
      }
    }

    @Test func masksAreKnownByTheirMaking() throws {
      let x = try Tensor([1, 2, 3, 4], shape: [2, 2])
      let mask = try Tensor.combine(.greater, x, 2)
      let other = try Tensor.combine(.equal, x, x)
      let kept: [Tensor] = [
        mask, other, try x.map(.isNaN), try mask * other, try Tensor.combine(.maximum, mask, other), try 1 - mask,
        try mask.reshaped([4]), try mask.transposed(), try mask.element(0), try mask.sliced(to: 1), try mask.flipped(),
        try mask.taken([0, 0]), try Tensor.concat([mask, other]), try Tensor.stack([mask, other]), try mask.detached(),
        try mask.max(axes: [0]), try mask.padded(before: [1, 0], after: [0, 0]), try mask.tiled([2, 1]),
        try Tensor.where(other, mask, Tensor(scalar: 0)), try mask.expanded(axis: 0), try mask.split(sizes: [1, 1])[1],
      ]
      let areKept = kept.allSatisfy(\.isMask)
      #expect(areKept)
      let lost: [Tensor] = [
        x, try mask + other, try mask * 1, try mask * x, try -mask, try mask.sum(), try mask.mean(),
        try Tensor.concat([mask, x]),
        try Tensor.where(other, mask, x), try mask.padded(before: [1, 0], after: [0, 0], value: 2), try mask - other,
        try Tensor([0, 1], shape: [2]),
      ]
      let isAnyKept = lost.contains(where: \.isMask)
      #expect(!isAnyKept)
    }
  }
}
