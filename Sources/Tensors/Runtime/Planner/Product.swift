/// A matrix product (or one for each matrix of a batch), in blocks of the result; where the result is small and the sums are long, in
/// parts of the sums.
struct Product: BlockwiseWork, RowBlockWork {
  let left: ProductOperand
  let right: ProductOperand
  let leftBuffer: Int
  let rightBuffer: Int
  let target: Int
  let batch: Int
  let m: Int
  let n: Int
  let k: Int
  /// Whether the result is added to what is there.
  let accumulates: Bool
  let cut: ProductCut
  /// Where parts of the sums lie, if they are made in parts.
  let parts: Int?
  /// Where the left side lies packed, if it has few rows and the right one is large and transposed: see
  /// `gan_few_rows_by_transposed`.
  let packedLeft: Int?
  let stacked: Stacked

  /// Buffers that lie behind the left one and the target in memory, and are read and written too.
  struct Stacked {
    var reads: [Int] = []
    var writes: [Int] = []
  }

  init(
    left: (operand: ProductOperand, buffer: Int), right: (operand: ProductOperand, buffer: Int), target: Int, batch: Int, m: Int,
    n: Int, k: Int, accumulates: Bool, stacked: Stacked = Stacked(), buffers: inout PlanBuffers
  ) {
    (self.left, leftBuffer) = left
    (self.right, rightBuffer) = right
    (self.target, self.batch, self.m, self.n, self.k) = (target, batch, m, n, k)
    self.accumulates = accumulates
    self.stacked = stacked
    let isOfFewRows =
      !Multiplication.usesLibrary && batch == 1 && right.operand.isTransposed && !left.operand.isTransposed
      && ProductCut.isOfFewRows(m: m, n: n, k: k)
    let isByRows = !left.operand.isTransposed && ProductCut.isByRows(m: m, n: n, k: k)
    cut =
      isOfFewRows
      ? .ofFewRows(m: m, n: n, k: k)
      : isByRows ? .byRows(m: m, n: n, k: k) : ProductCut(m: m, n: n, k: k, rightIsTransposed: right.operand.isTransposed)
    packedLeft = isOfFewRows ? buffers.make(Multiplication.padded(m) * k) : nil
    let depthParts = (k + cut.depth - 1) / cut.depth
    parts = batch == 1 && depthParts > 1 ? buffers.make(depthParts &* m &* n) : nil
  }

  var flops: Double { 2 * Double(m) * Double(n) * Double(k) * Double(batch) }
  var bytes: Double {
    let (m, n, k) = (Double(m), Double(n), Double(k))
    return 4 * (m * k + k * n + m * n) * Double(batch)
  }
  var reads: [Int] { [leftBuffer, rightBuffer] + stacked.reads }
  var writes: [Int] { [target] + [parts, packedLeft].compactMap { $0 } + stacked.writes }
  var scratchCount: Int { Multiplication.scratchCount }
  var isContraction: Bool { true }
  var name: String { "product \(batch > 1 ? "\(batch)×" : "")\(m)×\(n)×\(k)" }

  /// The blocks of the result, whether or not they are made each at one time.
  var resultBlocks: ResultBlocks { ResultBlocks(rows: m, columns: n, blockRows: cut.rows, blockColumns: cut.columns) }

  var blocks: ResultBlocks? {
    batch == 1 && parts == nil && stacked.writes.isEmpty && m > 0 && n > 0 && k > 0 ? resultBlocks : nil
  }

  /// Whether it is one product of matrices that lie in order, whose target is its own.
  var isWhole: Bool { batch == 1 && stacked.reads.isEmpty && stacked.writes.isEmpty && m > 0 && n > 0 && k > 0 }

  var rightSide: ProductRightSide { ProductRightSide(buffer: rightBuffer, operand: right, k: k, n: n) }

  var rowBlocks: ResultBlocks? {
    isWhole && !accumulates && !left.isTransposed && ProductCut.isByRows(m: m, n: n, k: k)
      ? ResultBlocks(rowsOf: m, columns: n) : nil
  }
  var madeByRow: [Int] { [target] }
  func readsByRow(_ buffer: Int, count: Int) -> Bool {
    buffer == leftBuffer && buffer != rightBuffer && !left.isTransposed && left.offset == 0 && left.leading == k
      && count == m * k
  }
}

/// Work one after another in one place: products, or convolutions, that are added up.
struct SequentialSum: BlockwiseWork {
  let parts: [PlannedStep]
  let target: Int

  var flops: Double { parts.reduce(0) { $0 + $1.work.flops } }
  var bytes: Double { parts.reduce(0) { $0 + $1.work.bytes } }
  var reads: [Int] { parts.flatMap(\.reads) }
  var writes: [Int] { parts.flatMap(\.writes) }
  var scratchCount: Int { parts.reduce(0) { max($0, $1.work.scratchCount) } }
  var isContraction: Bool { parts.allSatisfy { $0.work.isContraction } }
  var name: String {
    let names = parts.map { $0.work.name }
    return Set(names).count == 1 ? "\(names.count) × \(names[0])" : names.joined(separator: " + ")
  }

  /// Those of its products, where all are cut alike: a block then stays in the cache for all of them.
  var blocks: ResultBlocks? {
    guard let (_, blocks) = parts.first?.blockwise, parts.allSatisfy({ $0.blockwise?.1 == blocks }) else { return nil }
    return blocks
  }
}
