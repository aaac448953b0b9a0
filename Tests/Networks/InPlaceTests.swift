import Testing

@testable import Networks
@testable import Tensors

extension Nets {
  /// Updates write new numbers over old ones, and nobody can tell.
  @Suite struct UpdatesInPlace {
    /// A training of a few steps: everything it leaves behind, step by step.
    private struct Training {
      let network: Network
      let optimizer: any Optimizer
      let x: Tensor
      let context = Context(isTraining: true, random: RandomSource(seed: 1))

      static let kinds = ["dense", "convolutional"]

      init(_ kind: String, _ optimizer: String) throws {
        if kind == "dense" {
          network = Network([
            try Dense(48), FunctionLayer.tanh(), try Dense(300), try BatchNormalization(), FunctionLayer.relu(), try Dense(1),
          ])
          x = try Fixture.numbers([32, 40], seed: 1)
        } else {
          network = Network([
            try Convolution(8, kernel: (3, 3), stride: (2, 2)), try BatchNormalization(), FunctionLayer.leakyRelu(),
            try Deconvolution(4, kernel: (3, 3), stride: (2, 2)), try BatchNormalization(), FunctionLayer.relu(), Flatten(),
            try Dropout(0.3), try Dense(1),
          ])
          x = try Fixture.numbers([6, 9, 9, 2], seed: 1)
        }
        self.optimizer =
          switch optimizer {
          case "sgd": try SGD(rate: 0.05)
          case "momentum": try SGD(rate: 0.05, momentum: 0.9)
          case "rmsprop": try RMSProp(rate: 0.002)
          default: try Adam(rate: 0.01)
          }
        _ = try network(x, in: context)
      }

      func loss() throws -> Tensor { try (network(x, in: context) - 1).squared().mean() }

      func step() throws { try optimizer.update(network.parameters, loss: loss()) }

      /// The bits of parameters, running statistics and what the optimizer remembers, and the numbers of its steps.
      func state() throws -> [[UInt32]] {
        let kept = try network.namedParameters.map { try $0.parameter.tensor.floats().map(\.bitPattern) }
        let remembered = try network.parameters.flatMap { parameter -> [[UInt32]] in
          let entry = try optimizer.memory.entry(of: parameter, count: optimizer.remembered)
          return try entry.tensors.map { try $0.floats().map(\.bitPattern) } + [[UInt32(entry.steps)]]
        }
        return kept + remembered
      }
    }

    private static let optimizers = ["sgd", "momentum", "rmsprop", "adam"]

    @Test(arguments: Training.kinds, optimizers) func giveTheSameBits(kind: String, optimizer: String) throws {
      defer { engine.options = Planner.Options() }
      func run(replaces: Bool, threads: Int) throws -> [[[UInt32]]] {
        engine.options.replaces = replaces
        engine.threadCount = threads
        let training = try Training(kind, optimizer)
        return try (0..<4).map { _ in
          try training.step()
          return try training.state()
        }
      }
      let expected = try run(replaces: false, threads: 2)
      #expect(try run(replaces: true, threads: 2) == expected)
      #expect(try run(replaces: true, threads: 1) == expected)
      engine.threadCount = 2
    }

    @Test(arguments: Training.kinds, optimizers) func writeWeightsAndMomentsWhereTheyWere(kind: String, optimizer: String) throws
    {
      let training = try Training(kind, optimizer)
      func places() throws -> [UnsafeMutablePointer<Float>?] {
        // The largest parameter and what is remembered of it.
        let largest = try #require(training.network.parameters.max { $0.count < $1.count })
        let entry = try training.optimizer.memory.entry(of: largest, count: training.optimizer.remembered)
        return try ([largest.tensor] + entry.tensors).map { try $0.node.storage?.pointer }
      }
      let before = try places()
      for _ in 0..<3 {
        try training.step()
        #expect(try places() == before)
      }
    }

    @Test(arguments: Training.kinds, optimizers) func areWholeOrNothing(kind: String, optimizer: String) throws {
      defer { engine.shouldStop = nil }
      let training = try Training(kind, optimizer)
      for round in 0..<2 {
        // Every kernel of the first and of a later step.
        if round == 1 { try training.step() }
        let before = try training.state()
        var kernels = 0
        while true {
          var left = kernels
          engine.shouldStop = {
            left -= 1
            return left < 0
          }
          let loss = try training.loss()
          let result = Result { try training.optimizer.update(training.network.parameters, loss: loss) }
          engine.shouldStop = nil
          if case .success = result { break }
          #expect(throws: Interrupted.self) { try result.get() }
          #expect(try training.state() == before, "stopped before kernel \(kernels)")
          kernels += 1
        }
        #expect(kernels > 5)
        #expect(try training.state() != before)
      }
    }

