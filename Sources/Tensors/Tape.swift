/// The graph is the tape: what has been computed stays linked to what it was computed from, so that a derivative can be asked
/// for at any time. The tape keeps itself short: now and then it is cut where no derivative can be asked for any more, and where
/// it is deeper than anyone's patience. A constant's history goes as soon as its numbers are there.
final class Tape {
  private(set) var liveNodes = 0
  /// The bytes held by leaves.
  var leafBytes = 0
  /// How many live nodes have a note.
  var noteCount = 0
  private var serials: UInt64 = 0
  /// The engine is held while there are nodes.
  private var engine: Engine?
  /// Every node that a tensor holds, in no order; each knows its place.
  private let held = GrowingMemory<Unmanaged<Node>>(capacity: 1024)
  private var nodeLimit = leastNodeLimit
  private var byteLimit = leastByteLimit
  /// What nodes that are gone have held: each stands for a reference.
  let released = GrowingMemory<Unmanaged<Node>>(capacity: 256)
  private var isReleasing = false

  private static let leastNodeLimit = 20_000
  private static let leastByteLimit = 512 << 20
  /// Steps away from every handle that the tape is kept for, at least.
  static let depth: Int32 = 2_000

  /// Takes a new node of `engine`, whose tape this is, into account; gives its number.
  @inline(__always)
  func admit(leafBytes bytes: Int, of engine: Engine) -> UInt64 {
    if liveNodes == 0 { self.engine = engine }
    liveNodes &+= 1
    leafBytes &+= bytes
    serials &+= 1
    return serials
  }

  /// Takes account of a node that is gone.
  @inline(__always)
  func dismiss(leafBytes bytes: Int, hadNote: Bool) {
    leafBytes &-= bytes
    if hadNote { noteCount &-= 1 }
    liveNodes &-= 1
    if liveNodes == 0 { engine = nil }
  }

  /// Lets go of what `released` stands for, and of what that has held.
  @inline(__always)
  func releaseAll() {
    if isReleasing { return }
    isReleasing = true
    while released.count > 0 {
      let node = released[released.count - 1]
      released.removeLast()
      node.release()
    }
    isReleasing = false
  }

  /// A tensor more holds `node`.
  func hold(_ node: Node) {
    node.handleCount &+= 1
    guard node.handleCount == 1 else { return }
    node.heldPlace = Int32(truncatingIfNeeded: held.count)
    held.append(.passUnretained(node))
  }

  /// A tensor less holds it, and gives up its reference.
  func drop(_ node: Unmanaged<Node>) {
    node._withUnsafeGuaranteedRef { node in
      node.handleCount &-= 1
      guard node.handleCount == 0 else { return }
      let (place, last) = (Int(node.heldPlace), held[held.count - 1])
      held.removeLast()
      guard place < held.count else { return }
      held[place] = last
      last._withUnsafeGuaranteedRef { $0.heldPlace = node.heldPlace }
    }
    node.release()
  }

  /// Carries out what a thread has released without having entered the engine.
  func perform(_ release: DeferredReleases.Release) {
    switch release {
    case .handle(let node): drop(node)
    case .reference(let node): node.release()
    case .node(let leafBytes, let hadNote): dismiss(leafBytes: leafBytes, hadNote: hadNote)
    }
  }

  private var heldNodes: [Node] { (0..<held.count).map { held[$0].takeUnretainedValue() } }

  /// Shortens the tape when it has grown to twice what was left the last time.
  func trimIfGrown() throws {
    guard liveNodes > nodeLimit || leafBytes > byteLimit else { return }
    if leafBytes > byteLimit { try computeWhatOnlyHoldsLeaves() }
    trim()
    nodeLimit = max(Self.leastNodeLimit, 2 * liveNodes)
    byteLimit = max(Self.leastByteLimit, 2 * leafBytes)
  }

