import Kernels

/// The C program of a fused kernel.
final class FusedProgram {
  typealias Moved = (buffer: Int, place: UnsafeMutablePointer<Float>)

  private let program: UnsafeMutablePointer<gan_program>
  private let reductions: [gan_reduction]
  /// For each reduction that is made in parts, the buffer of its result; the reduction's own buffer holds the parts.
  private let results: [Int?]
  private let columns: Int
  private let piece: Int

  init(_ kernel: FusedKernel) {
    program = UnsafeMutablePointer<gan_program>.allocate(capacity: 1)
    reductions = kernel.reductions.map { Self.reduction($0, of: kernel) }
    results = kernel.reductions.map { $0.parts == nil ? nil : $0.result }
    (columns, piece) = (kernel.tiles.columns, kernel.tiles.piece)
    program.initialize(to: Self.head(of: kernel))
    program.pointee.loads = Self.copied(kernel.loads.map { Self.load($0, of: kernel) })
    program.pointee.instructions = Self.copied(kernel.instructions.map { Self.instruction($0, of: kernel) })
    program.pointee.stores = Self.copied(
      kernel.stores.map { gan_store(slot: kernel.number(of: $0.slot), buffer: Int32($0.buffer)) })
    program.pointee.reductions = Self.copied(reductions)
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

  // MARK: Running

  /// Before the first block.
  func begin(_ context: ExecutionContext) {
    for (reduction, result) in zip(reductions, results) {
      guard let target = context[result ?? Int(reduction.buffer)] else { continue }
      gan_set_identity(reduction.reduction, target, reduction.count)
    }
  }

  /// Of a kernel that follows a matrix: the part over one of its blocks.
  /// - Parameter moved: A buffer that is read from this memory on instead.
  func run(
    _ block: Int, of blocks: ResultBlocks, moved: Moved? = nil, _ context: ExecutionContext,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    let (rows, columns) = (blocks.rows(of: block), blocks.columns(of: block))
    let rowsOfRow = blocks.columns / self.columns
    let pieces =
      blocks.hasWholeRows
      ? 0..<((self.columns + piece - 1) / piece) : (columns.lowerBound / piece)..<((columns.upperBound + piece - 1) / piece)
    run(
      block, rows: (rows.lowerBound * rowsOfRow)..<(rows.upperBound * rowsOfRow), pieces: pieces, moved: moved, context, scratch)
  }

  func run(
    _ block: Int, rows: Range<Int>, pieces: Range<Int>, moved: Moved?, _ context: ExecutionContext,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    gan_run_program(
      program, context.buffers, context.keys, Int64(block), Int64(rows.lowerBound), Int64(rows.upperBound),
      Int64(pieces.lowerBound), Int64(pieces.upperBound), moved.map { Int32($0.buffer) } ?? -1, moved?.place, scratch)
  }

  /// After the last block.
  func finish(_ context: ExecutionContext, blocks: Int) {
    for (reduction, result) in zip(reductions, results) {
      guard let result, let target = context[result], let partial = context[Int(reduction.buffer)] else { continue }
      gan_reduce_rows(reduction.reduction, target, partial, Int64(blocks), reduction.count, reduction.count)
    }
  }

  // MARK: Writing

  private static func head(of kernel: FusedKernel) -> gan_program {
    var program = gan_program()
    program.rank = Int32(kernel.sizes.count)
    program.slot_count = Int32(kernel.registers.slotCount)
    program.register_count = Int32(kernel.registers.count)
    program.columns = Int64(kernel.tiles.columns)
    program.tile_rows = Int64(kernel.tiles.rows)
    program.piece = Int64(kernel.tiles.piece)
    program.tile = Int64(kernel.tiles.count)
    FusedKernel.set(&program.sizes, kernel.sizes.reversed())
    program.load_count = Int32(kernel.loads.count)
    program.instruction_count = Int32(kernel.instructions.count)
    program.store_count = Int32(kernel.stores.count)
    program.reduction_count = Int32(kernel.reductions.count)
    return program
  }

  private static func load(_ load: FusedKernel.Load, of kernel: FusedKernel) -> gan_load {
    let kind =
      switch load.kind {
      case .direct: GAN_LOAD_DIRECT
      case .row: GAN_LOAD_ROW
      case .periodic: GAN_LOAD_PERIODIC
      case .strided: GAN_LOAD_STRIDED
      case .scalar: GAN_LOAD_SCALAR
      }
    var result = gan_load()
    result.kind = Int32(kind)
    result.slot = kernel.number(of: load.slot)
    result.buffer = Int32(load.buffer)
    result.offset = Int64(load.offset)
    FusedKernel.set(&result.strides, load.strides.reversed())
    return result
  }

  private static func instruction(
    _ instruction: FusedKernel.Instruction, of kernel: FusedKernel
  ) -> gan_instruction {
    let operands = instruction.operands.map(kernel.number(of:))
    let form =
      switch instruction.form {
      case .bothVectors: GAN_BOTH_VECTORS
      case .scalarRight: GAN_SCALAR_B
      case .scalarLeft: GAN_SCALAR_A
      }
    var result = gan_instruction()
    (result.function, result.form) = (instruction.function.code, Int32(form))
    result.destination = kernel.number(of: instruction.destination)
    result.a = operands.count > 0 ? operands[0] : -1
    result.b = operands.count > 1 ? operands[1] : -1
    result.c = operands.count > 2 ? operands[2] : -1
    result.parameter = instruction.function.parameter
    if case .random(_, let key) = instruction.function { result.key = Int32(key) }
    if let pair = instruction.pair {
      (result.pair, result.pair_parameter) = pair.function.code
      result.other = pair.other.map(kernel.number(of:)) ?? -1
    }
    return result
  }

  private static func reduction(_ reduction: FusedKernel.Accumulation, of kernel: FusedKernel) -> gan_reduction {
    var result = gan_reduction()
    result.reduction = FusedKernel.code(of: reduction.reduction)
    result.slot = reduction.slot.map(kernel.number(of:)) ?? 0
    result.buffer = Int32(reduction.parts ?? reduction.result)
    result.is_partial = reduction.parts == nil ? 0 : 1
    result.count = Int64(reduction.count)
    FusedKernel.set(&result.strides, reduction.strides.reversed())
    return result
  }
}

extension FusedKernel {
  /// The number of a slot in the program: registers first, then memory, then single numbers.
  fileprivate func number(of slot: Slot) -> Int32 {
    switch slot {
    case .register(let register): Int32(registers.numbers.indices.contains(register) ? registers.numbers[register] : 0)
    case .memory(let memory): Int32(registers.count + memory)
    case .scalar(let scalar): Int32(registers.count + registers.memories + scalar)
    }
  }
}

extension FusedKernel.Function {
  fileprivate var code: Int32 {
    switch self {
    case .unary(let function, _): Int32(function.rawValue)
    case .binary(let function): Int32(function.rawValue)
    case .select: Int32(GAN_SELECT)
    case .spread: Int32(GAN_SPREAD)
    case .random(let distribution, _): FusedKernel.code(of: distribution)
    }
  }

  fileprivate var parameter: Float {
    if case .unary(_, let parameter) = self { parameter } else { 0 }
  }
}

extension FusedKernel.Pair.Function {
  fileprivate var code: (Int32, Float) {
    switch self {
    case .addRelu: (Int32(GAN_PAIR_ADD_RELU), 0)
    case .addLeakyRelu(let slope): (Int32(GAN_PAIR_ADD_LEAKY_RELU), slope)
    case .leakyStepMultiply(let slope): (Int32(GAN_PAIR_LEAKY_STEP_MULTIPLY), slope)
    case .multiplyAdd: (Int32(GAN_PAIR_MULTIPLY_ADD), 0)
    }
  }
}
