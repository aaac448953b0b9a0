/// What the steps of a Winograd convolution share.
struct WinogradTiling {
  let geometry: ConvolutionGeometry
  let tiling: ConvolutionTiling
  let images: Int
  let channels: Int
  let outputs: Int

  /// Nil where a convolution is not done so: see `ConvolutionTiling`.
  init?(_ convolution: Convolution, use: ConvolutionTiling.Use) {
    guard
      let tiling = ConvolutionTiling(
        convolution.geometry, images: convolution.images, channels: convolution.channels, outputs: convolution.outputs, use: use)
    else { return nil }
    (self.tiling, geometry) = (tiling, convolution.geometry)
    (images, channels, outputs) = (convolution.images, convolution.channels, convolution.outputs)
  }

  /// Multiplications and additions of the products.
  var flops: Double {
    tiling.groups.reduce(0) { $0 + Double($1.points * $1.count) } * 2 * Double(images) * Double(tiling.depth) * Double(outputs)
  }

  var name: String {
    let (height, width) = (geometry.height, geometry.width)
    return "\(images)×\(height.input)×\(width.input)×\(channels)→\(height.output)×\(width.output)×\(outputs), "
      + "\(height.kernel)×\(width.kernel)/\(height.stride), Winograd"
  }
}

/// A filter brought to the Winograd domain, packed for products: made once for all that use it.
struct WinogradFilter: PlannedWork {
  /// What one filter in the Winograd domain depends on.
  struct Identity: Hashable {
    var filter: BufferPlace
    var geometry: ConvolutionGeometry
    var isTransposed: Bool
  }

  let tiling: WinogradTiling
  let identity: Identity
  let target: Int

  /// Floats of the filter in the Winograd domain.
  static func count(_ tiling: WinogradTiling, isTransposed: Bool) -> Int {
    tiling.tiling.filterCount(outputs: tiling.outputs, transposed: isTransposed)
  }

  var bytes: Double { 4 * Double(Self.count(tiling, isTransposed: identity.isTransposed)) }
  var reads: [Int] { [identity.filter.buffer] }
  var writes: [Int] { [target] }
  var name: String { "filter of \(tiling.name)" }
}

/// A convolution, or its input gradient, by tiles: numbers to the Winograd domain, a product at each point, results from there.
/// Each block of images is one thread's work from beginning to end, so that what lies between stays in its cache.
struct WinogradConvolution: BlockwiseWork {
  /// Forward, or the input gradient. Its filter is the one itself, for results that are not finite.
  let convolution: Convolution
  let tiling: WinogradTiling
  /// The filter in the Winograd domain.
  let filter: Int
  /// Images of a block.
  let blockLength: Int

  init(_ convolution: Convolution, _ tiling: WinogradTiling, filter: Int) {
    (self.convolution, self.tiling, self.filter) = (convolution, tiling, filter)
    let blocks = convolution.images >= Tuning.winogradImages ? Tuning.winogradBlocks : Tuning.winogradBlocks / 2
    blockLength = tiling.tiling.imagesAtATime(
      (convolution.images + blocks - 1) / blocks, columns: tiling.tiling.depth + convolution.outputs,
      numbers: Tuning.winogradBlockCount)
  }

  var isForward: Bool { convolution.direction == .forward }

  var flops: Double { tiling.flops }
  var bytes: Double { convolution.bytes }
  var reads: [Int] { [isForward ? convolution.x.buffer : convolution.y.buffer, filter, convolution.filter.buffer] }
  var writes: [Int] { [target] }
  var scratchCount: Int {
    tiling.tiling.count(images: blockLength, columns: tiling.tiling.depth)
      + tiling.tiling.count(images: blockLength, columns: convolution.outputs)
  }
  var isContraction: Bool { true }
  var name: String { "\(convolution.operationName) \(tiling.name)" }

  var target: Int { convolution.target }

  /// Of whole images.
  var imageBlocks: ResultBlocks {
    ResultBlocks(
      rows: convolution.images, columns: isForward ? convolution.outputCount : convolution.inputCount, blockRows: blockLength)
  }

  var blocks: ResultBlocks? { imageBlocks }
}

/// The weight gradient of convolutions by one filter, w̄ = Σ x ∗ ȳ: both to the Winograd domain, a product at each point, and the sum of
/// all of them from there. Each block of columns (phases and channels of x) is one thread's work.
struct WinogradWeightGradient: PlannedWork {
  struct Term {
    var x: BufferPlace
    var y: BufferPlace
  }

  let tiling: WinogradTiling
  let terms: [Term]
  let target: Int
  let accumulates: Bool
  let convolutionBytes: Double
  /// ȳ of some images in the Winograd domain, and the gradient there.
  let results: Int
  let gradient: Int
  /// Floats of a block's gradient at one point.
  let gradientStride: Int
  /// Images at a time, and columns of a block.
  let chunk: Int
  let columns: Int

  /// - Parameter convolution: One of the terms' convolutions.
  init(_ convolution: Convolution, _ winograd: WinogradTiling, _ terms: [Term], buffers: inout PlanBuffers) {
    (tiling, self.terms) = (winograd, terms)
    (target, accumulates, convolutionBytes) = (convolution.target, convolution.accumulates, convolution.bytes)
    let (tiling, outputs) = (winograd.tiling, winograd.outputs)
    chunk = tiling.imagesAtATime(winograd.images, columns: outputs, numbers: Tuning.winogradGradientCount)
    columns = min(Tuning.winogradGradientColumns, (tiling.depth / 4 + 15) / 16 * 16)
    results = buffers.make(tiling.count(images: chunk, columns: Multiplication.padded(outputs)))
    let blocks = (tiling.depth + columns - 1) / columns
    let points = tiling.groups.reduce(0) { max($0, $1.points) }
    gradientStride = columns * outputs + ConvolutionTiling.gap
    gradient = buffers.make(blocks * points * gradientStride)
  }

  /// Gradients by one filter that are added up, as one. Nil where they are of different convolutions.
  init?(joining parts: [PlannedStep]) {
    let gradients = parts.compactMap { if case .winogradGradient(let gradient) = $0 { gradient } else { nil } }
    guard gradients.count > 1, gradients.count == parts.count, let first = gradients.first,
      gradients.allSatisfy({ $0.tiling.geometry == first.tiling.geometry && $0.tiling.images == first.tiling.images })
    else { return nil }
    (tiling, terms) = (first.tiling, gradients.flatMap(\.terms))
    (target, accumulates, convolutionBytes) = (first.target, first.accumulates, first.convolutionBytes)
    // Those of the first one serve for all.
    (results, gradient, gradientStride) = (first.results, first.gradient, first.gradientStride)
    (chunk, columns) = (first.chunk, first.columns)
  }

  var flops: Double { tiling.flops * Double(terms.count) }
  var bytes: Double { convolutionBytes * Double(terms.count) }
  var reads: [Int] { terms.flatMap { [$0.x.buffer, $0.y.buffer] } }
  var writes: [Int] { [target, results, gradient] }
  var scratchCount: Int { tiling.tiling.count(images: chunk, columns: columns) }
  var isContraction: Bool { true }
  var name: String { "weight gradient \(terms.count > 1 ? "\(terms.count) of " : "")\(tiling.name)" }
}
