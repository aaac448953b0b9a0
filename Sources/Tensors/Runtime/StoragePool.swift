import Glibc
import Synchronization

/// Where storages come from and go back to: blocks of a few sizes, kept for the next one who asks for that size. A training
/// step takes the same sizes again and again, and fresh memory costs a fault for each page.
final class StoragePool: Sendable {
  static let shared = StoragePool()

  private struct State {
    var free: [Int: [UnsafeMutableRawPointer]] = [:]
    /// Bytes in `free`, and bytes out there.
    var idle = 0
    var taken = 0
    /// The most that was out there since the last `beginPeak`.
    var peak = 0
  }

  // The pointers in the state are owned by it alone.
  private nonisolated(unsafe) var state = State()
  /// The bytes that were there for storages when a large block was first asked for. Guarded by the lock, as the state is.
  private nonisolated(unsafe) var capacity: Int?
  private let lock = Mutex(())

  /// Idle bytes above this go back to the system.
  private static let idleLimit = min(768 << 20, physicalMemory / 8)
  private static let physicalMemory = Int(Shape.physicalMemory)
  private static let hugePage = 2 << 20

  private init() {}

  /// Sizes step by eighths of a power of two, so that at most an eighth of a block is wasted.
  static func sizeClass(byteCount: Int) -> Int {
    let least = max(byteCount, 64)
    let step = max(64, 1 << (Int.bitWidth - least.leadingZeroBitCount - 4))
    return (least + step - 1) / step * step
  }

  func take(count: Int) throws -> (byteCount: Int, pointer: UnsafeMutableRawPointer) {
    let (byteCount, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    guard !overflow, count >= 0, byteCount <= Self.physicalMemory else {
      throw Memory.shortage(bytes: overflow ? .max : byteCount, available: Memory.available)
    }
    let size = Self.sizeClass(byteCount: byteCount)
    let pointer: UnsafeMutableRawPointer? = try lock.withLock { _ in
      if let pointer = state.free[size]?.popLast() {
        state.idle -= size
        recordTaken(size)
        return pointer
      }
      if size >= Memory.large {
        // Blocks that are taken and not yet written to do not show in what is available, so the first answer counts as well.
        let capacity = capacity ?? state.taken + state.idle + Memory.available
        self.capacity = capacity
        if state.taken + state.idle + size > capacity - capacity / 16 { release() }
        guard state.taken + size <= capacity - capacity / 16 else {
          throw Memory.shortage(bytes: size, available: max(capacity - state.taken, 0))
        }
        try Memory.check(bytes: size)
      }
      guard let pointer = Self.allocate(size) else { return nil }
      recordTaken(size)
      return pointer
    }
    guard let pointer else { throw Memory.shortage(bytes: size, available: Memory.available) }
    return (size, pointer)
  }

  func give(_ pointer: UnsafeMutableRawPointer, byteCount: Int) {
    lock.withLock { _ in
      state.taken -= byteCount
      if state.idle + byteCount > Self.idleLimit {
        free(pointer)
      } else {
        state.idle += byteCount
        state.free[byteCount, default: []].append(pointer)
      }
    }
  }

  /// Bytes of all storages that are alive.
  var takenBytes: Int { lock.withLock { _ in state.taken } }

  private func recordTaken(_ size: Int) {
    state.taken += size
    state.peak = max(state.peak, state.taken)
  }

  /// Begins to look for the most bytes that are alive at one time; gives what was found up to here, for `endPeak`.
  func beginPeak() -> Int {
    lock.withLock { _ in
      defer { state.peak = state.taken }
      return state.peak
    }
  }

  /// The most bytes that were alive at one time since `beginPeak`, which gave `before`.
  func endPeak(before: Int) -> Int {
    lock.withLock { _ in
      defer { state.peak = max(state.peak, before) }
      return state.peak
    }
  }

  private func release() {
    for pointers in state.free.values {
      for pointer in pointers { free(pointer) }
    }
    state.free = [:]
    state.idle = 0
  }

  private static func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
    var pointer: UnsafeMutableRawPointer?
    let alignment = size >= 2 * hugePage ? hugePage : 64
    guard posix_memalign(&pointer, alignment, size) == 0, let pointer else { return nil }
    if size >= 2 * hugePage { madvise(pointer, size, MADV_HUGEPAGE) }
    return pointer
  }
}
