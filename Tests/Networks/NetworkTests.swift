import Formats
import Glibc
import Testing

@testable import Networks
@testable import Tensors

extension Nets {
  @Suite struct Networks {
    @Test func theSummaryOfTheSeedsNetworks() throws {
      let (d, g) = (try Network.seedDiscriminator(), try Network.seedGenerator())
      let rows = try d.summaryRows(sample: [28, 28, 1], in: context())
      #expect(
        rows.map(\.output) == [
          [14, 14, 64], [14, 14, 64], [7, 7, 128], [7, 7, 128], [7, 7, 128], [6272], [1024], [1024], [1024], [1],
        ])
      #expect(rows.map(\.parameters) == [1088, 0, 131_200, 256, 0, 0, 6_423_552, 2048, 0, 1025])
      #expect(rows[0].layer == "conv 64, kernel: 4, stride: 2")
      #expect(d.parameterCount == 6_559_169)
      #expect(
        rows[3].variables.map(\.name) == [
          "3.batch_norm.scale", "3.batch_norm.offset", "3.batch_norm.mean", "3.batch_norm.variance",
        ])
      #expect(rows[3].variables.map(\.isTrained) == [true, true, false, false])
      #expect(try g.summaryRows(sample: [128], in: context()).last?.output == [28, 28, 1])
      #expect(g.parameterCount == 6_707_777)
    }

    @Test func aNetIsALayer() throws {
      let inner = Network([try Dense(3), FunctionLayer.relu()])
      let net = Network([inner, try Dense(1)])
      #expect(try net.build(sample: [2], in: context()) == [1])
      #expect(
        net.namedParameters.map(\.name) == [
          "0.net.0.dense.weights", "0.net.0.dense.biases", "1.dense.weights", "1.dense.biases",
        ])
      #expect(net.parameters.count == 4)
    }

    @Test func parametersAreMadeOnceAndShapesStay() throws {
      let net = Network([try Dense(3)])
      let context = context()
      try net.build(sample: [2], in: context)
      let weights = net.parameters[0]
      try net.build(sample: [2], in: context)
      #expect(net.parameters[0] === weights)
      #expect(tensorError { try weights.assign(Tensor.fill(0, shape: [3, 2])) } != nil)
    }

    @Test func weightsAreSavedAndLoaded() throws {
      let path = "/tmp/gan-checkpoint-\(getpid()).safetensors"
      defer { unlink(path) }
      func made(_ units: Int, seed: UInt64) throws -> Network {
        let net = Network([try Dense(units), try BatchNormalization(), try Dense(2)])
        try net.build(sample: [4], in: Context(random: RandomSource(seed: seed)))
        return net
      }
      func numbers(_ net: Network) throws -> [Float] { try net.namedParameters.flatMap { try $0.parameter.tensor.floats() } }
      let (net, other, wider) = (try made(3, seed: 1), try made(3, seed: 2), try made(5, seed: 3))
      try Checkpoint.save(net, to: path)
      #expect(try numbers(other) != numbers(net))
      try Checkpoint.load(other, from: path)
      #expect(try numbers(other) == numbers(net))

      let before = try numbers(wider)
      #expect(tensorError { try Checkpoint.load(wider, from: path) }?.title == "the file does not fit the net")
      let longer = Network(net.layers + [try Dense(1)])
      try longer.build(sample: [4], in: context())
      #expect(tensorError { try Checkpoint.load(longer, from: path) }?.operands.first?.text == "has no 3.dense.weights")
      let shorter = Network(Array(other.layers.dropLast()))
      #expect(tensorError { try Checkpoint.load(shorter, from: path) }?.title == "the file does not fit the net")
      #expect(try numbers(wider) == before)
      #expect(tensorError { try Checkpoint.save(Network([try Dense(1)]), to: path) }?.title == "the net has no parameters yet")
    }
  }
}
