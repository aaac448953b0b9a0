/// A step of a plan as a plain value: what it computes, on which buffers, and how it is cut into blocks. Passes read and rewrite these;
/// the executor makes what runs of them at the very end, and a profile or a dump prints them.
indirect enum PlannedStep {
  case fused(FusedKernel)
  case copy(CopyWork)
  case assembly(AssemblyWork)
  case rowMovement(RowMovement)
  case product(Product)
  case packing(PanelPacking)
  case packedProduct(PackedProduct)
  case sum(SequentialSum)
  case packedSum(PackedSum)
  case convolution(Im2colConvolution)
  case winogradFilter(WinogradFilter)
  case winograd(WinogradConvolution)
  case winogradGradient(WinogradWeightGradient)
  case chained(ChainedWork)
  case fusedRows(FusedRows)
  case rowwise(RowwiseWork)

  /// What is asked of all of them.
  var work: any PlannedWork {
    switch self {
    case .fused(let work): work
    case .copy(let work): work
    case .assembly(let work): work
    case .rowMovement(let work): work
    case .product(let work): work
    case .packing(let work): work
    case .packedProduct(let work): work
    case .sum(let work): work
    case .packedSum(let work): work
    case .convolution(let work): work
    case .winogradFilter(let work): work
    case .winograd(let work): work
    case .winogradGradient(let work): work
    case .chained(let work): work
    case .fusedRows(let work): work
    case .rowwise(let work): work
    }
  }

  var reads: [Int] { work.reads }
  var writes: [Int] { work.writes }

  var asFused: FusedKernel? { if case .fused(let kernel) = self { kernel } else { nil } }
  var asProduct: Product? { if case .product(let product) = self { product } else { nil } }

  /// Itself as the maker of a matrix, if its matrix is made block by block.
  var blockwise: (any BlockwiseWork, ResultBlocks)? {
    guard let work = work as? any BlockwiseWork, let blocks = work.blocks else { return nil }
    return (work, blocks)
  }
}

/// What passes ask of a step, whatever it is.
protocol PlannedWork {
  /// Multiplications and additions.
  var flops: Double { get }
  /// Bytes read and written, if each operand is touched once.
  var bytes: Double { get }
  /// Buffers.
  var reads: [Int] { get }
  var writes: [Int] { get }
  /// Floats of scratch that a thread needs.
  var scratchCount: Int { get }
  /// Whether it is a matrix product or made of them, such as a convolution: compute-bound work, that has a lower limit.
  var isContraction: Bool { get }
  /// Buffers that have no memory of their own, because only parts of them live, and only within the step.
  var within: [Int] { get }
  /// Whether the numbers of buffer `new` can be written over those of `old`, of the same count: each of the old ones is read
  /// only where the new one of the same place is made, and not after that.
  func canWrite(_ new: Int, over old: Int) -> Bool
  /// What it does and over what shape, for those who look where the time goes.
  var name: String { get }
}

extension PlannedWork {
  var flops: Double { 0 }
  var scratchCount: Int { 0 }
  var isContraction: Bool { false }
  var within: [Int] { [] }
  func canWrite(_ new: Int, over old: Int) -> Bool { false }
}

/// Work that makes a matrix block by block: each block from beginning to end by one thread, so that an epilogue, which reads it element
/// for element, can go on with it at once.
protocol BlockwiseWork: PlannedWork {
  /// The buffer of the matrix.
  var target: Int { get }
  /// Nil where its blocks are not made each at one time, or where there are none.
  var blocks: ResultBlocks? { get }
}

/// Work over the rows of matrices, such as the samples of a batch, that can be done block of rows by block of rows.
protocol RowBlockWork: PlannedWork {
  /// Blocks of whole rows; nil where it goes over no rows, or not block by block.
  var rowBlocks: ResultBlocks? { get }
  /// Buffers of which a block of the work makes the same rows.
  var madeByRow: [Int] { get }
  /// Whether a block of the work reads only the same rows of a buffer of `count` numbers.
  func readsByRow(_ buffer: Int, count: Int) -> Bool
}
