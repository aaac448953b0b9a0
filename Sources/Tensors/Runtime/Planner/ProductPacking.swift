/// Small right sides that products of many rows read are packed once, by a step of its own, for all products and all of their blocks.
struct ProductPacking {
  private(set) var steps: [Step]

  /// Rows of all products that read a right side, at least, so that it is worth packing.
  private static let leastRows = 64

  /// - Parameter leaves: Buffers that are there from the start: sides that lie in them are packed together.
  init(_ steps: [Step], leaves: Set<Int>, makeBuffer: (Int) -> Int) {
    self.steps = steps
    var readers: [ProductRightSide: [(number: Int, product: ProductStep)]] = [:]
    var order: [ProductRightSide] = []
    for (number, step) in steps.enumerated() {
      guard let product = step as? ProductStep, PackedProductStep.canDo(product) else { continue }
      if readers[product.rightSide] == nil { order.append(product.rightSide) }
      readers[product.rightSide, default: []].append((number, product))
    }
    var together: [(side: ProductRightSide, packed: Int)] = []
    for side in order {
      guard let products = readers[side], products.reduce(0, { $0 + $1.product.m }) >= Self.leastRows else { continue }
      let packed = makeBuffer(Multiplication.padded(side.n) * side.k)
      for (number, product) in products { self.steps[number] = PackedProductStep(product, packed: packed) }
      if leaves.contains(side.buffer) {
        together.append((side, packed))
      } else {
        self.steps.append(PackingStep([(side, packed)]))
      }
    }
    if !together.isEmpty { self.steps.append(PackingStep(together)) }
  }
}
