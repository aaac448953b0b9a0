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
    let replaced = Set(replaced.map(ObjectIdentifier.init))
    var isStale = [Bool](repeating: false, count: order.nodes.count)
    var isAskable = isStale
    for (slot, node) in order.nodes.enumerated() {
      isStale[slot] =
        node.inputs.isEmpty
        ? node.isReplaced || replaced.contains(ObjectIdentifier(node)) : node.inputs.contains { isStale[$0.slot] }
      isAskable[slot] = node.inputs.contains { $0.handleCount > 0 || isAskable[$0.slot] }
    }
    var isComputed = [Bool](repeating: false, count: order.nodes.count)
    for node in nodes { isComputed[node.slot] = true }
    var isBelow = [Bool](repeating: false, count: order.nodes.count)
    var found: [Node] = []
    for (slot, node) in order.nodes.enumerated().reversed() where isComputed[slot] && node.storage == nil {
      if isBelow[slot], !isStale[slot], isAskable[slot], node.operation.isProduct, node.handleCount == 0 { found.append(node) }
      let passes = !node.isDetached && !isStale[slot] && (isBelow[slot] || node.handleCount > 0)
      for input in node.inputs {
        isComputed[input.slot] = true
        if passes { isBelow[input.slot] = true }
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
        let order = Graph.order(of: node.inputs, stopAtRealised: true)
        if !order.nodes.contains(where: \.isReplaced) { node.storage = nil }
      } else {
        kept.append(entry)
      }
    }
    entries = kept
  }
}
