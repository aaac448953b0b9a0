/// A sum of matrix products of few terms each, such as a weight gradient by several batches: the right sides are packed once, one
/// below the other, and small blocks of the result are made from beginning to end, so that an epilogue finds a block in the cache.
struct PackedSum: BlockwiseWork {
  let products: [Product]
  let packed: Int
  let target: Int
  let resultBlocks: ResultBlocks
  /// Terms of all products.
  let depth: Int

  /// Rows of a block come in multiples of this: of a tile of the kernels.
  static let rowUnit = 12

  /// Nil where the products do not add up to one such sum, or where the library multiplies: it packs what it reads each time.
  init?(_ products: [Product], buffers: inout PlanBuffers) {
    guard let first = products.first else { return nil }
    let (m, n) = (first.m, first.n)
    depth = products.reduce(0) { $0 + $1.k }
    let columns = Multiplication.padded(n)
    guard !Multiplication.usesLibrary,
      products.allSatisfy({ $0.isWhole && $0.m == m && $0.n == n && $0.k > 1 && $0.target == first.target }),
      min(m, n) >= Self.rowUnit, depth <= Tuning.packedSumDepth, depth <= 2 * m, depth * columns <= Tuning.packedSumCount,
      Double(m) * Double(n) * Double(depth) >= (products.count > 1 ? Tuning.packedSumWork : Tuning.packedSumWorkOfOne)
    else { return nil }
    self.products = products
    target = first.target
    packed = buffers.make(depth * columns)
    let across = (n + Tuning.packedSumBlockColumns - 1) / Tuning.packedSumBlockColumns
    let blockColumns = across == 1 ? n : Multiplication.padded((n + across - 1) / across)
    let wanted = ProductCut.blocks(work: 2 * Double(m) * Double(n) * Double(depth))
    let most = min(Tuning.packedSumBlockCount / blockColumns, Multiplication.scratchCount / depth)
    let rows = max(1, min(most, (m * across + wanted - 1) / wanted))
    resultBlocks = ResultBlocks(
      rows: m, columns: n, blockRows: min(m, (rows + Self.rowUnit - 1) / Self.rowUnit * Self.rowUnit), blockColumns: blockColumns)
  }

  var flops: Double { products.reduce(0) { $0 + $1.flops } }
  var bytes: Double { products.reduce(0) { $0 + $1.bytes } }
  var reads: [Int] { products.flatMap(\.reads) }
  var writes: [Int] { [target, packed] }
  var scratchCount: Int { Multiplication.scratchCount + (Self.rowUnit + 1) * depth }
  var isContraction: Bool { true }
  var name: String { products.count == 1 ? products[0].name : "\(products.count) × \(products[0].name)" }

  var blocks: ResultBlocks? { resultBlocks }
}

extension PackedSum {
  /// A product or a sum of products as a packed sum, if it can be one.
  static func packed(_ step: PlannedStep, _ buffers: inout PlanBuffers) -> PlannedStep {
    let parts: [PlannedStep]
    if case .sum(let sum) = step { parts = sum.parts } else { parts = [step] }
    let products = parts.compactMap(\.asProduct)
    guard products.count == parts.count, let sum = PackedSum(products, buffers: &buffers) else { return step }
    return .packedSum(sum)
  }
}
