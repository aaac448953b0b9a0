import Glibc

/// Notices that a process has eaten up the memory by many small pieces, none of which is worth a question of its own.
public struct MemoryWatch {
  /// How much memory the process had when there was enough the last time, in pages.
  private var pages = 0
  /// Less growth than this needs no closer look: 16 MiB, and 4 MiB where the process has limits. It is a part of what must be left.
  private static let growth = Memory.hasLimits ? 1024 : 4096
  /// What must be left for everything else to go on: errors, their texts, keeping a run; and what some thousand pieces take until the next look.
  private static let reserve = Memory.hasLimits ? 48 << 20 : 64 << 20

  /// Nothing is known yet.
  public init() {}

  /// Takes a few microseconds: for every few thousandth piece.
  ///
  /// - Throws: `Memory.Shortage` where nearly nothing is left.
  public mutating func look() throws(Memory.Shortage) {
    let now = MemoryWatch.pagesInUse()
    guard now - pages > MemoryWatch.growth else { return }
    let available = Memory.available
    guard available >= MemoryWatch.reserve else { throw Memory.Shortage(purpose: "", needed: nil, available: available) }
    pages = now
  }

  /// Of the address space, which is what a limit counts, or else of the machine's memory.
  private static func pagesInUse() -> Int {
    let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 128) { buffer in
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      var fields = [0, 0]
      var field = 0
      for byte in buffer.prefix(max(count, 0)) {
        if byte == UInt8(ascii: " ") {
          field += 1
          if field == fields.count { break }
        } else {
          fields[field] = fields[field] &* 10 &+ Int(byte &- 48)
        }
      }
      return Memory.hasLimits ? fields[0] : fields[1]
    }
  }
}
