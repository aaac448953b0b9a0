import Testing

@testable import Networks
@testable import Tensors

extension Nets {
  /// A generator's pass is computed once, for the discriminator's update and its own.
  @Suite struct PassesThatTwoUpdatesShare {
    private final class Kernels: ExecutionObserver {
      var names: [String] = []
      var products = 0
      func kernelDidRun(_ step: Step, seconds: Double) {
        names.append(step.name)
        if step.isProduct { products += 1 }
      }
      /// With or without work that follows.
      func count(_ name: String) -> Int { names.filter { $0 == name || $0.hasPrefix(name + ", then") }.count }
    }

    private final class Pair {
      let generator: Network
      let discriminator: Network
      let optimizers = try? (Adam(rate: 0.01), Adam(rate: 0.01))
      let real: Tensor
      private let noiseShape: [Int]
      /// Held by nobody else.
      var noise: Tensor { get throws { try Fixture.numbers(noiseShape, seed: 2) } }
      let context = Context(isTraining: true, random: RandomSource(seed: 1))
      /// What a script holds from step to step.
      var fake: Tensor?
      var holdsFake = true

      init(features: Int = 96, hidden: Int = 128, batch: Int = 64) throws {
        generator = Network([
          try Dense(24), try BatchNormalization(), FunctionLayer.relu(), try Dense(features), FunctionLayer.tanh(),
        ])
        discriminator = Network([
          try Dense(hidden), FunctionLayer.leakyRelu(), try Dense(64), FunctionLayer.leakyRelu(), try Dense(1),
        ])
        real = try Fixture.numbers([batch, features], seed: 1)
        noiseShape = [batch, 10]
      }

      init(convolutional: Void) throws {
        generator = Network([
          try Dense(4 * 4 * 6), try BatchNormalization(), FunctionLayer.relu(), Reshape([4, 4, 6]),
          try Deconvolution(5, kernel: (3, 3), stride: (2, 2)), try BatchNormalization(), FunctionLayer.relu(),
          try Convolution(2, kernel: (3, 3), stride: (1, 1)),
        ])
        discriminator = Network([
          try Convolution(4, kernel: (3, 3), stride: (2, 2)), FunctionLayer.leakyRelu(), Flatten(), try Dense(1),
        ])
        real = try Fixture.numbers([6, 8, 8, 2], seed: 1)
        noiseShape = [6, 10]
      }

      func discriminatorStep() throws {
        let fake = try generator(noise, in: context)
        self.fake = holdsFake ? fake : nil
        let loss = try discriminator(fake, in: context).mean() - discriminator(real, in: context).mean()
        try optimizers?.0.update(discriminator.parameters, loss: loss)
      }

      func generatorStep() throws {
        guard let fake else { return }
        let loss = try -discriminator(fake, in: context).mean()
        try optimizers?.1.update(generator.parameters, loss: loss)
      }

      func step() throws {
        try discriminatorStep()
        try generatorStep()
      }

      func bits() throws -> [[UInt32]] {
        try (generator.namedParameters + discriminator.namedParameters).map { try $0.parameter.tensor.floats().map(\.bitPattern) }
      }
    }

    private func withLimit<Result>(_ bytes: Int, _ body: () throws -> Result) rethrows -> Result {
      let before = engine.savedActivations.byteLimit
      engine.savedActivations.byteLimit = bytes
      defer { engine.savedActivations.byteLimit = before }
      return try body()
    }

    private func kernels(_ body: () throws -> Void) rethrows -> Kernels {
      let kernels = Kernels()
      engine.observer = kernels
      defer { engine.observer = nil }
      try body()
      return kernels
    }

    @Test func computeItsProductsOnce() throws {
      // Each kernel by its own name.
      engine.options.rows = false
      defer { engine.options = Planner.Options() }
      let pair = try Pair()
      try pair.step()
      let found = try kernels { try pair.step() }
      #expect(found.count("product 64×24×10") == 1)
      #expect(found.count("product 64×96×24") == 1)
      let without = try withLimit(0) {
        try pair.step()
        return try kernels { try pair.step() }
      }
      // The last layer's derivative is taken from its result, so one product would be computed again.
      #expect(without.products == found.products + 1)
      #expect(without.count("product 64×24×10") == 2)
    }

