/// A node of the graph: an operation, its inputs, its shape. It never changes its value; it may gain a storage (when it is
/// realized) and lose its inputs (when nobody can ask for a derivative through it any more; see `Tape`).
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
  /// The node's numbers, once realized and kept. Set by the runtime.
  var storage: Storage?
  /// How many live `Tensor`s hold this node. A realization keeps the storage of every node in its graph that has one.
  var handleCount: Int32 = 0
  /// Where the tape's list of held nodes has this one, while it is held.
  var heldPlace: Int32 = 0
  /// Why a derivative cannot pass here although it might once have.
  var cut: Cut = .none
  /// Whether derivatives stop here.
  let isDetached: Bool
  /// Unrealized nodes on the longest path down from here when it was made.
  var pendingDepth: Int32
  /// Unrealized constants on the way down from here that has most of them, when it was made.
  let pendingConstants: Int32
  /// The parameter this leaf holds, or once held, the values of.
  weak var parameter: AnyObject?
  /// What someone wants to find again when this node lies in a graph: see `Tensor.notes(in:)`. It must not hold this node.
  private(set) var note: Note?

  /// Something to find again, and nodes below this one that belong to it. They are not held as a user holds them.
  final class Note {
    let content: AnyObject
    let nodes: [Node]

    /// Whether nobody need find it any more.
    var isSpent: Bool { (content as? any Spendable)?.isSpent ?? false }

    init(content: AnyObject, nodes: [Node]) {
      (self.content, self.nodes) = (content, nodes)
    }
  }

  /// Whose node it is: the engine that was entered where it was made, which stays while it has nodes. Nil for what a thread makes that
  /// has entered none: no tensor ever holds that.
  let engine: Unmanaged<Engine>?
  /// An engine's nodes are numbered as they are made; a node can only depend on lower numbers.
  let serial: UInt64

  /// Scratch for whoever walks a graph: valid from a walk's `Engine.newVisit()` until the next one's.
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
    engine = Engine.entered
    serial = engine?._withUnsafeGuaranteedRef { $0.tape.admit(leafBytes: 0, of: $0) } ?? 0
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
    engine = Engine.entered
    serial = engine?._withUnsafeGuaranteedRef { $0.tape.admit(leafBytes: Node.byteCount(shape), of: $0) } ?? 0
  }

  deinit {
    guard let engine else { return heldInputs.give { $0.release() } }
    engine._withUnsafeGuaranteedRef { engine in
      guard engine.isEntered else { return deferRelease() }
      let tape = engine.tape
      tape.dismiss(leafBytes: leafBytes, hadNote: note != nil)
      if let note {
        for node in note.nodes { tape.released.append(.passRetained(node)) }
        self.note = nil
      } else if heldInputs.count == 0 {
        return
      }
      release(by: tape)
    }
  }

  /// Hands all that this node held to an engine that the thread has not entered.
  private func deferRelease() {
    // Held here: with its last node the engine would go.
    guard let engine = engine?.takeUnretainedValue() else { return }
    for node in note?.nodes ?? [] { engine.deferredReleases.add(.reference(.passRetained(node))) }
    heldInputs.give { engine.deferredReleases.add(.reference($0)) }
    engine.deferredReleases.add(.node(leafBytes: leafBytes, hadNote: note != nil))
    note = nil
    withExtendedLifetime(engine) { engine.performDeferredReleases() }
  }

  /// Whether it belongs to the engine that the running thread has entered.
  @inline(__always)
  var isOfEnteredEngine: Bool { engine.map { $0._withUnsafeGuaranteedRef(\.isEntered) } ?? false }

  /// Leaves a note at this node.
  func leave(_ note: Note) {
    if self.note == nil { engine?._withUnsafeGuaranteedRef { $0.tape.noteCount += 1 } }
    self.note = note
  }

  var isData: Bool { if case .data = operation { true } else { false } }
  var isFill: Bool { if case .fill = operation { true } else { false } }

  /// Whether the numbers are there, or need no work.
  var isRealized: Bool { storage != nil }

  /// Whether this leaf's numbers have been written over by those that replaced them: see `Replacement`.
  var isReplaced: Bool { storage == nil && isData }

  var byteCount: Int { Self.byteCount(shape) }
  private static func byteCount(_ shape: Shape) -> Int { shape.count &* MemoryLayout<Float>.stride }

  /// The bytes that it holds as a leaf.
  private var leafBytes: Int { storage != nil && isData ? byteCount : 0 }

  /// Lets go of the inputs.
  func releaseInputs() {
    guard let engine else { return }
    engine._withUnsafeGuaranteedRef { release(by: $0.tape) }
  }

  /// Lets go of the inputs and of all that only this node held, without recursion: a chain of a million nodes must not overflow the
  /// stack when its last holder goes. A node that goes on the way only leaves behind what it held.
  @inline(__always)
  private func release(by tape: Tape) {
    heldInputs.give { tape.released.append($0) }
    heldInputs = HeldInputs()
    tape.releaseAll()
  }
}
