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
  /// Its functions: `add, leaky_relu`.
  private(set) lazy var summary = FusedFormulas.summary(program.pointee, reductions: reductions)
  private lazy var fullName = "elementwise \(space): \(summary)"

  /// - Parameter space: The shape that the work goes over.
  init(_ kernel: FusedKernel, space: Shape) {
    self.space = space
    members = kernel.members
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

  /// What it reads and writes number for number in the order of its space: buffers, and where they begin there.
  var inOrder: [(buffer: Int, offset: Int)] {
    let program = program.pointee
    let loads = UnsafeBufferPointer(start: program.loads, count: Int(program.load_count))
    let stores = UnsafeBufferPointer(start: program.stores, count: Int(program.store_count))
    return loads.filter { $0.kind == GAN_LOAD_DIRECT }.map { (Int($0.buffer), Int($0.offset)) }
      + stores.map { (Int($0.buffer), 0) }
  }

  /// Whether the part over some of so many rows reads only the same rows of a buffer.
  func readsByRow(_ buffer: Int, count: Int, rows: Int) -> Bool {
    let program = program.pointee
    let loads = UnsafeBufferPointer(start: program.loads, count: Int(program.load_count)).filter { $0.buffer == buffer }
    return loads.allSatisfy { load in
      withUnsafeBytes(of: load.strides) {
        goesByRow($0.bindMemory(to: Int64.self), Int(load.offset), count: count, rows: rows)
      }
    }
  }

  /// Buffers of which the part over some of so many rows makes the same rows.
  func madeByRow(_ rows: Int) -> [Int] {
    let program = program.pointee
    let stores = UnsafeBufferPointer(start: program.stores, count: Int(program.store_count)).map { Int($0.buffer) }
    let whole = zip(reductions, results).filter { reduction, result in
      result == nil
        && withUnsafeBytes(of: reduction.strides) {
          goesByRow($0.bindMemory(to: Int64.self), 0, count: Int(reduction.count), rows: rows)
        }
    }
    return stores + whole.map { Int($0.0.buffer) }
  }

  /// Whether the numbers at each of `rows` rows of the space lie in the same row of a buffer.
  /// - Parameter strides: Along the axes of the space, outermost first.
  private func goesByRow(_ strides: UnsafeBufferPointer<Int64>, _ offset: Int, count: Int, rows: Int) -> Bool {
    let rank = Int(program.pointee.rank)
    return withUnsafeBytes(of: program.pointee.sizes) { bytes in
      let sizes = bytes.bindMemory(to: Int64.self)
      var (axis, product) = (0, 1)
      while axis < rank, product < rows {
        product = product &* Int(sizes[axis])
        axis += 1
      }
      guard product == rows, count % rows == 0 else { return false }
      let length = count / rows
      var step = length
      for outer in (0..<axis).reversed() where sizes[outer] != 1 {
        if Int(strides[outer]) != step { return false }
        step = step &* Int(sizes[outer])
      }
      var last = offset
      for inner in axis..<rank {
        if strides[inner] < 0 { return false }
        last = last &+ Int(sizes[inner] - 1) &* Int(strides[inner])
      }
      return last < length
    }
  }

  override func run(_ context: ExecutionContext) {
    begin(context)
    context.pool.run(blocks: partition.count) { block, worker in
      let range = partition.range(of: block)
      run(block, rows: range.rows, pieces: range.pieces, moved: nil, context, context.scratch(of: worker))
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
  /// - Parameter moved: A buffer that is read from this memory on instead.
  func run(
    _ block: Int, of blocks: ResultBlocks, moved: (buffer: Int, place: UnsafeMutablePointer<Float>)? = nil,
    _ context: ExecutionContext, _ scratch: UnsafeMutablePointer<Float>
  ) {
    let (rows, columns) = (blocks.rows(of: block), blocks.columns(of: block))
    let rowsOfRow = blocks.columns / Int(program.pointee.columns)
    let piece = Int(program.pointee.piece)
    let pieces =
      blocks.hasWholeRows
      ? 0..<((Int(program.pointee.columns) + piece - 1) / piece)
      : (columns.lowerBound / piece)..<((columns.upperBound + piece - 1) / piece)
    run(
      block, rows: (rows.lowerBound * rowsOfRow)..<(rows.upperBound * rowsOfRow), pieces: pieces, moved: moved, context, scratch)
  }

  private func run(
    _ block: Int, rows: Range<Int>, pieces: Range<Int>, moved: (buffer: Int, place: UnsafeMutablePointer<Float>)?,
    _ context: ExecutionContext, _ scratch: UnsafeMutablePointer<Float>
  ) {
    gan_run_program(
      program, context.buffers, context.keys, Int64(block), Int64(rows.lowerBound), Int64(rows.upperBound),
      Int64(pieces.lowerBound), Int64(pieces.upperBound), moved.map { Int32($0.buffer) } ?? -1, moved?.place, scratch)
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
