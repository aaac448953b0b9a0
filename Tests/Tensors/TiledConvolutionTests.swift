import Kernels
import TestSupport
import Testing

@testable import Tensors

extension EngineTests {
  /// Convolutions by tiles against the oracle.
  @Suite struct TiledConvolutionTests {
    struct Case: Sendable, CustomTestStringConvertible {
      var height: ConvolutionGeometry.Axis
      var width: ConvolutionGeometry.Axis
      var images = 2
      var channels = 16
      var outputs = 16

      var geometry: ConvolutionGeometry { ConvolutionGeometry(height: height, width: width) }
      var testDescription: String {
        "\(images)×\(height.input)×\(width.input)×\(channels) → \(outputs), \(height.kernel)×\(width.kernel)/\(height.stride)"
      }
    }

    private static func axis(_ input: Int, _ kernel: Int, _ stride: Int, _ before: Int, _ after: Int) -> ConvolutionGeometry.Axis
    {
      .init(input: input, kernel: kernel, stride: stride, before: before, after: after)
    }

    /// Every number of taps (2, 3, 4) and of points (3, 4), odd and even sizes, padding on either side, none, more than the
    /// kernel reaches; channels and outputs that fill panels and that do not; more images than a block has.
    static let cases = [
      Case(height: axis(14, 4, 2, 1, 1), width: axis(14, 4, 2, 1, 1), channels: 32, outputs: 48),
      Case(height: axis(13, 4, 2, 1, 2), width: axis(10, 3, 2, 0, 1)),
      Case(height: axis(8, 3, 1, 1, 1), width: axis(5, 3, 1, 1, 1), images: 3, outputs: 32),
      Case(height: axis(7, 2, 1, 0, 0), width: axis(6, 2, 1, 1, 0), channels: 48),
      Case(height: axis(9, 5, 2, 2, 2), width: axis(11, 6, 2, 2, 2), outputs: 80),
      Case(height: axis(9, 4, 1, 3, 3), width: axis(8, 4, 1, 1, 2)),
      Case(height: axis(16, 7, 3, 0, 4), width: axis(12, 5, 3, 1, 0)),
      Case(height: axis(22, 3, 1, 0, 0), width: axis(3, 2, 1, 0, 0), images: 40),
      Case(height: axis(4, 3, 2, 0, 1), width: axis(40, 4, 2, 5, 3), images: 5),
    ]

    private func realized(_ node: Node, _ use: ConvolutionTiling.Use, threads: Int = 2) throws -> [Float] {
      engine.options.tiles = use
      engine.threadCount = threads
      defer {
        engine.options = Planner.Options()
        engine.threadCount = ThreadPool.processorCount
      }
      try engine.realize([node])
      let storage = try #require(node.storage)
      return Array(storage.buffer)
    }

    /// The three faces of a case, built anew.
    private func faces(_ test: Case) throws -> [Node] {
      let geometry = test.geometry
      let (height, width) = (test.height, test.width)
      let xShape = [test.images, height.input, width.input, test.channels]
      let yShape = [test.images, height.output, width.output, test.outputs]
      let filterShape = [height.kernel, width.kernel, test.channels, test.outputs]
      let (x, y) = (try someTensor(xShape, seed: 1).node, try someTensor(yShape, seed: 2).node)
      let filter = try someTensor(filterShape, seed: 3).node
      let (x2, y2) = (try someTensor(xShape, seed: 4).node, try someTensor(yShape, seed: 5).node)
      let first = Node(.convolutionByFilter(geometry), [x, y], try Shape(filterShape))
      let second = Node(.convolutionByFilter(geometry), [x2, y2], try Shape(filterShape))
      return [
        Node(.convolution(geometry), [x, filter], try Shape(yShape)),
        Node(.convolutionByInput(geometry), [y, filter], try Shape(xShape)),
        first,
        Node(.binary(.add), [first, second], try Shape(filterShape)),
      ]
    }

    @Test(arguments: cases) func tilesAgreeWithTheOracle(test: Case) throws {
      defer { _ = gan_use_instruction_set(Int32.max) }
      #expect(
        ConvolutionTiling(test.geometry, images: test.images, channels: test.channels, outputs: test.outputs, use: .always) != nil
      )
      let expected = Oracle().values(try faces(test))
      for set in 0...gan_best_instruction_set() {
        _ = gan_use_instruction_set(set)
        for (number, node) in try faces(test).enumerated() {
          let found = try realized(node, .always)
          let largest = expected[number].reduce(0) { max($0, abs($1)) }
          let error = zip(found, expected[number]).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
          #expect(error <= 1e-5 * largest, "set \(set), face \(number): off by \(error) of \(largest)")
        }
      }
    }

    private func filled(_ shape: [Int], seed: Int, _ odd: [(place: Int, value: Float)]) throws -> Node {
      var floats = try someTensor(shape, seed: seed).floats()
      for (place, value) in odd { floats[place % floats.count] = value }
      return try Tensor(floats, shape: shape).node
    }

