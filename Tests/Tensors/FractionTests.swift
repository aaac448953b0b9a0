import Kernels
import Testing

@testable import Tensors

struct FractionTests {
  @Test(arguments: [GAN_BASELINE, GAN_V3, GAN_V4])
  func everyByteAndEveryWordIsTheNearestFraction(set: Int) {
    let best = gan_best_instruction_set()
    guard set <= Int(best) else { return }
    _ = gan_use_instruction_set(Int32(set))
    defer { _ = gan_use_instruction_set(best) }
    let bytes = (0...UInt8.max).map { $0 }
    let words = (0...UInt16.max).map { $0 }
    var floats = [Float](repeating: -1, count: words.count)
    bytes.withUnsafeBufferPointer { Fractions.convert($0, into: &floats) }
    #expect(Array(floats.prefix(256)) == bytes.map { Float($0) / 255 })
    #expect(floats[256] == -1)
    words.withUnsafeBufferPointer { Fractions.convert($0, into: &floats) }
    #expect(floats == words.map { Float($0) / 65535 })
  }
}
