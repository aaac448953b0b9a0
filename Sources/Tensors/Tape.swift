/// The graph is the tape: what has been computed stays linked to what it was computed from, so that a derivative can be asked
/// for at any time. The tape keeps itself short: now and then it is cut where no derivative can be asked for any more, and where
/// it is deeper than anyone's patience. A constant's history goes as soon as its numbers are there.
enum Tape {
  // Nodes are made and dropped by the one thread that builds graphs (see `Tensor`), so these need no lock.
  nonisolated(unsafe) static var liveNodes = 0
  /// The bytes held by leaves.
  nonisolated(unsafe) static var leafBytes = 0
  /// Every live handle, in no order; each knows its place.
  nonisolated(unsafe) private static let handles = GrowingMemory<Unmanaged<Tensor>>(capacity: 1024)
  nonisolated(unsafe) private static var nodeLimit = leastNodeLimit
  nonisolated(unsafe) private static var byteLimit = leastByteLimit

  private static let leastNodeLimit = 20_000
  private static let leastByteLimit = 512 << 20
  /// Steps away from every handle that the tape is kept for, at least.
  static let depth: Int32 = 2_000

  static func register(_ handle: Tensor) {
    handle.place = handles.count
    handles.append(Unmanaged.passUnretained(handle))
  }

  static func unregister(_ handle: Tensor) {
    let last = handles[handles.count - 1]
    handles.removeLast()
    if handle.place < handles.count {
      handles[handle.place] = last
      last._withUnsafeGuaranteedRef { $0.place = handle.place }
    }
  }

  private static var heldNodes: [Node] { (0..<handles.count).map { handles[$0]._withUnsafeGuaranteedRef { $0.node } } }

  /// Shortens the tape when it has grown to twice what was left the last time.
  static func trimIfGrown() throws {
    guard liveNodes > nodeLimit || leafBytes > byteLimit else { return }
    if leafBytes > byteLimit { try computeWhatOnlyHoldsLeaves() }
    trim()
    nodeLimit = max(leastNodeLimit, 2 * liveNodes)
    byteLimit = max(leastByteLimit, 2 * leafBytes)
  }

  /// Computes what has been put off and can be cut when it is computed, where that frees more than it takes: an average of
  /// weights over many steps would otherwise hold the weights of every step until someone looks at it.
  private static func computeWhatOnlyHoldsLeaves() throws {
    let order = Graph.order(of: heldNodes, stopAtRealised: false)
    let heldBehind = heldBehind(order)
    var isWanted = order.slots.map { order.state($0).contains(.isHeld) }
    var freed = [Double](repeating: 0, count: order.count)
    let isLost = order.reaching(from: { order.state($0).contains(.isReplaced) }, through: { !$0.contains(.isRealised) })
    for slot in order.slots {
      let state = order.state(slot)
      if state.contains(.isRealised) {
        freed[slot] = state.contains(.isHeld) ? 0 : Double(order[slot].shape.count)
      } else {
        freed[slot] = order.inputs(slot).reduce(0) { $0 + freed[$1] }
      }
      if heldBehind[slot] { for input in order.inputs(slot) { isWanted[input] = true } }
    }
    try Graph.realize(
      order.nodes.filter {
        $0.storage == nil && !$0.inputs.isEmpty && isWanted[$0.slot] && !heldBehind[$0.slot]
          && !isLost[$0.slot] && freed[$0.slot] > Double($0.shape.count)
      })
  }

