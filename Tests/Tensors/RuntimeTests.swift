import Base
import COpenBLAS
import Glibc
import Kernels
import Testing

@testable import Tensors

extension EngineTests {
  @Suite struct RuntimeTests {
    /// The numbers of `outputs` computed as told; they are unrealized before and after.
    private func run(_ outputs: [Node], options: Planner.Options = Planner.Options(), threads: Int = 2) throws -> [[Float]] {
      engine.options = options
      engine.threadCount = threads
      defer {
        engine.options = Planner.Options()
        for output in outputs { output.storage = nil }
      }
      try engine.realize(outputs)
      return outputs.map { $0.storage.map { Array($0.buffer) } ?? [] }
    }

    private func expectEqualBits(_ a: [[Float]], _ b: [[Float]], _ comment: Comment) {
      #expect(a.map { $0.map(\.bitPattern) } == b.map { $0.map(\.bitPattern) }, comment)
    }

    /// Every other graph as the builders make it, which is how a script's are made; the others as they are written, since the builders
    /// leave the planner less to do.
    private func made(_ outputs: [Twin], seed: Int) -> [Node] { outputs.map { seed % 2 == 0 ? $0.built : $0.raw } }

    @Test(arguments: 0..<400) func randomGraphsAgreeWithTheOracle(seed: Int) throws {
      let twins = try RandomGraph.outputs(seed: seed, size: 4 + seed % 40)
      guard !twins.isEmpty else { return }
      let outputs = made(twins, seed: seed)
      let expected = Oracle().values(twins.map(\.raw))
      let planned = try run(outputs)
      let unplanned = try run(outputs, options: .none)
      for (number, output) in outputs.enumerated() {
        expectClose(planned[number].map(Double.init), expected[number], within: 2e-4, "seed \(seed) \(output.operation)")
        expectClose(unplanned[number].map(Double.init), expected[number], within: 2e-4, "seed \(seed), unplanned")
      }
      expectEqualBits(planned, try run(outputs, threads: 1), "seed \(seed), one thread")
      expectEqualBits(planned, try run(outputs), "seed \(seed), again")
    }

    @Test(arguments: 0..<24) func largeGraphsAgreeWithTheOracle(seed: Int) throws {
      let twins = try RandomGraph.outputs(seed: 5000 + seed, size: 12, largest: 120_000)
      guard !twins.isEmpty else { return }
      let outputs = made(twins, seed: seed)
      let expected = Oracle().values(twins.map(\.raw))
      let planned = try run(outputs)
      for number in outputs.indices {
        expectClose(planned[number].map(Double.init), expected[number], within: 5e-4, "seed \(seed)")
      }
      expectEqualBits(planned, try run(outputs, threads: 1), "seed \(seed), one thread")
    }
  }
}

extension EngineTests {
  @Suite struct RuntimeBehaviorTests {
    private func leaf(_ shape: [Int], seed: Int = 0) throws -> Node {
      let shape = try Shape(shape)
      return Node(storage: try Storage(copying: someNumbers(shape.count, seed: seed).map { Float($0) }), shape: shape)
    }

    private func numbers(_ node: Node) throws -> [Double] {
      if node.storage == nil { try engine.realize([node]) }
      return node.storage?.buffer.map(Double.init) ?? []
    }

    // MARK: Convolutions

    @Test func convolutionsOfEveryGeometryAgreeWithLoops() throws {
      for kernel in [1, 2, 3, 4, 5] {
        for stride in [1, 2, 3] {
          for (before, after) in [(0, 0), (1, 1), (1, 2), (2, 0)] {
            for input in [5, 8] {
              let axis = ConvolutionGeometry.Axis(input: input, kernel: kernel, stride: stride, before: before, after: after)
              let other = ConvolutionGeometry.Axis(input: 7, kernel: 3, stride: 2, before: 1, after: 1)
              guard axis.output > 0 else { continue }
              for geometry in [ConvolutionGeometry(height: axis, width: other), ConvolutionGeometry(height: other, width: axis)] {
                try checkFaces(geometry, images: 3, channels: 2, outputs: 5)
              }
            }
          }
        }
      }
    }

    @Test func largeConvolutionsAreCutIntoBlocksThatGiveTheSameBits() throws {
      let axis = ConvolutionGeometry.Axis(input: 14, kernel: 4, stride: 2, before: 1, after: 1)
      try checkFaces(ConvolutionGeometry(height: axis, width: axis), images: 32, channels: 32, outputs: 64, within: 1e-4)
      let wide = ConvolutionGeometry.Axis(input: 20, kernel: 1, stride: 1, before: 0, after: 0)
      try checkFaces(ConvolutionGeometry(height: wide, width: wide), images: 16, channels: 64, outputs: 48, within: 1e-4)
    }

