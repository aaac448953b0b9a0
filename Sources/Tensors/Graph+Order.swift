extension Graph {
  /// Nodes, each after its inputs, in an order that depends on the structure alone, with what passes over a graph ask of each.
  /// A node's `slot` is its position, until the next walk.
  ///
  /// It holds no node: the roots of the walk do, and must be there for as long as it is used.
  final class Order {
    private let engine: Engine?
    private let room: Room
    private let visit: UInt64
    private let stopAtRealized: Bool
    private let stopAtDetached: Bool
    private(set) var count = 0

    fileprivate init(stopAtRealized: Bool, stopAtDetached: Bool) {
      self.stopAtRealized = stopAtRealized
      self.stopAtDetached = stopAtDetached
      // Without an engine there are no nodes to walk over: nobody gets at one.
      engine = Engine.current
      room = engine?.walkRooms.popLast() ?? Room()
      visit = engine?.newVisit() ?? 0
    }

    deinit {
      room.clear()
      engine?.walkRooms.append(room)
    }

    /// Adds what `roots` are made of.
    fileprivate func add(_ roots: [Node]) {
      let (visit, stopAtRealized, stopAtDetached) = (visit, stopAtRealized, stopAtDetached)
      let (entries, inputSlots, waiting) = (room.entries, room.inputSlots, room.waiting)

      /// Gives a node its place, after its inputs.
      @inline(__always)
      func enter(_ node: Unmanaged<Node>) {
        node.slot = entries.count
        entries.append(Entry(node: node, state: node.state, end: Int32(truncatingIfNeeded: inputSlots.count)))
      }

      /// Comes to a node for the first time. If it has inputs, it waits for them, and its slot is the place of the next to look at.
      @inline(__always)
      func reach(_ node: Unmanaged<Node>) {
        node.visit = visit
        if node.heldInputs.count == 0 || (stopAtRealized && node.isRealized) || (stopAtDetached && node.isDetached) {
          return enter(node)
        }
        node.slot = 0
        waiting.append(node)
      }

      for root in roots where root.visit != visit {
        reach(.passUnretained(root))
        while waiting.count > 0 {
          let node = waiting[waiting.count - 1]
          let inputs = node.heldInputs
          var place = node.slot
          while place < inputs.count, inputs[place].visit == visit { place &+= 1 }
          if place < inputs.count {
            node.slot = place &+ 1
            reach(inputs[place])
          } else {
            for place in 0..<inputs.count { inputSlots.append(Int32(truncatingIfNeeded: inputs[place].slot)) }
            waiting.removeLast()
            enter(node)
          }
        }
      }
      count = entries.count
    }

    /// Leaves out all but the first `count` nodes: those of the first roots, if they are all that these are made of.
    func truncate(to count: Int) {
      self.count = count
      room.entries.truncate(to: count)
      room.inputSlots.truncate(to: count == 0 ? 0 : Int(room.entries[count - 1].end))
    }
  }

  /// What was true of a node when it was walked over.
  struct State: OptionSet {
    let rawValue: UInt8

    static let isRealized = State(rawValue: 1)
    /// A user holds it.
    static let isHeld = State(rawValue: 2)
    static let isDetached = State(rawValue: 4)
    static let isReplaced = State(rawValue: 8)
    static let isFill = State(rawValue: 16)
    static let isCut = State(rawValue: 32)
  }

  /// Every node that `roots` are made of.
  /// - Parameters:
  ///   - stopAtRealized: Take nodes that have a storage as leaves.
  ///   - stopAtDetached: Take nodes through which no derivative passes as leaves.
  static func order(of roots: [Node], stopAtRealized: Bool, stopAtDetached: Bool = false) -> Order {
    let order = Order(stopAtRealized: stopAtRealized, stopAtDetached: stopAtDetached)
    order.add(roots)
    return order
  }

  /// The same, and then what `others` are made of besides; `count` nodes are those of `roots`.
  static func order(of roots: [Node], then others: [Node], stopAtRealized: Bool) -> (order: Order, count: Int) {
    let order = Order(stopAtRealized: stopAtRealized, stopAtDetached: false)
    order.add(roots)
    let count = order.count
    order.add(others)
    return (order, count)
  }

  fileprivate struct Entry: BitwiseCopyable {
    let node: Unmanaged<Node>
    let state: State
    /// The end of its inputs in `inputSlots`; they begin where those of the entry before end.
    let end: Int32
  }

  /// The memory of an order, kept for the next one.
  final class Room {
    fileprivate let entries = GrowingMemory<Entry>(capacity: 256)
    /// The inputs' slots, node by node. Of a node that the walk took as a leaf there are none.
    fileprivate let inputSlots = GrowingMemory<Int32>(capacity: 512)
    /// Nodes that wait for their inputs.
    fileprivate let waiting = GrowingMemory<Unmanaged<Node>>(capacity: 64)

    fileprivate func clear() {
      entries.truncate(to: 0)
      inputSlots.truncate(to: 0)
    }
  }
}

