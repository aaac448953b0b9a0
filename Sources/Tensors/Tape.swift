/// The graph is the tape: what has been computed stays linked to what it was computed from, so that a derivative can be asked
/// for at any time. The tape keeps itself short: now and then it is cut where no derivative can be asked for any more, and where
/// it is deeper than anyone's patience.
enum Tape {
  // Nodes are made and dropped by the one thread that builds graphs (see `Tensor`), so these need no lock.
  nonisolated(unsafe) static var liveNodes = 0
  /// The bytes held by leaves.
  nonisolated(unsafe) static var leafBytes = 0
  /// Every live handle, in no order; each knows its place.
  nonisolated(unsafe) private static var handles: [Unmanaged<Tensor>] = []
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
    let last = handles.removeLast()
    if handle.place < handles.count {
      handles[handle.place] = last
      last._withUnsafeGuaranteedRef { $0.place = handle.place }
    }
  }

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
    let order = Graph.order(of: handles.map { $0._withUnsafeGuaranteedRef { $0.node } }, stopAtRealised: false)
    let heldBehind = heldBehind(order)
    var isWanted = order.nodes.map { $0.handleCount > 0 }
    var freed = [Double](repeating: 0, count: order.nodes.count)
    let isLost = readers(of: { $0.isReplaced }, in: order)
    for (slot, node) in order.nodes.enumerated() {
      if node.storage != nil {
        freed[slot] = node.handleCount > 0 ? 0 : Double(node.shape.count)
      } else {
        freed[slot] = node.inputs.reduce(0) { $0 + freed[$1.slot] }
      }
      if heldBehind[slot] { for input in node.inputs { isWanted[input.slot] = true } }
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
    let held = handles.compactMap { handle in
      handle._withUnsafeGuaranteedRef { $0.node.storage == nil && !$0.node.inputs.isEmpty ? $0.node : nil }
    }
    let (order, known) = Graph.order(of: roots, then: held, stopAtRealised: true)
    guard order.nodes.count > known else { return ([], order) }
    let leaves = Set(leaves.map(ObjectIdentifier.init))
    let reads = readers(of: { $0.inputs.isEmpty && leaves.contains(ObjectIdentifier($0)) }, in: order)
    let isLost = readers(of: { $0.isReplaced }, in: order)
    let found = order.nodes[known...].filter { $0.handleCount > 0 && reads[$0.slot] && !isLost[$0.slot] }
    var isNeeded = [Bool](repeating: false, count: order.nodes.count)
    for node in found { isNeeded[node.slot] = true }
    var numbers = 0
    for node in order.nodes[known...].reversed() where isNeeded[node.slot] && node.storage == nil {
      if !node.operation.isFree { numbers += node.shape.count }
      for input in node.inputs { isNeeded[input.slot] = true }
    }
    return (numbers <= limit ? found : nil, order.prefix(known))
  }

  /// For each node, whether it is, or is still to be computed from, one that `isSource`.
  private static func readers(of isSource: (Node) -> Bool, in order: Graph.Order) -> [Bool] {
    var reads = [Bool](repeating: false, count: order.nodes.count)
    for (slot, node) in order.nodes.enumerated() {
      reads[slot] = isSource(node) || (node.storage == nil && node.inputs.contains { reads[$0.slot] })
    }
    return reads
  }

  /// For each node, whether a user holds anything that it is computed from.
  private static func heldBehind(_ order: Graph.Order) -> [Bool] {
    var held = [Bool](repeating: false, count: order.nodes.count)
    for (slot, node) in order.nodes.enumerated() {
      held[slot] = node.inputs.contains { $0.handleCount > 0 || held[$0.slot] }
    }
    return held
  }

  /// Cuts the inputs of every realised node that no held node lies behind (nobody can ask for such a derivative), and of those
  /// further than `depth` steps from every handle.
  static func trim() {
    let roots = handles.map { $0._withUnsafeGuaranteedRef { $0.node } }
    let order = Graph.order(of: roots, stopAtRealised: false)
    let distances = distances(from: roots, in: order)
    let heldBehind = heldBehind(order)
    var replacedBehind = [Bool](repeating: false, count: order.nodes.count)
    for (slot, node) in order.nodes.enumerated() {
      replacedBehind[slot] =
        node.cut == .replacedParameters || (node.parameter != nil && node.handleCount == 0)
        || node.inputs.contains { replacedBehind[$0.slot] }
    }
    for (slot, node) in order.nodes.enumerated() where node.storage != nil && !node.inputs.isEmpty {
      if !heldBehind[slot] {
        cut(node, replacedBehind[slot] ? .replacedParameters : .none)
      } else if distances[slot] > depth {
        cut(node, .tooDeep)
      }
    }
  }

  private static func cut(_ node: Node, _ reason: Node.Cut) {
    // A cut further back is inherited.
    node.cut = node.inputs.contains { $0.cut == .tooDeep } ? .tooDeep : reason
    node.operation = .data
    leafBytes += node.byteCount
    Node.release(&node.inputs)
  }

  /// The fewest steps from a handle to each node.
  private static func distances(from roots: [Node], in order: Graph.Order) -> [Int32] {
    var distances = [Int32](repeating: .max, count: order.nodes.count)
    var front: [Node] = []
    for root in roots where distances[root.slot] != 0 {
      distances[root.slot] = 0
      front.append(root)
    }
    var distance: Int32 = 0
    while !front.isEmpty {
      distance += 1
      var next: [Node] = []
      for node in front {
        for input in node.inputs where distances[input.slot] == .max {
          distances[input.slot] = distance
          next.append(input)
        }
      }
      front = next
    }
    return distances
  }
}