    private func checkFaces(
      _ geometry: ConvolutionGeometry, images: Int, channels: Int, outputs: Int, within tolerance: Double = 1e-5
    ) throws {
      let x = try leaf([images, geometry.height.input, geometry.width.input, channels], seed: 1)
      let filter = try leaf([geometry.height.kernel, geometry.width.kernel, channels, outputs], seed: 2)
      let y = try leaf([images, geometry.height.output, geometry.width.output, outputs], seed: 3)
      for node in [
        Node.convolution(x, filter, geometry), Node.convolutionByInput(y, filter, geometry),
        Node.convolutionByFilter(x, y, geometry),
      ] {
        let expected = Oracle().values([node])[0]
        engine.threadCount = 1
        let found = try numbers(node)
        node.storage = nil
        engine.threadCount = 2
        #expect(try numbers(node) == found)
        expectClose(found, expected, within: tolerance, "\(node.operation)")
      }
    }

    // MARK: Products

    @Test(arguments: [(3, 5, 40_000), (1, 1, 5000), (300, 200, 300), (40, 2000, 500), (64, 1, 900), (1, 64, 900)])
    func productsDoNotDependOnThreads(m: Int, n: Int, k: Int) throws {
      let product = Node.matmul(try leaf([m, k], seed: 1), try leaf([k, n], seed: 2))
      let expected = Oracle().values([product])[0]
      engine.threadCount = 1
      let found = try numbers(product)
      product.storage = nil
      engine.threadCount = 2
      #expect(try numbers(product) == found)
      expectClose(found, expected, within: 1e-4)
    }

    @Test func theLibraryUsesTheKernelsChosenForThisProcessor() {
      guard openblas_load(), getenv("OPENBLAS_CORETYPE") == nil, let wanted = openblas_wanted_core_type() else { return }
      #expect(String(cString: openblas_core_type()) == String(cString: wanted))
    }

    // MARK: Plans

    @Test func aPlanTakesNewFillsAndKeysEachTime() throws {
      func expression(_ number: Double, _ stream: UInt64) throws -> Node {
        let shape = try Shape([40])
        let draw = Node(.random(.uniform), [], shape, key: RandomKey(seed: 5, stream: stream))
        return Node(.binary(.add), [draw, Node(.fill, [], shape, value: number)], shape)
      }
      for (number, stream) in [(1.0, 1), (2.0, 1), (2.0, 9)] as [(Double, UInt64)] {
        let node = try expression(number, stream)
        expectClose(try numbers(node), Oracle().values([node])[0], within: 1e-6)
      }
    }

    @Test func equalWorkIsDoneOnce() throws {
      let x = try leaf([50])
      func branch() -> Node { Node(.unary(.tanh), [Node(.unary(.exp), [x], x.shape)], x.shape) }
      let sum = Node(.binary(.add), [branch(), branch()], x.shape)
      let observer = Counter()
      engine.observer = observer
      defer { engine.observer = nil }
      try engine.realize([sum])
      #expect(observer.names == ["elementwise [50]: exp, tanh, add"])
    }

    private final class Counter: ExecutionObserver {
      var names: [String] = []
      func kernelDidRun(_ step: Step, seconds: Double) { names.append(step.name) }
    }

    @Test func anOptimizerStepIsOnePass() throws {
      let inputs = try (0..<4).map { try leaf([300, 70], seed: $0) }
      let shape = inputs[0].shape
      func number(_ value: Double) -> Node { Node(.fill, [], shape, value: value) }
      let mean = inputs[1] * 0.5 + inputs[3] * 0.5
      let square = inputs[2] * 0.999 + Node.unary(.square, inputs[3]) * 0.001
      let moved = inputs[0] - mean * 0.01 / (Node.unary(.sqrt, Node.unary(.abs, square)) + number(1e-8))
      let observer = Counter()
      engine.observer = observer
      defer { engine.observer = nil }
      let expected = Oracle().values([moved, mean, square])
      try engine.realize([moved, mean, square])
      #expect(observer.names.count == 1)
      for (node, expected) in zip([moved, mean, square], expected) { expectClose(try numbers(node), expected, within: 1e-5) }
    }

