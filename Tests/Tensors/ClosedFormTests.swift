import Testing

@testable import Tensors

extension EngineTests {
  /// Penalties on a gradient's norm, where everything is known by hand (`mathematics`: f = w·x, f = ½‖x‖², w = 1/28).
  @Suite struct ClosedForms {
    private func norms(_ y: Tensor, _ x: Tensor) throws -> Tensor {
      let slope = try gradients(of: y, withRespectTo: [x])[0]
      return try (slope.squared().sum(axes: [1]) + 1e-12).sqrt()
    }

    @Test func theSlopeOfALinearFunctionIsItsWeights() throws {
      let w = try Tensor([0.5, -1, 2], shape: [3])
      let x = try someTensor([4, 3])
      let norms = try norms(Tensor.matmul(x, w).sum(), x)
      let length = 5.25.squareRoot()
      expectClose(Oracle().values(norms), [length, length, length, length], within: 1e-9)
      let penalty = try (norms - 1).squared().mean() * 10
      expectClose(Oracle().values(penalty), [10 * (length - 1) * (length - 1)], within: 1e-9)
      let derivative = try gradients(of: penalty, withRespectTo: [w])[0]
      expectClose(Oracle().values(derivative), [0.5, -1, 2].map { 20 * (length - 1) * $0 / length }, within: 1e-9)
    }

    @Test func theSlopeOfHalfASquareIsItsPoint() throws {
      let x = try someTensor([3, 5])
      let y = try x.squared().sum() * 0.5
      expectClose(Oracle().values(try gradients(of: y, withRespectTo: [x])[0]), Oracle().values(x), within: 1e-12)
    }

    @Test func weightsOfOne28thHaveNoPenaltyOverAllPixelsButOneOverASingleAxis() throws {
      let w = try Tensor([Float](repeating: 1 / 28, count: 784), shape: [28, 28])
      let x = try someTensor([2, 28, 28])
      let slope = try gradients(of: (x * w).sum(), withRespectTo: [x])[0]
      let all = try slope.squared().sum(axes: [1, 2]).sqrt()
      expectClose(Oracle().values(all), [1, 1], within: 1e-6)
      let column = try (slope.squared().sum(axes: [1]).sqrt() - 1).squared().mean()
      #expect(Oracle().values(column)[0] > 0.6)
    }

    @Test func thePenaltyOfASmallNetHasTheDerivativeThatDifferencesGive() throws {
      let inputs = try [([3, 2], 1), ([2, 4], 2), ([4], 3), ([4, 1], 4)].map { try someTensor($0.0, seed: $0.1) }
      try checkDerivatives("penalty", orders: 2, at: inputs) { inputs in
        let hidden = try (Tensor.matmul(inputs[0], inputs[1]) + inputs[2]).tanh()
        return try (norms(Tensor.matmul(hidden, inputs[3]).sum(), inputs[0]) - 1).squared().mean()
      }
    }

    @Test func thePenaltyOfAConvolutionalNetWithBatchStatisticsToo() throws {
      let inputs = try [([3, 4, 4, 1], 1), ([3, 3, 1, 2], 2), ([8, 1], 3)].map { try someTensor($0.0, seed: $0.1) }
      try checkDerivatives("penalty", orders: 1, at: inputs) { inputs in
        let maps = try Tensor.convolution(inputs[0], inputs[1], stride: (2, 2))
        let centered = try maps - maps.mean(axes: [0, 1, 2], keep: true)
        let normal = try centered / (centered.squared().mean(axes: [0, 1, 2], keep: true) + 1e-5).sqrt()
        let logits = try Tensor.matmul(normal.tanh().reshaped([3, 8]), inputs[2])
        let slope = try gradients(of: logits.sum(), withRespectTo: [inputs[0]])[0]
        return try ((slope.squared().sum(axes: [1, 2, 3]) + 1e-12).sqrt() - 1).squared().mean()
      }
    }
  }
}
