/// Walks over nodes. All are iterative.
public enum Graph {
  nonisolated(unsafe) private static var visits: UInt64 = 0  // One thread builds and walks graphs: see `Tensor`.

  /// A new mark for `Node.visit`; all marks of earlier walks are stale from here on.
  static func newVisit() -> UInt64 {
    visits &+= 1
    return visits
  }

  /// Nodes, each after its inputs. A node's `slot` is its position, until the next walk.
  struct Order {
    let nodes: [Node]
    let visit: UInt64

    func contains(_ node: Node) -> Bool { node.visit == visit && node.slot < nodes.count }

    /// The first `count` nodes: those of the first roots, if they are all that these are made of.
    func prefix(_ count: Int) -> Order { count == nodes.count ? self : Order(nodes: Array(nodes[..<count]), visit: visit) }
  }

  /// Every node that `roots` are made of, each after its inputs, in an order that depends on the structure alone.
  /// - Parameter stopAtRealised: Take nodes that have a storage as leaves.
  static func order(of roots: [Node], stopAtRealised: Bool) -> Order {
    order(of: roots, then: [], stopAtRealised: stopAtRealised).order
  }

  /// The same, and then what `others` are made of besides; `count` nodes are those of `roots`.
  static func order(of roots: [Node], then others: [Node], stopAtRealised: Bool) -> (order: Order, count: Int) {
    let visit = newVisit()
    var order: [Node] = []
    // The roots hold every node that is met.
    var stack: [(node: Unmanaged<Node>, next: Int)] = []
    var count = 0
    for (place, root) in [roots, others].joined().enumerated() {
      if place == roots.count { count = order.count }
      if root.visit == visit { continue }
      root.visit = visit
      stack.append((.passUnretained(root), 0))
      while let top = stack.last {
        top.node._withUnsafeGuaranteedRef { node in
          var next = top.next
          let end = stopAtRealised && node.storage != nil ? 0 : node.inputs.count
          while next < end, node.inputs[next].visit == visit { next += 1 }
          if next < end {
            stack[stack.count - 1].next = next + 1
            node.inputs[next].visit = visit
            stack.append((.passUnretained(node.inputs[next]), 0))
          } else {
            node.slot = order.count
            order.append(node)
            stack.removeLast()
          }
        }
      }
    }
    return (Order(nodes: order, visit: visit), others.isEmpty ? order.count : count)
  }

  /// Computes `nodes` in one plan. Every unrealised node below them that a user holds keeps its numbers too, so that looking
  /// at it later costs nothing.
  /// - Parameter replacing: Leaves whose numbers are not wanted any more when those of `nodes` are there.
  static func realize(_ nodes: [Node], replacing: [Replacement] = []) throws {
    let remembered = replacing.isEmpty ? [] : Remembered.wanted(below: nodes, replaced: replacing.map(\.old))
    defer { Remembered.add(remembered.filter(\.isRealised)) }
    let nodes = nodes + remembered
    let unseen = Runtime.options.replaces ? replacing.filter(\.isUnseen) : []
    guard !unseen.isEmpty else { return try compute(nodes, order(of: nodes, stopAtRealised: true), replacing: []) }
    // No more work than a small part of what the weights are used for.
    let limit = unseen.reduce(0) { $0 + 4 * $1.old.shape.count }
    let (pending, order) = Tape.pending(besides: nodes, readingAnyOf: unseen.map(\.old), limit: limit)
    guard let pending else { return try compute(nodes, order, replacing: []) }
    try compute(
      nodes + pending, pending.isEmpty ? order : self.order(of: nodes + pending, stopAtRealised: true), replacing: unseen)
  }

  /// - Parameter order: Of `nodes`.
  private static func compute(_ nodes: [Node], _ order: Order, replacing: [Replacement]) throws {
    var isOutput = [Bool](repeating: false, count: order.nodes.count)
    for node in nodes { isOutput[node.slot] = true }
    let outputs = order.nodes.filter {
      $0.storage == nil && (isOutput[$0.slot] || ($0.handleCount > 0 && $0.operation != .fill))
    }
    if !outputs.isEmpty { try Runtime.realize(outputs, order, replacing: replacing) }
  }

  /// Longer chains of work are not put off: the plan for one would only grow.
  static let pendingLimit: Int32 = 4096
}
