// What nets need of the graph: leaves that belong to a parameter, and notes left in a graph.

/// Content of a note that is wanted once: see `Tensor.leave`.
public protocol Spendable: AnyObject {
  /// Whether what it was left for is done.
  var isSpent: Bool { get }
}

extension Tensor {
  /// A leaf of these (realized) numbers, cut off from what they were computed from, that belongs to `owner`.
  ///
  /// - Throws: a `TensorError` where the numbers cannot be computed.
  public func leaf(of owner: AnyObject) throws -> Tensor {
    try realize()
    guard let storage = try node.storage else { return self }
    let leaf = Node(storage: storage, shape: shape)
    leaf.parameter = owner
    return Tensor(leaf)
  }

  /// A leaf of zeros that belongs to `owner`.
  ///
  /// - Throws: a `TensorError` where memory is short.
  public static func zeros(_ shape: Shape, of owner: AnyObject) throws -> Tensor {
    let leaf = Node(storage: try Storage(zeros: shape.count), shape: shape)
    leaf.parameter = owner
    return try Tensor(built: leaf)
  }

  /// Leaves `content` in the graph at this tensor, with `others` that this one is computed from. It is found by `notes(in:)` in
  /// whatever depends on it; it must not hold this tensor.
  public func leave(_ content: AnyObject, with others: [Tensor] = []) throws {
    try node.leave(Node.Note(content: content, nodes: others.map { try $0.node }))
  }

  /// The notes in the graph of `tensors`, oldest first, each with the tensor it was left at and those left with it.
  public static func notes(in tensors: [Tensor]) throws -> [(content: AnyObject, tensor: Tensor, others: [Tensor])] {
    if try Engine.needed().tape.noteCount == 0 { return [] }
    return Graph.order(of: try tensors.map { try $0.node }, stopAtRealized: false).nodes
      .filter { $0.note != nil }
      .sorted { $0.serial < $1.serial }
      .compactMap { node in node.note.map { ($0.content, Tensor(node), $0.nodes.map { Tensor($0) }) } }
  }
}
