import Kernels

/// A matrix that is made block by block, and its epilogue on each block: see `ChainedWork`.
final class ChainedStep: Step, RowwisePart {
  private let work: ChainedWork
  private let producer: any BlockwiseStep
  private let epilogue: FusedProgram
  private let prefetched: [BufferPlace]

  init(_ work: ChainedWork, producer: any BlockwiseStep, _ planned: PlannedStep) {
    (self.work, self.producer) = (work, producer)
    epilogue = FusedProgram(work.epilogue)
    prefetched = work.prefetched
    super.init(planned)
  }

  override func run(_ context: ExecutionContext) {
    begin(context)
    context.pool.run(blocks: work.blocks.count) { block, worker in runBlock(block, context, worker: worker) }
    finish(context)
  }

  func begin(_ context: ExecutionContext) {
    producer.prepare(context)
    epilogue.begin(context)
  }

  func runBlock(_ block: Int, _ context: ExecutionContext, worker: Int) {
    let blocks = work.blocks
    let (row, column) = (blocks.rows(of: block).lowerBound, blocks.columns(of: block).lowerBound)
    let scratch = context.scratch(of: worker)
    let (place, leading) =
      work.keepsResult
      ? (context[work.target].map { $0 + row * blocks.columns + column }, blocks.columns)
      : (scratch + work.place, blocks.blockColumns)
    guard let place else { return }
    withUnsafeTemporaryAllocation(of: UnsafePointer<Float>?.self, capacity: prefetched.count) { matrices in
      var count = 0
      for matrix in prefetched {
        guard let start = context[matrix] else { continue }
        let place = UnsafePointer(start + row * blocks.columns + column)
        // What is written over something else is asked for once.
        if !matrices[..<count].contains(place) {
          matrices.initializeElement(at: count, to: place)
          count += 1
        }
      }
      let prefetch = gan_prefetch(matrices: matrices.baseAddress, count: Int64(count), leading: Int64(blocks.columns))
      withUnsafePointer(to: prefetch) {
        producer.make(
          block, of: blocks, at: place, leading: leading, prefetch: count > 0 ? $0 : nil, context, worker: worker)
      }
    }
    // The epilogue finds each number of the matrix where it would be if all of the matrix lay there.
    epilogue.run(
      block, of: blocks, moved: work.keepsResult ? nil : (work.target, place - (row * blocks.blockColumns + column)), context,
      scratch + work.registers)
  }

  func finish(_ context: ExecutionContext) { epilogue.finish(context, blocks: work.blocks.count) }
}
