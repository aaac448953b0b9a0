import Kernels

/// A step that makes a matrix block by block, each by one thread: see `BlockwiseWork`.
protocol BlockwiseStep: Step {
  /// The buffer of the matrix.
  var target: Int { get }

  /// What comes before the first block.
  func prepare(_ context: ExecutionContext)

  /// Makes a block; its rows lie `leading` apart from `place` on.
  /// - Parameter prefetch: Matrices of the same sizes of which this block will be read or written next.
  func make(
    _ block: Int, of blocks: ResultBlocks, at place: UnsafeMutablePointer<Float>, leading: Int,
    prefetch: UnsafePointer<gan_prefetch>?, _ context: ExecutionContext, worker: Int)
}

extension BlockwiseStep {
  func prepare(_ context: ExecutionContext) {}

  /// Makes all blocks in the target's own memory.
  func runBlocks(_ blocks: ResultBlocks, _ context: ExecutionContext) {
    prepare(context)
    context.pool.run(blocks: blocks.count) { block, worker in makeInPlace(block, of: blocks, context, worker: worker) }
  }

  /// Makes a block in the target's own memory.
  func makeInPlace(_ block: Int, of blocks: ResultBlocks, _ context: ExecutionContext, worker: Int) {
    guard let target = context[target] else { return }
    let (row, column) = (blocks.rows(of: block).lowerBound, blocks.columns(of: block).lowerBound)
    make(
      block, of: blocks, at: target + row * blocks.columns + column, leading: blocks.columns, prefetch: nil, context,
      worker: worker)
  }
}
