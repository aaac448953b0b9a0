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
  /// Matrices of the same sizes that the follower reads.
  private let besides: [(buffer: Int, offset: Int)]

  /// - Parameters:
  ///   - follower: Made to follow these blocks: see `FusedKernel.Following`.
  ///   - keepsResult: Whether the matrix is written to its buffer.
  init(_ producer: any BlockwiseStep, _ follower: FusedStep, blocks: ResultBlocks, keepsResult: Bool) {
    (self.producer, self.follower, self.blocks, self.keepsResult) = (producer, follower, blocks, keepsResult)
    besides = follower.readsInOrder.filter { $0.buffer != producer.target }
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
    producer.prepare(context)
    follower.begin(context)
    context.pool.run(blocks: blocks.count) { block, worker in
      let (row, column) = (blocks.rows(of: block).lowerBound, blocks.columns(of: block).lowerBound)
      let scratch = context.scratch(of: worker)
      let (place, leading) =
        keepsResult
        ? (target.map { $0 + row * blocks.columns + column }, blocks.columns) : (scratch + place, blocks.blockColumns)
      guard let place else { return }
      withUnsafeTemporaryAllocation(of: UnsafePointer<Float>?.self, capacity: besides.count) { beside in
        for (number, besides) in besides.enumerated() {
          let start = context[besides.buffer].map { UnsafePointer($0 + besides.offset + row * blocks.columns + column) }
          beside.initializeElement(at: number, to: start)
        }
        producer.make(
          block, of: blocks, at: place, leading: leading, beside: UnsafeBufferPointer(beside), context, worker: worker)
      }
      if keepsResult {
        follower.run(block, of: blocks, context.buffers, context.keys, scratch + registers)
      } else {
        // The follower finds each number of the matrix where it would be if all of the matrix lay there.
        let origin = place - (row * blocks.blockColumns + column)
        follower.run(block, of: blocks, with: origin, as: producer.target, context, scratch + registers)
      }
    }
    follower.finish(context, blocks: blocks.count)
  }
}
