/// What a step computes, a line for each of its results.
extension PlannedStep {
  func formulas(_ notation: PlanNotation) -> [String] {
    switch self {
    case .fused(let kernel): return FusedFormulas(kernel).lines(notation)
    case .fusedRows(let work): return FusedFormulas(work.kernel).lines(notation)
    case .copy(let work):
      let isConstant = work.source.buffer == PlanBuffers.constants
      let source = isConstant ? notation.constant(at: work.source.offset) : notation.operand(work.source.buffer)
      return ["\(notation.result(work.target)) = copy(\(source))"]
    case .assembly(let work): return [notation.call(work.operationName, work.reads, work.target)]
    case .rowMovement(let work): return [notation.call(work.operationName, work.reads, work.target)]
    case .product(let product): return [product.formula(notation)]
    case .packedProduct(let work): return [work.product.formula(notation)]
    case .packing(let packing):
      let names = packing.sides.map { notation.operand($0.side.buffer) + ($0.side.operand.isTransposed ? "ᵀ" : "") }
      return ["panels of " + names.joined(separator: ", ")]
    case .sum(let sum): return sum.parts.flatMap { $0.formulas(notation) }
    case .packedSum(let sum): return sum.products.map { $0.formula(notation) }
    case .convolution(let work): return [work.convolution.formula(notation)]
    case .winogradFilter(let work): return ["Winograd filter of \(notation.operand(work.identity.filter.buffer))"]
    case .winograd(let work): return [work.convolution.formula(notation) + ", Winograd"]
    case .winogradGradient(let work): return [work.formula(notation)]
    case .chained(let work): return work.producer.formulas(notation) + FusedFormulas(work.epilogue).lines(notation)
    case .rowwise(let work): return work.parts.flatMap { $0.formulas(notation) }
    }
  }
}

extension PlanNotation {
  fileprivate func call(_ name: String, _ operands: [Int], _ target: Int) -> String {
    "\(result(target)) = \(name)(\(self.operands(operands)))"
  }
}

extension Product {
  fileprivate func formula(_ notation: PlanNotation) -> String {
    func side(_ buffers: [Int], _ isTransposed: Bool) -> String {
      let names = notation.operands(buffers)
      return (buffers.count > 1 ? "[\(names)]" : names) + (isTransposed ? "ᵀ" : "")
    }
    return "\(notation.results([target] + stacked.writes)) \(accumulates ? "+=" : "=") "
      + "\(side([leftBuffer] + stacked.reads, left.isTransposed)) @ \(side([rightBuffer], right.isTransposed))"
  }
}

extension Convolution {
  fileprivate func formula(_ notation: PlanNotation) -> String {
    let name =
      switch direction {
      case .forward: "conv"
      case .inputGradient: "deconv"
      case .weightGradient: "weight gradient"
      }
    return "\(notation.results([target])) \(accumulates ? "+=" : "=") "
      + "\(name)(\(notation.operands(operands.map(\.buffer))))  \(kernelText)"
  }
}

extension WinogradWeightGradient {
  fileprivate func formula(_ notation: PlanNotation) -> String {
    let parts = terms.map { "weight gradient(\(notation.operands([$0.x.buffer, $0.y.buffer])))" }
    let (height, width) = (tiling.geometry.height, tiling.geometry.width)
    return "\(notation.results([target])) \(accumulates ? "+=" : "=") \(parts.joined(separator: " + "))  "
      + "\(height.kernel)×\(width.kernel), stride \(height.stride)×\(width.stride), Winograd"
  }
}
