/// Walks over nodes. All are iterative.
enum Graph {
  /// Computes `nodes` in one plan. Every unrealized node below them that a user holds keeps its numbers too, so that looking
  /// at it later costs nothing.
  /// - Parameter replacing: Leaves whose numbers are not wanted any more when those of `nodes` are there.
  static func realize(_ nodes: [Node], replacing: [Replacement] = []) throws {
    let engine = try Engine.needed()
    engine.performDeferredReleases()
    let saved = replacing.isEmpty ? [] : SavedActivations.wanted(below: nodes, replaced: replacing.map(\.old))
    defer { engine.savedActivations.add(saved.filter(\.isRealized)) }
    let nodes = nodes + saved
    let unseen = engine.options.replaces ? replacing.filter(\.isUnseen) : []
    guard !unseen.isEmpty else { return try engine.compute(nodes, order(of: nodes, stopAtRealized: true), replacing: []) }
    // No more work than a small part of what the weights are used for.
    let limit = unseen.reduce(0) { $0 + 4 * $1.old.shape.count }
    let (pending, order) = engine.tape.pending(besides: nodes, readingAnyOf: unseen.map(\.old), limit: limit)
    guard let pending else { return try engine.compute(nodes, order, replacing: []) }
    try engine.compute(
      nodes + pending, pending.isEmpty ? order : self.order(of: nodes + pending, stopAtRealized: true), replacing: unseen)
  }

  /// Longer chains of work are not put off: the plan for one would only grow.
  static let pendingLimit: Int32 = 4096

  /// Nor longer chains of constants, as a running average makes of steps that nobody looks at: each holds all that its step was
  /// computed from.
  static let pendingConstantsLimit: Int32 = 32
}

extension Engine {
  /// - Parameter order: Of `nodes`.
  fileprivate func compute(_ nodes: [Node], _ order: Graph.Order, replacing: [Replacement]) throws {
    var isOutput = [Bool](repeating: false, count: order.count)
    for node in nodes { isOutput[node.slot] = true }
    var outputs: [Node] = []
    for slot in order.slots {
      let state = order.state(slot)
      if !state.contains(.isRealized), isOutput[slot] || (state.contains(.isHeld) && !state.contains(.isFill)) {
        outputs.append(order[slot])
      }
    }
    if outputs.isEmpty { return }
    try realize(outputs, order, replacing: replacing)
    for node in outputs where node.isDetached { tape.forget(behind: node) }
  }
}