  /// Computes what has been put off and can be cut when it is computed, where that frees more than it takes: an average of
  /// weights over many steps would otherwise hold the weights of every step until someone looks at it.
  private func computeWhatOnlyHoldsLeaves() throws {
    let order = Graph.order(of: heldNodes, stopAtRealized: false)
    let heldBehind = heldBehind(order)
    var isWanted = order.slots.map { order.state($0).contains(.isHeld) }
    var freed = [Double](repeating: 0, count: order.count)
    let isLost = order.reaching(from: { order.state($0).contains(.isReplaced) }, through: { !$0.contains(.isRealized) })
    for slot in order.slots {
      let state = order.state(slot)
      if state.contains(.isRealized) {
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
  func pending(besides roots: [Node], readingAnyOf leaves: [Node], limit: Int) -> (found: [Node]?, order: Graph.Order) {
    let held = (0..<self.held.count).compactMap { place -> Node? in
      self.held[place]._withUnsafeGuaranteedRef { $0.storage == nil && !$0.inputs.isEmpty ? $0 : nil }
    }
    let (order, known) = Graph.order(of: roots, then: held, stopAtRealized: true)
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
    for slot in others.reversed() where isNeeded[slot] && !order.state(slot).contains(.isRealized) {
      order.withNode(slot) { if !$0.operation.isFree { numbers += $0.shape.count } }
      for input in order.inputs(slot) { isNeeded[input] = true }
    }
    let nodes = numbers <= limit ? found.map { order[$0] } : nil
    order.truncate(to: known)
    return (nodes, order)
  }

  /// For each node, whether a user holds anything that a derivative of it can be asked by.
  private func heldBehind(_ order: Graph.Order) -> [Bool] {
    var held = [Bool](repeating: false, count: order.count)
    for slot in order.slots where !order.state(slot).contains(.isDetached) {
      held[slot] = order.inputs(slot).contains { order.state($0).contains(.isHeld) || held[$0] }
    }
    return held
  }

  /// Cuts the inputs of every realized node that no held node lies behind (nobody can ask for such a derivative), and of those
  /// further than `depth` steps from every handle.
  func trim() {
    let roots = heldNodes
    let order = Graph.order(of: roots, stopAtRealized: false)
    let distances = distances(from: roots, in: order)
    let heldBehind = heldBehind(order)
    // Held, for cutting lets go of nodes.
    let nodes = order.nodes
    var replacedBehind = [Bool](repeating: false, count: order.count)
    // What was cut once stays known, however far behind it lies and whatever of it has no numbers of its own.
    var cutBehind = [Bool](repeating: false, count: order.count)
    for (slot, node) in nodes.enumerated() {
      cutBehind[slot] = node.cut == .tooDeep || (!node.isDetached && order.inputs(slot).contains { cutBehind[$0] })
      replacedBehind[slot] =
        node.cut == .replacedParameters || (node.parameter != nil && node.handleCount == 0)
        || (!node.isDetached && order.inputs(slot).contains { replacedBehind[$0] })
    }
    for (slot, node) in nodes.enumerated() where node.storage != nil && !node.inputs.isEmpty {
      if node.isDetached || distances[slot] == .max {
        cut(node, .none)
      } else if !heldBehind[slot] {
        cut(node, cutBehind[slot] ? .tooDeep : replacedBehind[slot] ? .replacedParameters : .none)
      } else if distances[slot] > Self.depth {
        cut(node, .tooDeep)
      }
    }
  }

  /// Lets go of what a constant, whose numbers are there, was computed from: no derivative passes. Unless passes lie there whose
  /// statistics an update has still to take in: then the tape's next trim does it.
  func forget(behind node: Node) {
    guard node.isDetached, node.storage != nil, !node.inputs.isEmpty else { return }
    if noteCount > 0 {
      let order = Graph.order(of: [node], stopAtRealized: false)
      if order.slots.contains(where: { order.withNode($0) { $0.note.map { !$0.isSpent } ?? false } }) { return }
    }
    cut(node, .none)
  }

  private func cut(_ node: Node, _ reason: Node.Cut) {
    // A cut further back is inherited, where a derivative would have gone there.
    node.cut = !node.isDetached && node.inputs.contains { $0.cut == .tooDeep } ? .tooDeep : reason
    node.operation = .data
    leafBytes += node.byteCount
    node.releaseInputs()
  }

  /// The fewest steps that a derivative takes from a handle to each node; .max where none comes.
  private func distances(from roots: [Node], in order: Graph.Order) -> [Int32] {
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
