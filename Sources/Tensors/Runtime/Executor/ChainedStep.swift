import Kernels

/// A matrix that is made block by block, and the element-wise work that reads it: done on each block as soon as it is made, while
/// its numbers are still in the cache. A matrix that no one else reads never lies in memory.
final class ChainedStep: Step, RowwiseWork {
  private let producer: any BlockwiseStep
  private let follower: FusedStep
  private let blocks: ResultBlocks
  private let keepsResult: Bool
  /// Where in the scratch of a thread the follower's registers are, and the block where it is not kept.
  private let registers: Int
  private let place: Int
  /// Matrices of the same sizes that the follower reads and writes.
  private let besides: [(buffer: Int, offset: Int)]

  /// - Parameters:
  ///   - follower: Made to follow these blocks: see `FusedKernel.Following`.
  ///   - keepsResult: Whether the matrix is written to its buffer.
  init(_ producer: any BlockwiseStep, _ follower: FusedStep, blocks: ResultBlocks, keepsResult: Bool) {
    (self.producer, self.follower, self.blocks, self.keepsResult) = (producer, follower, blocks, keepsResult)
    besides = follower.inOrder.filter { $0.buffer != producer.target }
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
    begin(context)
    context.pool.run(blocks: blocks.count) { block, worker in runBlock(block, context, worker: worker) }
    finish(context)
  }

  func begin(_ context: ExecutionContext) {
    producer.prepare(context)
    follower.begin(context)
  }

  func runBlock(_ block: Int, _ context: ExecutionContext, worker: Int) {
    let (row, column) = (blocks.rows(of: block).lowerBound, blocks.columns(of: block).lowerBound)
    let scratch = context.scratch(of: worker)
    let (place, leading) =
      keepsResult
      ? (context[producer.target].map { $0 + row * blocks.columns + column }, blocks.columns)
      : (scratch + place, blocks.blockColumns)
    guard let place else { return }
    withUnsafeTemporaryAllocation(of: UnsafePointer<Float>?.self, capacity: besides.count) { matrices in
      var count = 0
      for besides in besides {
        guard let start = context[besides.buffer] else { continue }
        let place = UnsafePointer(start + besides.offset + row * blocks.columns + column)
        // What is written over something else is asked for once.
        if !matrices[..<count].contains(place) {
          matrices.initializeElement(at: count, to: place)
          count += 1
        }
      }
      let beside = gan_beside(matrices: matrices.baseAddress, count: Int64(count), leading: Int64(blocks.columns))
      withUnsafePointer(to: beside) {
        producer.make(
          block, of: blocks, at: place, leading: leading, beside: count > 0 ? $0 : nil, context, worker: worker)
      }
    }
    // The follower finds each number of the matrix where it would be if all of the matrix lay there.
    follower.run(
      block, of: blocks, moved: keepsResult ? nil : (producer.target, place - (row * blocks.blockColumns + column)), context,
      scratch + registers)
  }

  func finish(_ context: ExecutionContext) { follower.finish(context, blocks: blocks.count) }

  var rowBlocks: ResultBlocks? { (producer as? any RowwiseWork)?.rowBlocks }

  var madeByRow: [Int] { (keepsResult ? [producer.target] : []) + follower.madeByRow(blocks.rows) }

  func readsByRow(_ buffer: Int, count: Int) -> Bool {
    (!producer.reads.contains(buffer) || (producer as? any RowwiseWork)?.readsByRow(buffer, count: count) ?? false)
      && (!follower.reads.contains(buffer) || follower.readsByRow(buffer, count: count, rows: blocks.rows))
  }
}
