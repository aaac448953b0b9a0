/// The structure of a graph: what a plan is kept under. Numbers of fills and keys of random nodes are not part of it.
struct PlanKey {
  private struct Entry {
    /// Nil for leaves.
    var operation: Operation?
    var shape: Shape
    /// Places of the inputs, which follow those of the entries before.
    var inputCount: Int
  }

  private var entries: [Entry] = []
  private var inputs: [Int] = []
  private let outputs: [Int]
  private let replacements: [Int]
  private let options: Planner.Options

  /// A graph whose plan is looked for. Each node's `slot` is its position among `nodes`.
  struct Structure {
    let nodes: [Node]
    let outputs: [Node]
    let replacements: [(old: Int, new: Int)]
    let options: Planner.Options

    /// Equal for graphs of the same structure; graphs that differ in little may share it.
    var hash: Int {
      var hash: UInt = 0xCBF2_9CE4_8422_2325
      // Fowler, Noll and Vo's, a word at a time.
      func add(_ word: Int) { hash = (hash ^ UInt(bitPattern: word)) &* 0x100_0000_01B3 }
      for node in nodes {
        add(node.shape.count)
        guard node.storage == nil else { continue }
        add(node.operation.kind)
        for input in node.inputs { add(input.slot) }
      }
      for output in outputs { add(output.slot) }
      for pair in replacements { add(pair.old ^ pair.new &<< 20) }
      return Int(bitPattern: hash)
    }
  }

  init(_ structure: Structure) {
    entries.reserveCapacity(structure.nodes.count)
    for node in structure.nodes {
      let isLeaf = node.storage != nil
      if !isLeaf { inputs.append(contentsOf: node.inputs.lazy.map(\.slot)) }
      entries.append(
        Entry(operation: isLeaf ? nil : node.operation, shape: node.shape, inputCount: isLeaf ? 0 : node.inputs.count))
    }
    outputs = structure.outputs.map(\.slot)
    replacements = structure.replacements.flatMap { [$0.old, $0.new] }
    options = structure.options
  }

  /// Whether this is the key of a graph.
  func matches(_ structure: Structure) -> Bool {
    guard entries.count == structure.nodes.count, outputs.count == structure.outputs.count, options == structure.options,
      replacements.count == 2 * structure.replacements.count
    else { return false }
    var place = 0
    for (number, node) in structure.nodes.enumerated() {
      let isLeaf = node.storage != nil
      guard entries[number].shape == node.shape, (entries[number].operation == nil) == isLeaf else { return false }
      if isLeaf { continue }
      guard entries[number].inputCount == node.inputs.count, entries[number].operation == node.operation else { return false }
      for input in node.inputs {
        guard inputs[place] == input.slot else { return false }
        place += 1
      }
    }
    for (output, node) in zip(outputs, structure.outputs) where output != node.slot { return false }
    for (number, pair) in structure.replacements.enumerated()
    where replacements[2 * number] != pair.old || replacements[2 * number + 1] != pair.new { return false }
    return true
  }
}

extension Operation {
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
