import Kernels

/// A sum of matrix products of few terms each, such as a weight's derivative by several batches: the right sides are packed once, one
/// below the other, and small blocks of the result are made from beginning to end, so that what reads a block finds it in the cache.
final class ProductSumStep: Step, BlockwiseStep {
  private let products: [ProductStep]
  private let packed: Int
  let target: Int
  private let resultBlocks: ResultBlocks
  /// Terms of all products.
  private let depth: Int

  /// Terms of all products, at most, numbers of the packed right sides, and multiplications that are worth it, at least: the few blocks of
  /// one small product may as well pack it each.
  private static let mostDepth = 1024
  private static let mostPackedCount = 1 << 20
  private static let leastWork = 1e6
  private static let leastWorkOfOne = 16e6
  /// Numbers of a block: with the matrices that an optimizer goes through beside it, they stay in the second cache.
  private static let blockCount = 48 << 10
  private static let mostBlockColumns = 1024
  /// Rows of a block come in multiples of this.
  private static let rowUnit = 12

  /// Nil where the products do not add up to one such sum, or where the library multiplies: it packs what it reads each time.
  init?(_ products: [ProductStep], makeBuffer: (Int) -> Int) {
    guard let first = products.first else { return nil }
    let (m, n) = (first.m, first.n)
    depth = products.reduce(0) { $0 + $1.k }
    let columns = Multiplication.padded(n)
    guard !Multiplication.usesLibrary,
      products.allSatisfy({ $0.isWhole && $0.m == m && $0.n == n && $0.k > 1 && $0.target == first.target }),
      min(m, n) >= Self.rowUnit, depth <= Self.mostDepth, depth <= 2 * m, depth * columns <= Self.mostPackedCount,
      Double(m) * Double(n) * Double(depth) >= (products.count > 1 ? Self.leastWork : Self.leastWorkOfOne)
    else { return nil }
    self.products = products
    target = first.target
    packed = makeBuffer(depth * columns)
    let across = (n + Self.mostBlockColumns - 1) / Self.mostBlockColumns
    let blockColumns = across == 1 ? n : Multiplication.padded((n + across - 1) / across)
    let wanted = ProductStep.Cut.blocks(work: 2 * Double(m) * Double(n) * Double(depth))
    let most = min(Self.blockCount / blockColumns, Multiplication.scratchCount / depth)
    let rows = max(1, min(most, (m * across + wanted - 1) / wanted))
    resultBlocks = ResultBlocks(
      rows: m, columns: n, blockRows: min(m, (rows + Self.rowUnit - 1) / Self.rowUnit * Self.rowUnit), blockColumns: blockColumns)
    var reads: [Int] = []
    for product in products { reads += product.reads }
    super.init(
      name: products.count == 1 ? first.name : "\(products.count) × \(first.name)",
      flops: products.reduce(0) { $0 + $1.flops }, bytes: products.reduce(0) { $0 + $1.bytes }, reads: reads,
      writes: [target, packed], scratchCount: Multiplication.scratchCount + (Self.rowUnit + 1) * depth)
  }

  override var isProduct: Bool { true }

  override func formulas(_ notation: PlanNotation) -> [String] { products.flatMap { $0.formulas(notation) } }

  override func run(_ context: ExecutionContext) { runBlocks(resultBlocks, context) }

  var blocks: ResultBlocks? { resultBlocks }

  func prepare(_ context: ExecutionContext) {
    guard let packed = context[packed] else { return }
    withTerms(context) { Multiplication.packRightSides($0, columns: resultBlocks.columns, into: packed, on: context.pool) }
  }

  func make(
    _ block: Int, of blocks: ResultBlocks, at place: UnsafeMutablePointer<Float>, leading: Int,
    beside: UnsafePointer<gan_beside>?, _ context: ExecutionContext, worker: Int
  ) {
    guard let packed = context[packed] else { return }
    let (rows, columns) = (blocks.rows(of: block), blocks.columns(of: block))
    withTerms(context) { terms in
      gan_sum_of_products(
        terms.baseAddress, Int32(terms.count), Int64(rows.lowerBound), Int64(rows.count), Int64(columns.count),
        packed + columns.lowerBound * depth, products[0].accumulates, place, Int64(leading), beside,
        context.scratch(of: worker))
    }
  }

  private func withTerms(_ context: ExecutionContext, _ body: (UnsafeBufferPointer<gan_product_term>) -> Void) {
    withUnsafeTemporaryAllocation(of: gan_product_term.self, capacity: products.count) { terms in
      for (number, product) in products.enumerated() {
        guard let term = product.term(context) else { return }
        terms.initializeElement(at: number, to: term)
      }
      body(UnsafeBufferPointer(terms))
    }
  }
}
