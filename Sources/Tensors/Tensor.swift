import Base

/// What a user holds: a handle on a node of the graph. Cheap to make; nothing is computed until its numbers are asked for.
///
/// What makes a tensor of others throws a `TensorError` where their shapes do not fit. It may also compute a part of the graph that has
/// grown long, and then throws as `realize` does.
///
/// A tensor belongs to the engine that its thread had entered when it made it, and is an operand only where that engine is entered. Its
/// numbers can be read, and it can be dropped, in any thread.
public final class Tensor {
  /// Stands for a reference.
  private let held: Unmanaged<Node>
  /// Whether the tensor is a mask: its numbers are 1 for true and 0 for false, as a comparison gives them, and as an index it
  /// picks the elements at which it is 1. The operation that makes a tensor decides this, not its numbers: see `Tensor+Mask`.
  public let isMask: Bool

  /// A handle on `node` itself, a node of the engine that is entered.
  init(_ node: Node, isMask: Bool = false) {
    held = .passRetained(node)
    self.isMask = isMask
    node.engine?._withUnsafeGuaranteedRef { $0.tape.hold(node) }
  }

  /// The node that it holds.
  /// - Throws: `TensorError` where the thread has not entered its engine.
  var node: Node {
    get throws(TensorError) {
      let node = held.takeUnretainedValue()
      guard node.isOfEnteredEngine else { throw Engine.entered == nil ? .noEngine : .foreign(node.shape) }
      return node
    }
  }

  /// A handle on what an operation has just built. Each result has a node of its own: where the builder returned a node that a
  /// user has already, the new tensor gets another node of the same numbers, so that derivatives by the two are distinguished.
  /// - Throws: `TensorError` where the thread has entered no engine; what computing a part of the graph throws.
  convenience init(built: Node, isMask: Bool = false) throws {
    guard let engine = built.engine else { throw TensorError.noEngine }
    let node = built.handleCount == 0 ? built : Node(.reshape, built, built.shape)
    self.init(node, isMask: isMask)
    try engine._withUnsafeGuaranteedRef { try $0.tape.trimIfGrown() }
    if node.storage != nil { return }
    if node.isDetached, node.pendingConstants > Graph.pendingConstantsLimit {
      do {
        try Graph.realize([node])
      } catch let error as TensorError where error == .replacedWeights {
        // Nobody has asked for it yet.
      }
    } else if node.pendingDepth > Graph.pendingLimit {
      try Graph.realize(Array(node.inputs))
      node.pendingDepth = 1
    }
  }

  deinit {
    let isEntered = held._withUnsafeGuaranteedRef { node in
      guard node.isOfEnteredEngine, let engine = node.engine else { return false }
      engine._withUnsafeGuaranteedRef { $0.tape.drop(held) }
      return true
    }
    if !isEntered { deferRelease() }
  }

  /// Hands the reference to an engine that the thread has not entered.
  private func deferRelease() {
    // A strong reference: the engine is released with its last node.
    guard let engine = held._withUnsafeGuaranteedRef({ $0.engine?.takeUnretainedValue() }) else { return held.release() }
    engine.deferredReleases.add(.handle(held))
    withExtendedLifetime(engine) { engine.performDeferredReleases() }
  }

  /// The sizes of its axes, known before any number is.
  public var shape: Shape { held._withUnsafeGuaranteedRef { $0.shape } }
  /// The number of its axes.
  public var rank: Int { held._withUnsafeGuaranteedRef { $0.shape.rank } }
  /// The number of its elements.
  public var count: Int { held._withUnsafeGuaranteedRef { $0.shape.count } }

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

  /// A tensor whose numbers `fill` writes, all of them, in row-major order.
  ///
  /// - Throws: a `TensorError` where `shape` is refused by `Shape`, or memory is short; what `fill` throws.
  public convenience init(shape: [Int], filledBy fill: (UnsafeMutableBufferPointer<Float>) throws -> Void) throws {
    let shape = try Shape(shape)
    let storage = try Storage(count: shape.count)
    try fill(UnsafeMutableBufferPointer(start: storage.pointer, count: shape.count))
    try self.init(built: Node(storage: storage, shape: shape))
  }

  /// A single number, of shape [].
  /// - Throws: `TensorError` where the thread has entered no engine.
  public convenience init(scalar: Double) throws {
    try self.init(built: Node(.fill, [], .scalar, value: scalar))
  }

  // MARK: Numbers out

  /// Computes all of `tensors` in one plan, and keeps their numbers.
  ///
  /// - Throws: a `TensorError` where memory is short or the graph needs weights that have been written over, and the error of
  ///   an interruption.
  public static func realize(_ tensors: [Tensor]) throws { try Graph.realize(tensors.map { try $0.node }) }

  /// Computes the numbers, if they are not there yet, and keeps them. Where the tensor's engine is not the one that the thread has entered,
  /// the thread enters it for the time.
  ///
  /// - Throws: as `realize(_:)` does; a `TensorError` where another thread has entered the tensor's engine.
  public func realize() throws {
    try inOwnEngine { node in if !node.isRealized { try Graph.realize([node]) } }
  }

  /// Gives `body` the node. Where its engine is not the one that is entered, the thread enters it for the time.
  private func inOwnEngine<Result>(_ body: (Node) throws -> Result) throws -> Result {
    let node = held.takeUnretainedValue()
    guard let engine = node.engine?.takeUnretainedValue() else { throw TensorError.noEngine }
    return try engine.run { try body(node) }
  }

  /// The numbers in row-major order.
  ///
  /// - Throws: as `realize(_:)` does.
  public func floats() throws -> [Float] {
    try inOwnEngine { node in
      if !node.isRealized { try Graph.realize([node]) }
      guard let storage = node.storage else { return [] }
      try Memory.check(bytes: storage.count * MemoryLayout<Float>.stride)
      return Array(storage.buffer)
    }
  }

  /// The numbers in row-major order, in double precision.
  ///
  /// - Throws: as `realize(_:)` does.
  public func doubles() throws -> [Double] {
    try Memory.check(bytes: count * MemoryLayout<Double>.stride)
    return try floats().map(Double.init)
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
    if let number = try inOwnEngine({ $0.isFill ? $0.value : nil }) { return Double(Float(number)) }
    return try floats().first.map(Double.init) ?? 0
  }
}
