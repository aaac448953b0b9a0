import Testing

@testable import Networks
@testable import Tensors

extension Nets {
  @Suite struct Updates {
    @Test func moveOnlyTheGivenParameters() throws {
      let context = context()
      let (d, g) = (Network([try Dense(1)]), Network([try Dense(3)]))
      let z = try Fixture.numbers([4, 2], seed: 1)
      let loss = try d(g(z, in: context), in: context).sum()
      let before = (try d.parameters[0].tensor.floats(), try g.parameters[0].tensor.floats())
      try Adam().update(g.parameters, loss: loss)
      #expect(try d.parameters[0].tensor.floats() == before.0)
      #expect(try g.parameters[0].tensor.floats() != before.1)
      #expect(try loss.node.isRealized)
    }

    @Test func learnAtTheRateOfTheMoment() throws {
      let parameter = try Parameter("weights", Tensor([1], shape: [1]))
      let optimizer = try SGD(rate: 0.5)
      try optimizer.update([parameter], loss: parameter.tensor.sum())
      #expect(try parameter.tensor.floats() == [0.5])
      optimizer.rate = 0.25
      try optimizer.update([parameter], loss: parameter.tensor.sum())
      #expect(try parameter.tensor.floats() == [0.25])
    }

    @Test func ofALossThatDoesNotDependOnThemAreRefused() throws {
      let parameter = try Parameter("weights", Tensor([1], shape: [1]))
      let error = tensorError { try Adam().update([parameter], loss: Tensor(scalar: 1)) }
      #expect(error?.title == "the loss does not depend on these parameters")
      #expect(tensorError { try Adam().update([], loss: Tensor(scalar: 1)) } != nil)
    }

    @Test func ofALossFromWeightsThatWereReplacedAreRefused() throws {
      let parameter = try Parameter("weights", Tensor([1], shape: [1]))
      let loss = try (parameter.tensor * parameter.tensor).sum()
      try SGD(rate: 0.1).update([parameter], loss: loss)
      let wanted = "the value was computed with weights that have since been replaced"
      #expect(tensorError { try SGD(rate: 0.1).update([parameter], loss: loss) }?.title == wanted)
      engine.tape.trim()
      #expect(tensorError { _ = try gradients(of: loss, withRespectTo: [parameter.tensor]) }?.title == wanted)
    }

    @Test func takeInNotANumberWithoutComplaint() throws {
      let parameter = try Parameter("weights", Tensor([-1], shape: [1]))
      try SGD(rate: 0.1).update([parameter], loss: parameter.tensor.log().sum())
      #expect(try parameter.tensor.floats()[0] == -1 + 0.1)
    }

    @Test func doNotKeepTheGraphsOfEarlierSteps() throws {
      let context = context()
      let net = Network([try Dense(4), FunctionLayer.tanh(), try Dense(1)])
      let (x, optimizer) = (try Fixture.numbers([4, 2], seed: 1), try Adam())
      func step() throws {
        let loss = try net(x, in: context).squared().mean()
        try optimizer.update(net.parameters, loss: loss)
      }
      try step()
      let before = engine.tape.liveNodes
      for _ in 0..<50 { try step() }
      #expect(engine.tape.liveNodes == before)
    }

    @Test func theSameSeedGivesTheSameRun() throws {
      func run() throws -> [Float] {
        let context = context()
        let net = Network([try Dense(16), try BatchNormalization(), FunctionLayer.relu(), try Dropout(0.3), try Dense(1)])
        let optimizer = try Adam(rate: 0.01)
        for _ in 0..<10 {
          let x = try Tensor.normal([8, 4], key: context.random.nextKey())
          let loss = try (net(x, in: context) - 1).squared().mean()
          try optimizer.update(net.parameters, loss: loss)
        }
        return try net.namedParameters.flatMap { try $0.parameter.tensor.floats() }
      }
      #expect(try run() == run())
    }
  }
}
