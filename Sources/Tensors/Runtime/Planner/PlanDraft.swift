/// A plan as plain values, which each pass reads and changes. What runs is made of it when all passes are done.
struct PlanDraft {
  /// The distinct values to be computed, and how each is made or read.
  let graph: PlanGraph
  let lowering: Lowering
  /// Which element-wise values and reductions run in one kernel; members of each, inputs first.
  private(set) var groups: [[Int]] = []
  /// Element-wise values whose numbers lie in memory.
  private(set) var kept: Set<Int> = []

  var buffers: PlanBuffers
  var steps: [PlannedStep] = []
  /// Buffers that lie one behind the other in memory.
  private(set) var stacks: [[Int]] = []
  /// For each output: its place in the walk, and the buffer that becomes its storage.
  let outputs: [(place: Int, buffer: Int)]
  let outputBuffers: Set<Int>

  /// From this step on leaves are written over, and the plan must run to its end.
  private(set) var firstReplacing = 0
  /// For each output that is written over a leaf, the leaf's buffer.
  private(set) var leafOf: [Int: Int] = [:]
  /// Where each buffer lies, floats of the arena, and what they would be if no buffer made room for another.
  private(set) var locations: [BufferLocation] = []
  private(set) var arenaCount = 0
  private(set) var countWithoutReuse = 0

  /// - Parameter outputs: Places of the outputs in the walk.
  init(_ graph: PlanGraph, outputs places: [Int]) {
    self.graph = graph
    let lowering = Lowering(graph)
    self.lowering = lowering
    buffers = PlanBuffers(graph)
    outputs = places.map { place in
      let index = graph.valueOfNode[place]
      return (place, PlanBuffers.buffer(of: lowering.aliases[index] ?? index))
    }
    outputBuffers = Set(outputs.map(\.buffer))
  }

  // MARK: Passes

  /// Fusing: which values run in one kernel, and which of them must lie in memory.
  mutating func group(fuses: Bool) {
    groups = Grouping(lowering, fuses: fuses).groups
    kept = keptValues()
  }

  /// Element-wise values whose numbers must lie in memory: because they are outputs, or because another kernel reads them.
  private func keptValues() -> Set<Int> {
    var groupOf: [Int: Int] = [:]
    for (number, members) in groups.enumerated() {
      for member in members { groupOf[member] = number }
    }
    var kept: Set<Int> = []
    for (index, value) in graph.values.enumerated() {
      if value.isOutput { kept.insert(lowering.aliases[index] ?? index) }
      if lowering.needsCopy(index) { kept.insert(lowering.views[index].base) }
      switch lowering.kinds[index] {
      case .standalone: for input in value.inputs { kept.insert(lowering.memory(of: input).base) }
      case .elementwise, .reduction:
        for input in value.inputs {
          let base = lowering.views[input].base
          if groupOf[base] != groupOf[index] { kept.insert(base) }
        }
      case .leaf, .fill, .view, .absorbed: break
      }
    }
    return kept
  }

  /// The kernel of a group; nil where it does not fit the blocks that it is to follow.
  mutating func kernel(_ members: [Int], following: FusedKernel.Following? = nil) throws -> FusedKernel? {
    guard
      var kernel = try FusedKernelDraft.kernel(
        members, kept: kept, lowering: lowering, buffers: buffers, following: following)
    else { return nil }
    for partial in kernel.partials { kernel.setParts(of: partial, buffer: buffers.make(partial.count)) }
    return kernel
  }

  /// Right sides packed once, products of one right side stacked, sums of products of few terms made one step.
  mutating func packAndStack() {
    steps = ProductPacking.packed(steps, &buffers)
    let stacking = ProductStacking(steps, buffers: buffers, outputs: outputBuffers)
    (steps, buffers, stacks) = (stacking.steps, stacking.buffers, stacking.stacks)
    steps = steps.map { PackedSum.packed($0, &buffers) }
  }

  /// The order of the steps, and the outputs that are written over leaves.
  mutating func order(replacements: [(old: Int, new: Int)]) {
    let pairs = replacements.map { pair in
      let buffers = [pair.old, pair.new].map { place in
        let index = graph.valueOfNode[place]
        return PlanBuffers.buffer(of: lowering.aliases[index] ?? index)
      }
      return (old: buffers[0], new: buffers[1])
    }
    let inPlace = InPlaceOrder(
      StepOrder.order(steps, outputs: outputs.map(\.buffer)), outputs: outputBuffers, pairs: pairs, counts: buffers.counts)
    (steps, firstReplacing, leafOf) = (inPlace.steps, inPlace.firstReplacing, inPlace.leafOf)
  }

  /// Where each buffer lies.
  mutating func layOut() {
    locations = [BufferLocation](repeating: .none, count: buffers.counts.count)
    var temporaries: [Int] = []
    for buffer in buffers.counts.indices where buffer != PlanBuffers.constants {
      if buffers.leaves.contains(buffer) {
        locations[buffer] = .leaf(place: graph.values[buffer - 1].place)
      } else if outputBuffers.contains(buffer) {
        locations[buffer] =
          leafOf[buffer].map { .replaced(place: graph.values[$0 - 1].place) } ?? .output(count: buffers.counts[buffer])
      } else {
        temporaries.append(buffer)
      }
    }
    let arena = ArenaLayout(steps, buffers: temporaries, counts: buffers.counts, stacks: stacks)
    for (buffer, offset) in arena.offsets { locations[buffer] = .arena(offset: offset) }
    (arenaCount, countWithoutReuse) = (arena.count, arena.countWithoutReuse)
  }
}
