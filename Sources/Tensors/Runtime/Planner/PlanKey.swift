/// The structure of a graph: what a plan is kept under. Numbers of fills and keys of random nodes are not part of it.
struct PlanKey: Hashable {
  private struct Entry: Hashable {
    /// Nil for leaves.
    var operation: Operation?
    var shape: Shape
    /// Inputs of all entries follow one another.
    var inputCount: Int

    func hash(into hasher: inout Hasher) {
      hasher.combine(operation)
      hasher.combine(shape.count)
    }
  }

  private var entries: [Entry] = []
  private var inputs: [Int] = []
  private var outputs: [Int] = []
  private var replacements: [Int] = []
  private let options: Planner.Options

  /// Each node's `slot` is its position among `nodes`.
  init(_ nodes: [Node], outputs: [Node], replacements: [(old: Int, new: Int)], options: Planner.Options) {
    entries.reserveCapacity(nodes.count)
    inputs.reserveCapacity(2 * nodes.count)
    for node in nodes {
      let isLeaf = node.storage != nil
      if !isLeaf {
        for input in node.inputs { inputs.append(input.slot) }
      }
      entries.append(
        Entry(operation: isLeaf ? nil : node.operation, shape: node.shape, inputCount: isLeaf ? 0 : node.inputs.count))
    }
    self.outputs = outputs.map(\.slot)
    self.replacements = replacements.flatMap { [$0.old, $0.new] }
    self.options = options
  }
}

/// Plans by structure; the ones used longest ago go first.
struct PlanCache {
  private final class Entry {
    let plan: Plan
    var lastUse: Int
    init(_ plan: Plan, lastUse: Int) { (self.plan, self.lastUse) = (plan, lastUse) }
  }

  private var plans: [PlanKey: Entry] = [:]
  private var uses = 0
  private static let limit = 256

  mutating func plan(for key: PlanKey, make: () throws -> Plan) rethrows -> Plan {
    uses &+= 1
    if let known = plans[key] {
      known.lastUse = uses
      return known.plan
    }
    let plan = try make()
    if plans.count >= Self.limit {
      let order = plans.sorted { $0.value.lastUse < $1.value.lastUse }
      for entry in order.prefix(Self.limit / 4) { plans[entry.key] = nil }
    }
    plans[key] = Entry(plan, lastUse: uses)
    return plan
  }
}
