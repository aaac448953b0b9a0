import Glibc

/// A block of floats, aligned to 64 bytes, from a pool.
public final class Storage {
  public let count: Int
  public let pointer: UnsafeMutablePointer<Float>
  private let byteCount: Int

  /// - Throws: `TensorError` where the machine has not so much memory.
  public init(count: Int) throws {
    let (byteCount, raw) = try StoragePool.shared.take(count: count)
    self.count = count
    self.byteCount = byteCount
    pointer = raw.bindMemory(to: Float.self, capacity: byteCount / MemoryLayout<Float>.stride)
  }

  public convenience init(copying floats: [Float]) throws {
    try self.init(count: floats.count)
    floats.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { pointer.update(from: base, count: source.count) }
    }
  }

  deinit { StoragePool.shared.give(UnsafeMutableRawPointer(pointer), byteCount: byteCount) }

  public var buffer: UnsafeBufferPointer<Float> { UnsafeBufferPointer(start: pointer, count: count) }
}
