import Kernels

/// The derivative of convolutions by one filter, w̄ = Σ x ∗ ȳ, by tiles: both to the points, a product at each, and the sum of
/// all of them from the points. Each block of columns (phases and channels of x) is one thread's work.
final class TiledFilterDerivativeStep: Step {
  struct Term {
    var x: (buffer: Int, offset: Int)
    var y: (buffer: Int, offset: Int)
  }

  let convolution: TiledConvolution
  let terms: [Term]
  let target: Int
  let accumulates: Bool
  /// ȳ of some images at the points, and the derivative there.
  private let results: Int
  private let derivative: Int
  /// Floats of a block's derivative at one point.
  private let derivativeStride: Int
  /// Images at a time, and columns of a block.
  private let chunk: Int
  private let columns: Int

  /// Floats of ȳ at the points, at a time.
  private static let numbersAtATime = 1 << 19
  /// Columns of a block, at most.
  private static let mostColumns = 64
  /// Images of a block, where ȳ is brought to the points.
  private static let imageBlock = 4

  init(
    _ convolution: TiledConvolution, _ terms: [Term], target: Int, accumulates: Bool, makeBuffer: (Int) -> Int
  ) {
    (self.convolution, self.terms, self.target, self.accumulates) = (convolution, terms, target, accumulates)
    let (tiling, outputs) = (convolution.tiling, convolution.outputs)
    chunk = tiling.imagesAtATime(convolution.images, columns: outputs, numbers: Self.numbersAtATime)
    columns = min(Self.mostColumns, (tiling.depth / 4 + 15) / 16 * 16)
    results = makeBuffer(tiling.count(images: chunk, columns: Multiplication.padded(outputs)))
    let blocks = (tiling.depth + columns - 1) / columns
    let points = tiling.groups.reduce(0) { max($0, $1.points) }
    derivativeStride = columns * outputs + ConvolutionTiling.gap
    derivative = makeBuffer(blocks * points * derivativeStride)
    var reads: [Int] = []
    for term in terms { reads += [term.x.buffer, term.y.buffer] }
    super.init(
      name: "convolution by filter \(terms.count > 1 ? "\(terms.count) of " : "")\(convolution.name)",
      flops: convolution.flops * Double(terms.count), bytes: convolution.bytes * Double(terms.count),
      reads: reads, writes: [target, results, derivative],
      scratchCount: tiling.count(images: chunk, columns: columns))
  }

  override var isProduct: Bool { true }

  override func formulas(_ notation: PlanNotation) -> [String] {
    let parts = terms.map { "filter gradient(\(notation.operand($0.x.buffer)), \(notation.operand($0.y.buffer)))" }
    return [
      "\(notation.results([target])) \(accumulates ? "+=" : "=") \(parts.joined(separator: " + "))  \(convolution.kernelText)"
    ]
  }

  override func run(_ context: ExecutionContext) {
    guard let target = context[target], let results = context[results], let derivative = context[derivative] else { return }
    let sources = terms.compactMap { term -> (x: UnsafePointer<Float>, y: UnsafePointer<Float>)? in
      guard let x = context[term.x.buffer], let y = context[term.y.buffer] else { return nil }
      return (UnsafePointer(x + term.x.offset), UnsafePointer(y + term.y.offset))
    }
    let (xs, ys): ([UnsafePointer<Float>?], [UnsafePointer<Float>?]) = (sources.map(\.x), sources.map(\.y))
    for (number, group) in convolution.tiling.groups.enumerated() {
      withUnsafePointer(to: convolution.sizes) { sizes in
        withUnsafePointer(to: group.tiles) { tiles in
          xs.withUnsafeBufferPointer { xs in
            ys.withUnsafeBufferPointer { ys in
              let sums = gan_filter_terms(
                count: Int64(sources.count), images: Int64(convolution.images), x: xs.baseAddress, y: ys.baseAddress)
              multiply(group, sizes, tiles, sources, results, derivative, context)
              finish(group, sizes, tiles, derivative, sums, accumulates: accumulates || number > 0, into: target, context)
            }
          }
        }
      }
    }
  }

  private func forEachBlock(_ context: ExecutionContext, _ body: (_ columns: Range<Int>, _ worker: Int) -> Void) {
    let depth = convolution.tiling.depth
    context.pool.run(blocks: (depth + columns - 1) / columns) { block, worker in
      body(block * columns..<min((block + 1) * columns, depth), worker)
    }
  }

  /// derivative = Σ dataᵀ · results, at each point.
  private func multiply(
    _ group: ConvolutionTiling.Group, _ sizes: UnsafePointer<gan_convolution>, _ tiles: UnsafePointer<gan_tiles>,
    _ sources: [(x: UnsafePointer<Float>, y: UnsafePointer<Float>)], _ results: UnsafeMutablePointer<Float>,
    _ derivative: UnsafeMutablePointer<Float>, _ context: ExecutionContext
  ) {
    let outputs = Int64(convolution.outputs)
    var isFirst = true
    for (x, y) in sources {
      for first in stride(from: 0, to: convolution.images, by: chunk) {
        let images = min(chunk, convolution.images - first)
        let rows = images * group.count
        let resultStride = rows * Multiplication.padded(convolution.outputs) + ConvolutionTiling.gap
        context.pool.run(blocks: (images + Self.imageBlock - 1) / Self.imageBlock) { block, _ in
          let start = block * Self.imageBlock
          let end = min(start + Self.imageBlock, images)
          gan_winograd_result_transpose(
            sizes, tiles, outputs, y, Int64(first + start), Int64(first + end), true, Int64(rows),
            results + start * group.count * Int(gan_panel_columns()), Int64(resultStride))
        }
        let accumulates = !isFirst
        forEachBlock(context) { columns, worker in
          let data = context.scratch(of: worker)
          let dataStride = rows * columns.count + ConvolutionTiling.gap
          gan_winograd_data(
            sizes, tiles, x, Int64(first), Int64(first + images), Int64(columns.lowerBound), Int64(columns.upperBound), data,
            Int64(dataStride))
          let target = derivative + columns.lowerBound / self.columns * group.points * derivativeStride
          for point in 0..<group.points {
            gan_packed_product(
              true, Int64(columns.count), outputs, Int64(rows), data + point * dataStride, Int64(columns.count),
              results + point * resultStride, accumulates, target + point * derivativeStride, outputs, nil)
          }
        }
        isFirst = false
      }
    }
  }

  private func finish(
    _ group: ConvolutionTiling.Group, _ sizes: UnsafePointer<gan_convolution>, _ tiles: UnsafePointer<gan_tiles>,
    _ derivative: UnsafeMutablePointer<Float>, _ sums: gan_filter_terms, accumulates: Bool,
    into target: UnsafeMutablePointer<Float>,
    _ context: ExecutionContext
  ) {
    forEachBlock(context) { columns, _ in
      withUnsafePointer(to: sums) { sums in
        gan_winograd_filter_transpose(
          sizes, tiles, Int64(convolution.outputs),
          derivative + columns.lowerBound / self.columns * group.points * derivativeStride,
          Int64(derivativeStride), Int64(columns.lowerBound), Int64(columns.upperBound), accumulates, target, sums)
      }
    }
  }
}
