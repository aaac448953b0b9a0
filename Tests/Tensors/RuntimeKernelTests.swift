import Glibc
import Kernels
import Testing

@testable import Tensors

extension EngineTests {
  @Suite struct RuntimeKernelTests {
    /// Runs `body` with each instruction set that this processor has.
    private func withEachInstructionSet(_ body: (Int32) throws -> Void) rethrows {
      defer { _ = gan_use_instruction_set(Int32.max) }
      for set in 0...gan_best_instruction_set() { try body(gan_use_instruction_set(set)) }
    }

    private static let specials: [Float] = [
      0, -0.0, 1, -1, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude,
      .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 88.5, 88.8, -87.5, -103, -104, 1e-3, -1e-20, 0.625, 3e8, -1e6,
    ]

    /// Numbers of every size, both signs, and every special one.
    private static let arguments: [Float] = {
      var numbers = specials
      for exponent in stride(from: -44.0, through: 38.0, by: 0.37) {
        for sign in [Float(1), -1] { numbers.append(sign * Float(pow(10.0, exponent))) }
      }
      for step in 0..<4000 { numbers.append(Float(step) * 0.05 - 100 + 0.0137) }
      return numbers
    }()

    /// Whether `found` is `exact` but for `units` in the last place (or, at a zero crossing, for a tiny absolute error).
    private func agrees(_ found: Float, _ exact: Double, units: Double, absolute: Double) -> Bool {
      let rounded = Float(exact)
      if found == rounded || (found.isNaN && exact.isNaN) { return true }
      guard found.isFinite, exact.isFinite else {
        // At the edge of overflow the last unit decides.
        return found.magnitude >= .greatestFiniteMagnitude && exact.magnitude > Double(Float.greatestFiniteMagnitude) * 0.999_999
          && found.sign == rounded.sign
      }
      let unit = max(Double(rounded.magnitude.ulp), Double(Float.leastNonzeroMagnitude))
      return abs(Double(found) - exact) <= max(units * unit, absolute)
    }

    @Test(arguments: UnaryFunction.all) func unaryFunctionsAreExactToTheLastUnits(function: UnaryFunction) {
      let arguments = Self.arguments
      let (name, samples) = (function.definition.name, function.definition.samples)
      withEachInstructionSet { set in
        for parameter in function.sampleParameters {
          var results = arguments
          gan_tile(
            Int32(function.rawValue), 0, &results, arguments, arguments, arguments, Int64(arguments.count), parameter)
          for (x, found) in zip(arguments, results) {
            let exact = function(Double(x), parameter: Double(parameter))
            if !agrees(found, exact, units: samples.units, absolute: samples.absolute) {
              Issue.record("set \(set): \(name) of \(x) is \(found), not \(exact)")
            }
          }
        }
      }
    }

    @Test(arguments: BinaryFunction.all) func binaryFunctionsAreExactInEveryForm(function: BinaryFunction) {
      let numbers = Self.specials + [2, -2, 0.5, 3, 7.25]
      let left = numbers.flatMap { x in numbers.map { _ in x } }
      let right = numbers.flatMap { _ in numbers }
      func check(_ found: Float, _ x: Float, _ y: Float, _ form: String) {
        let exact = function(Double(x), Double(y))
        // What overflows or vanishes as a float.
        let expected = Float(exact)
        let isClose = found == expected || (found.isNaN && exact.isNaN) || abs(found - expected) <= 2 * expected.magnitude.ulp
        if !isClose { Issue.record("\(form): \(function.definition.name) of \(x) and \(y) is \(found), not \(expected)") }
      }
      let code = Int32(function.rawValue)
      withEachInstructionSet { set in
        var results = left
        gan_tile(code, Int32(GAN_BOTH_VECTORS), &results, left, right, right, Int64(left.count), 0)
        for index in left.indices { check(results[index], left[index], right[index], "set \(set)") }
        for scalar in numbers {
          var results = numbers
          gan_tile(code, Int32(GAN_SCALAR_B), &results, numbers, [scalar], numbers, Int64(numbers.count), 0)
          for (x, found) in zip(numbers, results) { check(found, x, scalar, "set \(set), right a number") }
          gan_tile(code, Int32(GAN_SCALAR_A), &results, [scalar], numbers, numbers, Int64(numbers.count), 0)
          for (y, found) in zip(numbers, results) { check(found, scalar, y, "set \(set), left a number") }
        }
      }
    }

