/// The structure of a graph: what a plan is kept under. Numbers of fills and keys of random nodes are not part of it.
struct PlanKey {
  /// Of each node; `data` for leaves.
  private let operations: [Operation]
  private let shapes: [Shape]
  /// As `Graph.Order` has them.
  private let inputEnds: [Int32]
  private let inputSlots: [Int32]
  private let outputs: [Int]
  private let replacements: [Int]
  private let options: Planner.Options

  /// A graph whose plan is looked for. Each node's `slot` is its position in the order.
  struct Structure {
    let order: Graph.Order
    let outputs: [Node]
    let replacements: [(old: Int, new: Int)]
    let options: Planner.Options

    /// Equal for graphs of the same structure; graphs that differ in little may share it.
    var hash: Int {
      var hash: UInt = 0xCBF2_9CE4_8422_2325
      // Fowler, Noll and Vo's, a word at a time.
      func add(_ word: Int) { hash = (hash ^ UInt(bitPattern: word)) &* 0x100_0000_01B3 }
      for slot in order.slots {
        let isLeaf = order.state(slot).contains(.isRealized)
        order.withNode(slot) { add($0.shape.count &<< 5 | (isLeaf ? 0 : $0.operation.kind)) }
      }
      for input in order.inputSlots { add(Int(input)) }
      for output in outputs { add(output.slot) }
      for pair in replacements { add(pair.old ^ pair.new &<< 20) }
      return Int(bitPattern: hash)
    }
  }

  init(_ structure: Structure) {
    let order = structure.order
    operations = order.slots.map { order.state($0).contains(.isRealized) ? .data : order[$0].operation }
    shapes = order.slots.map { order[$0].shape }
    inputEnds = order.slots.map { Int32(order.inputEnd($0)) }
    inputSlots = Array(order.inputSlots)
    outputs = structure.outputs.map(\.slot)
    replacements = structure.replacements.flatMap { [$0.old, $0.new] }
    options = structure.options
  }

  /// Whether this is the key of a graph.
  func matches(_ structure: Structure) -> Bool {
    let order = structure.order
    let slots = order.inputSlots
    guard shapes.count == order.count, inputSlots.count == slots.count, outputs.count == structure.outputs.count,
      options == structure.options, replacements.count == 2 * structure.replacements.count,
      inputSlots.indices.allSatisfy({ inputSlots[$0] == slots[$0] })
    else { return false }
    for slot in order.slots {
      let isLeaf = order.state(slot).contains(.isRealized)
      let isSame = order.withNode(slot) { node in
        shapes[slot] == node.shape && (isLeaf ? operations[slot].isData : operations[slot] == node.operation)
      }
      guard isSame, Int(inputEnds[slot]) == order.inputEnd(slot) else { return false }
    }
    for (output, node) in zip(outputs, structure.outputs) where output != node.slot { return false }
    for (number, pair) in structure.replacements.enumerated()
    where replacements[2 * number] != pair.old || replacements[2 * number + 1] != pair.new { return false }
    return true
  }
}

extension Operation {
  fileprivate var isData: Bool { if case .data = self { true } else { false } }

  /// A number for each kind, whatever its function and sizes.
  fileprivate var kind: Int {
    switch self {
    case .data: 0
    case .fill: 1
    case .random: 2
    case .unary: 3
    case .binary: 4
    case .select: 5
    case .reduce: 6
    case .reshape: 7
    case .transpose: 8
    case .broadcast: 9
    case .slice: 10
    case .pad: 11
    case .concat: 12
    case .gather: 13
    case .scatterAdd: 14
    case .matmul: 15
    case .convolution: 16
    case .convolutionByInput: 17
    case .convolutionByFilter: 18
    case .precise: 19
    }
  }
}

/// Plans by structure; the ones used longest ago go first.
struct PlanCache {
  private final class Entry {
    let key: PlanKey
    let plan: Plan
    var lastUse: Int
    init(_ key: PlanKey, _ plan: Plan, lastUse: Int) { (self.key, self.plan, self.lastUse) = (key, plan, lastUse) }
  }

  private var entries: [Int: [Entry]] = [:]
  private var count = 0
  private var uses = 0
  private static let limit = 256

  mutating func plan(for structure: PlanKey.Structure, make: () throws -> Plan) rethrows -> Plan {
    uses &+= 1
    let hash = structure.hash
    if let known = entries[hash]?.first(where: { $0.key.matches(structure) }) {
      known.lastUse = uses
      return known.plan
    }
    let plan = try make()
    if count >= Self.limit { forgetOldest(Self.limit / 4) }
    entries[hash, default: []].append(Entry(PlanKey(structure), plan, lastUse: uses))
    count += 1
    return plan
  }

  private mutating func forgetOldest(_ number: Int) {
    let uses = entries.values.flatMap { $0.map(\.lastUse) }.sorted()
    let oldest = uses[min(number, uses.count - 1)]
    entries = entries.mapValues { $0.filter { $0.lastUse > oldest } }.filter { !$0.value.isEmpty }
    count = entries.values.reduce(0) { $0 + $1.count }
  }
}
