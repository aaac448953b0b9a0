/// Work over the rows of a batch, one kernel after another on each block of rows.
extension PlanDraft {
  /// Joins as many steps as can follow the first work by rows, again and again.
  mutating func joinRows() throws {
    steps = try joinedByRows(StepOrder.order(steps, outputs: outputs.map(\.buffer)))
  }

  /// Steps while some of them are joined.
  private struct Rows {
    let blocks: ResultBlocks
    var before: [PlannedStep] = []
    var joined: [(step: PlannedStep, work: PlannedStep)] = []
    var after: [PlannedStep] = []
    /// Made by the joined steps, made there but not row by row, and made after them.
    var made: Set<Int> = []
    var gathered: Set<Int> = []
    var madeAfter: Set<Int> = []
    /// Floats that the joined steps leave behind.
    var count = 0
  }

  /// What only sums up what is there already comes before the joined steps, so that they can go on with it.
  /// - Parameter steps: In an order in which they can run; so is the result.
  private mutating func joinedByRows(_ steps: [PlannedStep]) throws -> [PlannedStep] {
    let first = steps.lazy.compactMap { ($0.work as? any RowBlockWork)?.rowBlocks }.first { $0.count > 1 }
    guard let first else { return steps }
    var rows = Rows(blocks: first)
    for step in steps {
      let size = step.writes.reduce(0) { $0 + buffers.counts[$1] }
      if let (work, madeByRow) = try joinable(step, size: size, rows) {
        rows.joined.append((step, work))
        rows.made.formUnion(work.writes)
        rows.gathered.formUnion(Set(work.writes).subtracting(madeByRow))
        rows.count += size
      } else if rows.made.isDisjoint(with: step.reads), rows.madeAfter.isDisjoint(with: step.reads) {
        rows.before.append(step)
      } else {
        rows.after.append(step)
        rows.madeAfter.formUnion(step.writes)
      }
    }
    guard !rows.joined.isEmpty else { return steps }
    let one =
      rows.joined.count == 1
      ? rows.joined[0].step : .rowwise(RowwiseWork(rows.joined.map(\.work), blocks: rows.blocks))
    return rows.before + [one] + (try joinedByRows(rows.after))
  }

  /// A step as work over the same rows, and what it makes by row, if it can be joined with those that are already.
  private mutating func joinable(
    _ step: PlannedStep, size: Int, _ rows: Rows
  ) throws -> (work: PlannedStep, madeByRow: [Int])? {
    let reads = step.reads
    guard rows.madeAfter.isDisjoint(with: reads), rows.gathered.isDisjoint(with: reads),
      rows.count + size <= Tuning.rowwiseCount, !replacesLeaf(step),
      let step = try rowwise(step, rows.blocks), let work = step.work as? any RowBlockWork
    else { return nil }
    let madeByRow = work.madeByRow
    guard !madeByRow.isEmpty || !rows.made.isDisjoint(with: reads),
      reads.allSatisfy({ !rows.made.contains($0) || work.readsByRow($0, count: buffers.counts[$0]) })
    else { return nil }
    return (step, madeByRow)
  }

  /// Whether a step's result could be written over what it is computed from, as new weights are: such steps come last. Asked whether
  /// or not that will be done, so that the bits do not depend on it.
  private func replacesLeaf(_ step: PlannedStep) -> Bool {
    let work = step.work
    return work.writes.contains { new in
      outputBuffers.contains(new)
        && work.reads.contains {
          buffers.leaves.contains($0) && buffers.counts[$0] == buffers.counts[new] && work.canWrite(new, over: $0)
        }
    }
  }

  /// A step as work over the same rows in the same blocks, if it can be that.
  private mutating func rowwise(_ step: PlannedStep, _ blocks: ResultBlocks) throws -> PlannedStep? {
    if let work = step.work as? any RowBlockWork {
      return work.rowBlocks?.rows == blocks.rows && work.rowBlocks?.blockRows == blocks.blockRows ? step : nil
    }
    guard let fused = step.asFused, fused.elements > 0, fused.elements <= Tuning.rowwiseElements,
      fused.elements % blocks.rows == 0
    else { return nil }
    // Rows of one number lie side by side.
    let own =
      fused.elements == blocks.rows
      ? ResultBlocks(rows: 1, columns: blocks.rows, blockRows: 1, blockColumns: blocks.blockRows)
      : ResultBlocks(rows: blocks.rows, columns: fused.elements / blocks.rows, blockRows: blocks.blockRows)
    guard let kernel = try kernel(fused.members, following: .init(blocks: own, loose: nil)) else { return nil }
    return .fusedRows(FusedRows(kernel: kernel, rows: blocks, blocks: own))
  }
}
