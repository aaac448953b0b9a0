import Testing

@testable import Tensors

/// Holds the derivatives of `function` at `inputs` against central differences in Double, for every order up to `orders`.
///
/// The result of `function` is made a number by a weighted sum; each order's derivative is again weighted and summed, and that
/// number is differentiated next. All arithmetic is the oracle's, so that only the rules are tested, not the rounding.
func checkDerivatives(
  _ name: String, orders: Int = 3, at inputs: [Tensor], sourceLocation: SourceLocation = #_sourceLocation,
  of function: ([Tensor]) throws -> Tensor
) throws {
  let points = try inputs.map { try $0.node.storage.map { $0.buffer.map(Double.init) } ?? [] }
  var value = try weightedSum([function(inputs)], seed: 100)
  for order in 1...orders {
    let derivatives = try gradients(of: value, withRespectTo: inputs)
    for (derivative, input) in zip(derivatives, inputs) {
      #expect(derivative.shape == input.shape, sourceLocation: sourceLocation)
    }
    let found = Oracle().values(try derivatives.map { try $0.node })
    for (number, input) in inputs.enumerated() {
      var expected: [Double] = []
      for element in points[number].indices {
        func at(_ step: Double) throws -> Double {
          var moved = points[number]
          moved[element] += step
          return Oracle(replacements: [ObjectIdentifier(try input.node): moved]).values(value)[0]
        }
        // Fourth-order differences: their error is h⁴/30 of the fifth derivative.
        let h = 1e-3
        expected.append(try (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h))
      }
      expectClose(
        found[number], expected, within: 1e-6, "\(name), order \(order), input \(number)", sourceLocation: sourceLocation)
    }
    value = try weightedSum(derivatives, seed: 100 + order)
  }
}

/// Σ c · x over all of `tensors`, with fixed weights c.
func weightedSum(_ tensors: [Tensor], seed: Int) throws -> Tensor {
  var total = try Tensor(scalar: 0)
  for (number, tensor) in tensors.enumerated() {
    total = try total + (tensor * someTensor(tensor.shape.dimensions, seed: seed + 17 * number)).sum()
  }
  return total
}