    @Test func functionsInPairsAreThoseOneAfterAnother() throws {
      let numbers = Self.specials + [2, -2, 0.5, -3, 7.25]
      let count = numbers.count * numbers.count
      let x = try Tensor(numbers.flatMap { x in numbers.map { _ in x } }, shape: [count])
      let y = try Tensor(numbers.flatMap { _ in numbers }, shape: [count])
      let z = try Tensor(numbers.flatMap { z in numbers.map { $0 - z } }, shape: [count])
      let pairs: [(String, () throws -> Tensor)] = [
        ("add, relu", { try (x + y).relu() }), ("add a number, relu", { try (x + 0.5).relu() }),
        ("add, leaky_relu", { try (x + y).leakyRelu(slope: 0.3) }), ("add to a number", { try (0.5 + x).leakyRelu(slope: 0.3) }),
        ("leaky_step, multiply", { try x.map(.leakyStep, parameter: 0.3) * y }),
        ("multiply, leaky_step", { try y * x.map(.leakyStep, parameter: 0.3) }),
        ("multiply, add", { try x * y + z }), ("multiply by a number, add", { try z + x * 0.3 }),
      ]
      defer { engine.options = Planner.Options() }
      try withEachInstructionSet { set in
        for (name, build) in pairs {
          engine.options = .none
          let apart = try build().floats()
          engine.options = Planner.Options()
          for (found, expected) in zip(try build().floats(), apart) {
            // A product is not rounded before something is added to it, and does not overflow.
            let overflows = name.hasSuffix("add") && !expected.isFinite
            let isClose =
              found == expected || (found.isNaN && expected.isNaN) || abs(found - expected) <= 4 * expected.magnitude.ulp
              || overflows
            if !isClose { Issue.record("\(name), set \(set): \(found), not \(expected)") }
          }
        }
      }
    }

    @Test func reductionsOfAnyLengthAgreeWithLoops() {
      withEachInstructionSet { set in
        for count in [0, 1, 2, 63, 64, 65, 127, 128, 1000, 4099] {
          let numbers = someNumbers(count, seed: count).map { Float($0) }
          let sum = numbers.reduce(0.0) { $0 + Double($1) }
          #expect(abs(Double(gan_reduce(Int32(GAN_SUM), numbers, Int64(count))) - sum) < 1e-4, "set \(set)")
          #expect(gan_reduce(Int32(GAN_MAX), numbers, Int64(count)) == numbers.max() ?? -.infinity)
          #expect(gan_reduce(Int32(GAN_MIN), numbers, Int64(count)) == numbers.min() ?? .infinity)
          for place in numbers.indices where place % 37 == 0 {
            var broken = numbers
            broken[place] = .nan
            #expect(gan_reduce(Int32(GAN_MAX), broken, Int64(count)).isNaN)
            #expect(gan_reduce(Int32(GAN_MIN), broken, Int64(count)).isNaN)
          }
        }
      }
    }

    @Test func drawsAreTheOraclesFromAnyPlaceOn() {
      let key = RandomKey(seed: 0x1234_5678_9ABC, stream: 77)
      for (distribution, code) in [
        (Distribution.uniform, GAN_UNIFORM), (.normal, GAN_NORMAL), (.truncatedNormal, GAN_TRUNCATED_NORMAL),
      ] {
        let expected = OraclePhilox(key: key).draw(distribution, 700)
        withEachInstructionSet { set in
          for (first, count) in [(0, 700), (0, 1), (1, 5), (3, 64), (64, 64), (127, 300), (699, 1)] {
            var found = [Float](repeating: 0, count: count)
            gan_random(Int32(code), gan_key(seed: key.seed, stream: key.stream), Int64(first), Int64(count), &found)
            expectClose(
              found.map(Double.init), Array(expected[first..<(first + count)]), within: 2e-6, "\(distribution) set \(set)")
          }
        }
      }
    }

