/// A matrix that is made block by block, and the element-wise work that reads it: done on each block as soon as it is made, while
/// its numbers are still in the cache. A matrix that no one else reads never lies in memory.
final class ChainedStep: Step {
  private let producer: any BlockwiseStep
  private let follower: FusedStep
  private let blocks: ResultBlocks
  private let keepsResult: Bool
  /// Where in the scratch of a thread the follower's registers are, and the block where it is not kept.
  private let registers: Int
  private let place: Int

  /// - Parameters:
  ///   - follower: Made to follow these blocks: see `FusedKernel.Following`.
  ///   - keepsResult: Whether the matrix is written to its buffer.
  init(_ producer: any BlockwiseStep, _ follower: FusedStep, blocks: ResultBlocks, keepsResult: Bool) {
    (self.producer, self.follower, self.blocks, self.keepsResult) = (producer, follower, blocks, keepsResult)
    registers = (producer.scratchCount + 15) / 16 * 16
    place = registers + (follower.scratchCount + 15) / 16 * 16
    let saved = 4 * Double(blocks.rows) * Double(blocks.columns) * (keepsResult ? 1 : 2)
    var (reads, writes) = (producer.reads, producer.writes + follower.writes)
    for buffer in follower.reads where buffer != producer.target { reads.append(buffer) }
    if !keepsResult, let place = writes.firstIndex(of: producer.target) { writes.remove(at: place) }
    super.init(
      name: "", flops: producer.flops + follower.flops, bytes: producer.bytes + follower.bytes - saved, reads: reads,
      writes: writes, scratchCount: place + (keepsResult ? 0 : blocks.blockRows * blocks.blockColumns))
  }

  override var name: String { fullName }
  private lazy var fullName = "\(producer.name), then \(follower.summary)"

  override var isProduct: Bool { producer.isProduct }

  override var within: [Int] { keepsResult ? [] : [producer.target] }

  override func formulas(_ notation: PlanNotation) -> [String] { producer.formulas(notation) + follower.formulas(notation) }

  override func canWrite(_ new: Int, over old: Int) -> Bool {
    !producer.reads.contains(old) && follower.canWrite(new, over: old)
  }

  override func run(_ context: ExecutionContext) {
    let target = context[producer.target]
    follower.begin(context)
    context.pool.run(blocks: blocks.count) { block, worker in
      let (rows, columns) = (blocks.rows(of: block), blocks.columns(of: block))
      let scratch = context.scratch(of: worker)
      if keepsResult {
        guard let target else { return }
        producer.make(
          block, of: blocks, at: target + rows.lowerBound * blocks.columns + columns.lowerBound, leading: blocks.columns,
          context, worker: worker)
        follower.run(block, of: blocks, context.buffers, context.keys, scratch + registers)
      } else {
        producer.make(block, of: blocks, at: scratch + place, leading: blocks.blockColumns, context, worker: worker)
        // The follower finds each number of the matrix where it would be if all of the matrix lay there.
        let origin = scratch + (place - rows.lowerBound * blocks.blockColumns - columns.lowerBound)
        follower.run(block, of: blocks, with: origin, as: producer.target, context, scratch + registers)
      }
    }
    follower.finish(context, blocks: blocks.count)
  }
}
