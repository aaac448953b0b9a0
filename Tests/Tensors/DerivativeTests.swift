import Testing

@testable import Tensors

extension Engine {
  @Suite struct Derivatives {
    @Test(
      arguments: [
        (.negate, 0), (.reciprocal, 3), (.square, 0), (.sqrt, 3), (.rsqrt, 3), (.abs, 3), (.sign, 3), (.exp, 0), (.log, 3),
        (.sin, 0), (.cos, 0), (.tanh, 0), (.sigmoid, 0), (.softplus, 0), (.relu, 3), (.relu, -3), (.leakyRelu(slope: 0.25), -3),
        (.leakyRelu(slope: 0.25), 3), (.leakyStep(slope: 0.25), -3), (.floor, 0.5), (.ceil, 0.5), (.round, 0.5),
        (.isNaN, 0),
      ] as [(UnaryFunction, Double)])
    func ofFunctionsOfOneNumber(function: UnaryFunction, shift: Double) throws {
      let stays = shift == 0.5 ? 0.2 : 1
      try checkDerivatives("\(function)", at: [someTensor([2, 3], scale: stays, shift: shift)]) { try $0[0].map(function) }
    }

    @Test(
      arguments: [
        .add, .subtract, .multiply, .divide, .remainder, .power, .maximum, .minimum, .less, .lessOrEqual, .greater,
        .greaterOrEqual,
        .equal, .notEqual, .gate,
      ] as [BinaryFunction])
    func ofFunctionsOfTwoNumbers(function: BinaryFunction) throws {
      let inputs = [try someTensor([2, 3], seed: 1, shift: 3), try someTensor([2, 3], seed: 5, shift: 2.9)]
      try checkDerivatives("\(function)", at: inputs) { try Tensor.combine(function, $0[0], $0[1]) }
      try checkDerivatives("\(function) with itself", at: [inputs[0]]) { try Tensor.combine(function, $0[0], $0[0] * 1.5) }
    }

    @Test func ofBroadcastOperands() throws {
      let inputs = [try someTensor([2, 1, 3], shift: 2), try someTensor([4, 1], seed: 2), try someTensor([], seed: 3)]
      try checkDerivatives("broadcast", at: inputs) { try ($0[0] * $0[1] + $0[2]).sin() / ($0[0] + $0[2] * $0[2]) }
    }

    @Test func ofPowersAtZero() throws {
      let x = try Tensor([0, 0, 2], shape: [3])
      let p = try Tensor([0, 2, 0], shape: [3])
      let derivatives = try gradients(of: x.power(p).sum(), withRespectTo: [x, p])
      #expect(Oracle().values(derivatives[0]) == [0, 0, 0])
      expectClose(Oracle().values(derivatives[1]), [0, 0, 0.6931471805599453], within: 1e-12)
    }

    @Test func ofEqualSidesOfAMaximumAreShared() throws {
      let x = try Tensor([1, 2], shape: [2])
      let y = try Tensor([1, 1], shape: [2])
      let derivatives = try gradients(of: Tensor.combine(.maximum, x, y).sum(), withRespectTo: [x, y])
      #expect(Oracle().values(derivatives[0]) == [0.5, 1])
      #expect(Oracle().values(derivatives[1]) == [0.5, 0])
      let z = try Tensor([3, 1, 3], shape: [3])
      #expect(Oracle().values(try gradients(of: z.max(), withRespectTo: [z])[0]) == [0.5, 0, 0.5])
    }

    @Test(arguments: [nil, [0], [1], [0, 2], [-1]] as [[Int]?], [false, true])
    func ofReductions(axes: [Int]?, keep: Bool) throws {
      let x = [try someTensor([2, 3, 2], seed: 8, shift: 0.1)]
      try checkDerivatives("sum", at: x) { try $0[0].exp().sum(axes: axes, keep: keep).sin() }
      try checkDerivatives("max", at: x) { try $0[0].exp().max(axes: axes, keep: keep).sin() }
      try checkDerivatives("min", at: x) { try $0[0].exp().min(axes: axes, keep: keep).sin() }
      try checkDerivatives("mean", at: x) { try $0[0].exp().mean(axes: axes, keep: keep).sin() }
      try checkDerivatives("variance", at: x) { try $0[0].exp().variance(axes: axes, keep: keep).sin() }
      try checkDerivatives("std", orders: 2, at: x) { try $0[0].exp().std(axes: axes, keep: keep).sin() }
      try checkDerivatives("norm", at: x) { try $0[0].norm(axes: axes, keep: keep).sin() }
      try checkDerivatives("logSumExp", at: x) { try ($0[0] * 3).logSumExp(axes: axes, keep: keep) }
    }

    @Test func ofComposedReductions() throws {
      let x = [try someTensor([2, 3], seed: 4)]
      try checkDerivatives("softmax", at: x) { try ($0[0] * 2).softmax(axis: 0) }
      try checkDerivatives("logSoftmax", at: x) { try ($0[0] * 2).logSoftmax() }
      try checkDerivatives("cumulativeSum", at: x) { try $0[0].sin().cumulativeSum(axis: 1).squared() }
      try checkDerivatives("argmax", orders: 1, at: x) { try $0[0].argmax() }
      try checkDerivatives("clip", at: x) { try ($0[0] * $0[0] * $0[0]).clipped(low: -0.2, high: 0.3) }
    }

