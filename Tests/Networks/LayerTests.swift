import Testing

@testable import Networks
@testable import Tensors

extension Nets {
  @Suite struct Layers {
    @Test func giveTheShapesTheySay() throws {
      let x = try Fixture.numbers([2, 5, 6, 3], seed: 1)
      let context = context()
      #expect(try Convolution(4, kernel: (3, 3), stride: (2, 2))(x, in: context).shape.dimensions == [2, 3, 3, 4])
      let valid = try Convolution(4, kernel: (3, 2), padding: .valid)(x, in: context)
      #expect(valid.shape.dimensions == [2, 3, 5, 4])
      #expect(try Deconvolution(4, kernel: (3, 3), stride: (2, 3))(x, in: context).shape.dimensions == [2, 10, 18, 4])
      #expect(try Flatten()(x, in: context).shape.dimensions == [2, 90])
      #expect(try Reshape([-1, 3])(x, in: context).shape.dimensions == [2, 30, 3])
      #expect(try Dense(7)(x.reshaped([2, 90]), in: context).shape.dimensions == [2, 7])
    }

    @Test func sayWhatInputTheyTake() throws {
      let context = context()
      let images = try Fixture.numbers([2, 4, 4, 1], seed: 1)
      let rows = try Fixture.numbers([2, 4], seed: 1)
      let dense = try Dense(3)
      let error = tensorError { _ = try dense(images, in: context) }
      #expect(error?.title == "dense takes a batch of shape [n, features]")
      #expect(error?.operands.first?.text == "[2, 4, 4, 1]")
      #expect(error?.advice.contains("flatten") == true)
      #expect(tensorError { _ = try Convolution(3, kernel: (3, 3))(rows, in: context) } != nil)
      _ = try dense(rows, in: context)
      #expect(
        tensorError { _ = try dense(Fixture.numbers([2, 5], seed: 1), in: context) }?.title == "dense was made for another input")
      let net = Network([Flatten(), try Dense(3), try Convolution(4, kernel: (3, 3))])
      let inner = tensorError { _ = try net(images, in: context) }
      #expect(inner?.advice.hasSuffix("(Layer 2 of the net: conv 4, kernel: 3, stride: 1.)") == true)
    }

    @Test func refuseSenselessNumbers() {
      #expect(tensorError { _ = try Dense(0) } != nil)
      #expect(tensorError { _ = try Convolution(1, kernel: (0, 3)) } != nil)
      #expect(tensorError { _ = try Deconvolution(1, kernel: (3, 3), stride: (1, -1)) } != nil)
      #expect(tensorError { _ = try Dropout(1) } != nil)
      #expect(tensorError { _ = try BatchNormalization(decay: 2) } != nil)
      #expect(tensorError { _ = try Adam(rate: .nan) } != nil)
      #expect(tensorError { _ = try Adam(beta1: 1) } != nil)
    }

    @Test func firstWeightsAreDrawnAsWanted() throws {
      func deviation(_ initializer: Initializer) throws -> Double {
        let random = RandomSource(seed: 3)
        return try initializer([100, 200], fan: (100, 200), random).std().scalar()
      }
      #expect(try deviation(.zeros) == 0)
      #expect(abs(try deviation(.normal(deviation: 0.02)) - 0.02) < 0.001)
      #expect(abs(try deviation(.truncatedNormal(deviation: 0.02)) - 0.02 * 0.8796) < 0.001)
      #expect(abs(try deviation(.he) - 0.1414) < 0.005)
      #expect(abs(try deviation(.glorot) - 0.0816) < 0.004)
      let (one, other) = (try Dense(3), try Dense(3))
      let context = context()
      let x = try Fixture.numbers([1, 4], seed: 1)
      _ = try (one(x, in: context), other(x, in: context))
      #expect(try one.parameters[0].tensor.floats() != other.parameters[0].tensor.floats())
    }

    @Test func dropoutKeepsTheMeanAndStopsOutsideTraining() throws {
      let x = try Tensor.fill(1, shape: [10_000])
      let layer = try Dropout(0.25)
      let context = context()
      let y = try layer(x, in: context).floats()
      #expect(Set(y) == [0, Float(1 / 0.75)])
      #expect(abs(y.reduce(0, +) / 10_000 - 1) < 0.03)
      #expect(try layer(x, in: context).floats() != y)
      context.isTraining = false
      #expect(try layer(x, in: context).floats() == x.floats())
    }

    /// What a layer keeps is made whole or not at all, in the order in which files have it, and a trial leaves nothing.
    @Test func parametersAreSaidOnce() throws {
      let layer = try BatchNormalization()
      #expect(layer.parts(input: 3).map(\.name) == ["scale", "offset", "mean", "variance"])
      #expect(tensorError { try layer.make([Tensor.fill(0, shape: [3])], input: 3) } != nil)
      #expect(layer.isUnmade)
      let context = context()
      context.isTrial = true
      _ = try layer(Fixture.numbers([4, 3], seed: 1), in: context)
      #expect(layer.inputSize == nil && layer.parameters.isEmpty && layer.statistics.isEmpty)
      context.isTrial = false
      _ = try layer(Fixture.numbers([4, 3], seed: 1), in: context)
      #expect(layer.inputSize == 3 && (layer.parameters + layer.statistics).map(\.name) == layer.parts(input: 3).map(\.name))
    }

    @Test func everyWordMakesTheLayerOfItsName() throws {
      #expect(LayerWord.names.count == LayerWord.all.count)
      for word in LayerWord.all {
        var choices: [String: LayerChoices.Choice] = [:]
        for option in word.options {
          choices[option.name] =
            switch option {
            case .integer: .integer(2)
            case .number(_, let value, _), .amount(_, let value, _), .finite(_, let value, _): .number(value)
            case .flag(_, let value, _): .flag(value)
            case .sides(_, let value, _): .sides(value, value)
            case .padding(_, let value, _): .padding(value)
            case .initializer: .initializer(nil)
            case .sizes: .sizes([2])
            }
        }
        #expect(try word.make(LayerChoices(choices)).kind == word.name)
        if !word.options.isEmpty { #expect(tensorError { _ = try word.make(LayerChoices([:])) } != nil) }
      }
    }

    @Test func layerNormalizationIsOfEachSample() throws {
      let x = try Fixture.numbers([3, 4, 5], seed: 1, scale: 3, shift: 1)
      let y = try LayerNormalization()(x, in: context(training: false))
      for value in try y.mean(axes: [1, 2]).floats() { #expect(abs(value) < 1e-6) }
      for value in try y.variance(axes: [1, 2]).floats() { #expect(abs(value - 1) < 1e-4) }
    }
  }
}
