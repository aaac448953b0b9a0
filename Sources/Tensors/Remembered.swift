/// Results of products that an update has computed on the way and that a derivative will be asked of soon: those below a value that
/// a user holds, as a generator's below its samples while the discriminator is updated. They keep their numbers, so that the pass is
/// not computed a second time, within a limit of bytes; beyond it the oldest go first.
enum Remembered {
  private final class Entry {
    weak var node: Node?
    init(_ node: Node) { self.node = node }

    /// The node, if its numbers are there on our account alone: no user holds it, and the tape has not made a leaf of it.
    var own: Node? {
      guard let node, node.storage != nil, node.operation.isProduct, node.handleCount == 0 else { return nil }
      return node
    }
  }

  // One thread builds and realises graphs (see `Tensor`): it alone touches these.
  /// The oldest first. A node that dies takes its numbers with it.
  nonisolated(unsafe) private static var entries: [Entry] = []
  nonisolated(unsafe) static var byteLimit = min(128 << 20, Int(Shape.physicalMemory / 64))
  private static let countLimit = 4096

  /// The bytes of what is remembered.
  static var byteCount: Int { entries.reduce(0) { $0 + ($1.own?.byteCount ?? 0) } }

  /// Which results to remember of computing `nodes`. A value that depends on the leaves that are replaced is out of date at once, and
  /// nobody will differentiate it.
  static func wanted(below nodes: [Node], replaced: [Node]) -> [Node] {
    let order = Graph.order(of: nodes, stopAtRealised: false)
    var isOld = [Bool](repeating: false, count: order.count)
    for node in replaced where order.contains(node) { isOld[node.slot] = true }
    var isStale = [Bool](repeating: false, count: order.count)
    var isAskable = isStale
    for slot in order.slots {
      let inputs = order.inputs(slot)
      isStale[slot] =
        inputs.isEmpty ? isOld[slot] || order.state(slot).contains(.isReplaced) : inputs.contains { isStale[$0] }
      isAskable[slot] = inputs.contains { order.state($0).contains(.isHeld) || isAskable[$0] }
    }
    var isComputed = [Bool](repeating: false, count: order.count)
    for node in nodes { isComputed[node.slot] = true }
    var isBelow = [Bool](repeating: false, count: order.count)
    var found: [Node] = []
    for slot in order.slots.reversed() where isComputed[slot] && !order.state(slot).contains(.isRealised) {
      let state = order.state(slot)
      if isBelow[slot], !isStale[slot], isAskable[slot], !state.contains(.isHeld), order[slot].operation.isProduct {
        found.append(order[slot])
      }
      let passes = !isStale[slot] && !state.contains(.isDetached) && (isBelow[slot] || state.contains(.isHeld))
      for input in order.inputs(slot) {
        isComputed[input] = true
        if passes { isBelow[input] = true }
      }
    }
    return found.reversed()
  }

  /// Takes in `nodes`, whose numbers are there.
  static func add(_ nodes: [Node]) {
    guard !nodes.isEmpty else { return }
    entries = entries.filter { $0.own != nil } + nodes.map(Entry.init)
    var bytes = byteCount
    var kept: [Entry] = []
    for (number, entry) in entries.enumerated() {
      guard let node = entry.own else { continue }
      if bytes > byteLimit || entries.count - number > countLimit {
        bytes -= node.byteCount
        // What cannot be computed again stays for as long as its node.
        let order = Graph.order(of: Array(node.inputs), stopAtRealised: true)
        if !order.containsAny(.isReplaced) { node.storage = nil }
      } else {
        kept.append(entry)
      }
    }
    entries = kept
  }
}
