import Base
import Glibc
import Synchronization

/// Where storages come from and go back to: blocks of a few sizes, kept for the next one who asks for that size. A training
/// step takes the same sizes again and again, and fresh memory costs a fault for each page.
final class StoragePool: Sendable {
  static let shared = StoragePool()

  /// Memory, owned by whoever has it.
  struct Block: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer
    let size: Int
  }

  fileprivate struct State {
    var free: [Int: [Block]] = [:]
    /// The block that the last plan had for what lies between its inputs and its outputs.
    var arena: Block?
    /// Bytes in `free` and `arena`, and bytes out there.
    var idle = 0
    var taken = 0
    /// The bytes that were there for storages when a large block was first asked for.
    var capacity: Int?
  }

  private let state = Mutex(State())

  /// Idle bytes above this go back to the system.
  private static let idleLimit = min(768 << 20, physicalMemory / 8)
  private static let physicalMemory = Int(Memory.physical)
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
  func take(count: Int, isArena: Bool = false) throws -> (block: Block, isFresh: Bool) {
    let (byteCount, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    guard !overflow, count >= 0, byteCount <= Self.physicalMemory else {
      throw Memory.shortage(bytes: overflow ? .max : byteCount, available: Memory.available)
    }
    let size = Self.sizeClass(byteCount: byteCount)
    let found = try state.withLock { state -> (block: Block, isFresh: Bool)? in
      if let block = state.takeIdle(size, isArena: isArena) { return (block, false) }
      if size >= Memory.large {
        // Blocks that are taken and not yet written to do not show in what is available, so the first answer counts as well.
        let capacity = state.capacity ?? state.taken + state.idle + Memory.available
        state.capacity = capacity
        if state.taken + state.idle + size > capacity - capacity / 16 { state.release() }
        guard state.taken + size <= capacity - capacity / 16 else {
          throw Memory.shortage(bytes: size, available: max(capacity - state.taken, 0))
        }
        try Memory.check(bytes: size)
      }
      guard let pointer = Self.allocate(size) else { return nil }
      state.taken += size
      return (Block(pointer: pointer, size: size), size >= Self.mapped)
    }
    guard let found else { throw Memory.shortage(bytes: size, available: Memory.available) }
    return found
  }

  func give(_ block: Block, isArena: Bool) {
    state.withLock { state in
      state.taken -= block.size
      if state.idle + block.size > Self.idleLimit {
        Self.release(block)
      } else if isArena, block.size >= Self.mapped, state.arena == nil {
        state.idle += block.size
        state.arena = block
      } else {
        state.idle += block.size
        state.free[block.size, default: []].append(block)
      }
    }
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

  private static func release(_ block: Block) {
    if block.size >= mapped { munmap(block.pointer, block.size) } else { free(block.pointer) }
  }
}

extension StoragePool.State {
  /// A block that lies idle, for one of `size`.
  fileprivate mutating func takeIdle(_ size: Int, isArena: Bool) -> StoragePool.Block? {
    var found: StoragePool.Block?
    if isArena, size >= StoragePool.mapped {
      if let arena, arena.size >= size, arena.size <= max(4 * size, StoragePool.largeArena) {
        found = arena
        self.arena = nil
      } else {
        release()
      }
    } else {
      found = free[size]?.popLast()
    }
    if let found {
      idle -= found.size
      taken += found.size
    }
    return found
  }

  /// Gives all that lies idle back to the system.
  fileprivate mutating func release() {
    for block in free.values.joined() { StoragePool.release(block) }
    if let arena { StoragePool.release(arena) }
    free = [:]
    arena = nil
    idle = 0
  }
}
