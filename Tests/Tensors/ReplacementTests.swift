import Testing

@testable import Tensors

extension EngineTests {
  @Suite struct ReplacementTests {
    private func leaf(_ shape: [Int], seed: Int = 0) throws -> Node {
      let shape = try Shape(shape)
      return Node(storage: try Storage(copying: someNumbers(shape.count, seed: seed).map { Float($0) }), shape: shape)
    }

    /// Whether `new` was written over `old`, after both have been checked against the oracle.
    private func replaces(_ old: Node, _ new: Node, also others: [Node] = []) throws -> Bool {
      let expected = Oracle().values([new] + others)
      let place = old.storage?.pointer
      try Graph.realize([new] + others, replacing: [Replacement(old: old, new: new)])
      for (node, expected) in zip([new] + others, expected) {
        expectClose(node.storage?.buffer.map(Double.init) ?? [], expected, within: 1e-5)
      }
      #expect(old.isReplaced == (new.storage?.pointer == place))
      return old.isReplaced
    }

    @Test func elementWiseWorkIsDoneInPlace() throws {
      let (old, slope) = (try leaf([70, 90]), try leaf([70, 90], seed: 1))
      #expect(try replaces(old, old - slope * 0.1))
    }

    @Test func readersOfTheOldNumbersComeFirst() throws {
      let (old, x) = (try leaf([40, 40]), try leaf([40, 40], seed: 1))
      let product = Node.matmul(x, old)
      #expect(try replaces(old, old * 0.5 + x, also: [product, Node.unary(.tanh, product)]))
    }

    @Test func whatReadsElsewhereThanItWritesIsNot() throws {
      let old = try leaf([50, 50])
      let turned = Node(.transpose(permutation: [1, 0]), [old], old.shape)
      #expect(try !replaces(old, old + turned))
      let other = try leaf([64, 64])
      let row = Node(.broadcast, [Node(.slice(starts: [3, 0], steps: [1, 1]), [other], try Shape([1, 64]))], other.shape)
      #expect(try !replaces(other, other * row))
    }

    @Test func whatIsNeededForTheNewNumbersOfAnotherIsNot() throws {
      let (a, b) = (try leaf([30, 30]), try leaf([30, 30], seed: 1))
      let (newA, newB) = (Node.matmul(b, a), Node.unary(.exp, b) + Node(.transpose(permutation: [1, 0]), [a], a.shape))
      let expected = Oracle().values([newA, newB])
      try Graph.realize([newA, newB], replacing: [Replacement(old: a, new: newA), Replacement(old: b, new: newB)])
      for (node, expected) in zip([newA, newB], expected) {
        expectClose(node.storage?.buffer.map(Double.init) ?? [], expected, within: 1e-5)
      }
      #expect(!a.isReplaced)
    }

    @Test func twoThatReadEachOtherAreNotBothDoneInPlace() throws {
      let (a, b) = (try leaf([300, 300]), try leaf([300, 300], seed: 1))
      let turn = [1, 0]
      let newA = a + Node(.transpose(permutation: turn), [b], b.shape)
      let newB = b + Node(.transpose(permutation: turn), [a], a.shape)
      let expected = Oracle().values([newA, newB])
      try Graph.realize([newA, newB], replacing: [Replacement(old: a, new: newA), Replacement(old: b, new: newB)])
      for (node, expected) in zip([newA, newB], expected) {
        expectClose(node.storage?.buffer.map(Double.init) ?? [], expected, within: 1e-5)
      }
      #expect(!a.isReplaced && !b.isReplaced)
    }

    @Test func numbersThatAreReadAfterTheirSuccessorsAreMadeAreKept() throws {
      let (old, x) = (try leaf([80, 80]), try leaf([80, 80], seed: 1))
      let new = old * 0.5 + x
      // In the same kernel, after `new`.
      let later = Node.unary(.tanh, new) + old
      _ = try replaces(old, new, also: [later, Node(.reduce(.sum, axes: [0, 1]), [old], try Shape([1, 1]))])
    }

    @Test func aLeafThatIsAnOutputsMemoryIsKept() throws {
      let old = try leaf([20, 20])
      let flat = Node(.reshape, [old], try Shape([400]))
      #expect(try !replaces(old, old + Node.fill(1, old.shape), also: [flat]))
    }

    @Test func aLeafThatSomeoneElseHoldsIsKept() throws {
      let numbers = try someTensor([30, 40]).floats()
      /// Whether half of a leaf's numbers were written over it.
      func isReplaced(_ old: Tensor, isAlone: Bool = true) throws -> Bool {
        let new = try old * 0.5
        try Tensor.realize([new], replacing: [(old: old, new: new, isAlone: isAlone)])
        #expect(try new.floats() == numbers.map { $0 * 0.5 })
        return try old.node.isReplaced
      }
      #expect(try isReplaced(someTensor([30, 40])))
      // By a second handle, by its memory, or as the one who replaces it says.
      let first = try someTensor([30, 40])
      let second = Tensor(try first.node)
      #expect(try !isReplaced(first))
      #expect(try second.floats() == numbers)
      let third = try someTensor([30, 40])
      let storage = try #require(third.node.storage)
      #expect(try !isReplaced(third))
      #expect(Array(storage.buffer) == numbers)
      let fourth = try someTensor([30, 40])
      #expect(try !isReplaced(fourth, isAlone: false))
      #expect(try fourth.floats() == numbers)
    }

    @Test func whatNeedsNumbersThatAreGoneIsAnError() throws {
      let old = try leaf([10])
      let late = Node.unary(.exp, old)
      #expect(try replaces(old, old + Node.fill(1, old.shape)))
      #expect(tensorError { try Graph.realize([late]) } == TensorError.replacedWeights)
      #expect(tensorError { try Graph.realize([old]) } == TensorError.replacedWeights)
    }

    @Test func theTapeDoesNotAskForWhatIsGone() throws {
      func weights() throws -> Tensor { try Tensor.fill(2, shape: [1 << 20]).leaf(of: Storage(count: 1)) }
      var average = try weights().exp()
      try #require(average.node.inputs.first).giveUpStorage()
      // More leaves than the tape holds without computing what holds them.
      for _ in 0..<140 { average = try average * 0.5 + weights() }
      #expect(tensorError { _ = try average.floats() } == TensorError.replacedWeights)
    }

    @Test(arguments: 0..<60) func randomGraphsAreNotDisturbed(seed: Int) throws {
      let twins = try RandomGraph.outputs(seed: 900 + seed, size: 6 + seed % 30)
      let outputs = twins.map(\.built)
      let expected = Oracle().values(twins.map(\.raw))
      let leaves = Graph.order(of: outputs, stopAtRealized: true).nodes.filter { leaf in
        leaf.operation == .data && !outputs.contains { $0 === leaf }
      }
      var pairs: [Replacement] = []
      for output in outputs where output.storage == nil {
        for leaf in leaves where leaf.shape == output.shape { pairs.append(Replacement(old: leaf, new: output)) }
      }
      try Graph.realize(outputs, replacing: pairs)
      for (node, expected) in zip(outputs, expected) {
        expectClose(node.storage?.buffer.map(Double.init) ?? [], expected, within: 2e-4, "seed \(seed)")
      }
    }
  }
}
