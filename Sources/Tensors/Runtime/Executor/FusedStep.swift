import Kernels

/// Element-wise work and reductions over one iteration space, tile by tile.
final class FusedStep: Step {
  private let program: UnsafeMutablePointer<gan_program>
  private let partition: Partition
  private let reductions: [gan_reduction]
  /// For each partial reduction the buffer its result goes to.
  private let results: [Int?]
  /// The values of the graph that it computes.
  let members: [Int]

  let space: Shape
  /// The highest number of a buffer it reads or writes.
  private let lastBuffer: Int
  /// Its functions: `add, leaky_relu`.
  private(set) lazy var summary = FusedFormulas.summary(program.pointee, reductions: reductions)
  private lazy var fullName = "elementwise \(space): \(summary)"

  /// - Parameter space: The shape that the work goes over.
  init(_ kernel: FusedKernel, space: Shape) {
    self.space = space
    members = kernel.members
    lastBuffer = max(Plan.constants, (kernel.reads + kernel.writes).max() ?? 0)
    program = UnsafeMutablePointer<gan_program>.allocate(capacity: 1)
    partition = kernel.partition
    reductions = kernel.reductions
    results = kernel.results
    program.initialize(to: kernel.program)
    program.pointee.loads = Self.copied(kernel.loads)
    program.pointee.instructions = Self.copied(kernel.instructions)
    program.pointee.stores = Self.copied(kernel.stores)
    program.pointee.reductions = Self.copied(kernel.reductions)
    super.init(
      name: "elementwise", flops: Double(kernel.elements) * Double(kernel.instructions.count + kernel.reductions.count),
      bytes: kernel.bytes, reads: kernel.reads, writes: kernel.writes,
      scratchCount: Int(kernel.program.register_count) * Int(kernel.program.tile))
  }

  deinit {
    program.pointee.loads.deallocate()
    program.pointee.instructions.deallocate()
    program.pointee.stores.deallocate()
    program.pointee.reductions.deallocate()
    program.deallocate()
  }

