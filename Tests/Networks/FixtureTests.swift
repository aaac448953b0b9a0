import Testing

@testable import Networks
@testable import Tensors

extension Nets {
  /// Held to PyTorch in float64: see `Tests/Fixtures/generate.py`.
  @Suite struct AgreementWithPyTorch {
    struct Convolved: Decodable {
      let kernel: Int
      let stride: Int
      let padding: String
      let input: [Int]
      let y: Fixture.Numbers
      let dx: Fixture.Numbers
      let dw: Fixture.Numbers
    }

    @Test func ofConvolutions() throws {
      let cases = try Fixture.read("convolution", as: [String: [Convolved]].self)
      for (name, seed) in [("convolution", 1), ("transposed", 4)] {
        for one in try #require(cases[name]) {
          let transposed = name == "transposed"
          let (x, w) = (
            try Fixture.numbers(one.input, seed: seed), try Fixture.numbers([one.kernel, one.kernel, 2, 3], seed: seed + 1)
          )
          let padding = one.padding == "same" ? Padding.same : .valid
          let stride = (one.stride, one.stride)
          let y =
            try transposed
            ? Tensor.transposedConvolution(x, w, stride: stride, padding: padding)
            : Tensor.convolution(x, w, stride: stride, padding: padding)
          let c = try Fixture.numbers(y.shape.dimensions, seed: seed + 2)
          let derivatives = try gradients(of: (y * c).sum(), withRespectTo: [x, w])
          let label = "\(name) \(one.padding), kernel \(one.kernel), stride \(one.stride), \(one.input)"
          try one.y.expect(y, within: 1e-5, label)
          try one.dx.expect(derivatives[0], within: 1e-5, "\(label), by x")
          try one.dw.expect(derivatives[1], within: 1e-5, "\(label), by w")
        }
      }
    }

