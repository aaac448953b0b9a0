/// A hash of 64 bits that is the same in every process (FNV-1a of Fowler, Noll and Vo): names files of a cache by what they were made of.
struct Digest: Equatable, Sendable {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0 as UInt8)
  }

  mutating func add(_ number: Int) {
    for shift in stride(from: 0, to: 64, by: 8) { add(UInt8(truncatingIfNeeded: number >> shift)) }
  }

  mutating func add(_ stamp: FileStamp) {
    add(stamp.size)
    add(stamp.time)
  }

  /// Takes in which program this is: another one may read pictures in another way.
  mutating func addProgram() {
    if let program = FileStamp("/proc/self/exe") { add(program) }
  }

  private mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }

  /// Sixteen hexadecimal digits.
  var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