    @Test func leaveWeightsThatSomeoneElseHolds() throws {
      let training = try Training("dense", "adam")
      try training.step()
      let held = training.network.parameters.map(\.tensor)
      let remembered = try training.optimizer.memory.entry(of: training.network.parameters[0], count: 2)
      let before = try (held + remembered.tensors).map { try $0.floats() }
      try training.step()
      #expect(try (held + remembered.tensors).map { try $0.floats() } == before)
      #expect(try training.network.parameters[0].tensor.floats() != before[0])
    }

    @Test func leaveMemoryThatAnotherTensorShares() throws {
      let training = try Training("dense", "adam")
      let weights = training.network.parameters[0].tensor
      let shape = [weights.count]
      let flat = try weights.reshaped(shape)
      let pending = try training.network.parameters[2].tensor.reshaped([-1])
      try flat.realize()
      let expected = (try flat.floats(), try training.network.parameters[2].tensor.floats())
      try training.step()
      #expect(try flat.floats() == expected.0)
      #expect(try pending.floats() == expected.1)
    }

    @Test func computeBeforehandWhatIsHeldAndNotYetComputed() throws {
      let training = try Training("dense", "sgd")
      let weights = training.network.parameters[2]
      let doubled = try weights.tensor * 2
      let unrelated = try training.x.exp()
      let expected = try weights.tensor.floats().map { $0 * 2 }
      let place = try weights.tensor.node.storage?.pointer
      try training.step()
      #expect(try doubled.node.isRealized && !unrelated.node.isRealized)
      #expect(try weights.tensor.node.storage?.pointer == place)
      #expect(try doubled.floats() == expected)
    }

    @Test func leaveWhatWouldBeMuchWorkToBeComputedLater() throws {
      let training = try Training("dense", "sgd")
      let weights = training.network.parameters[0]
      let column = try weights.tensor.reshaped([-1, 1])
      let great = try (column * Tensor.fill(1, shape: [1, 100_000])).sum()
      let expected = try weights.tensor.floats()
      try training.step()
      #expect(try !great.node.isRealized)
      #expect(try weights.tensor.floats() != expected)
      let sum = 1e5 * expected.reduce(0) { $0 + Double($1) }
      #expect(abs(try great.scalar() - sum) < 1e-3 * abs(sum) + 1)
    }

    @Test func refuseDerivativesThatNeedTheOldNumbers() throws {
      let training = try Training("dense", "adam")
      let x = try training.x * 1
      let y = try training.network(x, in: training.context)
      let value = try y.floats()
      let early = try gradients(of: y.sum(), withRespectTo: [x])[0]
      let expected = try gradients(of: y.sum(), withRespectTo: [x])[0].floats()
      try training.step()
      #expect(try y.floats() == value)
      // In another plan sums may be taken in other parts.
      for (found, expected) in zip(try early.floats(), expected) {
        #expect(abs(found - expected) <= 1e-6 * max(1, abs(expected)))
      }
      let wanted = TensorError.replacedWeights
      #expect(tensorError { _ = try gradients(of: y.sum(), withRespectTo: [x]) } == wanted)
      #expect(tensorError { _ = try gradients(of: y.sum(), withRespectTo: training.network.parameters.map(\.tensor)) } == wanted)
      #expect(tensorError { try training.optimizer.update(training.network.parameters, loss: y.sum()) } == wanted)
      // What does not need them is not refused.
      let z = try (y * y).sum()
      #expect(try gradients(of: z, withRespectTo: [y])[0].floats() == value.map { $0 * 2 })
      engine.tape.trim()
      try training.step()
      #expect(try y.floats() == value)
    }

    @Test func keepTheAccountsOfTheTape() throws {
      let training = try Training("convolutional", "adam")
      try training.step()
      try training.step()
      let before = (engine.tape.liveNodes, engine.tape.leafBytes, engine.memory.takenBytes)
      for _ in 0..<200 { try training.step() }
      #expect(engine.tape.liveNodes == before.0)
      #expect(engine.tape.leafBytes == before.1)
      #expect(engine.memory.takenBytes == before.2)
    }
  }
}
