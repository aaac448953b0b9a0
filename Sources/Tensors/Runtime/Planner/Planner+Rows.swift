/// Work over the rows of a batch, one kernel after another on each block of rows.
extension Planner {
  /// Numbers that such work leaves behind, at most: none of them makes room for another before all is done.
  private static let mostRowCount = 2 << 20
  /// Elements of element-wise work by rows, at most: more of them are worth a kernel of their own.
  private static let mostElements = 256 << 10

  /// The steps, of which some are now done as one: as many as can follow the first work by rows, again and again. What only sums up what
  /// is there already comes before them, so that they can go on with it.
  /// - Parameters:
  ///   - steps: In an order in which they can run; so is the result.
  ///   - outputs: Buffers that are someone's storage afterwards.
  mutating func joinedByRows(_ steps: [Step], outputs: Set<Int>) throws -> [Step] {
    guard let blocks = steps.lazy.compactMap({ ($0 as? any RowwiseWork)?.rowBlocks }).first(where: { $0.count > 1 }) else {
      return steps
    }
    var (before, joined, after): ([Step], [(step: Step, work: any RowwiseWork)], [Step]) = ([], [], [])
    // Made by the joined steps, made there but not row by row, and made after them.
    var (made, gathered, madeAfter): (Set<Int>, Set<Int>, Set<Int>) = ([], [], [])
    var count = 0
    for step in steps {
      let size = step.writes.reduce(0) { $0 + counts[$1] }
      if madeAfter.isDisjoint(with: step.reads), gathered.isDisjoint(with: step.reads), count + size <= Self.mostRowCount,
        !replacesLeaf(step, outputs), let work = try rowwise(step, blocks),
        !work.madeByRow.isEmpty || !made.isDisjoint(with: step.reads),
        step.reads.allSatisfy({ !made.contains($0) || work.readsByRow($0, count: counts[$0]) })
      {
        joined.append((step, work))
        made.formUnion(work.writes)
        gathered.formUnion(Set(work.writes).subtracting(work.madeByRow))
        count += size
      } else if made.isDisjoint(with: step.reads), madeAfter.isDisjoint(with: step.reads) {
        before.append(step)
      } else {
        after.append(step)
        madeAfter.formUnion(step.writes)
      }
    }
    guard !joined.isEmpty else { return steps }
    let one = joined.count == 1 ? joined[0].step : RowwiseStep(joined.map(\.work), blocks: blocks)
    return before + [one] + (try joinedByRows(after, outputs: outputs))
  }

  /// Whether a step's result could be written over what it is computed from, as new weights are: such steps come last. Asked whether
  /// or not that will be done, so that the bits do not depend on it.
  private func replacesLeaf(_ step: Step, _ outputs: Set<Int>) -> Bool {
    step.writes.contains { new in
      outputs.contains(new)
        && step.reads.contains { leaves.contains($0) && counts[$0] == counts[new] && step.canWrite(new, over: $0) }
    }
  }

  /// A step as work over the same rows in the same blocks, if it can be that.
  private mutating func rowwise(_ step: Step, _ blocks: ResultBlocks) throws -> (any RowwiseWork)? {
    if let work = step as? any RowwiseWork {
      return work.rowBlocks?.rows == blocks.rows && work.rowBlocks?.blockRows == blocks.blockRows ? work : nil
    }
    guard let fused = step as? FusedStep, fused.space.count > 0, fused.space.count <= Self.mostElements,
      fused.space.count % blocks.rows == 0
    else { return nil }
    // Rows of one number lie side by side.
    let own =
      fused.space.count == blocks.rows
      ? ResultBlocks(rows: 1, columns: blocks.rows, blockRows: 1, blockColumns: blocks.blockRows)
      : ResultBlocks(rows: blocks.rows, columns: fused.space.count / blocks.rows, blockRows: blocks.blockRows)
    guard let kernel = try kernel(fused.members, following: .init(blocks: own, loose: nil)) else { return nil }
    return FusedRowsStep(FusedStep(kernel, space: fused.space), rows: blocks, blocks: own)
  }
}
