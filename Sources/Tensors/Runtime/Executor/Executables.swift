/// The one place where values of a plan become what runs.
extension PlannedStep {
  /// - Throws: `TensorError` where a step within another is none that can be run there. Passes join no such steps.
  func executable() throws -> Step {
    switch self {
    case .fused(let kernel): FusedStep(kernel, self)
    case .copy(let work): CopyStep(work, self)
    case .assembly(let work): AssemblyStep(work, self)
    case .rowMovement(let work): RowsStep(work, self)
    case .product(let product): ProductStep(product, self)
    case .packing(let packing): PackingStep(packing, self)
    case .packedProduct(let product): PackedProductStep(product, self)
    case .sum(let sum): SumStep(sum, try sum.parts.map { try $0.executable() }, self)
    case .packedSum(let sum): PackedSumStep(sum, self)
    case .convolution(let convolution): ConvolutionStep(convolution, self)
    case .winogradFilter(let filter): WinogradFilterStep(filter, self)
    case .winograd(let convolution): WinogradConvolutionStep(convolution, self)
    case .winogradGradient(let gradient): WinogradGradientStep(gradient, self)
    case .chained(let work):
      ChainedStep(work, producer: try Self.part(work.producer, of: self) { $0 as? any BlockwiseStep }, self)
    case .fusedRows(let work): FusedRowsStep(work, self)
    case .rowwise(let work):
      RowwiseStep(
        try work.parts.map { try Self.part($0, of: self) { $0 as? any RowwisePart } }, blocks: work.blocks, self)
    }
  }

  private static func part<Part>(_ step: PlannedStep, of whole: PlannedStep, as kind: (Step) -> Part?) throws -> Part {
    if let part = kind(try step.executable()) { return part }
    throw TensorError(
      title: "there is no kernel for this work", operands: [("x", "\(step.work.name) within \(whole.work.name)")],
      advice: "Please report it, with the expression.")
  }
}