    /// The faces of a case, of x, y and filter with odd numbers in one of them; the oracle's and the engine's way without tiles.
    private func spoiled(_ test: Case, _ operand: Int, _ odd: [(place: Int, value: Float)]) throws -> [Node] {
      let geometry = test.geometry
      let (height, width) = (test.height, test.width)
      let xShape = [test.images, height.input, width.input, test.channels]
      let yShape = [test.images, height.output, width.output, test.outputs]
      let filterShape = [height.kernel, width.kernel, test.channels, test.outputs]
      let x = try filled(xShape, seed: 1, operand == 0 ? odd : [])
      let y = try filled(yShape, seed: 2, operand == 1 ? odd : [])
      let filter = try filled(filterShape, seed: 3, operand == 2 ? odd : [])
      let other = try filled(yShape, seed: 5, [])
      var faces: [Node] = []
      if operand != 1 { faces.append(Node(.convolution(geometry), [x, filter], try Shape(yShape))) }
      if operand != 0 { faces.append(Node(.convolutionByInput(geometry), [y, filter], try Shape(xShape))) }
      if operand != 2 {
        let first = Node(.convolutionByFilter(geometry), [x, y], try Shape(filterShape))
        faces += [
          first,
          Node(
            .binary(.add), [first, Node(.convolutionByFilter(geometry), [x, other], try Shape(filterShape))],
            try Shape(filterShape)),
        ]
      }
      return faces
    }

    /// What is not finite is so where the plain sums of products are so, and nowhere else.
    @Test(arguments: cases) func whatIsNotFiniteSpreadsNoFartherThanWithoutTiles(test: Case) throws {
      defer { _ = gan_use_instruction_set(Int32.max) }
      var random = SplitMix(state: 11)
      for (number, value) in [Float.nan, .infinity, -.infinity, 3e38].enumerated() {
        for operand in 0..<3 {
          let odd = (0...number % 2).map { _ in (place: random.below(1 << 20), value: value) }
          let expected = Oracle().values(try spoiled(test, operand, odd))
          for set in [0, gan_best_instruction_set()] {
            _ = gan_use_instruction_set(set)
            // Both ways begin anew: the last face adds to the one before, which is there by then.
            let (faces, others) = (try spoiled(test, operand, odd), try spoiled(test, operand, odd))
            for (face, node) in faces.enumerated() {
              let found = try realized(node, .always)
              let wanted = expected[face].map { Float($0) }
              let largest = wanted.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
              var wrong = 0
              for (found, wanted) in zip(found, wanted) {
                // A sum of numbers near the end of a float's range may pass it on its way.
                let agree =
                  wanted.isFinite
                  ? abs(found - wanted) <= 1e-5 * largest || (value == 3e38 && abs(wanted) > 1e36)
                  : found.isNaN == wanted.isNaN || (value == 3e38 && !found.isFinite)
                wrong += agree ? 0 : 1
              }
              #expect(wrong == 0, "set \(set), operand \(operand), \(value), face \(face): \(wrong) of \(wanted.count)")
              let again = try realized(others[face], .always, threads: 1)
              #expect(zip(found, again).allSatisfy { $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN) })
            }
          }
        }
      }
    }

    @Test(arguments: cases.prefix(3)) func bitsDoNotDependOnThreads(test: Case) throws {
      for (one, many) in zip(try faces(test), try faces(test)) {
        #expect(try realized(one, .always, threads: 1) == realized(many, .always, threads: 3))
      }
    }

    @Test func thereAreNoTilesForWhatDoesNotFitThem() throws {
      let axis = Self.axis(14, 4, 2, 1, 1)
      func tiling(_ axis: ConvolutionGeometry.Axis, channels: Int = 64, outputs: Int = 128) -> ConvolutionTiling? {
        ConvolutionTiling(
          ConvolutionGeometry(height: axis, width: axis), images: 64, channels: channels, outputs: outputs, use: .whereLessWork)
      }
      #expect(tiling(axis) != nil)
      #expect(tiling(axis, channels: 1) == nil)
      #expect(tiling(axis, outputs: 100) == nil)
      #expect(tiling(Self.axis(14, 1, 1, 0, 0)) == nil)
      #expect(tiling(Self.axis(14, 2, 2, 0, 0)) == nil)
      #expect(tiling(Self.axis(3, 3, 1, 0, 0)) == nil)
      #expect(tiling(Self.axis(28, 9, 1, 4, 4)) == nil)
      // One image is not worth bringing the filter to the points.
      let geometry = ConvolutionGeometry(height: axis, width: axis)
      #expect(ConvolutionTiling(geometry, images: 1, channels: 64, outputs: 128, use: .whereLessWork) == nil)
    }

    @Test func tilesCoverEachResultOnce() throws {
      for taps in 2...4 {
        for output in 2...41 {
          let axis = Self.axis(output + taps - 1, taps, 1, 0, 0)
          let tiling = try #require(
            ConvolutionTiling(
              ConvolutionGeometry(height: axis, width: axis), images: 1, channels: 16, outputs: 16, use: .always))
          let rows = Set(tiling.groups.map { $0.tiles.y.first }).sorted()
          let covered = rows.flatMap { first in
            tiling.groups.first { $0.tiles.y.first == first }.map { group in
              (0..<group.tiles.y.count * group.tiles.y.outputs).map { Int(first + $0) }
            } ?? []
          }
          #expect(covered == Array(0..<output))
        }
      }
    }
  }
}
