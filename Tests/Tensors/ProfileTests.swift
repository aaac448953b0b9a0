import Testing

@testable import Tensors

extension EngineTests {
  @Suite struct ProfileTests {
    /// What `body` does, profiled.
    private func profile(_ body: () throws -> Void) throws -> Profile {
      let profile = try Profile()
      defer { profile.stop() }
      try body()
      return profile
    }

    @Test func kernelsOfOneNameAreOneRow() throws {
      let profile = try profile {
        for seed in 0..<3 {
          let x = try someTensor([8, 6], seed: seed)
          try Tensor.matmul(x.tanh(), x.transposed()).realize()
        }
      }
      let kernels = Dictionary(uniqueKeysWithValues: profile.kernels.map { ($0.name, $0) })
      #expect(Set(kernels.keys) == ["elementwise [8, 6]: tanh", "product 8×8×6"])
      let product = try #require(kernels["product 8×8×6"])
      #expect(product.calls == 3 && product.isProduct)
      #expect(product.flops == 2304)  // Three times 2 · 8 · 8 · 6.
      #expect(product.bytes == 1920)  // Three times 4 · (8 · 6 + 6 · 8 + 8 · 8).
      let seconds = profile.kernels.map(\.seconds)
      #expect(seconds == seconds.sorted { $0 > $1 })
      #expect(profile.kernelSeconds > 0 && profile.kernelSeconds + profile.planningSeconds <= profile.wallSeconds)
    }

    @Test func plansAreCountedAsMadeAndUsedAgain() throws {
      let profile = try profile {
        // A size that no other test has, so that the plan is new.
        for seed in 0..<4 { try someTensor([7, 1009], seed: seed).exp().realize() }
      }
      #expect(profile.plansMade == 1 && profile.plansReused == 3)
      let plan = try #require(profile.mainPlans(limit: 1).first)
      #expect(plan.runs == 4 && plan.stepSeconds.count == 1)
      #expect(plan.seconds == profile.kernelSeconds)
    }

    @Test func whatIsProfiledWithinIsSeenOutsideToo() throws {
      var inner: Profile?
      let outer = try profile {
        try someTensor([5]).exp().realize()
        inner = try profile { try someTensor([6]).sin().realize() }
        try someTensor([7]).cos().realize()
      }
      #expect(inner?.kernels.map(\.name) == ["elementwise [6]: sin"])
      #expect(Set(outer.kernels.map(\.name)) == ["elementwise [5]: exp", "elementwise [6]: sin", "elementwise [7]: cos"])
      #expect(engine.observer == nil)
    }

    @Test func nothingIsSeenAfterTheEnd() throws {
      let profile = try profile { try someTensor([5]).exp().realize() }
      let seconds = profile.wallSeconds
      try someTensor([9]).exp().realize()
      profile.stop()
      #expect(profile.kernels.count == 1 && profile.wallSeconds == seconds && engine.observer == nil)
    }

    @Test func anErrorEndsTheProfileAndKeepsItsNumbers() throws {
      var seen: Profile?
      #expect(throws: TensorError.self) {
        let profile = try Profile()
        seen = profile
        defer { profile.stop() }
        try someTensor([5]).exp().realize()
        _ = try Tensor.matmul(someTensor([2]), someTensor([3]))
      }
      #expect(seen?.kernels.count == 1 && engine.observer == nil)
    }

    @Test func theMostMemoryIsThatOfTheProfiledPart() throws {
      let large = 1 << 20
      func take() throws { _ = try Storage(count: large) }
      try take()
      let before = engine.memory.takenBytes
      let outer = try profile {
        try take()
        let inner = try profile {}
        #expect(inner.peakBytes == before)
      }
      #expect(outer.peakBytes == before + 4 * large)
    }

    // MARK: Plans as text

    private func reading(_ outputs: [Tensor]) throws -> PlanReading {
      let profile = try profile { try Tensor.realize(outputs) }
      return try #require(profile.mainPlans(limit: 1).first).reading
    }

