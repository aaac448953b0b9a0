/// Walks over nodes. All are iterative.
enum Graph {
  nonisolated(unsafe) private static var visits: UInt64 = 0  // One thread builds and walks graphs: see `Tensor`.

  /// A new mark for `Node.visit`; all marks of earlier walks are stale from here on.
  static func newVisit() -> UInt64 {
    visits &+= 1
    return visits
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
    var isOutput = [Bool](repeating: false, count: order.count)
    for node in nodes { isOutput[node.slot] = true }
    var outputs: [Node] = []
    for slot in order.slots {
      let state = order.state(slot)
      if !state.contains(.isRealised), isOutput[slot] || (state.contains(.isHeld) && !state.contains(.isFill)) {
        outputs.append(order[slot])
      }
    }
    if outputs.isEmpty { return }
    try Runtime.realize(outputs, order, replacing: replacing)
    for node in outputs where node.isDetached { Tape.forget(behind: node) }
  }

  /// Longer chains of work are not put off: the plan for one would only grow.
  static let pendingLimit: Int32 = 4096

  /// Nor longer chains of constants, as a running average makes of steps that nobody looks at: each holds all that its step was
  /// computed from.
  static let pendingConstantsLimit: Int32 = 32
}
