/// Small right sides that products of many rows read are packed once, by a step of its own, for all products and all of their blocks.
enum ProductPacking {
  /// The steps, of which products that read such a side now read it packed; those that pack come last.
  ///
  /// Sides that lie in leaves, which are there from the start, are packed together.
  static func packed(_ steps: [PlannedStep], _ buffers: inout PlanBuffers) -> [PlannedStep] {
    var readers: [ProductRightSide: [(number: Int, product: Product)]] = [:]
    var order: [ProductRightSide] = []
    for (number, step) in steps.enumerated() {
      guard let product = step.asProduct, PackedProduct.canDo(product) else { continue }
      if readers[product.rightSide] == nil { order.append(product.rightSide) }
      readers[product.rightSide, default: []].append((number, product))
    }
    var result = steps
    var together: [(side: ProductRightSide, packed: Int)] = []
    for side in order {
      guard let products = readers[side], products.reduce(0, { $0 + $1.product.m }) >= Tuning.packedRows else { continue }
      let packed = buffers.make(Multiplication.padded(side.n) * side.k)
      for (number, product) in products { result[number] = .packedProduct(PackedProduct(product, packed: packed)) }
      if buffers.leaves.contains(side.buffer) {
        together.append((side, packed))
      } else {
        result.append(.packing(PanelPacking(sides: [(side, packed)])))
      }
    }
    if !together.isEmpty { result.append(.packing(PanelPacking(sides: together))) }
    return result
  }
}