    @Test func aPlanReadsAsFormulas() throws {
      let x = try someTensor([64, 6], seed: 1)
      let w = try someTensor([6, 4], seed: 2)
      let b = try someTensor([4], seed: 3)
      // What lies on the way is not held, so that it is not kept.
      func centered() throws -> Tensor {
        let h = try (Tensor.matmul(x, w) + b).leakyRelu()
        return try h - h.mean(axes: [0], keep: true)
      }
      let reading = try reading([centered()])
      #expect(reading.inputs == ["x1 [64, 6]", "x2 [6, 4]", "x3 [4]"])
      #expect(
        reading.steps.map(\.name) == [
          "product 64×4×6, then add, leaky_relu; sum", "elementwise [1, 4]: divide", "elementwise [64, 4]: subtract",
        ])
      #expect(
        reading.steps.map(\.formulas) == [
          ["t1 [64, 4] = x1 @ x2", "t2 [64, 4] = leaky_relu(t1 + x3, 0.2)", "t3 [1, 4] = sum(t2)"],
          ["t4 [1, 4] = t3 / 64"],
          ["y1 [64, 4] = t2 - t4"],
        ])
      #expect(reading.inputBytes == 1648)  // 4 · (64 · 6 + 6 · 4 + 4).
      #expect(reading.resultBytes == 1024)
      #expect(reading.arenaBytes >= 1024)
      #expect(reading.flops > 3072)  // The product's 2 · 64 · 4 · 6.
    }

    @Test func formulasBindAsInTheLanguage() throws {
      let x = try someTensor([11], seed: 1)
      let y = try someTensor([11], seed: 2)
      func formula(_ tensor: Tensor) throws -> [String] { try reading([tensor]).steps.flatMap(\.formulas) }
      #expect(try formula((x - (y - x)) * 2) == ["y1 [11] = (x2 - (x1 - x2)) * 2"])
      #expect(try formula(-(x * y)) == ["y1 [11] = -(x1 * x2)"])
      #expect(try formula((x + y).squared() / (x / y)) == ["y1 [11] = (x1 + x2) ^ 2 / (x1 / x2)"])
      #expect(try formula(Tensor.where(Tensor.combine(.less, x, y), x, -y)) == ["y1 [11] = where(x1 < x2, x1, -x2)"])
      // What is used twice has a name of its own.
      func ratio() throws -> Tensor {
        let e = try (x * y).exp()
        return try e / (e + 1)
      }
      #expect(try formula(ratio()) == ["a = exp(x1 * x2)", "y1 [11] = a / (a + 1)"])
    }

    @Test func whatIsWrittenOverIsNamed() throws {
      let shape = try Shape([70, 90])
      let old = Node(storage: try Storage(copying: [Float](repeating: 1, count: 6300)), shape: shape)
      let slope = Node(storage: try Storage(copying: [Float](repeating: 2, count: 6300)), shape: shape)
      let new = old - slope * 0.1
      let profile = try profile { try Graph.realize([new], replacing: [Replacement(old: old, new: new)]) }
      let reading = try #require(profile.mainPlans(limit: 1).first).reading
      #expect(reading.steps.map(\.formulas) == [["y1 [70, 90] over x2 = x2 - x1 * 0.1"]])
      #expect(reading.resultBytes == 25200 && reading.replacedBytes == 25200)
    }

    @Test func stepsThatMoveNumbersAreNamed() throws {
      let x = try someTensor([5, 3], seed: 1)
      let reading = try reading([Tensor.concat([x.exp(), x], axis: 0)])
      #expect(reading.steps.map(\.formulas) == [["t1 [5, 3] = exp(x1)"], ["y1 [10, 3] = concatenation(t1, x1)"]])
    }

    @Test func convolutionsAreNamedWithTheirKernel() throws {
      let x = try someTensor([2, 8, 8, 3], seed: 1)
      let filter = try someTensor([4, 4, 3, 5], seed: 2)
      let reading = try reading([Tensor.convolution(x, filter, stride: (2, 2))])
      #expect(reading.steps.map(\.name) == ["convolution 32×5×48"])
      #expect(reading.steps.map(\.formulas) == [["y1 [2, 4, 4, 5] = conv(x1, x2)  4×4, stride 2×2"]])
    }
  }
}
