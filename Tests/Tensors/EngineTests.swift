import TestSupport
import Testing

@testable import Tensors

/// All suites of this module lie in this one: each of their tests has an engine of its own.
@Suite(.ownEngine) enum EngineTests {}

/// The engine that the running test has entered.
var engine: Engine { Engine.current ?? Engine() }

/// Numbers without pattern and without chance, in (−1, 1).
func someNumbers(_ count: Int, seed: Int = 0) -> [Double] {
  (0..<count).map { index in
    let x = 43_758.5453 * (12.9898 * Double(index + 1) + 78.233 * Double(seed + 1)).truncatingRemainder(dividingBy: 3.14159)
    return 2 * (x - x.rounded(.down)) - 1
  }
}

/// A tensor of `someNumbers`, scaled and shifted.
func someTensor(_ shape: [Int], seed: Int = 0, scale: Double = 1, shift: Double = 0) throws -> Tensor {
  let count = shape.reduce(1, *)
  return try Tensor(someNumbers(count, seed: seed).map { Float($0 * scale + shift) }, shape: shape)
}

/// A tensor of `someNumbers` in an interval.
func someTensor(_ shape: [Int], seed: Int = 0, in interval: ClosedRange<Double>) throws -> Tensor {
  let half = (interval.upperBound - interval.lowerBound) / 2
  return try someTensor(shape, seed: seed, scale: half, shift: interval.lowerBound + half)
}

extension UnaryFunction {
  /// Values of its parameter to test with: the usual one, and one of the other sign. 0 where it has none.
  var sampleParameters: [Float] { definition.parameter.map { [Float($0.initial), -Float($0.initial)] } ?? [0] }
}

extension UnaryFunction: @retroactive CustomTestStringConvertible {
  /// The function's name, in reports of parameterized tests.
  public var testDescription: String { definition.name }
}

extension BinaryFunction: @retroactive CustomTestStringConvertible {
  /// The function's name, in reports of parameterized tests.
  public var testDescription: String { definition.name }
}

/// The error that `body` throws.
func tensorError(_ body: () throws -> Void) -> TensorError? {
  do {
    try body()
    return nil
  } catch { return error as? TensorError }
}

func expectClose(
  _ found: [Double], _ expected: [Double], within tolerance: Double, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.count == expected.count, comment, sourceLocation: sourceLocation)
  let scale = max(1, expected.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 })
  for (index, (a, b)) in zip(found, expected).enumerated() where !(a == b || (a.isNaN && b.isNaN)) {
    if !(abs(a - b) <= tolerance * scale) {
      Issue.record("\(comment?.rawValue ?? ""): element \(index) is \(a), not \(b)", sourceLocation: sourceLocation)
      return
    }
  }
}