    @Test func ofMovement() throws {
      let x = [try someTensor([2, 3, 4], seed: 4)]
      func check(_ name: String, _ move: (Tensor) throws -> Tensor) throws {
        try checkDerivatives(name, at: x) { try move($0[0].sin()).squared() * $0[0].mean() }
      }
      try check("reshape") { try $0.reshaped([4, -1]) }
      try check("transpose") { try $0.transposed([2, 0, 1]) }
      try check("broadcast") { try $0.expanded(axis: 1).broadcasted(to: [2, 2, 3, 4]) }
      try check("element") { try $0.element(-1, axis: 1) }
      try check("slice") { try $0.sliced(axis: 2, from: 1, step: 2) }
      try check("slice backwards") { try $0.sliced(axis: 2, from: 3, to: 0, step: -2) }
      try check("flip") { try $0.flipped(axes: [0, 2]) }
      try check("pad") { try $0.padded(before: [1, 0, 2], after: [0, 1, 0], value: 0.5) }
      try check("pick") { try $0.picked(by: Tensor.combine(.greater, x[0], 0.1)) }
      try check("tile") { try $0.tiled([1, 2, 2]) }
      try check("take") { try $0.taken([2, 0, 0, -1], axis: 1) }
      try check("concat") { try Tensor.concat([$0, $0.squared(), $0.sliced(axis: 1, to: 1)], axis: 1) }
      try check("stack") { try Tensor.stack([$0, $0.exp()], axis: 2) }
      try check("split") { try $0.split(sizes: [1, 3], axis: 2)[1] }
    }

    @Test func ofChoice() throws {
      let inputs = [try someTensor([4], seed: 1), try someTensor([4], seed: 2)]
      let condition = try Tensor([1, 0, 1, 0], shape: [4])
      try checkDerivatives("where", at: inputs) { try Tensor.where(condition, $0[0].exp(), $0[0] * $0[1]) }
    }

    @Test func ofMatrixProducts() throws {
      func check(_ left: [Int], _ right: [Int]) throws {
        let inputs = [try someTensor(left, seed: 1), try someTensor(right, seed: 2)]
        try checkDerivatives("\(left) @ \(right)", at: inputs) { try Tensor.matmul($0[0].sin(), $0[1]).squared() }
      }
      try check([2, 3], [3, 4])
      try check([3], [3, 2])
      try check([2, 3], [3])
      try check([3], [3])
      try check([2, 2, 3], [3, 2])
      try check([2, 1, 2, 3], [3, 3, 2])
      try check([2, 3], [2, 3, 2])
    }

    @Test(arguments: [false, true], [false, true])
    func ofTransposedMatrixProducts(left: Bool, right: Bool) throws {
      let inputs = [try someTensor(left ? [3, 2] : [2, 3], seed: 1), try someTensor(right ? [4, 3] : [3, 4], seed: 2)]
      try checkDerivatives("transposed", at: inputs) {
        try Tensor(built: Node.matmul($0[0].node, $0[1].node, transposeLeft: left, transposeRight: right)).exp()
      }
    }

    @Test(arguments: [1, 2, 3], [Padding.same, .valid])
    func ofConvolutions(stride: Int, padding: Padding) throws {
      let x = [try someTensor([1, 4, 3, 2], seed: 1), try someTensor([3, 2, 2, 2], seed: 2)]
      try checkDerivatives("convolution", at: x) {
        try Tensor.convolution($0[0], $0[1], stride: (stride, 1), padding: padding).squared()
      }
      let y = [try someTensor([1, 2, 2, 2], seed: 1), try someTensor([2, 3, 1, 2], seed: 2)]
      try checkDerivatives("transposed convolution", at: y) {
        try Tensor.transposedConvolution($0[0], $0[1], stride: (stride, 2), padding: padding).squared()
      }
    }

    @Test func byInnerNodesAndLeavesTogether() throws {
      let x = try Tensor([2], shape: [])
      let y = try x * x
      let z = try y * x
      let found = try gradients(of: z, withRespectTo: [x, y, z])
      #expect(try found.map { try Oracle().values($0)[0] } == [12, 2, 1])
    }

    @Test func byANumberThatAUserHolds() throws {
      let x = try Tensor.fill(3, shape: [])
      let y = try x * x * x
      #expect(Oracle().values(try gradients(of: y, withRespectTo: [x])[0]) == [27])
      let negated = try -x
      let back = try -negated
      #expect(Oracle().values(try gradients(of: back, withRespectTo: [negated])[0]) == [-1])
      let same = try x.reshaped([])
      #expect(Oracle().values(try gradients(of: x.squared(), withRespectTo: [same])[0]) == [0])
    }

    @Test func byWhatItDoesNotDependOnAreZeros() throws {
      let x = try someTensor([2])
      let y = try someTensor([3])
      let found = try gradients(of: x.sum(), withRespectTo: [y, x.detached()])
      #expect(found.map { Oracle().values($0) } == [[0, 0, 0], [0, 0]])
      #expect(Oracle().values(try gradients(of: (x.detached() * x).sum(), withRespectTo: [x])[0]) == Oracle().values(x))
    }

    @Test func areTakenOfASingleNumberOnly() throws {
      let x = try someTensor([2, 2])
      let error = tensorError { _ = try gradients(of: x, withRespectTo: [x]) }
      #expect(error?.title == "a derivative is taken of a single number")
      #expect(error?.operands.first?.text == "[2, 2]")
    }

    @Test func keepInfinitiesAndNaN() throws {
      let x = try Tensor([.infinity], shape: [1])
      #expect(Oracle().values(try x * 0)[0].isNaN)
    }
  }
}