    @Test func tensorsWithoutElementsAreComputed() throws {
      let empty = try leaf([0, 3])
      let sum = Node(.reduce(.sum, axes: [0]), [empty], try Shape([1, 3]))
      let greatest = Node(.reduce(.max, axes: [0]), [Node(.unary(.exp), [empty], empty.shape)], try Shape([1, 3]))
      let product = Node(.matmul(transposeLeft: true, transposeRight: false), [empty, empty], try Shape([3, 3]))
      let joined = Node(.concat(axis: 0), [empty, try leaf([2, 3])], try Shape([2, 3]))
      let padded = Node(.pad(before: [1, 0], after: [1, 0], interior: [0, 0]), [empty], try Shape([2, 3]))
      try engine.realize([sum, greatest, product, joined, padded, Node(.unary(.exp), [empty], empty.shape)])
      #expect(try numbers(sum) == [0, 0, 0])
      #expect(try numbers(greatest) == [-.infinity, -.infinity, -.infinity])
      #expect(try numbers(product) == [Double](repeating: 0, count: 9))
      #expect(try numbers(joined) == Oracle().values([joined])[0])
      #expect(try numbers(padded) == [Double](repeating: 0, count: 6))
    }

    @Test func moreAxesThanKernelsTakeAreAnError() throws {
      let shape = [Int](repeating: 2, count: 26) + [1]
      let x = Node(.fill, [], try Shape([Int](repeating: 1, count: 27)), value: 1)
      let column = Node(.broadcast, [Node(.unary(.exp), [x], x.shape)], try Shape([Int](repeating: 1, count: 27)))
      #expect(try numbers(column).count == 1)
      // Every other axis repeated: no two of 26 axes can be taken as one.
      let half = try leaf(shape.enumerated().map { $0.offset % 2 == 0 ? $0.element : 1 })
      let wide = Node(.unary(.exp), [Node(.broadcast, [half], try Shape(shape))], try Shape(shape))
      let error = tensorError { try engine.realize([wide]) }
      #expect(error?.title == "the tensor has too many axes")
    }

    @Test func productsOfOneWeightForSeveralBatchesRunAsOne() throws {
      // Too large to be packed for all their products beforehand.
      let first = try leaf([280, 256], seed: 1)
      let second = try leaf([256, 272], seed: 2)
      var total: Node?
      var hidden: [Node] = []
      for seed in 0..<3 {
        let x = Node.unary(.tanh, try leaf([64, 280], seed: 10 + seed))
        hidden.append(Node.unary(.sigmoid, Node.matmul(x, first)))
        let y = Node.unary(.tanh, Node.matmul(hidden[seed], second))
        total = total.map { $0 + y } ?? y
      }
      // As the derivative by the second weight: a sum of products, which becomes one step.
      let slopes = try (0..<3).map { Node.unary(.cos, try leaf([64, 272], seed: 20 + $0)) }
      let outer = zip(hidden, slopes).map { Node.matmul($0, $1, transposeLeft: true) }
      let derivative = outer[0] + outer[1] + outer[2]
      // One that needs the others' results must not be put among them.
      let chained = Node.matmul(Node.unary(.tanh, Node.matmul(hidden[0], first, transposeRight: true)), first)
      let outputs = [try #require(total), derivative, chained]
      let expected = Oracle().values(outputs)
      let observer = Counter()
      engine.observer = observer
      defer { engine.observer = nil }
      try engine.realize(outputs)
      #expect(observer.names.contains("product 192×256×280"))
      #expect(observer.names.contains("product 192×272×256"))
      #expect(observer.names.contains("3 × product 256×272×64"))
      for (output, expected) in zip(outputs, expected) { expectClose(try numbers(output), expected, within: 1e-4) }
    }

    @Test func manyBatchesRunAsProductsOfSomeThousandRows() throws {
      // More rows would gain nothing, and each batch would wait in memory for the last one.
      let weights = try leaf([280, 256], seed: 1)
      let batches = try (0..<5).map { Node.unary(.tanh, try leaf([400, 280], seed: 10 + $0)) }
      let outputs = batches.map { Node.unary(.tanh, Node.unary(.sigmoid, Node.matmul($0, weights))) }
      let expected = Oracle().values(outputs)
      let observer = Counter()
      engine.observer = observer
      defer { engine.observer = nil }
      try engine.realize(outputs)
      #expect(observer.names.filter { $0 == "product 800×256×280" }.count == 2)
      #expect(observer.names.filter { $0.hasPrefix("product 400×256×280, then") }.count == 1)
      for (output, expected) in zip(outputs, expected) { expectClose(try numbers(output), expected, within: 1e-4) }
    }

    // MARK: Stopping

    @Test func aStoppedComputationLeavesNothingHalfDone() throws {
      let x = try leaf([64, 64])
      let first = Node.matmul(x, x)
      let second = Node.matmul(first, x)
      var asked = 0
      engine.shouldStop = {
        asked += 1
        return asked == 2
      }
      #expect(throws: Interrupted.self) { try engine.realize([first, second]) }
      engine.shouldStop = nil
      #expect(first.storage == nil && second.storage == nil)
      let expected = Oracle().values([second])[0]
      expectClose(try numbers(second), expected, within: 1e-4)
    }
  }

