import Kernels

/// Matrix products, in blocks of the result or in parts of the sums: see `Product`.
final class ProductStep: Step, BlockwiseStep, RowwisePart {
  private let product: Product
  private let rowBlocks: ResultBlocks?
  private let usesLibrary = Multiplication.usesLibrary
  let target: Int

  init(_ product: Product, _ planned: PlannedStep) {
    (self.product, rowBlocks, target) = (product, product.rowBlocks, product.target)
    super.init(planned)
  }

  override func run(_ context: ExecutionContext) {
    let (m, n, k, batch) = (product.m, product.n, product.k, product.batch)
    let (left, right, accumulates) = (product.left, product.right, product.accumulates)
    guard let c = context[target], batch > 0, m > 0, n > 0 else { return }
    guard k > 0, let a = context[product.leftBuffer], let b = context[product.rightBuffer] else {
      if !accumulates { gan_set_identity(Int32(GAN_SUM), c, Int64(batch &* m &* n)) }
      return
    }
    let blocks = product.resultBlocks
    guard product.packedLeft == nil else { return runBlocks(blocks, context) }
    let (partCount, length) =
      product.parts == nil ? (batch, k) : ((k + product.cut.depth - 1) / product.cut.depth, product.cut.depth)
    let partial = product.parts.flatMap { context[$0] }
    context.pool.run(blocks: partCount * blocks.count) { block, worker in
      let (part, block) = (block / blocks.count, block % blocks.count)
      let (matrix, term) = partial == nil ? (part, 0) : (0, part * length)
      let (row, column) = (blocks.rows(of: block).lowerBound, blocks.columns(of: block).lowerBound)
      multiply(
        block, of: blocks, terms: term..<min(term + length, k), a + (left.offset + matrix * left.batchStride),
        b + (right.offset + matrix * right.batchStride), accumulates: accumulates && partial == nil,
        into: (partial ?? c) + part * m * n + row * n + column, leading: n, context.scratch(of: worker))
    }
    if let partial {
      Self.sum(partial, parts: partCount, count: m * n, accumulates: accumulates, into: c, context)
    }
  }

  func prepare(_ context: ExecutionContext) {
    guard let packed = product.packedLeft.flatMap({ context[$0] }), let a = context[product.leftBuffer] else { return }
    let (left, m, k) = (product.left, product.m, product.k)
    let rows = gan_product_term(
      left: nil, right: a + left.offset, left_leading: 0, right_leading: Int64(left.leading), k: Int64(k), transpose_left: false,
      transpose_right: true)
    withUnsafePointer(to: rows) {
      Multiplication.packRightSides(UnsafeBufferPointer(start: $0, count: 1), columns: m, into: packed, on: context.pool)
    }
  }

  func make(
    _ block: Int, of blocks: ResultBlocks, at place: UnsafeMutablePointer<Float>, leading: Int,
    prefetch: UnsafePointer<gan_prefetch>?, _ context: ExecutionContext, worker: Int
  ) {
    guard let a = context[product.leftBuffer], let b = context[product.rightBuffer] else { return }
    let (m, k, left, right, accumulates) = (product.m, product.k, product.left, product.right, product.accumulates)
    if let packed = product.packedLeft.flatMap({ context[$0] }) {
      let columns = blocks.columns(of: block)
      gan_few_rows_by_transposed(
        Int64(m), Int64(columns.count), Int64(k), packed, b + (right.offset + columns.lowerBound * right.leading),
        Int64(right.leading), accumulates, place, Int64(leading), context.scratch(of: worker))
      return
    }
    multiply(
      block, of: blocks, terms: 0..<k, a + left.offset, b + right.offset, accumulates: accumulates, into: place,
      leading: leading, context.scratch(of: worker))
  }

  func runBlock(_ block: Int, _ context: ExecutionContext, worker: Int) {
    if let rowBlocks { makeInPlace(block, of: rowBlocks, context, worker: worker) }
  }

  /// Some terms of the sums of one block.
  private func multiply(
    _ block: Int, of blocks: ResultBlocks, terms: Range<Int>, _ a: UnsafeMutablePointer<Float>,
    _ b: UnsafeMutablePointer<Float>, accumulates: Bool, into place: UnsafeMutablePointer<Float>, leading: Int,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    let (left, right) = (product.left, product.right)
    let (rows, columns, term) = (blocks.rows(of: block), blocks.columns(of: block), terms.lowerBound)
    let (row, column) = (rows.lowerBound, columns.lowerBound)
    Multiplication.multiply(
      rows.count, columns.count, terms.count,
      Multiplication.Side(
        pointer: a + (left.isTransposed ? term * left.leading + row : row * left.leading + term), leading: left.leading,
        isTransposed: left.isTransposed),
      Multiplication.Side(
        pointer: b + (right.isTransposed ? column * right.leading + term : term * right.leading + column),
        leading: right.leading, isTransposed: right.isTransposed),
      accumulates: accumulates, into: place, leading: leading, scratch: scratch, usesLibrary: usesLibrary)
  }

  /// target = (target +) the sum of `parts` blocks of `count` numbers, in their order.
  static func sum(
    _ partial: UnsafeMutablePointer<Float>, parts: Int, count: Int, accumulates: Bool, into target: UnsafeMutablePointer<Float>,
    _ context: ExecutionContext
  ) {
    let length = Tuning.summationBlock
    context.pool.run(blocks: (count + length - 1) / length) { block, _ in
      let (start, end) = (block * length, min(count, (block + 1) * length))
      if !accumulates { gan_set_identity(Int32(GAN_SUM), target + start, Int64(end - start)) }
      gan_reduce_rows(
        Int32(GAN_SUM), target + start, partial + start, Int64(parts), Int64(end - start), Int64(count))
    }
  }
}

extension Product {
  /// Itself, for kernels that add up several.
  func term(_ context: ExecutionContext) -> gan_product_term? {
    guard let a = context[leftBuffer], let b = context[rightBuffer] else { return nil }
    return gan_product_term(
      left: a + left.offset, right: b + right.offset, left_leading: Int64(left.leading), right_leading: Int64(right.leading),
      k: Int64(k), transpose_left: left.isTransposed, transpose_right: right.isTransposed)
  }
}

/// Steps one after another in one place: see `SequentialSum`.
final class SumStep: Step, BlockwiseStep {
  private let parts: [Step]
  private let blocks: ResultBlocks?
  let target: Int

  init(_ sum: SequentialSum, _ parts: [Step], _ planned: PlannedStep) {
    (self.parts, blocks, target) = (parts, sum.blocks, sum.target)
    super.init(planned)
  }

  func make(
    _ block: Int, of blocks: ResultBlocks, at place: UnsafeMutablePointer<Float>, leading: Int,
    prefetch: UnsafePointer<gan_prefetch>?, _ context: ExecutionContext, worker: Int
  ) {
    for case let part as BlockwiseStep in parts {
      part.make(block, of: blocks, at: place, leading: leading, prefetch: prefetch, context, worker: worker)
    }
  }

  override func run(_ context: ExecutionContext) {
    if let blocks {
      runBlocks(blocks, context)
    } else {
      for part in parts { part.run(context) }
    }
  }
}
