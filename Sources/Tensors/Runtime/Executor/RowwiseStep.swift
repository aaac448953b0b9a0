/// What runs block of rows by block of rows: see `RowBlockWork`.
protocol RowwisePart: Step {
  /// Before its first block.
  func begin(_ context: ExecutionContext)
  func runBlock(_ block: Int, _ context: ExecutionContext, worker: Int)
  /// After its last block.
  func finish(_ context: ExecutionContext)
}

extension RowwisePart {
  func begin(_ context: ExecutionContext) {}
  func finish(_ context: ExecutionContext) {}
}

/// A thread takes a block of rows through all of the work: see `RowwiseWork`.
final class RowwiseStep: Step {
  private let parts: [any RowwisePart]
  private let blockCount: Int

  init(_ parts: [any RowwisePart], blocks: ResultBlocks, _ planned: PlannedStep) {
    (self.parts, blockCount) = (parts, blocks.count)
    super.init(planned)
  }

  override func run(_ context: ExecutionContext) {
    for part in parts { part.begin(context) }
    context.pool.run(blocks: blockCount) { block, worker in
      for part in parts { part.runBlock(block, context, worker: worker) }
    }
    for part in parts { part.finish(context) }
  }
}

/// Element-wise work and reductions, in the blocks of other work by rows.
final class FusedRowsStep: Step, RowwisePart {
  private let program: FusedProgram
  private let blocks: ResultBlocks

  init(_ work: FusedRows, _ planned: PlannedStep) {
    (program, blocks) = (FusedProgram(work.kernel), work.blocks)
    super.init(planned)
  }

  override func run(_ context: ExecutionContext) {
    begin(context)
    context.pool.run(blocks: blocks.count) { block, worker in runBlock(block, context, worker: worker) }
    finish(context)
  }

  func begin(_ context: ExecutionContext) { program.begin(context) }

  func runBlock(_ block: Int, _ context: ExecutionContext, worker: Int) {
    program.run(block, of: blocks, context, context.scratch(of: worker))
  }

  func finish(_ context: ExecutionContext) { program.finish(context, blocks: blocks.count) }
}