extension Graph.Order {
  var slots: Range<Int> { 0..<count }

  subscript(slot: Int) -> Node { room.entries[slot].node.takeUnretainedValue() }

  /// Gives `body` the node at a slot, without counting a reference.
  @inline(__always)
  func withNode<Result>(_ slot: Int, _ body: (Node) throws -> Result) rethrows -> Result {
    try room.entries[slot].node._withUnsafeGuaranteedRef(body)
  }

  func state(_ slot: Int) -> Graph.State { room.entries[slot].state }

  /// The slots of all inputs, node by node. Of a node that the walk took as a leaf there are none.
  var inputSlots: UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(start: room.inputSlots.start, count: room.inputSlots.count)
  }

  /// Where the inputs of the node at a slot end in `inputSlots`.
  func inputEnd(_ slot: Int) -> Int { Int(room.entries[slot].end) }

  /// The slots of a node's inputs.
  @inline(__always)
  func inputs(_ slot: Int) -> Inputs {
    let start = slot == 0 ? 0 : inputEnd(slot - 1)
    return Inputs(slots: UnsafeBufferPointer(start: room.inputSlots.start + start, count: inputEnd(slot) - start))
  }

  struct Inputs: RandomAccessCollection {
    fileprivate let slots: UnsafeBufferPointer<Int32>
    var startIndex: Int { 0 }
    var endIndex: Int { slots.count }
    subscript(place: Int) -> Int { Int(slots[place]) }
  }

  var nodes: [Node] { slots.map { self[$0] } }

  func contains(_ node: Node) -> Bool { node.visit == visit && node.slot < count }

  func containsAny(_ state: Graph.State) -> Bool { slots.contains { !self.state($0).isDisjoint(with: state) } }

  /// For each node, whether it is, or is computed from, one that `isSource`; `passes` says which nodes hand it on.
  func reaching(from isSource: (Int) -> Bool, through passes: (Graph.State) -> Bool = { _ in true }) -> [Bool] {
    var reached = [Bool](repeating: false, count: count)
    for slot in slots {
      reached[slot] = isSource(slot) || (passes(state(slot)) && inputs(slot).contains { reached[$0] })
    }
    return reached
  }
}

// Of a node that is held elsewhere, without counting a reference.
extension Unmanaged<Node> {
  fileprivate var heldInputs: HeldInputs { _withUnsafeGuaranteedRef { $0.heldInputs } }
  fileprivate var isRealized: Bool { _withUnsafeGuaranteedRef { $0.isRealized } }
  fileprivate var isDetached: Bool { _withUnsafeGuaranteedRef { $0.isDetached } }

  fileprivate var visit: UInt64 {
    get { _withUnsafeGuaranteedRef { $0.visit } }
    nonmutating set { _withUnsafeGuaranteedRef { $0.visit = newValue } }
  }

  fileprivate var slot: Int {
    get { _withUnsafeGuaranteedRef { $0.slot } }
    nonmutating set { _withUnsafeGuaranteedRef { $0.slot = newValue } }
  }

  fileprivate var state: Graph.State {
    _withUnsafeGuaranteedRef { node in
      var state: Graph.State = node.isRealized ? .isRealized : []
      if node.handleCount > 0 { state.insert(.isHeld) }
      if node.isDetached { state.insert(.isDetached) }
      if node.cut != .none { state.insert(.isCut) }
      if node.heldInputs.count > 0 { return state }
      if node.isReplaced { state.insert(.isReplaced) }
      if node.isFill { state.insert(.isFill) }
      return state
    }
  }
}
