@testable import Formats

/// Check sums made right, so that a mutated file comes past them to what they guard.
enum Checksums {
  /// A PNG whose chunks have the sums of what they hold; bytes that are no PNG stay as they are.
  static func mended(png bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var result = Array(bytes)
    var place = 8
    while place + 12 <= result.count {
      let length = result[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= result.count - place - 12 else { break }
      let sum = Checksum(of: Array(result[place + 4..<place + 8 + length])).value
      for (index, shift) in [24, 16, 8, 0].enumerated() {
        result[place + 8 + length + index] = UInt8(truncatingIfNeeded: sum >> UInt32(shift))
      }
      place += 12 + length
    }
    return result
  }
}