    @Test func rowsThatAreNotThereAreReadAsNaNAndAddedToNothing() {
      // One row behind the last one is there in memory, and must not be touched.
      let rows: [Float] = [1, 2, 3, 4, 5, 6, 70, 80]
      withEachInstructionSet { set in
        var taken = [Float](repeating: 9, count: 8)
        gan_gather(&taken, rows, 3, [2, 3, 0, .max], 4, 2)
        #expect(taken.map { $0.isNaN ? -1 : $0 } == [5, 6, -1, -1, 1, 2, -1, -1], "set \(set)")
        var sums: [Float] = [0, 0, 0, 0, 0, 0, 9, 9]
        gan_scatter_add(&sums, 3, rows, [2, 3, 2, .max], 4, 2, 0, 2)
        #expect(sums == [0, 0, 0, 0, 6, 8, 9, 9], "set \(set)")
      }
    }

    // MARK: Products

    private static let sizes = [
      (1, 1, 1), (1, 7, 5), (7, 1, 5), (5, 7, 1), (4, 8, 3), (6, 16, 40), (13, 33, 29), (12, 32, 256), (250, 70, 300),
      (64, 1100, 9), (64, 288, 530), (20, 300, 40), (260, 200, 40),
      (37, 133, 2), (50, 70, 3), (35, 2, 75), (16, 3, 64), (3, 35, 130),
    ]

    private func expectedProduct(_ m: Int, _ n: Int, _ k: Int, _ a: [Float], _ b: [Float], _ turned: (Bool, Bool)) -> [Double] {
      (0..<(m * n)).map { index in
        let (i, j) = (index / n, index % n)
        return (0..<k).reduce(0.0) {
          $0 + Double(turned.0 ? a[$1 * m + i] : a[i * k + $1]) * Double(turned.1 ? b[j * k + $1] : b[$1 * n + j])
        }
      }
    }

    @Test(arguments: [Multiplication.Choice.library, .ownKernels]) func productsAgreeWithLoopsWithAndWithoutTheLibrary(
      choice: Multiplication.Choice
    ) {
      engine.options.multiplication = choice
      defer { engine.options.multiplication = .whicheverIsFaster }
      var scratch = [Float](repeating: 0, count: Multiplication.scratchCount)
      withEachInstructionSet { set in
        for (m, n, k) in Self.sizes {
          let a = someNumbers(m * k, seed: 1).map { Float($0) }
          let b = someNumbers(k * n, seed: 2).map { Float($0) }
          for turned in [(false, false), (true, false), (false, true), (true, true)] {
            let expected = expectedProduct(m, n, k, a, b, turned)
            var c = [Float](repeating: 1, count: m * n)
            for accumulates in [false, true] {
              a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { b in
                  guard let a = a.baseAddress, let b = b.baseAddress else { return }
                  Multiplication.multiply(
                    m, n, k, .init(pointer: a, leading: turned.0 ? m : k, isTransposed: turned.0),
                    .init(pointer: b, leading: turned.1 ? k : n, isTransposed: turned.1), accumulates: accumulates, into: &c,
                    leading: n, scratch: &scratch, usesLibrary: Multiplication.usesLibrary)
                }
              }
              let factor = accumulates ? 2.0 : 1.0
              expectClose(
                c.map(Double.init), expected.map { $0 * factor }, within: 1e-5, "set \(set), \(m)×\(n)×\(k), turned \(turned)")
            }
          }
        }
      }
    }

