/// Which outputs are written over the leaves that they replace, and an order of the steps in which that cannot be seen: whoever else
/// reads such a leaf comes before it is written over, and all steps that write over leaves come last.
struct InPlaceOrder {
  private(set) var steps: [PlannedStep]
  /// The place of the first step that writes over a leaf.
  private(set) var firstReplacing: Int
  /// For each output that is written over a leaf, the leaf's buffer.
  private(set) var leafOf: [Int: Int] = [:]

  /// - Parameters:
  ///   - steps: In an order in which they can run.
  ///   - outputs: Buffers that are someone's storage afterwards. A leaf among them keeps its numbers.
  ///   - pairs: Buffers of leaves, and of the outputs that may be written over them.
  init(_ steps: [PlannedStep], outputs: Set<Int>, pairs: [(old: Int, new: Int)], counts: [Int]) {
    self.steps = steps
    firstReplacing = steps.count
    guard !pairs.isEmpty else { return }
    var writer: [Int: Int] = [:]
    var readers: [Int: [Int]] = [:]
    for (number, step) in steps.enumerated() {
      for buffer in step.writes { writer[buffer] = number }
      for buffer in step.reads { readers[buffer, default: []].append(number) }
    }
    var taken: Set<Int> = []
    for pair in pairs where !outputs.contains(pair.old) && counts[pair.old] == counts[pair.new] && counts[pair.new] > 0 {
      guard leafOf[pair.new] == nil, !taken.contains(pair.old), let number = writer[pair.new],
        steps[number].work.canWrite(pair.new, over: pair.old), steps[number].writes.allSatisfy({ readers[$0] == nil })
      else { continue }
      leafOf[pair.new] = pair.old
      taken.insert(pair.old)
    }
    // A step that writes over one leaf and also reads another one, of another step, would want an order among the last steps.
    while true {
      let last = Set(leafOf.keys.compactMap { writer[$0] })
      let conflicts = leafOf.filter { new, old in readers[old]?.contains { $0 != writer[new] && last.contains($0) } ?? false }
      if conflicts.isEmpty {
        self.steps = steps.indices.filter { !last.contains($0) }.map { steps[$0] } + last.sorted().map { steps[$0] }
        firstReplacing = steps.count - last.count
        return
      }
      for new in conflicts.keys { leafOf[new] = nil }
    }
  }
}
