/// What a user holds: a handle on a node of the graph. Cheap to make; nothing is computed until its numbers are asked for.
///
/// What makes a tensor of others throws a `TensorError` where their shapes do not fit. It may also compute a part of the graph that has
/// grown long, and then throws as `realize` does.
///
/// Graphs are built, walked and realised by one thread at a time. Only the runtime's kernels run on others.
public final class Tensor {
  let node: Node
  /// Whether the tensor is a mask: its numbers are 1 for true and 0 for false, as a comparison gives them, and as an index it
  /// picks the elements at which it is 1. The operation that makes a tensor decides this, not its numbers: see `Tensor+Mask`.
  public let isMask: Bool
  /// Where the tape's list of handles has this one.
  var place = 0

  /// A handle on `node` itself.
  init(_ node: Node, isMask: Bool = false) {
    self.node = node
    self.isMask = isMask
    node.handleCount &+= 1
    Tape.register(self)
  }

  /// A handle on what an operation has just built. Each result has a node of its own: where the builder returned a node that a
  /// user has already, the new tensor gets another node of the same numbers, so that derivatives by the two are distinguished.
  convenience init(built node: Node, isMask: Bool = false) throws {
    self.init(node.handleCount == 0 ? node : Node(.reshape, node, node.shape), isMask: isMask)
    try Tape.trimIfGrown()
    if self.node.storage != nil { return }
    if self.node.isDetached, self.node.pendingConstants > Graph.pendingConstantsLimit {
      do {
        try Graph.realize([self.node])
      } catch let error as TensorError where error == .replacedWeights {
        // Nobody has asked for it yet.
      }
    } else if self.node.pendingDepth > Graph.pendingLimit {
      try Graph.realize(Array(self.node.inputs))
      self.node.pendingDepth = 1
    }
  }

  deinit {
    node.handleCount &-= 1
    Tape.unregister(self)
  }

  /// The sizes of its axes, known before any number is.
  public var shape: Shape { node.shape }
  /// The number of its axes.
  public var rank: Int { node.shape.rank }
  /// The number of its elements.
  public var count: Int { node.shape.count }

  // MARK: Numbers in

  /// A tensor of the given numbers, in row-major order.
  ///
  /// - Throws: a `TensorError` where `shape` needs another number of them, is refused by `Shape`, or memory is short.
  public convenience init(_ floats: [Float], shape: [Int], isMask: Bool = false) throws {
    let shape = try Shape(shape)
    guard shape.count == floats.count else {
      throw TensorError(
        title: "the numbers do not fill the shape",
        operands: [("shape", "\(shape) needs \(shape.count) numbers, not \(floats.count)")],
        advice: "The sizes of a shape multiply to the number of elements.")
    }
    try self.init(built: Node(storage: try Storage(copying: floats), shape: shape), isMask: isMask)
  }

  /// A single number, of shape [].
  public convenience init(scalar: Double) {
    self.init(Node(.fill, [], .scalar, value: scalar))
  }

  // MARK: Numbers out

  /// Computes all of `tensors` in one plan, and keeps their numbers.
  ///
  /// - Throws: a `TensorError` where memory is short or the graph needs weights that have been written over, and the error of
  ///   an interruption.
  public static func realize(_ tensors: [Tensor]) throws { try Graph.realize(tensors.map(\.node)) }

  /// Computes the numbers, if they are not there yet, and keeps them.
  ///
  /// - Throws: as `realize(_:)` does.
  public func realize() throws {
    if !node.isRealised { try Graph.realize([node]) }
  }

  /// The numbers in row-major order.
  ///
  /// - Throws: as `realize(_:)` does.
  public func floats() throws -> [Float] {
    try realize()
    guard let storage = node.storage else { return [] }
    try Memory.check(bytes: storage.count * MemoryLayout<Float>.stride)
    return Array(storage.buffer)
  }

  /// The one number of a tensor of one element.
  ///
  /// - Throws: a `TensorError` where there is not exactly one element, and as `realize(_:)` does.
  public func scalar() throws -> Double {
    guard count == 1 else {
      throw TensorError(
        title: "a single number is wanted", operands: [("x", "\(shape)")],
        advice: "Reduce it first: sum, mean, max, or take one element by its index.")
    }
    if node.isFill { return Double(Float(node.value)) }
    return try floats().first.map(Double.init) ?? 0
  }
}
