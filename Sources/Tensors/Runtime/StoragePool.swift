import Glibc
import Synchronization

/// Where storages come from and go back to: blocks of a few sizes, kept for the next one who asks for that size. A training
/// step takes the same sizes again and again, and fresh memory costs a fault for each page.
final class StoragePool: Sendable {
  static let shared = StoragePool()

  private struct State {
    var free: [Int: [UnsafeMutableRawPointer]] = [:]
    /// The block that the last plan had for what lies between its inputs and its outputs.
    var arena: (pointer: UnsafeMutableRawPointer, size: Int)?
    /// Bytes in `free` and `arena`, and bytes out there.
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
  static let page = 4096
  private static let hugePage = 2 << 20
  /// Blocks of so many bytes and more are mapped by themselves, in large pages, and go back to the system whole.
  private static let mapped = 2 * hugePage
  /// An arena above this is not kept for plans that need less than a quarter of it.
  private static let largeArena = 256 << 20

  private init() {}

  /// Sizes step by eighths of a power of two, so that at most an eighth of a block is wasted.
  static func sizeClass(byteCount: Int) -> Int {
    let least = max(byteCount, 64)
    let step = max(64, 1 << (Int.bitWidth - least.leadingZeroBitCount - 4))
    return (least + step - 1) / step * step
  }

  /// A block for so many floats. It is `isFresh` if the system gave it, full of zeros, and nobody has used it yet.
  ///
  /// Large arenas are one and the same block for all plans that it suffices for. When it does not, other plans than before have
  /// begun, and what lies idle goes back to the system first.
  func take(count: Int, isArena: Bool = false) throws -> (byteCount: Int, pointer: UnsafeMutableRawPointer, isFresh: Bool) {
    let (byteCount, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    guard !overflow, count >= 0, byteCount <= Self.physicalMemory else {
      throw Memory.shortage(bytes: overflow ? .max : byteCount, available: Memory.available)
    }
    let size = Self.sizeClass(byteCount: byteCount)
    let block: (pointer: UnsafeMutableRawPointer, size: Int, isFresh: Bool)? = try lock.withLock { _ in
      if isArena, size >= Self.mapped {
        if let arena = state.arena, arena.size >= size, arena.size <= max(4 * size, Self.largeArena) {
          state.arena = nil
          state.idle -= arena.size
          recordTaken(arena.size)
          return (arena.pointer, arena.size, false)
        }
        release()
      } else if let pointer = state.free[size]?.popLast() {
        state.idle -= size
        recordTaken(size)
        return (pointer, size, false)
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
      return (pointer, size, size >= Self.mapped)
    }
    guard let block else { throw Memory.shortage(bytes: size, available: Memory.available) }
    return (block.size, block.pointer, block.isFresh)
  }

  func give(_ pointer: UnsafeMutableRawPointer, byteCount: Int, isArena: Bool) {
    lock.withLock { _ in
      state.taken -= byteCount
      if state.idle + byteCount > Self.idleLimit {
        Self.release(pointer, size: byteCount)
      } else if isArena, byteCount >= Self.mapped, state.arena == nil {
        state.idle += byteCount
        state.arena = (pointer, byteCount)
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
    for (size, pointers) in state.free {
      for pointer in pointers { Self.release(pointer, size: size) }
    }
    if let arena = state.arena { Self.release(arena.pointer, size: arena.size) }
    state.free = [:]
    state.arena = nil
    state.idle = 0
  }

  private static func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
    guard size >= mapped else {
      var pointer: UnsafeMutableRawPointer?
      return posix_memalign(&pointer, 64, size) == 0 ? pointer : nil
    }
    // More than is needed, of which the part from the first large page on is kept.
    guard let start = mmap(nil, size + hugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), start != MAP_FAILED
    else { return nil }
    let before = (hugePage - Int(bitPattern: start) % hugePage) % hugePage
    if before > 0 { munmap(start, before) }
    munmap(start + before + size, hugePage - before)
    madvise(start + before, size, MADV_HUGEPAGE)
    return start + before
  }

  private static func release(_ pointer: UnsafeMutableRawPointer, size: Int) {
    if size >= mapped { munmap(pointer, size) } else { free(pointer) }
  }
}
