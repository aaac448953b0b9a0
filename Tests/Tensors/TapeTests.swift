import Testing

@testable import Tensors

extension EngineTests {
  @Suite struct TheTape {
    @Test func aChainOfAMillionNodesGoesWithoutOverflow() throws {
      var node = Node.fill(1, .scalar)
      let one = Node(.fill, [], .scalar, value: 1)
      for _ in 0..<1_000_000 { node = Node(.binary(.add), [node, one], .scalar) }
      let before = engine.tape.liveNodes
      #expect(Graph.order(of: [node], stopAtRealized: false).count == 1_000_002)
      node = one
      #expect(before - engine.tape.liveNodes >= 1_000_000)
    }

    @Test func aDerivativeOfADeepChainIsTakenWithoutOverflow() throws {
      let x = try Tensor([1], shape: [])
      var node = try x.node
      for _ in 0..<100_000 { node = Node.binary(.add, node, try x.node) }
      let derivative = try #require(try Graph.gradients(of: node, [x.node])[0])
      #expect(Oracle().values([derivative])[0] == [100_001])
    }

    @Test func aRunningTotalOfDeadInputsKeepsMemoryFlat() throws {
      var total = try Tensor(scalar: 0)
      func steps(_ count: Int) throws {
        for step in 0..<count {
          let loss = try Tensor([Float(step % 7)], shape: [1]).sum() * 2
          if step % 3 == 0 { try loss.realize() }
          total = try total + loss
        }
        try total.realize()
      }
      try steps(20_000)
      let (nodes, bytes) = (engine.tape.liveNodes, engine.memory.takenBytes)
      try steps(100_000)
      #expect(engine.tape.liveNodes < nodes + 50_000)
      #expect(engine.memory.takenBytes < bytes + (8 << 20))
      let expected = (0..<20_000).reduce(0) { $0 + $1 % 7 * 2 } + (0..<100_000).reduce(0) { $0 + $1 % 7 * 2 }
      #expect(abs(try total.scalar() - Double(expected)) <= 16)
    }

    @Test func aRunningTotalOfALiveParameterKeepsMemoryFlatAndRefusesWhatItForgot() throws {
      let weight = try Tensor([0.5], shape: [1])
      var total = try Tensor(scalar: 0)
      func steps(_ count: Int) throws {
        for step in 0..<count { total = try total + (weight * Double(step % 5)).sum() }
        try total.realize()
      }
      try steps(20_000)
      let (nodes, bytes) = (engine.tape.liveNodes, engine.memory.takenBytes)
      try steps(100_000)
      #expect(engine.tape.liveNodes < nodes + 100_000)
      #expect(engine.memory.takenBytes < bytes + (16 << 20))
      #expect(try total.scalar() == 120_000)
      let error = tensorError { _ = try gradients(of: total, withRespectTo: [weight]) }
      #expect(error?.title == "the derivative would go back further than the record reaches")
      // What is younger than the cut can be asked for.
      let young = try Tensor([3], shape: [1])
      let sum = try total + (young * 2).sum()
      #expect(try gradients(of: sum, withRespectTo: [young])[0].floats() == [2])
    }

    /// Runs `step` 100,000 times, looking at the result now and then or never, and holds the graph and its leaves to what they were.
    private func staysFlat(_ step: (Int) throws -> Void) throws {
      for number in 0..<2_000 { try step(number) }
      var (nodes, bytes) = (0, 0)
      for number in 2_000..<102_000 {
        try step(number)
        if number < 22_000 { (nodes, bytes) = (max(nodes, engine.tape.liveNodes), max(bytes, engine.tape.leafBytes)) }
        #expect(number < 22_000 || (engine.tape.liveNodes <= nodes + 64 && engine.tape.leafBytes <= bytes + 4096))
        if engine.tape.liveNodes > nodes + 64 || engine.tape.leafBytes > bytes + 4096, number >= 22_000 { break }
      }
    }

