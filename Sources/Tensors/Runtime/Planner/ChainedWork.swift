/// A matrix that is made block by block, and its epilogue: the element-wise kernel that reads it, run on each block as soon as it is made,
/// while its numbers are still in the cache. A matrix that no one else reads never lies in memory.
struct ChainedWork: RowBlockWork {
  let producer: PlannedStep
  /// Made to follow these blocks: see `FusedKernel.Following`.
  let epilogue: FusedKernel
  let blocks: ResultBlocks
  /// The matrix, and whether it is written to its buffer.
  let target: Int
  let keepsResult: Bool
  /// Where in the scratch of a thread the epilogue's registers are, and the block where it is not kept.
  let registers: Int
  let place: Int
  let reads: [Int]
  let writes: [Int]

  init(_ producer: PlannedStep, target: Int, _ epilogue: FusedKernel, blocks: ResultBlocks, keepsResult: Bool) {
    (self.producer, self.target, self.epilogue) = (producer, target, epilogue)
    (self.blocks, self.keepsResult) = (blocks, keepsResult)
    let work = producer.work
    registers = (work.scratchCount + 15) / 16 * 16
    place = registers + (epilogue.scratchCount + 15) / 16 * 16
    var writes = work.writes + epilogue.writes
    if !keepsResult, let place = writes.firstIndex(of: target) { writes.remove(at: place) }
    self.writes = writes
    reads = work.reads + epilogue.reads.filter { $0 != target }
  }

  var flops: Double { producer.work.flops + epilogue.flops }
  var bytes: Double {
    let saved = 4 * Double(blocks.rows) * Double(blocks.columns) * (keepsResult ? 1 : 2)
    return producer.work.bytes + epilogue.bytes - saved
  }
  var scratchCount: Int { place + (keepsResult ? 0 : blocks.blockRows * blocks.blockColumns) }
  var isContraction: Bool { producer.work.isContraction }
  var within: [Int] { keepsResult ? [] : [target] }
  var name: String { "\(producer.work.name), then \(epilogue.summary)" }

  func canWrite(_ new: Int, over old: Int) -> Bool {
    !producer.reads.contains(old) && epilogue.canWrite(new, over: old)
  }

  /// Matrices of the same sizes that the epilogue reads and writes, so that a block of them can be prefetched.
  var prefetched: [BufferPlace] { epilogue.inOrder.filter { $0.buffer != target } }

  var rowBlocks: ResultBlocks? { (producer.work as? any RowBlockWork)?.rowBlocks }

  var madeByRow: [Int] { (keepsResult ? [target] : []) + epilogue.madeByRow(blocks.rows) }

  func readsByRow(_ buffer: Int, count: Int) -> Bool {
    (!producer.reads.contains(buffer)
      || (producer.work as? any RowBlockWork)?.readsByRow(buffer, count: count) ?? false)
      && (!epilogue.reads.contains(buffer) || epilogue.readsByRow(buffer, count: count, rows: blocks.rows))
  }
}

/// Element-wise work and reductions, in the blocks of other work by rows.
struct FusedRows: RowBlockWork {
  /// Made to follow `blocks`: see `FusedKernel.Following`.
  let kernel: FusedKernel
  /// The same blocks, as rows.
  let rows: ResultBlocks
  let blocks: ResultBlocks

  var flops: Double { kernel.flops }
  var bytes: Double { kernel.bytes }
  var reads: [Int] { kernel.reads }
  var writes: [Int] { kernel.writes }
  var scratchCount: Int { kernel.scratchCount }
  var name: String { kernel.name }

  var rowBlocks: ResultBlocks? { rows }
  var madeByRow: [Int] { kernel.madeByRow(rows.rows) }
  func readsByRow(_ buffer: Int, count: Int) -> Bool { kernel.readsByRow(buffer, count: count, rows: rows.rows) }
}

/// Work by rows that reads each other's results, such as the layers of a network: a thread takes a block of rows through all of it, so that
/// no thread waits for another in between, and what one kernel leaves in the cache is there for the next.
struct RowwiseWork: PlannedWork {
  /// Of one number of rows and of blocks; each after those whose results it reads, and those by row.
  let parts: [PlannedStep]
  let blocks: ResultBlocks
  let reads: [Int]

  init(_ parts: [PlannedStep], blocks: ResultBlocks) {
    (self.parts, self.blocks) = (parts, blocks)
    var reads: [Int] = []
    for buffer in parts.flatMap(\.reads) where !reads.contains(buffer) { reads.append(buffer) }
    self.reads = reads
  }

  var flops: Double { parts.reduce(0) { $0 + $1.work.flops } }
  var bytes: Double { parts.reduce(0) { $0 + $1.work.bytes } }
  var writes: [Int] { parts.flatMap(\.writes) }
  var scratchCount: Int { parts.reduce(0) { max($0, $1.work.scratchCount) } }
  var isContraction: Bool { parts.contains { $0.work.isContraction } }
  var within: [Int] { parts.flatMap { $0.work.within } }
  var name: String { "\(blocks.rows) rows through \(parts.count) kernels" }
}