  private static func copied<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
    memory.initialize(from: elements, count: elements.count)
    return UnsafePointer(memory)
  }

  override var name: String { fullName }

  override func formulas(_ notation: PlanNotation) -> [String] {
    FusedFormulas(program.pointee, reductions: zip(reductions, results).map { ($0, $1 ?? Int($0.buffer)) }).lines(notation)
  }

  override func canWrite(_ new: Int, over old: Int) -> Bool {
    let program = program.pointee
    let stores = UnsafeBufferPointer(start: program.stores, count: Int(program.store_count)).filter { $0.buffer == new }
    let loads = UnsafeBufferPointer(start: program.loads, count: Int(program.load_count)).filter { $0.buffer == old }
    let instructions = UnsafeBufferPointer(start: program.instructions, count: Int(program.instruction_count))
    guard stores.count == 1, loads.allSatisfy({ $0.kind == GAN_LOAD_DIRECT && $0.offset == 0 }),
      let made = instructions.lastIndex(where: { $0.destination == stores[0].slot })
    else { return false }
    let slots = Set(loads.map(\.slot))
    let isReadLater = instructions[(made + 1)...].contains {
      slots.contains($0.a) || slots.contains($0.b) || slots.contains($0.c)
    }
    return !isReadLater && !reductions.contains { slots.contains($0.slot) }
  }

  /// Whether it reads all of a buffer of `count` numbers, each where its own number of the same place is made.
  func readsInOrder(_ buffer: Int, count: Int) -> Bool {
    let program = program.pointee
    let loads = UnsafeBufferPointer(start: program.loads, count: Int(program.load_count)).filter { $0.buffer == buffer }
    return space.count == count && loads.count == 1 && loads[0].kind == GAN_LOAD_DIRECT && loads[0].offset == 0
  }

  /// What it reads number for number in the order of its space: buffers, and where they begin there.
  var readsInOrder: [(buffer: Int, offset: Int)] {
    let program = program.pointee
    let loads = UnsafeBufferPointer(start: program.loads, count: Int(program.load_count))
    return loads.filter { $0.kind == GAN_LOAD_DIRECT }.map { (Int($0.buffer), Int($0.offset)) }
  }

  override func run(_ context: ExecutionContext) {
    begin(context)
    context.pool.run(blocks: partition.count) { block, worker in
      let range = partition.range(of: block)
      run(block, rows: range.rows, pieces: range.pieces, context.buffers, context.keys, context.scratch(of: worker))
    }
    finish(context, blocks: partition.count)
  }

  /// Before its first block.
  func begin(_ context: ExecutionContext) {
    for (reduction, result) in zip(reductions, results) {
      guard let target = context[result ?? Int(reduction.buffer)] else { continue }
      gan_set_identity(reduction.reduction, target, reduction.count)
    }
  }

  /// Of a kernel that follows a matrix: the part over one of its blocks.
  func run(
    _ block: Int, of blocks: ResultBlocks, _ buffers: UnsafeMutablePointer<UnsafeMutablePointer<Float>?>,
    _ keys: UnsafePointer<gan_key>?, _ scratch: UnsafeMutablePointer<Float>
  ) {
    let (rows, columns) = (blocks.rows(of: block), blocks.columns(of: block))
    let rowsOfRow = blocks.columns / Int(program.pointee.columns)
    let piece = Int(program.pointee.piece)
    let pieces =
      blocks.blockColumns == blocks.columns
      ? 0..<((Int(program.pointee.columns) + piece - 1) / piece)
      : (columns.lowerBound / piece)..<((columns.upperBound + piece - 1) / piece)
    run(
      block, rows: (rows.lowerBound * rowsOfRow)..<(rows.upperBound * rowsOfRow), pieces: pieces, buffers, keys, scratch)
  }

  /// The same, with other memory for one of the buffers.
  func run(
    _ block: Int, of blocks: ResultBlocks, with memory: UnsafeMutablePointer<Float>, as buffer: Int, _ context: ExecutionContext,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Float>?.self, capacity: lastBuffer + 1) { table in
      guard let buffers = table.baseAddress else { return }
      buffers.initialize(from: context.buffers, count: lastBuffer + 1)
      buffers[buffer] = memory
      run(block, of: blocks, buffers, context.keys, scratch)
    }
  }

  private func run(
    _ block: Int, rows: Range<Int>, pieces: Range<Int>, _ buffers: UnsafeMutablePointer<UnsafeMutablePointer<Float>?>,
    _ keys: UnsafePointer<gan_key>?, _ scratch: UnsafeMutablePointer<Float>
  ) {
    gan_run_program(
      program, buffers, keys, Int64(block), Int64(rows.lowerBound), Int64(rows.upperBound), Int64(pieces.lowerBound),
      Int64(pieces.upperBound), scratch)
  }

  /// After its last block.
  func finish(_ context: ExecutionContext, blocks: Int) {
    for (reduction, result) in zip(reductions, results) {
      guard let result, let target = context[result], let partial = context[Int(reduction.buffer)] else { continue }
      gan_reduce_rows(reduction.reduction, target, partial, Int64(blocks), reduction.count, reduction.count)
    }
  }
}

/// How an iteration space is cut into blocks: by its shape alone, never by the number of threads.
struct Partition {
  /// Along rows, or along the pieces that rows are cut into.
  var cutsRows: Bool
  var rows: Int
  var pieces: Int
  /// Rows or pieces of a block.
  var blockLength: Int

  var count: Int {
    let length = cutsRows ? rows : pieces
    return length == 0 || rows == 0 || pieces == 0 ? 0 : (length + blockLength - 1) / blockLength
  }

  func range(of block: Int) -> (rows: Range<Int>, pieces: Range<Int>) {
    let start = block * blockLength
    return cutsRows
      ? (start..<min(start + blockLength, rows), 0..<pieces) : (0..<rows, start..<min(start + blockLength, pieces))
  }
}
