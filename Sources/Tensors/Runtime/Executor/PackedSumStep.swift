import Kernels

/// A sum of matrix products of few terms each, whose right sides are packed before the first block: see `PackedSum`.
final class PackedSumStep: Step, BlockwiseStep {
  private let sum: PackedSum
  let target: Int

  init(_ sum: PackedSum, _ planned: PlannedStep) {
    (self.sum, target) = (sum, sum.target)
    super.init(planned)
  }

  override func run(_ context: ExecutionContext) { runBlocks(sum.resultBlocks, context) }

  func prepare(_ context: ExecutionContext) {
    guard let packed = context[sum.packed] else { return }
    withTerms(context) { Multiplication.packRightSides($0, columns: sum.resultBlocks.columns, into: packed, on: context.pool) }
  }

  func make(
    _ block: Int, of blocks: ResultBlocks, at place: UnsafeMutablePointer<Float>, leading: Int,
    prefetch: UnsafePointer<gan_prefetch>?, _ context: ExecutionContext, worker: Int
  ) {
    guard let packed = context[sum.packed] else { return }
    let (rows, columns) = (blocks.rows(of: block), blocks.columns(of: block))
    withTerms(context) { terms in
      gan_sum_of_products(
        terms.baseAddress, Int32(terms.count), Int64(rows.lowerBound), Int64(rows.count), Int64(columns.count),
        packed + columns.lowerBound * sum.depth, sum.products[0].accumulates, place, Int64(leading), prefetch,
        context.scratch(of: worker))
    }
  }

  private func withTerms(_ context: ExecutionContext, _ body: (UnsafeBufferPointer<gan_product_term>) -> Void) {
    withUnsafeTemporaryAllocation(of: gan_product_term.self, capacity: sum.products.count) { terms in
      for (number, product) in sum.products.enumerated() {
        guard let term = product.term(context) else { return }
        terms.initializeElement(at: number, to: term)
      }
      body(UnsafeBufferPointer(terms))
    }
  }
}