    @Test func ofBatchNormalization() throws {
      let expected = try Fixture.read("batch_normalization", as: [String: Fixture.Numbers].self)
      let layer = try BatchNormalization()
      let x = try Fixture.numbers([4, 3, 2, 5], seed: 1, scale: 2, shift: 0.5)
      let context = context()
      _ = try layer(x, in: context)
      try layer.parameters[0].assign(Fixture.numbers([5], seed: 2, scale: 0.5, shift: 1))
      try layer.parameters[1].assign(Fixture.numbers([5], seed: 3))
      let y = try layer(x, in: context)
      let (scale, offset) = (layer.parameters[0].tensor, layer.parameters[1].tensor)
      let loss = try (y.sin() * Fixture.numbers(y.shape.dimensions, seed: 4)).sum()
      let first = try gradients(of: loss, withRespectTo: [x, scale, offset])
      let second = try gradients(of: first[0].squared().sum(), withRespectTo: [x, scale])
      let found = [
        "y": y, "dx": first[0], "dscale": first[1], "doffset": first[2], "ddx": second[0], "ddscale": second[1],
      ]
      for (name, tensor) in found { try #require(expected[name]).expect(tensor, within: 2e-5, name) }
      try SGD(rate: 0).update(layer.parameters, loss: loss)
      try #require(expected["running_mean"]).expect(layer.statistics[0].tensor, within: 1e-6, "running mean")
      try #require(expected["running_variance"]).expect(layer.statistics[1].tensor, within: 1e-6, "running variance")
    }

    struct Normalized: Decodable {
      let seed: Int
      let shape: [Int]
      let found: [String: Fixture.Numbers]
    }

    @Test func ofInstanceNormalization() throws {
      for one in try Fixture.read("instance_normalization", as: [Normalized].self) {
        let channels = try #require(one.shape.last)
        let layer = InstanceNormalization()
        let x = try Fixture.numbers(one.shape, seed: one.seed, scale: 2, shift: 0.5)
        let context = context()
        try layer.make(
          [
            Fixture.numbers([channels], seed: one.seed + 1, scale: 0.5, shift: 1),
            Fixture.numbers([channels], seed: one.seed + 2),
          ], input: channels)
        let y = try layer(x, in: context)
        let (scale, offset) = (layer.parameters[0].tensor, layer.parameters[1].tensor)
        let loss = try (y.sin() * Fixture.numbers(y.shape.dimensions, seed: one.seed + 3)).sum()
        let first = try gradients(of: loss, withRespectTo: [x, scale, offset])
        let second = try gradients(of: first[0].squared().sum(), withRespectTo: [x, scale])
        let found = [
          "y": y, "dx": first[0], "dscale": first[1], "doffset": first[2], "ddx": second[0], "ddscale": second[1],
        ]
        for (name, tensor) in found { try #require(one.found[name]).expect(tensor, within: 2e-5, "\(one.shape), \(name)") }
      }
    }

    struct Step: Decodable {
      let loss: Double
      let w: Fixture.Numbers
      let b: Fixture.Numbers
    }

    @Test func ofFiveStepsOfEveryOptimizer() throws {
      let expected = try Fixture.read("optimizers", as: [String: [Step]].self)
      let optimizers: [(String, any Optimizer)] = [
        ("adam", try Adam(rate: 0.01, beta1: 0.5)), ("rmsprop", try RMSProp(rate: 0.01, decay: 0.9)),
        ("sgd", try SGD(rate: 0.1)), ("momentum", try SGD(rate: 0.1, momentum: 0.9)),
      ]
      for (name, optimizer) in optimizers {
        let (x, target) = (try Fixture.numbers([6, 4], seed: 1), try Fixture.numbers([6, 3], seed: 2))
        let w = try Parameter("weights", Fixture.numbers([4, 3], seed: 3))
        let b = try Parameter("biases", Fixture.numbers([3], seed: 4))
        for (number, step) in try #require(expected[name]).enumerated() {
          let output = try (Tensor.matmul(x, w.tensor) + b.tensor).tanh()
          let loss = try (output - target).squared().mean()
          try optimizer.update([w, b], loss: loss)
          #expect(abs(try loss.scalar() - step.loss) < 1e-5, "\(name), step \(number)")
          try step.w.expect(w.tensor, within: 1e-5, "\(name), step \(number), weights")
          try step.b.expect(b.tensor, within: 1e-5, "\(name), step \(number), biases")
        }
      }
    }

    struct Dragan: Decodable {
      let fake: Fixture.Numbers
      let slopes: Fixture.Numbers
      let penalty: Double
      let dLoss: Double
      let gLoss: Double
      let dGradients: [Fixture.Numbers]
      let gGradients: [Fixture.Numbers]
    }

    /// Where the parameters of `generate.py` do not lie around 0.
    private static let shifts = [
      "0.conv.weights": 0.02, "9.dense.biases": 0.5, "3.batch_norm.offset": 3, "7.batch_norm.offset": -3,
      "1.batch_norm.offset": 3, "4.batch_norm.offset": 3, "8.batch_norm.offset": 3,
    ]

    /// A whole step of the seed's networks, batch 64: losses, images, slopes, penalty, and the gradient of every parameter,
    /// which goes through the slope's own derivative.
    @Test func ofADraganStepOfTheSeedsNetworks() throws {
      let expected = try Fixture.read("dragan", as: Dragan.self)
      let context = context()
      let (d, g) = (try Network.seedDiscriminator(), try Network.seedGenerator())
      try d.build(sample: [28, 28, 1], in: context)
      try g.build(sample: [128], in: context)
      for (net, seed) in [(d, 100), (g, 200)] {
        for (number, (name, parameter)) in net.namedParameters.filter({
          !$0.name.hasSuffix(".mean") && !$0.name.hasSuffix(".variance")
        })
        .enumerated() {
          let isScale = name.hasSuffix(".scale")
          try parameter.assign(
            Fixture.numbers(
              parameter.shape.dimensions, seed: seed + number, scale: isScale ? 0.1 : 0.0346,
              shift: isScale ? 1 : Self.shifts[name] ?? 0))
        }
      }
      let real = try Fixture.numbers([64, 28, 28, 1], seed: 300, scale: 0.5, shift: 0.5)
      let z = try Fixture.numbers([64, 128], seed: 301)
      let noise = try Fixture.numbers([64, 28, 28, 1], seed: 302, scale: 0.5)

      let fake = try g(z, in: context)
      let near = try real + noise * real.std()
      let slope = try gradients(of: d(near, in: context).sum(), withRespectTo: [near])[0]
      let slopes = try (slope.squared().sum(axes: [1, 2, 3]) + 1e-12).sqrt()
      let penalty = try (slopes - 1).squared().mean() * 10
      let losses = try (-d(real, in: context)).softplus().mean() + d(fake, in: context).softplus().mean()
      let dLoss = try losses + penalty
      let gLoss = try (-d(fake, in: context)).softplus().mean()
      let dGradients = try gradients(of: dLoss, withRespectTo: d.parameters.map(\.tensor))
      let gGradients = try gradients(of: gLoss, withRespectTo: g.parameters.map(\.tensor))
      try Tensor.realize([fake, slopes, penalty, dLoss, gLoss] + dGradients + gGradients)

      let tolerance = 1e-4
      try expected.fake.expect(fake, within: tolerance, "images")
      try expected.slopes.expect(slopes, within: tolerance, "slopes")
      #expect(abs(try penalty.scalar() - expected.penalty) < tolerance * expected.penalty)
      #expect(abs(try dLoss.scalar() - expected.dLoss) < tolerance * expected.dLoss)
      #expect(abs(try gLoss.scalar() - expected.gLoss) < tolerance * expected.gLoss)
      for (net, found, wanted) in [(d, dGradients, expected.dGradients), (g, gGradients, expected.gGradients)] {
        #expect(found.count == wanted.count)
        for (number, (gradient, numbers)) in zip(found, wanted).enumerated() {
          // The biases before a batch normalization have the derivative 0: what remains of it is rounding.
          if let norm = numbers.norm, norm < 1e-9 {
            #expect(try gradient.floats().allSatisfy { abs($0) < 1e-4 })
            continue
          }
          // The derivatives by the generator's last offset and bias are small differences of large sums: PyTorch's own float32 is
          // off by 0.5e-4 and 1e-4 there, the plan without fusing or tiles by 2.4e-4 and 4.7e-4.
          let isDifference = net === g && [11, 13].contains(number)
          try numbers.expect(
            gradient, within: isDifference ? 5e-4 : tolerance, "\(net === d ? "D" : "G"), parameter \(number)")
        }
      }
    }
  }
}