  @Suite struct ThreadPoolTests {
    /// Runs `count` blocks, and holds each to be run once, by a worker that there is.
    private func expectEveryBlockOnce(_ count: Int, _ workers: Workers) {
      var runs = [Int32](repeating: 0, count: max(count, 1))
      var numbers = [Int32](repeating: 0, count: max(count, 1))
      runs.withUnsafeMutableBufferPointer { runs in
        numbers.withUnsafeMutableBufferPointer { numbers in
          nonisolated(unsafe) let (runs, numbers) = (runs, numbers)
          workers.run(blocks: count) { block, worker in
            runs[block] += 1
            numbers[block] = Int32(worker)
          }
        }
      }
      #expect(runs.prefix(count).allSatisfy { $0 == 1 })
      #expect(numbers.allSatisfy { (0..<Int32(workers.threadCount)).contains($0) })
    }

    @Test(arguments: [1, 2, 5]) func everyBlockIsRunOnce(threads: Int) {
      let pool = ThreadPool()
      for plan in 0..<40 {
        pool.withWorkers(plan % 3 == 0 ? 2 : threads) { workers in
          #expect(workers.threadCount == (plan % 3 == 0 ? 2 : threads))
          for round in 0..<500 { expectEveryBlockOnce(plan == 7 && round == 0 ? 600_000 : round % 40, workers) }
        }
      }
    }

    @Test func whoFindsItTakenWorksAlone() {
      let pool = ThreadPool()
      pool.withWorkers(3) { outer in
        pool.withWorkers(3) { inner in
          #expect(inner.threadCount == 1)
          expectEveryBlockOnce(50, inner)
        }
        expectEveryBlockOnce(50, outer)
      }
      pool.withWorkers(2) { #expect($0.threadCount == 2) }
    }

    @Test func theCallersInstructionSetIsTheWorkersToo() {
      defer { _ = gan_use_instruction_set(Int32.max) }
      let pool = ThreadPool()
      for set in 0...gan_best_instruction_set() {
        _ = gan_use_instruction_set(set)
        var sets = [Int32](repeating: -1, count: 1000)
        sets.withUnsafeMutableBufferPointer { sets in
          nonisolated(unsafe) let sets = sets
          pool.withWorkers(2) { $0.run(blocks: 1000) { block, _ in sets[block] = gan_instruction_set() } }
        }
        #expect(sets.allSatisfy { $0 == set })
      }
    }
  }

  @Suite struct StorageTests {
    @Test func storagesAreAlignedAndUsedAgain() throws {
      let before = engine.memory.takenBytes
      var pointers: Set<UnsafeMutablePointer<Float>> = []
      for _ in 0..<50 {
        // A size that no other test has: they share the pool.
        let storage = try Storage(count: 654_321)
        #expect(UInt(bitPattern: storage.pointer) % 64 == 0)
        pointers.insert(storage.pointer)
      }
      #expect(pointers.count < 10)
      #expect(engine.memory.takenBytes == before)
    }

    @Test func sizesAreWastedByAnEighthAtMost() {
      for bytes in [1, 64, 65, 1000, 4096, 70_000, 1_000_001, 25_690_112] {
        let size = StoragePool.sizeClass(byteCount: bytes)
        #expect(size >= bytes && size <= max(bytes + bytes / 8 + 1, 64 + 64) && size % 64 == 0)
      }
    }

    @Test func moreThanTheMachineHasIsAnError() {
      for count in [Int.max, Int.max / 4, Int(Memory.physical), -1] {
        #expect(tensorError { _ = try Storage(count: count) }?.title == "there is not enough memory")
      }
    }
  }
}