    @Test func sumsOfProductsAgreeWithLoops() {
      // Terms that lie in each way, in more than one part of the depth; a block of rows that ends in a part of a tile.
      let (m, n, ks) = (45, 70, [40, 290, 7, 16])
      let (first, columns) = (3, 32..<70)
      let lefts = ks.enumerated().map { number, k in someNumbers(m * k, seed: number).map { Float($0) } }
      let rights = ks.enumerated().map { number, k in someNumbers(k * n, seed: 10 + number).map { Float($0) } }
      var expected = [Double](repeating: 0, count: m * n)
      for (number, k) in ks.enumerated() {
        let turned = (number % 2 == 1, number / 2 == 1)
        for (i, x) in expectedProduct(m, n, k, lefts[number], rights[number], turned).enumerated() { expected[i] += x }
      }
      let depth = ks.reduce(0, +)
      let besides = [[Float](repeating: 1, count: m * n), [Float](repeating: 2, count: m * n)]
      withEachInstructionSet { set in
        var packed = [Float](repeating: .nan, count: depth * 96)
        var scratch = [Float](repeating: .nan, count: depth * 48 + 16)
        let terms = ks.indices.map { number in
          let (k, turned) = (ks[number], (number % 2 == 1, number / 2 == 1))
          return lefts[number].withUnsafeBufferPointer { left in
            rights[number].withUnsafeBufferPointer { right in
              gan_product_term(
                left: left.baseAddress, right: right.baseAddress, left_leading: Int64(turned.0 ? m : k),
                right_leading: Int64(turned.1 ? k : n), k: Int64(k), transpose_left: turned.0, transpose_right: turned.1)
            }
          }
        }
        for panel in [0..<32, 32..<70] {
          packed.withUnsafeMutableBufferPointer {
            gan_pack_right_sides(
              terms, Int32(terms.count), Int64(panel.lowerBound), Int64(panel.upperBound),
              $0.baseAddress! + panel.lowerBound * depth)
          }
        }
        for accumulates in [false, true] {
          var c = [Float](repeating: 1, count: (m - first) * columns.count)
          besides[0].withUnsafeBufferPointer { one in
            besides[1].withUnsafeBufferPointer { two in
              packed.withUnsafeBufferPointer { packed in
                let start = first * n + columns.lowerBound
                let matrices: [UnsafePointer<Float>?] = [one.baseAddress! + start, two.baseAddress! + start]
                matrices.withUnsafeBufferPointer { matrices in
                  var beside = gan_prefetch(matrices: matrices.baseAddress, count: 2, leading: Int64(n))
                  gan_sum_of_products(
                    terms, Int32(terms.count), Int64(first), Int64(m - first), Int64(columns.count),
                    packed.baseAddress! + columns.lowerBound * depth, accumulates, &c, Int64(columns.count), &beside, &scratch)
                }
              }
            }
          }
          let block = (first..<m).flatMap { row in columns.map { expected[row * n + $0] + (accumulates ? 1 : 0) } }
          expectClose(c.map(Double.init), block, within: 1e-5, "set \(set)")
        }
      }
      withExtendedLifetime((lefts, rights)) {}
    }

    @Test func fewRowsByATransposedSideAgreeWithLoops() {
      // Parts of a panel, of a group of rows, and of the depth.
      for (m, n, k) in [(30, 100, 528), (64, 48, 16), (13, 7, 256)] {
        let a = someNumbers(m * k, seed: 1).map { Float($0) }
        let b = someNumbers(n * k, seed: 2).map { Float($0) }
        let expected = expectedProduct(m, n, k, a, b, (false, true))
        withEachInstructionSet { set in
          var packed = [Float](repeating: .nan, count: Multiplication.padded(m) * k)
          var scratch = [Float](repeating: .nan, count: Int(gan_few_rows_scratch(Int64(m))))
          for accumulates in [false, true] {
            var c = [Float](repeating: 1, count: m * n)
            a.withUnsafeBufferPointer { a in
              var rows = gan_product_term()
              (rows.right, rows.right_leading, rows.k, rows.transpose_right) = (a.baseAddress, Int64(k), Int64(k), true)
              gan_pack_right_sides(&rows, 1, 0, Int64(m), &packed)
            }
            gan_few_rows_by_transposed(
              Int64(m), Int64(n), Int64(k), packed, b, Int64(k), accumulates, &c, Int64(n), &scratch)
            expectClose(
              c.map(Double.init), expected.map { $0 + (accumulates ? 1 : 0) }, within: 1e-5, "set \(set), \(m)×\(n)×\(k)")
          }
        }
      }
    }
  }
}
