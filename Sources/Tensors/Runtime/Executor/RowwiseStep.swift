/// Work over the rows of matrices, such as the samples of a batch, block of rows by block of rows.
protocol RowwiseWork: Step {
  /// Blocks of whole rows; nil where it goes over no rows, or not block by block.
  var rowBlocks: ResultBlocks? { get }
  /// Buffers of which a block of the work makes the same rows.
  var madeByRow: [Int] { get }
  /// Whether a block of the work reads only the same rows of a buffer of `count` numbers.
  func readsByRow(_ buffer: Int, count: Int) -> Bool

  /// Before its first block.
  func begin(_ context: ExecutionContext)
  func runBlock(_ block: Int, _ context: ExecutionContext, worker: Int)
  /// After its last block.
  func finish(_ context: ExecutionContext)
}

extension RowwiseWork {
  func begin(_ context: ExecutionContext) {}
  func finish(_ context: ExecutionContext) {}
}

extension RowwiseWork where Self: BlockwiseStep {
  func runBlock(_ block: Int, _ context: ExecutionContext, worker: Int) {
    if let rowBlocks { makeInPlace(block, of: rowBlocks, context, worker: worker) }
  }
}

/// Work by rows that reads each other's results, such as the layers of a network: a thread takes a block of rows through all of it, so that
/// no thread waits for another in between, and what one kernel leaves in the cache is there for the next.
final class RowwiseStep: Step {
  private let works: [any RowwiseWork]
  private let blockCount: Int

  /// - Parameter works: Of one number of rows and of blocks; each after those whose results it reads, and those by row.
  init(_ works: [any RowwiseWork], blocks: ResultBlocks) {
    self.works = works
    blockCount = blocks.count
    var reads: [Int] = []
    for buffer in works.flatMap(\.reads) where !reads.contains(buffer) { reads.append(buffer) }
    super.init(
      name: "\(blocks.rows) rows through \(works.count) kernels", flops: works.reduce(0) { $0 + $1.flops },
      bytes: works.reduce(0) { $0 + $1.bytes }, reads: reads, writes: works.flatMap(\.writes),
      scratchCount: works.reduce(0) { max($0, $1.scratchCount) })
  }

  override var isProduct: Bool { works.contains { $0.isProduct } }

  override var within: [Int] { works.flatMap(\.within) }

  override func formulas(_ notation: PlanNotation) -> [String] { works.flatMap { $0.formulas(notation) } }

  override func run(_ context: ExecutionContext) {
    for work in works { work.begin(context) }
    context.pool.run(blocks: blockCount) { block, worker in
      for work in works { work.runBlock(block, context, worker: worker) }
    }
    for work in works { work.finish(context) }
  }
}

/// Element-wise work and reductions, in the blocks of other work by rows.
final class FusedRowsStep: Step, RowwiseWork {
  private let fused: FusedStep
  private let rows: ResultBlocks
  private let blocks: ResultBlocks

  /// - Parameters:
  ///   - fused: Made to follow `blocks`: see `FusedKernel.Following`.
  ///   - rows: The same blocks, as rows.
  init(_ fused: FusedStep, rows: ResultBlocks, blocks: ResultBlocks) {
    (self.fused, self.rows, self.blocks) = (fused, rows, blocks)
    super.init(
      name: fused.name, flops: fused.flops, bytes: fused.bytes, reads: fused.reads, writes: fused.writes,
      scratchCount: fused.scratchCount)
  }

  override func formulas(_ notation: PlanNotation) -> [String] { fused.formulas(notation) }

  var rowBlocks: ResultBlocks? { rows }
  var madeByRow: [Int] { fused.madeByRow(rows.rows) }
  func readsByRow(_ buffer: Int, count: Int) -> Bool { fused.readsByRow(buffer, count: count, rows: rows.rows) }

  func begin(_ context: ExecutionContext) { fused.begin(context) }

  func runBlock(_ block: Int, _ context: ExecutionContext, worker: Int) {
    fused.run(block, of: blocks, context, context.scratch(of: worker))
  }

  func finish(_ context: ExecutionContext) { fused.finish(context, blocks: blocks.count) }
}
