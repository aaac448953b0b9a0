import Kernels

/// Which element-wise values and reductions run in one kernel: those over the same number of elements and of the same stage,
/// that feed each other or read the same memory. A stage ends where memory must be complete: at reductions and at steps of their own.
struct Grouping {
  /// Members of each group, inputs first.
  private(set) var groups: [[Int]] = []

  private let lowering: Lowering
  private var stages: [Int]
  /// Stages before which a value shall not be computed.
  private var earliest: [Int]
  private var components: [Component?]
  private var parents: [Int]

  private struct Component {
    var elements: Int
    var stage: Int
    /// Where axes of members begin: products of sizes, ascending.
    var cuts: [Int]
    var members: [Int]
    /// An upper bound of the slots of the kernel's program.
    var slots: Int
  }

  init(_ lowering: Lowering, fuses: Bool) {
    self.lowering = lowering
    let count = lowering.graph.values.count
    stages = [Int](repeating: 0, count: count)
    earliest = stages
    components = [Component?](repeating: nil, count: count)
    parents = Array(0..<count)
    for index in lowering.graph.values.indices { place(index, fuses: fuses) }
    if fuses {
      putOff()
      components = [Component?](repeating: nil, count: count)
      parents = Array(0..<count)
      for index in lowering.graph.values.indices { place(index, fuses: true) }
      joinReaders()
    }
    for index in lowering.graph.values.indices {
      if let component = components[index], parents[index] == index { groups.append(component.members.sorted()) }
    }
  }

  private func elements(of index: Int) -> Int {
    let value = lowering.graph.values[index]
    return lowering.kinds[index] == .reduction ? lowering.graph.values[value.inputs[0]].shape.count : value.shape.count
  }

  private func space(of index: Int) -> Shape {
    let value = lowering.graph.values[index]
    return lowering.kinds[index] == .reduction ? lowering.graph.values[value.inputs[0]].shape : value.shape
  }

  /// The values an operation reads, as they lie in memory or in registers.
  private func operands(of index: Int) -> [View] {
    lowering.graph.values[index].inputs.map {
      lowering.kinds[index] == .standalone ? lowering.memory(of: $0) : lowering.views[$0]
    }
  }

  /// Whether `view` is a value just as element-wise work leaves it, number for number.
  private func isSamePlace(_ view: View, elements: Int) -> Bool {
    lowering.kinds[view.base] == .elementwise && view.offset == 0 && view.count == elements
      && lowering.graph.values[view.base].shape.count == elements && view.isContiguous
  }

  private mutating func place(_ index: Int, fuses: Bool) {
    let kind = lowering.kinds[index]
    var stage = earliest[index]
    var neighbors: [Int] = []
    let elements = elements(of: index)
    for view in kind == .absorbed ? [] : operands(of: index) {
      let base = view.base
      switch lowering.kinds[base] {
      case .leaf, .fill: break
      case .elementwise where fuses && (kind == .elementwise || kind == .reduction) && isSamePlace(view, elements: elements):
        stage = max(stage, stages[base])
        neighbors.append(base)
      case .elementwise, .reduction, .standalone: stage = max(stage, stages[base] + 1)
      case .view: stage = max(stage, stages[base] + (lowering.isCopied[base] ? 1 : 0))
      case .absorbed: break
      }
    }
    switch kind {
    case .leaf, .fill, .absorbed: return
    case .view:
      // A copy is made after its source.
      let base = lowering.views[index].base
      stages[index] = stages[base] + 1
      return
    case .standalone:
      stages[index] = stage
      return
    case .elementwise, .reduction: break
    }
    let own = Component(
      elements: elements, stage: stage, cuts: Self.cuts(of: space(of: index)), members: [index],
      slots: 2 + lowering.graph.values[index].inputs.count)
    var joined = own
    var roots: [Int] = []
    var fits = true
    for neighbor in neighbors where stages[neighbor] == stage {
      let root = root(of: neighbor)
      if roots.contains(root) { continue }
      roots.append(root)
      guard let component = components[root], let union = Self.union(component, joined) else {
        fits = false
        break
      }
      joined = union
    }
    if fits {
      stages[index] = stage
      for root in roots {
        components[root] = nil
        parents[root] = index
      }
      components[index] = joined
    } else {
      stages[index] = stage + 1
      components[index] = own
      components[index]?.stage = stage + 1
    }
  }

