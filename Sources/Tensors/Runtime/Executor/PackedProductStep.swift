import Kernels

/// A right side of products, as they read it.
struct ProductRightSide: Hashable {
  var buffer: Int
  var operand: ProductOperand
  var k: Int
  var n: Int

  /// Itself, for kernels that pack it.
  func term(_ context: ExecutionContext) -> gan_product_term? {
    guard let b = context[buffer] else { return nil }
    return gan_product_term(
      left: nil, right: b + operand.offset, left_leading: 0, right_leading: Int64(operand.leading), k: Int64(k),
      transpose_left: false, transpose_right: operand.isTransposed)
  }
}

/// Right sides of products, each brought once into the panels in which its products read it.
final class PackingStep: Step {
  private let sides: [(side: ProductRightSide, packed: Int)]
  /// Of all sides, one after another.
  private let panels: [(side: Int, panel: Int)]

  /// - Parameter sides: Each with a buffer for k rows of n numbers, n rounded up to whole panels (`Multiplication.padded`).
  init(_ sides: [(side: ProductRightSide, packed: Int)]) {
    self.sides = sides
    panels = sides.enumerated().flatMap { number, entry in
      (0..<Multiplication.panels(entry.side.n)).map { (number, $0) }
    }
    let bytes = sides.reduce(0) { $0 + 8 * Double($1.side.k) * Double($1.side.n) }
    super.init(
      name: "panels of \(sides.count == 1 ? "\(sides[0].side.k)×\(sides[0].side.n)" : "\(sides.count) matrices")", flops: 0,
      bytes: bytes, reads: sides.map(\.side.buffer), writes: sides.map(\.packed))
  }

  override func formulas(_ notation: PlanNotation) -> [String] {
    let names = sides.map { notation.operand($0.side.buffer) + ($0.side.operand.isTransposed ? "ᵀ" : "") }
    return ["panels of " + names.joined(separator: ", ")]
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

/// A product whose right side is packed already. Its blocks are of few rows, because they need no work but their own.
final class PackedProductStep: Step, BlockwiseStep, RowwiseWork {
  private let product: ProductStep
  private let packed: Int
  private let resultBlocks: ResultBlocks

  /// Terms, and numbers of the right side, at most: it stays in the second cache, and the left one is read as it lies.
  private static let mostDepth = 256
  private static let mostCount = 64 << 10
  private static let leastSize = 8

  /// Whether a product may read its right side packed.
  static func canDo(_ product: ProductStep) -> Bool {
    !Multiplication.usesLibrary && product.isWhole && !product.accumulates && !product.left.isTransposed
      && product.left.leading % 1024 != 0 && product.k <= mostDepth && product.k * product.n <= mostCount
      && min(product.m, product.n, product.k) >= leastSize
  }

  init(_ product: ProductStep, packed: Int) {
    (self.product, self.packed) = (product, packed)
    resultBlocks = ResultBlocks(rowsOf: product.m, columns: product.n)
    super.init(
      name: product.name, flops: product.flops, bytes: product.bytes, reads: [product.leftBuffer, packed],
      writes: [product.target])
  }

  override var isProduct: Bool { true }

  override func formulas(_ notation: PlanNotation) -> [String] { product.formulas(notation) }

  override func run(_ context: ExecutionContext) { runBlocks(resultBlocks, context) }

  var target: Int { product.target }
  var blocks: ResultBlocks? { resultBlocks }

  func make(
    _ block: Int, of blocks: ResultBlocks, at place: UnsafeMutablePointer<Float>, leading: Int,
    beside: UnsafePointer<gan_beside>?, _ context: ExecutionContext, worker: Int
  ) {
    guard let a = context[product.leftBuffer], let packed = context[packed] else { return }
    let rows = blocks.rows(of: block)
    gan_packed_product(
      false, Int64(rows.count), Int64(product.n), Int64(product.k),
      a + (product.left.offset + rows.lowerBound * product.left.leading), Int64(product.left.leading), packed, false, place,
      Int64(leading), beside)
  }

  var rowBlocks: ResultBlocks? { resultBlocks }
  var madeByRow: [Int] { [product.target] }
  func readsByRow(_ buffer: Int, count: Int) -> Bool { buffer != packed && product.readsByRow(buffer, count: count) }
}
