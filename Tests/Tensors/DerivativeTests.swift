import Testing

@testable import Tensors

extension EngineTests {
  @Suite struct Derivatives {
    @Test(arguments: UnaryFunction.all) func ofFunctionsOfOneNumber(function: UnaryFunction) throws {
      let definition = function.definition
      #expect(!definition.samples.smooth.isEmpty)
      for interval in definition.samples.smooth {
        for parameter in function.sampleParameters {
          try checkDerivatives("\(definition.name) in \(interval)", at: [someTensor([2, 3], in: interval)]) {
            try $0[0].map(function, parameter: parameter)
          }
        }
      }
    }

    @Test(arguments: BinaryFunction.all) func ofFunctionsOfTwoNumbers(function: BinaryFunction) throws {
      let definition = function.definition
      #expect(!definition.samples.isEmpty)
      for (left, right) in definition.samples {
        let inputs = [try someTensor([2, 3], seed: 1, in: left), try someTensor([2, 3], seed: 5, in: right)]
        try checkDerivatives("\(definition.name) in \(left), \(right)", at: inputs) { try Tensor.combine(function, $0[0], $0[1]) }
      }
      try checkDerivatives("\(definition.name) with itself", at: [someTensor([2, 3], seed: 1, in: 2...4)]) {
        try Tensor.combine(function, $0[0], $0[0] * 1.5)
      }
    }