  /// What a user holds that is not computed yet, is no part of the graph of `roots`, and is to be computed from some of
  /// `leaves`; nil where more numbers than `limit` would have to be computed for it. And the order of the graph of `roots`.
  static func pending(besides roots: [Node], readingAnyOf leaves: [Node], limit: Int) -> (found: [Node]?, order: Graph.Order) {
    let held = (0..<handles.count).compactMap { place in
      handles[place]._withUnsafeGuaranteedRef { $0.node.storage == nil && !$0.node.inputs.isEmpty ? $0.node : nil }
    }
    let (order, known) = Graph.order(of: roots, then: held, stopAtRealised: true)
    guard order.count > known else { return ([], order) }
    var isLeaf = [Bool](repeating: false, count: order.count)
    for leaf in leaves where order.contains(leaf) { isLeaf[leaf.slot] = true }
    let reads = order.reaching(from: { isLeaf[$0] })
    let others = known..<order.count
    var found = others.filter { order.state($0).contains(.isHeld) && reads[$0] }
    if order.containsAny(.isReplaced) {
      let isLost = order.reaching(from: { order.state($0).contains(.isReplaced) })
      found.removeAll { isLost[$0] }
    }
    var isNeeded = [Bool](repeating: false, count: order.count)
    for slot in found { isNeeded[slot] = true }
    var numbers = 0
    for slot in others.reversed() where isNeeded[slot] && !order.state(slot).contains(.isRealised) {
      order.withNode(slot) { if !$0.operation.isFree { numbers += $0.shape.count } }
      for input in order.inputs(slot) { isNeeded[input] = true }
    }
    let nodes = numbers <= limit ? found.map { order[$0] } : nil
    order.truncate(to: known)
    return (nodes, order)
  }

  /// For each node, whether a user holds anything that a derivative of it can be asked by.
  private static func heldBehind(_ order: Graph.Order) -> [Bool] {
    var held = [Bool](repeating: false, count: order.count)
    for slot in order.slots where !order.state(slot).contains(.isDetached) {
      held[slot] = order.inputs(slot).contains { order.state($0).contains(.isHeld) || held[$0] }
    }
    return held
  }

  /// Cuts the inputs of every realised node that no held node lies behind (nobody can ask for such a derivative), and of those
  /// further than `depth` steps from every handle.
  static func trim() {
    let roots = heldNodes
    let order = Graph.order(of: roots, stopAtRealised: false)
    let distances = distances(from: roots, in: order)
    let heldBehind = heldBehind(order)
    // Held, for cutting lets go of nodes.
    let nodes = order.nodes
    var replacedBehind = [Bool](repeating: false, count: order.count)
    for (slot, node) in nodes.enumerated() {
      replacedBehind[slot] =
        node.cut == .replacedParameters || (node.parameter != nil && node.handleCount == 0)
        || (!node.isDetached && order.inputs(slot).contains { replacedBehind[$0] })
    }
    for (slot, node) in nodes.enumerated() where node.storage != nil && !node.inputs.isEmpty {
      if node.isDetached || distances[slot] == .max {
        cut(node, .none)
      } else if !heldBehind[slot] {
        cut(node, replacedBehind[slot] ? .replacedParameters : .none)
      } else if distances[slot] > depth {
        cut(node, .tooDeep)
      }
    }
  }

  /// Lets go of what a constant, whose numbers are there, was computed from: no derivative passes. Unless passes lie there whose
  /// statistics an update has still to take in: then the tape's next trim does it.
  static func forget(behind node: Node) {
    guard node.isDetached, node.storage != nil, !node.inputs.isEmpty else { return }
    if Node.Note.count > 0 {
      let order = Graph.order(of: [node], stopAtRealised: false)
      if order.slots.contains(where: { order.withNode($0) { $0.note.map { !$0.isSpent } ?? false } }) { return }
    }
    cut(node, .none)
  }

  private static func cut(_ node: Node, _ reason: Node.Cut) {
    // A cut further back is inherited, where a derivative would have gone there.
    node.cut = !node.isDetached && node.inputs.contains { $0.cut == .tooDeep } ? .tooDeep : reason
    node.operation = .data
    leafBytes += node.byteCount
    node.releaseInputs()
  }

  /// The fewest steps that a derivative takes from a handle to each node; .max where none comes.
  private static func distances(from roots: [Node], in order: Graph.Order) -> [Int32] {
    var distances = [Int32](repeating: .max, count: order.count)
    var front: [Int] = []
    for root in roots where distances[root.slot] != 0 {
      distances[root.slot] = 0
      front.append(root.slot)
    }
    var distance: Int32 = 0
    while !front.isEmpty {
      distance += 1
      var next: [Int] = []
      for slot in front where !order.state(slot).contains(.isDetached) {
        for input in order.inputs(slot) where distances[input] == .max {
          distances[input] = distance
          next.append(input)
        }
      }
      front = next
    }
    return distances
  }
}
