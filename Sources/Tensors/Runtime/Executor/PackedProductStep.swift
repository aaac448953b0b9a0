import Kernels

extension ProductRightSide {
  /// Itself, for kernels that pack it.
  fileprivate func term(_ context: ExecutionContext) -> gan_product_term? {
    guard let b = context[buffer] else { return nil }
    return gan_product_term(
      left: nil, right: b + operand.offset, left_leading: 0, right_leading: Int64(operand.leading), k: Int64(k),
      transpose_left: false, transpose_right: operand.isTransposed)
  }
}

/// Packs right sides, all panels of all of them handed out as one: see `PanelPacking`.
final class PackingStep: Step {
  private let sides: [(side: ProductRightSide, packed: Int)]
  /// Of all sides, one after another.
  private let panels: [(side: Int, panel: Int)]

  init(_ packing: PanelPacking, _ planned: PlannedStep) {
    sides = packing.sides
    panels = packing.sides.enumerated().flatMap { number, entry in
      (0..<Multiplication.panels(entry.side.n)).map { (number, $0) }
    }
    super.init(planned)
  }

  override func run(_ context: ExecutionContext) {
    context.pool.run(blocks: panels.count) { block, _ in
      let (side, packed) = sides[panels[block].side]
      guard let term = side.term(context), let place = context[packed] else { return }
      withUnsafePointer(to: term) {
        Multiplication.packPanel(
          panels[block].panel, UnsafeBufferPointer(start: $0, count: 1), columns: side.n, into: place)
      }
    }
  }
}

/// A product whose right side is packed already: see `PackedProduct`.
final class PackedProductStep: Step, BlockwiseStep, RowwisePart {
  private let product: Product
  private let packed: Int
  private let blocks: ResultBlocks
  let target: Int

  init(_ work: PackedProduct, _ planned: PlannedStep) {
    (product, packed, blocks, target) = (work.product, work.packed, work.resultBlocks, work.target)
    super.init(planned)
  }

  override func run(_ context: ExecutionContext) { runBlocks(blocks, context) }

  func make(
    _ block: Int, of blocks: ResultBlocks, at place: UnsafeMutablePointer<Float>, leading: Int,
    prefetch: UnsafePointer<gan_prefetch>?, _ context: ExecutionContext, worker: Int
  ) {
    guard let a = context[product.leftBuffer], let packed = context[packed] else { return }
    let rows = blocks.rows(of: block)
    gan_packed_product(
      false, Int64(rows.count), Int64(product.n), Int64(product.k),
      a + (product.left.offset + rows.lowerBound * product.left.leading), Int64(product.left.leading), packed, false, place,
      Int64(leading), prefetch)
  }

  func runBlock(_ block: Int, _ context: ExecutionContext, worker: Int) {
    makeInPlace(block, of: blocks, context, worker: worker)
  }
}
