/// The numbers of a tensor apart from the graph that they came from. They are shared, not copied: as long as somebody has them, an update
/// does not write over them.
public struct TensorNumbers {
  fileprivate let storage: Storage
  fileprivate let isMask: Bool
  /// The shape of the tensor.
  public let shape: Shape

  /// The memory that they lie in: that of two with one identity is one.
  public var identity: ObjectIdentifier { ObjectIdentifier(storage) }
  /// The bytes of that memory.
  public var byteCount: Int { storage.count &* MemoryLayout<Float>.stride }
}

extension Tensor {
  /// The numbers, where they have been computed and are still there; nil otherwise. Nothing is computed.
  ///
  /// - Throws: a `TensorError` where the thread has not entered the tensor's engine.
  public var numbers: TensorNumbers? {
    get throws { try node.storage.map { TensorNumbers(storage: $0, isMask: isMask, shape: shape) } }
  }

  /// Whether its numbers are still to be computed from other tensors.
  ///
  /// - Throws: a `TensorError` where the thread has not entered the tensor's engine.
  public var isPending: Bool {
    get throws {
      let node = try node
      return node.storage == nil && !node.inputs.isEmpty
    }
  }

  /// A tensor of these numbers, which depends on nothing.
  ///
  /// - Throws: a `TensorError` where the thread has entered no engine.
  public convenience init(_ numbers: TensorNumbers) throws {
    try self.init(built: Node(storage: numbers.storage, shape: numbers.shape), isMask: numbers.isMask)
  }
}