    @Test func stillJoinTheDiscriminatorsProducts() throws {
      // By weights too large to be packed for all products beforehand.
      let pair = try Pair(hidden: 1200)
      let found = try kernels { try pair.discriminatorStep() }
      #expect(found.count("product 128×64×1200") == 1)
    }

    @Test(arguments: [false, true]) func giveTheSameBits(convolutional: Bool) throws {
      func run(limit: Int, replaces: Bool = true) throws -> [[[UInt32]]] {
        defer { engine.options = Planner.Options() }
        engine.options.replaces = replaces
        return try withLimit(limit) {
          let pair = try convolutional ? Pair(convolutional: ()) : Pair()
          return try (0..<4).map { _ in
            try pair.step()
            return try pair.bits()
          }
        }
      }
      let expected = try run(limit: 0)
      #expect(try run(limit: 64 << 20) == expected)
      #expect(try run(limit: 64 << 20, replaces: false) == expected)
    }

    @Test func rememberNothingOfWhatIsNotHeld() throws {
      let pair = try Pair()
      pair.holdsFake = false
      try pair.discriminatorStep()
      #expect(engine.savedActivations.byteCount == 0)
      pair.holdsFake = true
      try pair.discriminatorStep()
      #expect(engine.savedActivations.byteCount == 4 * 64 * (24 + 96))
      // In the generator's own update everything depends on what is replaced.
      try pair.generatorStep()
      #expect(engine.savedActivations.byteCount == 4 * 64 * (24 + 96))
      pair.fake = nil
      #expect(engine.savedActivations.byteCount == 0)
    }

    @Test func rememberNothingBehindADetachedValue() throws {
      let pair = try Pair()
      let fake = try pair.generator(pair.noise, in: pair.context).detached()
      let loss = try pair.discriminator(fake, in: pair.context).mean()
      try SGD().update(pair.discriminator.parameters, loss: loss)
      #expect(try fake.node.isRealized)
      #expect(engine.savedActivations.byteCount == 0)
    }

    @Test func letTheOldestGoFirst() throws {
      engine.options.rows = false
      defer { engine.options = Planner.Options() }
      let first = try Pair()
      let second = try Pair()
      let both = 4 * 64 * (24 + 96)
      try withLimit(both) {
        try first.discriminatorStep()
        try second.discriminatorStep()
        #expect(engine.savedActivations.byteCount == both)
        // Those of the second are there, those of the first are computed again.
        #expect(try kernels { try second.generatorStep() }.count("product 64×24×10") == 0)
        #expect(try kernels { try first.generatorStep() }.count("product 64×24×10") == 1)
      }
    }

    @Test func keepWhatCannotBeComputedAgain() throws {
      let pair = try Pair()
      try pair.discriminatorStep()
      let fake = try #require(pair.fake)
      // Reads what is remembered, and no weights.
      let pending = try gradients(of: fake.sum(), withRespectTo: [pair.generator.parameters[3].tensor])[0]
      let expected = try gradients(of: fake.sum(), withRespectTo: [pair.generator.parameters[3].tensor])[0].floats()
      try pair.generatorStep()
      try withLimit(0) { try Pair().discriminatorStep() }
      #expect(try pending.floats() == expected)
    }

    @Test func leaveToTheTapeWhatItHasCut() throws {
      let pair = try Pair()
      try pair.step()
      let fake = try #require(pair.fake)
      let numbers = try fake.floats()
      engine.tape.trim()
      #expect(try fake.node.operation == .data)
      #expect(engine.savedActivations.byteCount == 0)
      try withLimit(0) { try Pair().discriminatorStep() }
      #expect(try fake.floats() == numbers)
    }

    @Test func needNoMoreFromStepToStep() throws {
      let pair = try Pair(features: 6, hidden: 8, batch: 4)
      for _ in 0..<20 { try pair.step() }
      engine.tape.trim()
      let before = (engine.tape.liveNodes, engine.tape.leafBytes, engine.savedActivations.byteCount, engine.memory.takenBytes)
      for _ in 0..<10_000 { try pair.step() }
      engine.tape.trim()
      #expect(engine.tape.liveNodes == before.0)
      #expect(engine.tape.leafBytes == before.1)
      #expect(engine.savedActivations.byteCount == before.2)
      #expect(engine.memory.takenBytes == before.3)
    }
  }
}