    @Test(arguments: [1, 7, Int.max]) func aConstantAverageKeepsNoHistory(looks: Int) throws {
      let weight = try Tensor([0.5], shape: [1])
      let base = engine.tape.liveNodes
      var average = try Tensor(scalar: 0)
      try staysFlat { step in
        average = try (average * 0.9 + (weight * Double(step % 5)).sum() * 0.1).detached()
        if step % looks == 0 { _ = try average.scalar() }
        if step % 1000 == 0 {
          // What stands before the constant is differentiated at the same time.
          let loss = try (weight * weight).sum() + average * weight.sum()
          let expected = try 1 + average.scalar()
          #expect(abs(Double(try gradients(of: loss, withRespectTo: [weight])[0].floats()[0]) - expected) < 1e-5)
        }
      }
      _ = try average.scalar()
      if looks == 1 { #expect(engine.tape.liveNodes < base + 64) }
      #expect(try gradients(of: average.sum(), withRespectTo: [weight])[0].floats() == [0])
    }

    @Test func aConstantAfterAnyNumberOfStepsIsNoErrorOfTheRecord() throws {
      let weight = try Tensor([2], shape: [1])
      var average = try Tensor(scalar: 0)
      // A chain as deep as the tape keeps, cut off at its end.
      for _ in 0..<30_000 {
        average = try average * 0.5 + weight.sum()
        try average.realize()
      }
      engine.tape.trim()
      #expect(tensorError { _ = try gradients(of: average, withRespectTo: [weight]) } != nil)
      let cut = try average.detached()
      #expect(try gradients(of: cut * weight.sum(), withRespectTo: [weight])[0].floats() == [4])
    }

    @Test func theHistoryOfAConstantGoesWhenItsNumbersAreThere() throws {
      let x = try Tensor([3], shape: [1])
      let (middle, before) = (try x * x, engine.tape.liveNodes)
      let cut = try (middle * 2).sin().detached()
      #expect(try !cut.node.inputs.isEmpty)
      try cut.realize()
      #expect(try cut.node.inputs.isEmpty && engine.tape.liveNodes == before + 1)
      // What it was made of can still be differentiated.
      #expect(try gradients(of: (middle * cut).sum(), withRespectTo: [middle])[0].floats() == cut.floats())
      #expect(try gradients(of: (middle.sum()), withRespectTo: [x])[0].floats() == [6])
    }

    @Test func notesBehindAConstantAreKeptUntilTheyAreSpent() throws {
      final class Content: Spendable {
        var isSpent = false
      }
      let content = Content()
      func passed() throws -> Tensor {
        let y = try someTensor([4], seed: 1).tanh()
        try y.leave(content)
        return try y.squared().detached()
      }
      let first = try passed()
      try first.realize()
      #expect(try Tensor.notes(in: [first]).count == 1)
      content.isSpent = true
      let second = try passed()
      try second.realize()
      #expect(try second.node.inputs.isEmpty)
    }

    @Test func theTapeIsKeptWhereADerivativeCanStillBeAskedFor() throws {
      let x = try Tensor([2], shape: [])
      let y = try x * x
      try y.realize()
      let z = try y * y
      try z.realize()
      engine.tape.trim()
      #expect(try gradients(of: z, withRespectTo: [x])[0].floats() == [32])
      #expect(try gradients(of: z, withRespectTo: [y])[0].floats() == [8])
    }

    @Test func theTapeIsCutBehindWhatNobodyHolds() throws {
      var x: Tensor? = try Tensor([2], shape: [])
      let y = try #require(try x.map { try $0 * $0 })
      try y.realize()
      x = nil
      engine.tape.trim()
      #expect(try y.node.inputs.isEmpty && y.node.operation == .data)
      #expect(try (y * y).floats() == [16])
    }

    @Test func anAverageOfLargeWeightsDoesNotHoldThoseOfEveryStep() throws {
      func weights(_ step: Int) throws -> Tensor { try Tensor.fill(Double(step), shape: [1 << 20]).leaf(of: Storage(count: 1)) }
      var current = try weights(0)
      var average = current
      var most = 0
      for step in 1...400 {
        current = try weights(step)
        average = try average * 0.5 + current * 0.5
        most = max(most, engine.tape.leafBytes)
      }
      #expect(most < 1 << 30)
      #expect(abs(try average.floats()[7] - 399) < 0.01)
      #expect(try gradients(of: average.sum(), withRespectTo: [current])[0].floats()[0] == 0.5)
    }

    @Test func notesAreFoundAndCountedWhateverElseIsDropped() throws {
      final class Content {}
      let before = engine.tape.noteCount
      func noted() throws -> Tensor {
        let x = try someTensor([4], seed: 1)
        let y = try x.tanh()
        try y.leave(Content(), with: [x])
        return y
      }
      let kept = try noted()
      _ = try noted()
      try kept.leave(Content(), with: [])
      #expect(engine.tape.noteCount == before + 1)
      #expect(try Tensor.notes(in: [try kept.squared()]).count == 1)
      #expect(try Tensor.notes(in: [try someTensor([4], seed: 2)]).isEmpty)
      withExtendedLifetime(kept) {}
    }

    @Test func onlyWhatIsHeldKeepsItsNumbers() throws {
      let x = try someTensor([8])
      let held = try x.exp()
      let sum = try (held * 2).sin().sum()
      try sum.realize()
      #expect(try held.node.isRealized && sum.node.isRealized)
      #expect(try sum.node.inputs.allSatisfy { !$0.isRealized })
    }

    @Test func longChainsAreComputedOnTheWay() throws {
      var x = try Tensor([0], shape: [])
      for _ in 0..<10_000 { x = try x + 1 }
      #expect(try x.node.pendingDepth <= Graph.pendingLimit)
      #expect(try x.floats() == [10_000])
    }
  }
}
