import Testing

@testable import Tensors

extension EngineTests {
  @Suite struct Nodes {
    private func fill(_ value: Double = 1) -> Node { Node(.fill, [], .scalar, value: value) }

    @Test(arguments: [0, 1, 2, 3, 7]) func inputsAreHeldInTheirOrderAndLetGo(_ count: Int) throws {
      let before = engine.tape.liveNodes
      var inputs = (0..<count).map { fill(Double($0)) }
      var node: Node? = Node(.concat(axis: 0), inputs, try Shape([count]))
      #expect(node?.inputs.count == count && node?.inputs.isEmpty == (count == 0))
      #expect(node?.inputs.map(\.value) == inputs.map(\.value))
      #expect(node.map { zip($0.inputs, inputs).allSatisfy { $0 === $1 } } == true)
      inputs = []
      #expect(engine.tape.liveNodes == before + count + 1)
      let last = node?.inputs.last
      node = nil
      #expect(engine.tape.liveNodes == before + (last == nil ? 0 : 1))
      withExtendedLifetime(last) {}
    }

    @Test func whatIsSharedStaysUntilItsLastHolderGoes() throws {
      let before = engine.tape.liveNodes
      // Paths double with every node.
      func doubled(_ node: Node, times: Int) -> Node {
        (0..<times).reduce(node) { node, _ in Node(.binary(.add), node, node, .scalar) }
      }
      let middle = doubled(fill(), times: 50_000)
      var top: Node? = doubled(middle, times: 50_000)
      #expect(engine.tape.liveNodes == before + 100_001)
      #expect(top.map { Graph.order(of: [$0], stopAtRealized: false).count } == 100_001)
      top = nil
      #expect(engine.tape.liveNodes == before + 50_001)
      #expect(Graph.order(of: [middle], stopAtRealized: false).count == 50_001)
    }

    @Test func aChainOfNotesGoesWithoutOverflow() {
      final class Content {}
      let (nodes, notes) = (engine.tape.liveNodes, engine.tape.noteCount)
      var last: Node? = fill()
      for step in 0..<300_000 {
        let next = step % 2 == 0 ? fill() : Node(.unary(.tanh), fill(), .scalar)
        if let last { next.leave(Node.Note(content: Content(), nodes: [last])) }
        last = next
      }
      #expect(engine.tape.noteCount == notes + 300_000)
      last = nil
      #expect(engine.tape.liveNodes == nodes && engine.tape.noteCount == notes)
    }

    @Test func whatANotesContentHeldGoesWithIt() throws {
      /// Builds and drops a graph of its own when it goes.
      final class Content {
        let tensor: Tensor
        init(_ tensor: Tensor) { self.tensor = tensor }
        deinit { _ = try? (tensor.exp() * 2).tanh() }
      }
      let (nodes, notes) = (engine.tape.liveNodes, engine.tape.noteCount)
      var tensor: Tensor? = try Tensor(scalar: 2).exp()
      for _ in 0..<100 {
        let inner = try Tensor(scalar: 3).exp().sin()
        let next = try tensor.map { try $0.sin() }
        try next?.leave(Content(inner), with: [try Tensor(scalar: 4).cos()])
        tensor = try next.map { try $0 + 1 }
      }
      #expect(engine.tape.noteCount == notes + 100)
      tensor = nil
      #expect(engine.tape.liveNodes == nodes && engine.tape.noteCount == notes)
    }

    @Test func aNodeWhoseInputsAreCutLetsThemGoAtOnce() {
      let before = engine.tape.liveNodes
      let node = Node(.select, [fill(), fill(), Node(.unary(.exp), fill(), .scalar)], .scalar)
      node.releaseInputs()
      #expect(node.inputs.isEmpty && engine.tape.liveNodes == before + 1)
    }
  }
}
