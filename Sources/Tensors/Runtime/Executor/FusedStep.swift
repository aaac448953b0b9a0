/// Element-wise work and reductions over one iteration space, tile by tile.
final class FusedStep: Step {
  private let program: FusedProgram
  private let partition: Partition

  init(_ kernel: FusedKernel, _ planned: PlannedStep) {
    program = FusedProgram(kernel)
    partition = kernel.partition
    super.init(planned)
  }

  override func run(_ context: ExecutionContext) {
    program.begin(context)
    context.pool.run(blocks: partition.count) { block, worker in
      let range = partition.range(of: block)
      program.run(block, rows: range.rows, pieces: range.pieces, moved: nil, context, context.scratch(of: worker))
    }
    program.finish(context, blocks: partition.count)
  }
}
