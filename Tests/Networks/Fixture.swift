import Foundation
import Testing

@testable import Tensors

/// What `Tests/Fixtures/generate.py` wrote.
enum Fixture {
  static func read<Content: Decodable>(_ name: String, as type: Content.Type) throws -> Content {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try JSONDecoder().decode(type, from: Data(contentsOf: folder.appendingPathComponent("Fixtures/\(name).json")))
  }

  /// The inputs of the fixtures, from the same hash as in `generate.py`: even in [-scale, scale) + shift.
  static func numbers(_ shape: [Int], seed: Int, scale: Double = 1, shift: Double = 0) throws -> Tensor {
    let count = shape.reduce(1, *)
    let floats = (0..<count).map { place -> Float in
      var z = (UInt64(place) &+ UInt64(seed) &* (1 << 32) &+ 1) &* 0x9E37_79B9_7F4A_7C15
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      z ^= z >> 31
      return Float((Double(z >> 40) * 0x1p-23 - 1) * scale + shift)
    }
    return try Tensor(floats, shape: shape)
  }

  /// All numbers of a result, or every `stride`th with the whole's size.
  struct Numbers: Decodable {
    let shape: [Int]
    let values: [Double]
    var stride: Int?
    var largest: Double?
    var norm: Double?

    /// Expects `tensor` to agree within `tolerance` of the largest entry.
    func expect(
      _ tensor: Tensor, within tolerance: Double, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      #expect(tensor.shape.dimensions == shape, "\(name)", sourceLocation: sourceLocation)
      let floats = try tensor.floats().map(Double.init)
      let largest = largest ?? values.reduce(0) { max($0, abs($1)) }
      var worst = 0.0
      for (index, value) in values.enumerated() { worst = max(worst, abs(floats[index * (stride ?? 1)] - value)) }
      #expect(worst <= tolerance * largest, "\(name): off by \(worst / largest) of the largest", sourceLocation: sourceLocation)
      if let norm {
        let found = floats.reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(abs(found - norm) <= tolerance * norm, "\(name): norm \(found), not \(norm)", sourceLocation: sourceLocation)
      }
    }
  }
}
