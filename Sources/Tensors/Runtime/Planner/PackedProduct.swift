/// A right side of products, as they read it.
struct ProductRightSide: Hashable {
  var buffer: Int
  var operand: ProductOperand
  var k: Int
  var n: Int
}

/// Right sides of products, each brought once into the panels in which its products read it.
struct PanelPacking: PlannedWork {
  /// Each with a buffer for k rows of n numbers, n rounded up to whole panels (`Multiplication.padded`).
  let sides: [(side: ProductRightSide, packed: Int)]

  var bytes: Double { sides.reduce(0) { $0 + 8 * Double($1.side.k) * Double($1.side.n) } }
  var reads: [Int] { sides.map(\.side.buffer) }
  var writes: [Int] { sides.map(\.packed) }
  var name: String {
    "panels of \(sides.count == 1 ? "\(sides[0].side.k)×\(sides[0].side.n)" : "\(sides.count) matrices")"
  }
}

/// A product whose right side is packed already. Its blocks are of few rows, because they need no work but their own.
struct PackedProduct: BlockwiseWork, RowBlockWork {
  let product: Product
  let packed: Int
  let resultBlocks: ResultBlocks

  /// Whether a product may read its right side packed.
  static func canDo(_ product: Product) -> Bool {
    !Multiplication.usesLibrary && product.isWhole && !product.accumulates && !product.left.isTransposed
      && product.left.leading % 1024 != 0 && product.k <= Tuning.packedDepth && product.k * product.n <= Tuning.packedCount
      && min(product.m, product.n, product.k) >= Tuning.packedSize
  }

  init(_ product: Product, packed: Int) {
    (self.product, self.packed) = (product, packed)
    resultBlocks = ResultBlocks(rowsOf: product.m, columns: product.n)
  }

  var flops: Double { product.flops }
  var bytes: Double { product.bytes }
  var reads: [Int] { [product.leftBuffer, packed] }
  var writes: [Int] { [product.target] }
  var isContraction: Bool { true }
  var name: String { product.name }

  var target: Int { product.target }
  var blocks: ResultBlocks? { resultBlocks }

  var rowBlocks: ResultBlocks? { resultBlocks }
  var madeByRow: [Int] { [product.target] }
  func readsByRow(_ buffer: Int, count: Int) -> Bool { buffer != packed && product.readsByRow(buffer, count: count) }
}
