import Kernels

/// How a matrix is cut into blocks: by its sizes alone, never by the number of threads.
struct ResultBlocks: Equatable {
  let rows: Int
  let columns: Int
  let blockRows: Int
  let blockColumns: Int

  /// Of whole rows.
  init(rows: Int, columns: Int, blockRows: Int) {
    self.init(rows: rows, columns: columns, blockRows: blockRows, blockColumns: columns)
  }

  init(rows: Int, columns: Int, blockRows: Int, blockColumns: Int) {
    (self.rows, self.columns, self.blockRows, self.blockColumns) = (rows, columns, max(blockRows, 1), max(blockColumns, 1))
    across = (columns + self.blockColumns - 1) / self.blockColumns
  }

  /// Blocks of few rows, alike for all matrices of so many rows.
  init(rowsOf rows: Int, columns: Int) {
    let length = rows < Self.leastRows ? rows : min(Self.mostBlockRows, (rows + 15) / 16 * 4)
    self.init(rows: rows, columns: columns, blockRows: length)
  }

  private static let leastRows = 32
  private static let mostBlockRows = 64

  /// Blocks side by side.
  private let across: Int

  var hasWholeRows: Bool { across == 1 }

  var count: Int { (rows + blockRows - 1) / blockRows * across }

  func rows(of block: Int) -> Range<Int> {
    let first = (across == 1 ? block : block / across) * blockRows
    return first..<min(first + blockRows, rows)
  }

  func columns(of block: Int) -> Range<Int> {
    let first = across == 1 ? 0 : block % across * blockColumns
    return first..<min(first + blockColumns, columns)
  }
}

/// A step that makes a matrix block by block: each block from beginning to end by one thread, so that what reads it element for
/// element can go on with it at once.
protocol BlockwiseStep: Step {
  /// The buffer of the matrix.
  var target: Int { get }
  /// Nil where its blocks are not made each at one time, or where there are none.
  var blocks: ResultBlocks? { get }

  /// What comes before the first block.
  func prepare(_ context: ExecutionContext)

  /// Makes a block; its rows lie `leading` apart from `place` on.
  /// - Parameter beside: Matrices of the same sizes of which this block will be read or written next.
  func make(
    _ block: Int, of blocks: ResultBlocks, at place: UnsafeMutablePointer<Float>, leading: Int,
    beside: UnsafePointer<gan_beside>?, _ context: ExecutionContext, worker: Int)
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
      block, of: blocks, at: target + row * blocks.columns + column, leading: blocks.columns, beside: nil, context,
      worker: worker)
  }
}
