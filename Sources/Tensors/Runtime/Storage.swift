import Glibc

/// A block of floats, aligned to 64 bytes, from a pool.
public final class Storage {
  /// The number of floats.
  public let count: Int
  /// Their address, aligned to 64 bytes; valid as long as the storage lives.
  public let pointer: UnsafeMutablePointer<Float>
  private let byteCount: Int
  /// Whether the system gave the block for this storage, full of zeros.
  private let isFresh: Bool
  private let isArena: Bool
  /// Of the engine that was entered where it was made.
  private let account: StorageAccount?

  /// - Throws: `TensorError` where the machine has not so much memory.
  public convenience init(count: Int) throws { try self.init(count: count, isArena: false) }

  /// - Parameter isArena: Whether it is memory that a plan works in, which is free again when it is done.
  init(count: Int, isArena: Bool) throws {
    let (block, isFresh) = try StoragePool.shared.take(count: count, isArena: isArena)
    self.isArena = isArena
    self.count = count
    byteCount = block.size
    pointer = block.pointer.bindMemory(to: Float.self, capacity: byteCount / MemoryLayout<Float>.stride)
    self.isFresh = isFresh
    account = Engine.entered?._withUnsafeGuaranteedRef(\.memory)
    account?.add(byteCount)
  }

  /// A block of zeros.
  public convenience init(zeros count: Int) throws {
    try self.init(count: count)
    if isFresh {
      // The system gives each page its zeros when it is first touched; a page that is read before it is written is given twice.
      for place in stride(from: 0, to: count, by: StoragePool.page / MemoryLayout<Float>.stride) { pointer[place] = 0 }
    } else {
      pointer.update(repeating: 0, count: count)
    }
  }

  /// A block with these numbers.
  ///
  /// - Throws: `TensorError` where the machine does not have so much memory.
  public convenience init(copying floats: [Float]) throws {
    try self.init(count: floats.count)
    floats.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { pointer.update(from: base, count: source.count) }
    }
  }

  deinit {
    account?.subtract(byteCount)
    StoragePool.shared.give(.init(pointer: UnsafeMutableRawPointer(pointer), size: byteCount), isArena: isArena)
  }

  /// The floats, to be read.
  public var buffer: UnsafeBufferPointer<Float> { UnsafeBufferPointer(start: pointer, count: count) }
}
