import Base

/// Results of products that an update has computed on the way and that a derivative will be asked of soon: those below a value that
/// a user holds, as a generator's below its samples while the discriminator is updated. They keep their numbers, so that the pass is
/// not computed a second time, within a limit of bytes; beyond it the oldest go first.
final class SavedActivations {
  private final class Entry {
    weak var node: Node?
    init(_ node: Node) { self.node = node }

    /// The node, if its numbers are there on our account alone: no user holds it, and the tape has not made a leaf of it.
    var own: Node? {
      guard let node, node.storage != nil, node.operation.isProduct, node.handleCount == 0 else { return nil }
      return node
    }
  }

  /// The oldest first. A node that dies takes its numbers with it.
  private var entries: [Entry] = []
  var byteLimit = min(128 << 20, Int(Memory.physical / 64))
  private static let countLimit = 4096

  /// The bytes of what is saved.
  var byteCount: Int { entries.reduce(0) { $0 + ($1.own?.byteCount ?? 0) } }

  /// What is found out of a node.
  private struct Mark: OptionSet {
    let rawValue: UInt8

    /// It is computed from a leaf whose numbers are replaced.
    static let isStale = Mark(rawValue: 1)
    /// It is computed from something that a user holds.
    static let isAskable = Mark(rawValue: 2)
    static let isComputed = Mark(rawValue: 4)
    /// It is below a value that a user holds, along a way that derivatives take.
    static let isBelow = Mark(rawValue: 8)
  }

  /// Which results to save of computing `nodes`. A value that depends on the leaves that are replaced is out of date at once, and
  /// nobody will differentiate it.
  static func wanted(below nodes: [Node], replaced: [Node]) -> [Node] {
    let order = Graph.order(of: nodes, stopAtRealized: false)
    var marks = [Mark](repeating: [], count: order.count)
    for node in replaced where order.contains(node) { marks[node.slot] = .isStale }
    for slot in order.slots {
      var mark: Mark = order.state(slot).contains(.isReplaced) ? .isStale : marks[slot]
      for input in order.inputs(slot) {
        mark.formUnion(marks[input])
        if order.state(input).contains(.isHeld) { mark.insert(.isAskable) }
      }
      marks[slot] = mark
    }
    for node in nodes { marks[node.slot].insert(.isComputed) }
    var found: [Node] = []
    for slot in order.slots.reversed() {
      let (mark, state) = (marks[slot], order.state(slot))
      if !mark.contains(.isComputed) || state.contains(.isRealized) { continue }
      let isHeld = state.contains(.isHeld)
      if mark.isSuperset(of: [.isBelow, .isAskable]), !mark.contains(.isStale), !isHeld, order[slot].operation.isProduct {
        found.append(order[slot])
      }
      let passes = !mark.contains(.isStale) && !state.contains(.isDetached) && (isHeld || mark.contains(.isBelow))
      for input in order.inputs(slot) { marks[input].formUnion(passes ? [.isComputed, .isBelow] : .isComputed) }
    }
    return found.reversed()
  }

  /// Takes in `nodes`, whose numbers are there.
  func add(_ nodes: [Node]) {
    guard !nodes.isEmpty else { return }
    entries = entries.filter { $0.own != nil } + nodes.map(Entry.init)
    var bytes = byteCount
    var kept: [Entry] = []
    for (number, entry) in entries.enumerated() {
      guard let node = entry.own else { continue }
      if bytes > byteLimit || entries.count - number > Self.countLimit {
        bytes -= node.byteCount
        // What cannot be computed again stays for as long as its node.
        let order = Graph.order(of: Array(node.inputs), stopAtRealized: true)
        if !order.containsAny(.isReplaced) { node.storage = nil }
      } else {
        kept.append(entry)
      }
    }
    entries = kept
  }
}