  /// Element-wise work that reads little and is first needed at a later stage is put off until then: what it reads is in memory
  /// anyway, its own numbers then need not be. (So that an optimizer's step is one pass.)
  private mutating func putOff() {
    var firstUse = [Int](repeating: Int.max, count: stages.count)
    for index in lowering.graph.values.indices.reversed() {
      let kind = lowering.kinds[index]
      if kind == .elementwise, firstUse[index] > stages[index], firstUse[index] < Int.max, readsLittle(index) {
        earliest[index] = firstUse[index]
      }
      guard kind != .leaf, kind != .fill, kind != .absorbed, kind != .view || lowering.isCopied[index] else { continue }
      let stage = max(stages[index], earliest[index])
      let elements = elements(of: index)
      for view in kind == .view ? [lowering.views[index]] : operands(of: index) {
        // Whoever cannot take the numbers from a register needs them complete before its own stage.
        let canFuse = (kind == .elementwise || kind == .reduction) && isSamePlace(view, elements: elements)
        firstUse[view.base] = min(firstUse[view.base], canFuse ? stage : 0)
      }
    }
  }

  /// Whether a value reads at most one thing of its own size that is not there from the start.
  private func readsLittle(_ index: Int) -> Bool {
    let elements = elements(of: index)
    let large = operands(of: index).filter { view in
      switch lowering.kinds[view.base] {
      case .leaf, .fill: false
      case .elementwise, .reduction, .standalone, .view, .absorbed: lowering.graph.values[view.base].shape.count > elements / 4
      }
    }
    return Set(large.map(\.base)).count <= 1
  }

  private mutating func root(of index: Int) -> Int {
    var root = index
    while parents[root] != root { root = parents[root] }
    parents[index] = root
    return root
  }

  private static func union(_ a: Component, _ b: Component) -> Component? {
    guard a.elements == b.elements, a.slots + b.slots <= Tuning.fusedSlots, let cuts = merged(a.cuts, b.cuts),
      cuts.count <= max(a.cuts.count, b.cuts.count, Int(GAN_MAXIMUM_RANK))
    else { return nil }
    return Component(
      elements: a.elements, stage: max(a.stage, b.stage), cuts: cuts, members: a.members + b.members, slots: a.slots + b.slots)
  }

  /// Joins groups of one stage and size that read the same memory.
  private mutating func joinReaders() {
    struct Place: Hashable {
      var base: Int
      var stage: Int
      var elements: Int
    }
    var readers: [Place: Int] = [:]
    for index in lowering.graph.values.indices where lowering.kinds[index] == .elementwise || lowering.kinds[index] == .reduction
    {
      let elements = elements(of: index)
      // What is small costs nothing to read twice, and would tie together what has nothing else in common.
      let bases = operands(of: index).map(\.base).filter {
        lowering.kinds[$0] != .fill && lowering.graph.values[$0].shape.count > elements / 4
      }
      for base in bases {
        let place = Place(base: base, stage: stages[index], elements: elements)
        guard let other = readers[place] else {
          readers[place] = index
          continue
        }
        let (a, b) = (root(of: other), root(of: index))
        guard a != b, let left = components[a], let right = components[b], let union = Self.union(left, right) else { continue }
        components[a] = nil
        parents[a] = b
        components[b] = union
      }
    }
  }

  // MARK: Axes

  /// The products of a shape's last sizes, ascending, without those of size 1.
  static func cuts(of shape: Shape) -> [Int] {
    var cuts = [1]
    var product = 1
    for size in shape.dimensions.reversed() where size != 1 {
      product = product &* size
      cuts.append(product)
    }
    return cuts
  }

  /// All places of both, where each divides the next; nil where they do not.
  static func merged(_ a: [Int], _ b: [Int]) -> [Int]? {
    if a == b { return a }
    if a.last == 0 || b.last == 0 { return nil }
    let all = Array(Set(a).union(b)).sorted()
    for (low, high) in zip(all, all.dropFirst()) where high % low != 0 { return nil }
    return all
  }
}
