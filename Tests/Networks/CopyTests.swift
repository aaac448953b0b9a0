import Testing

@testable import Networks
@testable import Tensors

extension Nets {
  @Suite struct CopyTests {
    private func bits(_ layer: any Layer) throws -> [[UInt32]] {
      try (layer.parameters + layer.statistics).map { try $0.tensor.floats().map(\.bitPattern) }
    }

    /// Each kind of layer, with a choice that is not the default.
    private func all() throws -> Network {
      Network([
        try Convolution(3, kernel: (2, 3), stride: (2, 1), padding: .same, biases: false), FunctionLayer.leakyRelu(slope: 0.3),
        try Deconvolution(2, kernel: (3, 3), stride: (1, 2)), try BatchNormalization(decay: 0.5),
        InstanceNormalization(epsilon: 0.01), Flatten(), Reshape([-1, 4]),
        Flatten(), LayerNormalization(epsilon: 0.01), try Dropout(0.25),
        Network([try Dense(2, biases: false), FunctionLayer.tanh()]),
      ])
    }

    @Test func everyKindOfLayerIsCopied() throws {
      let net = try all()
      let context = Context(isTraining: true, random: RandomSource(seed: 1))
      let x = try Tensor.normal([4, 4, 4, 1], key: context.random.nextKey())
      let result = try net(x, in: context)
      try Adam().update(net.parameters, loss: result.squared().sum())
      let copy = try #require(try LayerCopying.run { try $0.copy(of: net) } as? Network)
      #expect(copy.layers.map(\.description) == net.layers.map(\.description))
      #expect(copy.namedParameters.map(\.name) == net.namedParameters.map(\.name))
      #expect(try bits(copy) == bits(net))
      let originals = Set(net.placedLayers.map { ObjectIdentifier($0.layer) })
      #expect(!copy.placedLayers.contains { originals.contains(ObjectIdentifier($0.layer)) })
      // Updates write over old numbers: not over those of the other.
      let (before, optimizer) = (try bits(net), try Adam())
      for _ in 0..<3 { try optimizer.update(copy.parameters, loss: copy(x, in: context).squared().sum()) }
      #expect(try bits(net) == before)
      let after = try bits(copy)
      for _ in 0..<3 { try optimizer.update(net.parameters, loss: net(x, in: context).squared().sum()) }
      #expect(try bits(copy) == after)
      #expect(after != before)
    }

    @Test func whatIsSharedStaysShared() throws {
      let dense = try Dense(2)
      let net = Network([dense, FunctionLayer.relu(), dense, Network([dense])])
      try net.build(sample: [2], in: context())
      #expect(net.parameters.count == 2)
      #expect(net.namedParameters.map(\.name) == ["0.dense.weights", "0.dense.biases"])
      #expect(net.placedLayers.map(\.isRepeated) == [false, false, true, true])
      let copy = try #require(try LayerCopying.run { try $0.copy(of: net) } as? Network)
      #expect(copy.layers[0] === copy.layers[2])
      #expect(copy.layers[0] !== dense)
      #expect(try net.summaryRows(sample: [2], in: context()).map(\.parameters) == [6, 0, 0, 0])
      #expect(try net.summaryRows(sample: [2], in: context()).map { $0.shared?.layer } == [nil, nil, 0, 0])
    }

    @Test func aLearnedTensorHasNumbersOfItsOwn() throws {
      let initial = try Tensor([1, 2], shape: [2])
      let learned = try LearnedTensor(initial)
      for _ in 0..<3 { try SGD(rate: 1).update(learned.parameters, loss: learned.parameter.tensor.sum()) }
      #expect(try learned.parameter.tensor.floats() == [-2, -1])
      #expect(try initial.floats() == [1, 2])
      #expect(tensorError { _ = try learned(initial, in: context()) } != nil)
    }
  }
}
