/// A block of floats, aligned to 64 bytes.
public final class Storage {
  public let count: Int
  public let pointer: UnsafeMutablePointer<Float>

  public init(count: Int) throws {
    self.count = count
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    pointer = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64).bindMemory(to: Float.self, capacity: count)
  }

  public convenience init(copying floats: [Float]) throws {
    try self.init(count: floats.count)
    floats.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { pointer.initialize(from: base, count: source.count) }
    }
  }

  deinit { UnsafeMutableRawPointer(pointer).deallocate() }

  public var buffer: UnsafeBufferPointer<Float> { UnsafeBufferPointer(start: pointer, count: count) }
}
