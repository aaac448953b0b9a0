/// A node of the graph: an operation, its inputs, its shape. It never changes its value; it may gain a storage (when it is
/// realised) and lose its inputs (when nobody can ask for a derivative through it any more; see `Tape`).
///
/// Nodes are made by the builders in `Ops/`, which simplify; a user holds a `Tensor`.
final class Node {
  var operation: Operation
  /// See `inputs`.
  private(set) var heldInputs: HeldInputs
  let shape: Shape
  /// The number of a `fill`; 0 otherwise. Not part of the structure.
  let value: Double
  /// The key of a `random`. Not part of the structure.
  let key: RandomKey
  /// The node's numbers, once realised and kept. Set by the runtime.
  var storage: Storage?
  /// How many live `Tensor`s hold this node. A realisation keeps the storage of every node in its graph that has one.
  var handleCount: Int32 = 0
  /// Why a derivative cannot pass here although it might once have.
  var cut: Cut = .none
  /// Whether derivatives stop here.
  let isDetached: Bool
  /// Unrealised nodes on the longest path down from here when it was made.
  var pendingDepth: Int32
  /// Unrealised constants on the way down from here that has most of them, when it was made.
  let pendingConstants: Int32
  /// The parameter this leaf holds, or once held, the values of.
  weak var parameter: AnyObject?
  /// What someone wants to find again when this node lies in a graph: see `Tensor.notes(in:)`. It must not hold this node.
  var note: Note?

  /// Something to find again, and nodes below this one that belong to it. They are not held as a user holds them.
  final class Note {
    let content: AnyObject
    let nodes: [Node]
    /// How many there are.
    nonisolated(unsafe) private(set) static var count = 0

    /// Whether nobody need find it any more.
    var isSpent: Bool { (content as? any Spendable)?.isSpent ?? false }

    init(content: AnyObject, nodes: [Node]) {
      (self.content, self.nodes) = (content, nodes)
      Note.count += 1
    }

    deinit { Note.count -= 1 }
  }

  /// Nodes are numbered as they are made; a node can only depend on lower numbers.
  let serial: UInt64
  nonisolated(unsafe) private static var serials: UInt64 = 0  // One thread makes nodes: see `Tensor`.

  /// Scratch for whoever walks a graph: valid from a walk's `Graph.newVisit()` until the next one's.
  var visit: UInt64 = 0
  var slot: Int = 0

  enum Cut: UInt8 {
    case none
    /// The graph above was deeper than the tape keeps.
    case tooDeep
    /// Parameters lay above whose values have been replaced since.
    case replacedParameters
  }

  convenience init(
    _ operation: Operation, _ inputs: [Node], _ shape: Shape, value: Double = 0, key: RandomKey = RandomKey(seed: 0, stream: 0),
    isDetached: Bool = false
  ) {
    self.init(operation, HeldInputs(inputs), shape, value: value, key: key, isDetached: isDetached)
  }

  convenience init(_ operation: Operation, _ input: Node, _ shape: Shape, isDetached: Bool = false) {
    self.init(operation, HeldInputs(input), shape, isDetached: isDetached)
  }

  convenience init(_ operation: Operation, _ left: Node, _ right: Node, _ shape: Shape) {
    self.init(operation, HeldInputs(left, right), shape)
  }

  private init(
    _ operation: Operation, _ inputs: HeldInputs, _ shape: Shape, value: Double = 0,
    key: RandomKey = RandomKey(seed: 0, stream: 0), isDetached: Bool = false
  ) {
    self.operation = operation
    heldInputs = inputs
    self.shape = shape
    self.value = value
    self.key = key
    self.isDetached = isDetached
    var (depth, constants): (Int32, Int32) = (0, 0)
    for place in 0..<inputs.count {
      inputs[place]._withUnsafeGuaranteedRef {
        if $0.storage == nil { (depth, constants) = (max(depth, $0.pendingDepth), max(constants, $0.pendingConstants)) }
      }
    }
    pendingDepth = depth &+ 1
    pendingConstants = isDetached ? constants &+ 1 : constants
    Node.serials &+= 1
    serial = Node.serials
    Tape.liveNodes &+= 1
  }

  /// A leaf with numbers.
  init(storage: Storage, shape: Shape) {
    operation = .data
    heldInputs = HeldInputs()
    self.shape = shape
    value = 0
    key = RandomKey(seed: 0, stream: 0)
    isDetached = false
    self.storage = storage
    (pendingDepth, pendingConstants) = (0, 0)
    Node.serials &+= 1
    serial = Node.serials
    Tape.liveNodes &+= 1
    Tape.leafBytes &+= byteCount
  }

  deinit {
    Tape.liveNodes &-= 1
    if storage != nil, isData { Tape.leafBytes &-= byteCount }
    if let note {
      for node in note.nodes { Node.released.append(.passRetained(node)) }
      self.note = nil
    } else if heldInputs.count == 0 {
      return
    }
    releaseInputs()
  }

  var isData: Bool { if case .data = operation { true } else { false } }
  var isFill: Bool { if case .fill = operation { true } else { false } }

  /// Whether the numbers are there, or need no work.
  var isRealised: Bool { storage != nil }

  /// Whether this leaf's numbers have been written over by those that replaced them: see `Replacement`.
  var isReplaced: Bool { storage == nil && isData }

  var byteCount: Int { shape.count &* MemoryLayout<Float>.stride }

  /// Lets go of the inputs and of all that only this node held, without recursion: a chain of a million nodes must not overflow the
  /// stack when its last holder goes. A node that goes on the way only leaves behind what it held.
  @inline(__always)
  func releaseInputs() {
    let released = Node.released
    heldInputs.give { released.append($0) }
    heldInputs = HeldInputs()
    if Node.isReleasing { return }
    Node.isReleasing = true
    while released.count > 0 {
      let node = released[released.count - 1]
      released.removeLast()
      node.release()
    }
    Node.isReleasing = false
  }

  // One thread makes and drops nodes: see `Tensor`.
  /// What nodes that are gone have held: each stands for a reference.
  nonisolated(unsafe) private static let released = GrowingMemory<Unmanaged<Node>>(capacity: 256)
  nonisolated(unsafe) private static var isReleasing = false
}
