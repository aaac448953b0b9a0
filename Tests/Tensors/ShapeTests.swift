import Base
import Testing

@testable import Tensors

extension EngineTests {
  @Suite struct Shapes {
    @Test func tooLargeTensorsAreRefusedAtOnce() throws {
      let error = tensorError { _ = try Tensor.fill(0, shape: [1_000_000, 1_000_000, 1_000_000]) }
      #expect(error?.title == "the tensor is too large for this machine")
      #expect(error?.operands.first?.text == "[1000000, 1000000, 1000000] would need 4 EB")
      #expect(tensorError { _ = try Tensor.fill(0, shape: [Int.max, Int.max]) } != nil)
      #expect(tensorError { _ = try Tensor.fill(0, shape: [Int.max, 0]) } != nil)
      #expect(tensorError { _ = try Tensor.fill(0, shape: [-1]) }?.title == "a shape has no negative sizes")
      let row = try someTensor([1, 100_000])
      #expect(tensorError { _ = try Tensor.matmul(row.reshaped([100_000, 1]).tiled([100, 1]), row) } != nil)
      #expect(tensorError { _ = try row.broadcasted(to: [1 << 30, 100_000]) } != nil)
      #expect(tensorError { _ = try row.padded(before: [1 << 39, 0], after: [1 << 39, 0]) } != nil)
    }

    @Test func whatFitsTheMachineButNotItsFreeMemoryIsAnErrorToo() throws {
      let side = (Memory.physical / 4 * 0.97).squareRoot()
      let large = try Tensor.fill(1, shape: [Int(side), Int(side)])
      #expect(tensorError { try large.realize() }?.title == "there is not enough memory")
      let half = try Tensor.fill(1, shape: [Int(side * 0.75), Int(side * 0.75)])
      #expect(tensorError { try Tensor.realize([half * Tensor(scalar: 2), half * Tensor(scalar: 3)]) } != nil)
    }

    @Test func matrixProductsSayWhatDoesNotFit() throws {
      let error = tensorError { _ = try Tensor.matmul(someTensor([64, 100]), someTensor([128, 10])) }
      #expect(
        error
          == TensorError(
            title: "the shapes do not fit a matrix product", operands: [("left", "[64, 100]"), ("right", "[128, 10]")],
            advice: "The last axis of the left side (100) must equal the first axis of the right side (128)."))
    }

    @Test func twoShapesAreBroadcastAsAnyNumberOfThem() throws {
      let sizes = [
        [], [0], [1], [2], [3], [1, 1], [1, 3], [2, 1], [2, 3], [3, 2], [0, 3], [1, 0], [2, 1, 3], [1, 2, 1], [4, 2, 3],
      ]
      let shapes = try sizes.map { try Shape($0) }
      for left in shapes {
        for right in shapes {
          var (short, long): (Shape?, Shape?)
          let shortError = tensorError { short = try Shape.broadcast(left, right) }
          let longError = tensorError { long = try Shape.broadcast([("left", left), ("right", right)]) }
          #expect(short == long && shortError == longError, "\(left) and \(right)")
        }
      }
    }

    @Test func aMatrixProductOfNothingIsAsLargeAsAnyOther() throws {
      #expect(try Tensor.matmul(someTensor([0, 3]), someTensor([3, 2])).shape.dimensions == [0, 2])
      #expect(try Tensor.matmul(someTensor([2, 0]), someTensor([0, 3])).floats() == [Float](repeating: 0, count: 6))
      let error = tensorError { _ = try Tensor.matmul(Tensor.fill(0, shape: [1 << 39, 0]), Tensor.fill(0, shape: [0, 0])) }
      #expect(error?.title == "the tensor is too large for this machine")
    }

    @Test func aRunningMeanIsThatOfItsFormula() throws {
      let (before, x) = (try someTensor([3, 4]), try someTensor([3, 4], seed: 1))
      for decay in [0, 0.5, 0.9, 1] {
        let mean = try before.runningMean(after: x, decay: decay)
        #expect(try mean.floats() == (before * decay + x * (1 - decay)).floats())
      }
      #expect(try before.runningMean(after: someTensor([4]), decay: 0.5).shape == before.shape)
      #expect(tensorError { _ = try before.runningMean(after: someTensor([3]), decay: 0.5) } != nil)
    }

    @Test func broadcastingFollowsNumPy() throws {
      #expect(try (someTensor([3, 1]) + someTensor([2, 1, 4])).shape.dimensions == [2, 3, 4])
      #expect(try (someTensor([0, 1]) + someTensor([5])).shape.dimensions == [0, 5])
      let error = tensorError { _ = try someTensor([2, 3]) + someTensor([2]) }
      #expect(error?.title == "the shapes do not fit together")
      #expect(error?.operands.map(\.text) == ["[2, 3]", "[2]"])
    }

    @Test func resultsHaveTheRightShapes() throws {
      let x = try someTensor([2, 3, 4])
      #expect(try x.sum(axes: [0, -1]).shape.dimensions == [3])
      #expect(try x.sum(axes: [1], keep: true).shape.dimensions == [2, 1, 4])
      #expect(try x.reshaped([-1, 6]).shape.dimensions == [4, 6])
      #expect(try x.transposed().shape.dimensions == [4, 3, 2])
      #expect(try x.element(1).shape.dimensions == [3, 4])
      #expect(try x.sliced(axis: 2, from: 1, to: 10).shape.dimensions == [2, 3, 3])
      #expect(try x.sliced(axis: 2, from: 3, to: 1).shape.dimensions == [2, 3, 0])
      #expect(try x.sliced(axis: 2, step: -3).shape.dimensions == [2, 3, 2])
      #expect(try Tensor.stack([x, x], axis: -1).shape.dimensions == [2, 3, 4, 2])
      #expect(try x.taken([0, 2, 2, 1], axis: 1).shape.dimensions == [2, 4, 4])
      #expect(try x.split(sizes: [1, 2], axis: 1).map(\.shape.dimensions) == [[2, 1, 4], [2, 2, 4]])
      #expect(try Tensor.matmul(x, someTensor([4, 5])).shape.dimensions == [2, 3, 5])
      #expect(try Tensor.matmul(someTensor([3]), someTensor([3])).shape == .scalar)
    }