    /// A derivative that is said to be 0 is said so in the help too.
    @Test func thatAreZeroAreToldOf() {
      for definition in UnaryFunction.all.map(\.definition) {
        guard case .zero = definition.derivative, let help = definition.help else { continue }
        #expect(help.details.contains("0 everywhere"), "\(definition.name)")
      }
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

    @Test func ofPowersOfZeroByNegativeExponentsAreInfinite() throws {
      let x = try Tensor([0, 0, 0], shape: [3])
      let p = try Tensor([-1, -0.5, 1], shape: [3])
      let derivative = try gradients(of: x.power(p).sum(), withRespectTo: [p])[0]
      #expect(Oracle().values(derivative) == [-.infinity, -.infinity, 0])
    }

    @Test(arguments: [nil, [0], [1], [0, 1]] as [[Int]?])
    func ofLengthsAndDeviationsThatAreZeroAreZero(axes: [Int]?) throws {
      // The second row, and the second column, are all zeros; the first ones of neither are.
      let x = try Tensor([2, 0, 0, 0, 0, 0], shape: [3, 2])
      let equal = try Tensor([5, 5, 5, 5, 5, 5], shape: [3, 2])
      for (point, function) in [
        (x, { try $0.norm(axes: axes) }), (x, { try $0.std(axes: axes) }), (equal, { try $0.std(axes: axes) }),
        (try equal * 0, { try $0.norm(axes: axes) }),
      ] as [(Tensor, (Tensor) throws -> Tensor)] {
        var value = try weightedSum([function(point)], seed: 3)
        for _ in 1...3 {
          let slopes = try gradients(of: value, withRespectTo: [point])[0]
          let numbers = Oracle().values(slopes)
          #expect(numbers.allSatisfy { $0.isFinite })
          if point !== x { #expect(numbers.allSatisfy { $0 == 0 }) }
          value = try weightedSum([slopes, slopes.squared()], seed: 4)
        }
      }
    }

    @Test func ofWhatIsWorkedOutInDoublePrecision() throws {
      let x = [try someTensor([5, 3], seed: 2)]
      try checkDerivatives("covariance", at: x) { try $0[0].sin().covariance().squared() }
      try checkDerivatives("distances of one set", at: x) { try Tensor.squaredDistances($0[0].sin(), $0[0]).sin() }
      for d in [2, 14] {
        let points = [try someTensor([3, d], seed: 1), try someTensor([4, d], seed: 6)]
        try checkDerivatives("distances, \(d)", orders: d == 2 ? 3 : 2, at: points) {
          try Tensor.squaredDistances($0[0], $0[1]).sin()
        }
      }
      func symmetric(_ x: Tensor) throws -> Tensor { try x + x.transposed() }
      let square = [try someTensor([3, 3], seed: 5)]
      try checkDerivatives("eigenvalues", at: square) { try symmetric($0[0]).symmetricEigendecomposition().values.sin() }
      try checkDerivatives("eigenvectors", at: square) { try symmetric($0[0]).symmetricEigendecomposition().vectors.squared() }
      try checkDerivatives("both", orders: 2, at: square) {
        let (values, vectors) = try symmetric($0[0]).symmetricEigendecomposition()
        return try values * vectors
      }
      for shape in [[3, 3], [4, 2], [2, 4]] {
        let a = [try someTensor(shape, seed: 9)]
        try checkDerivatives("singular values, \(shape)", at: a) { try $0[0].singularValues().sin() }
        try checkDerivatives("s, \(shape)", at: a) { try $0[0].singularValueDecomposition().s.sin() }
        try checkDerivatives("u, \(shape)", orders: 2, at: a) { try $0[0].singularValueDecomposition().u }
        try checkDerivatives("v, \(shape)", orders: 2, at: a) { try $0[0].singularValueDecomposition().v }
        try checkDerivatives("all, \(shape)", orders: 2, at: a) {
          let (u, s, v) = try $0[0].singularValueDecomposition()
          return try Tensor.matmul(u * s.squared(), v)
        }
      }
    }

    @Test func ofOrderPassToWhereTheNumbersCameFrom() throws {
      let x = [try someTensor([3, 4], seed: 7)]
      try checkDerivatives("sort", at: x) { try $0[0].sin().sorted(axis: 0).squared() }
      try checkDerivatives("topk", at: x) { try $0[0].sin().extremes(2).values.squared() }
      try checkDerivatives("median", at: x) { try $0[0].sin().median(axis: 1).squared() }
      try checkDerivatives("quantile", at: x) { try $0[0].sin().quantile(0.3, axis: 0).squared() }
    }

    @Test func ofAnAssignmentIsAnError() throws {
      let cost = try someTensor([3, 3])
      let places = try Tensor.assignment(cost)
      let error = tensorError { _ = try gradients(of: (places * cost).sum(), withRespectTo: [cost]) }
      #expect(error?.title == "no derivative passes through `assignment`")
      // Where it is asked of something else, or the places are said to be constant, it does not matter.
      let other = try someTensor([3])
      let slope = try gradients(of: (places * other).sum(), withRespectTo: [other])[0]
      #expect(Oracle().values(slope) == Oracle().values(places))
      let constant = try gradients(of: (places.detached() * cost).sum(), withRespectTo: [cost])[0]
      let (row, numbers) = (try constant.element(1).floats(), try places.floats())
      #expect(row == numbers)
    }

    @Test func ofEqualEigenvaluesAndSingularValuesAreFinite() throws {
      let a = try Tensor.eye(3) * 2
      let values = try a.symmetricEigendecomposition().values
      let identity = try Tensor.eye(3).floats()
      let slopes = try [values, a.singularValues()].map { try gradients(of: $0.sum(), withRespectTo: [a])[0].floats() }
      #expect(slopes == [identity, identity])
    }

    @Test func ofDistancesFarFromZeroAreThoseOfTheDifferences() throws {
      for d in [3, 20] {
        let x = try someTensor([4, d], seed: 1, shift: 10_000)
        let y = try someTensor([5, d], seed: 2, shift: 10_000)
        let found = try gradients(of: Tensor.squaredDistances(x, y).sum(), withRespectTo: [x, y])
        let (a, b) = (try x.floats().map(Double.init), try y.floats().map(Double.init))
        let expected = (0..<4 * d).map { place in (0..<5).reduce(0) { $0 + 2 * (a[place] - b[$1 * d + place % d]) } }
        expectClose(try found[0].floats().map(Double.init), expected, within: 1e-6)
        let shifted = try x.covariance()
        let slopes = try gradients(of: shifted.element(0).element(0), withRespectTo: [x])[0].floats()
        let mean = (0..<4).reduce(0) { $0 + a[$1 * d] } / 4
        expectClose((0..<4).map { Double(slopes[$0 * d]) }, (0..<4).map { 2 * (a[$0 * d] - mean) / 3 }, within: 1e-6)
      }
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