    @Test func movementPutsNumbersInTheirPlaces() throws {
      let x = try Tensor([0, 1, 2, 3, 4, 5], shape: [2, 3])
      func values(_ tensor: Tensor) -> [Double] { Oracle().values(tensor) }
      #expect(values(try x.transposed()) == [0, 3, 1, 4, 2, 5])
      #expect(values(try x.flipped(axes: [1])) == [2, 1, 0, 5, 4, 3])
      #expect(values(try x.sliced(axis: 1, from: -1, step: -2)) == [2, 0, 5, 3])
      #expect(values(try x.taken([1, -1, 0])) == [3, 4, 5, 3, 4, 5, 0, 1, 2])
      #expect(values(try x.tiled([1, 2])) == [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5])
      #expect(values(try x.padded(before: [0, 1], after: [1, 0], value: 9)) == [9, 0, 1, 2, 9, 3, 4, 5, 9, 9, 9, 9])
      #expect(values(try x.cumulativeSum()) == [0, 1, 3, 3, 7, 12])
      #expect(values(try x.cumulativeSum(axis: 0)) == [0, 1, 2, 3, 5, 7])
      #expect(values(try Tensor([1, 7, 7, 2], shape: [4]).argmax()) == [1])
      #expect(values(try Tensor([1, 7, .nan, 2], shape: [4]).argmax()) == [2])
      #expect(values(try Tensor.arange(from: 0, to: 1, step: 0.25)) == [0, 0.25, 0.5, 0.75])
      #expect(values(try Tensor.linspace(-1, 1, count: 3)) == [-1, 0, 1])
      #expect(values(try Tensor.eye(2)) == [1, 0, 0, 1])
      #expect(values(try Tensor.oneHot([1, 0], classes: 3)) == [0, 1, 0, 1, 0, 0])
      #expect(values(try Tensor([3, 1, 2], shape: [3]).sorted()) == [1, 2, 3])
      #expect(values(try Tensor([3, 1, 2, 5], shape: [4]).median()) == [2.5])
    }

    @Test func wrongRequestsAreErrors() throws {
      let x = try someTensor([2, 3])
      let requests: [() throws -> Tensor] = [
        { try x.reshaped([4, -1]) }, { try x.reshaped([-1, -1]) }, { try x.reshaped([7]) }, { try x.sum(axes: [2]) },
        { try x.sum(axes: [0, -2]) }, { try x.transposed([0, 0]) }, { try x.element(2) }, { try x.element(Int.min) },
        { try x.sliced(step: 0) }, { try x.sliced(step: Int.min) }, { try x.taken([2]) }, { try x.squeezed(axes: [0]) },
        { try Tensor.concat([]) }, { try Tensor.concat([x, x.transposed()]) }, { try Tensor.stack([x, x.transposed()]) },
        { try Tensor([1, 2], shape: [3]) }, { try Tensor.eye(-1) }, { try Tensor.oneHot([3], classes: 3) },
        { try Tensor.arange(to: .infinity) }, { try Tensor.arange(to: 1e300) }, { try Tensor.arange(to: 1, step: 0) },
        { try x.tiled([1]) }, { try x.padded(before: [0, -1], after: [0, 0]) }, { try x.expanded(axis: 4) },
        { try Tensor.fill(0, shape: [0]).max() }, { try Tensor.matmul(x, Tensor(scalar: 1)) }, { try Tensor.dot(x, x) },
        { try Tensor.convolution(x, x) }, { try Tensor.where(x, someTensor([4]), x) },
        { try Tensor.convolution(someTensor([1, 4, 4, 2]), someTensor([3, 3, 1, 1])) },
        { try Tensor.convolution(someTensor([1, 2, 2, 1]), someTensor([3, 3, 1, 1]), padding: .valid) },
        { try Tensor.convolution(someTensor([1, 2, 2, 1]), someTensor([3, 3, 1, 1]), stride: (0, 1)) },
        { try Tensor.transposedConvolution(someTensor([1, 2, 2, 1]), someTensor([3, 3, 1, 1]), outputSize: (9, 9)) },
      ]
      for (number, request) in requests.enumerated() {
        #expect(tensorError { _ = try request() } != nil, "request \(number)")
      }
    }

    @Test(arguments: [3, 4, 5], [1, 2, 3])
    func transposedConvolutionsGiveStrideTimesTheSize(kernel: Int, stride: Int) throws {
      let (x, w) = (try someTensor([1, 4, 5, 2]), try someTensor([kernel, kernel, 3, 2]))
      let same = try Tensor.transposedConvolution(x, w, stride: (stride, stride))
      #expect(same.shape.dimensions == [1, 4 * stride, 5 * stride, 3])
      let valid = try Tensor.transposedConvolution(x, w, stride: (stride, stride), padding: .valid)
      #expect(valid.shape.dimensions == [1, 3 * stride + kernel, 4 * stride + kernel, 3])
      guard stride > 1 else { return }
      let odd = try Tensor.transposedConvolution(x, w, stride: (stride, stride), outputSize: (4 * stride - 1, 5 * stride))
      #expect(odd.shape.dimensions == [1, 4 * stride - 1, 5 * stride, 3])
    }
  }
}
