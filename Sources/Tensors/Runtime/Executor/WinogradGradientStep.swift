import Kernels

/// The weight gradient of convolutions by one filter, by tiles: see `WinogradWeightGradient`.
final class WinogradGradientStep: Step {
  private let work: WinogradWeightGradient
  private let tiling: ConvolutionTiling
  private let sizes: gan_convolution

  init(_ work: WinogradWeightGradient, _ planned: PlannedStep) {
    (self.work, tiling) = (work, work.tiling.tiling)
    sizes = gan_convolution(work.tiling.geometry, channels: work.tiling.channels)
    super.init(planned)
  }

  override func run(_ context: ExecutionContext) {
    guard let target = context[work.target], let results = context[work.results], let gradient = context[work.gradient] else {
      return
    }
    let sources = work.terms.compactMap { term -> (x: UnsafePointer<Float>, y: UnsafePointer<Float>)? in
      guard let x = context[term.x], let y = context[term.y] else { return nil }
      return (UnsafePointer(x), UnsafePointer(y))
    }
    let (xs, ys): ([UnsafePointer<Float>?], [UnsafePointer<Float>?]) = (sources.map(\.x), sources.map(\.y))
    for (number, group) in tiling.groups.enumerated() {
      withUnsafePointer(to: sizes) { sizes in
        withUnsafePointer(to: group.tiles) { tiles in
          xs.withUnsafeBufferPointer { xs in
            ys.withUnsafeBufferPointer { ys in
              let sums = gan_filter_terms(
                count: Int64(sources.count), images: Int64(work.tiling.images), x: xs.baseAddress, y: ys.baseAddress)
              multiply(group, sizes, tiles, sources, results, gradient, context)
              finish(group, sizes, tiles, gradient, sums, accumulates: work.accumulates || number > 0, into: target, context)
            }
          }
        }
      }
    }
  }

  private func forEachBlock(_ context: ExecutionContext, _ body: (_ columns: Range<Int>, _ worker: Int) -> Void) {
    let depth = tiling.depth
    context.pool.run(blocks: (depth + work.columns - 1) / work.columns) { block, worker in
      body(block * work.columns..<min((block + 1) * work.columns, depth), worker)
    }
  }

  /// gradient = Σ dataᵀ · results, at each point.
  private func multiply(
    _ group: ConvolutionTiling.Group, _ sizes: UnsafePointer<gan_convolution>, _ tiles: UnsafePointer<gan_tiles>,
    _ sources: [(x: UnsafePointer<Float>, y: UnsafePointer<Float>)], _ results: UnsafeMutablePointer<Float>,
    _ gradient: UnsafeMutablePointer<Float>, _ context: ExecutionContext
  ) {
    let outputs = Int64(work.tiling.outputs)
    var isFirst = true
    for (x, y) in sources {
      for first in stride(from: 0, to: work.tiling.images, by: work.chunk) {
        let images = min(work.chunk, work.tiling.images - first)
        let rows = images * group.count
        let resultStride = rows * Multiplication.padded(work.tiling.outputs) + ConvolutionTiling.gap
        context.pool.run(blocks: (images + Tuning.winogradGradientImages - 1) / Tuning.winogradGradientImages) { block, _ in
          let start = block * Tuning.winogradGradientImages
          let end = min(start + Tuning.winogradGradientImages, images)
          gan_winograd_output_transpose(
            sizes, tiles, outputs, y, Int64(first + start), Int64(first + end), true, Int64(rows),
            results + start * group.count * Int(gan_panel_columns()), Int64(resultStride))
        }
        let accumulates = !isFirst
        forEachBlock(context) { columns, worker in
          let data = context.scratch(of: worker)
          let dataStride = rows * columns.count + ConvolutionTiling.gap
          gan_winograd_input(
            sizes, tiles, x, Int64(first), Int64(first + images), Int64(columns.lowerBound), Int64(columns.upperBound), data,
            Int64(dataStride))
          let target = gradient + columns.lowerBound / work.columns * group.points * work.gradientStride
          for point in 0..<group.points {
            gan_packed_product(
              true, Int64(columns.count), outputs, Int64(rows), data + point * dataStride, Int64(columns.count),
              results + point * resultStride, accumulates, target + point * work.gradientStride, outputs, nil)
          }
        }
        isFirst = false
      }
    }
  }

  private func finish(
    _ group: ConvolutionTiling.Group, _ sizes: UnsafePointer<gan_convolution>, _ tiles: UnsafePointer<gan_tiles>,
    _ gradient: UnsafeMutablePointer<Float>, _ sums: gan_filter_terms, accumulates: Bool,
    into target: UnsafeMutablePointer<Float>,
    _ context: ExecutionContext
  ) {
    forEachBlock(context) { columns, _ in
      withUnsafePointer(to: sums) { sums in
        gan_winograd_filter_transpose(
          sizes, tiles, Int64(work.tiling.outputs),
          gradient + columns.lowerBound / work.columns * group.points * work.gradientStride,
          Int64(work.gradientStride), Int64(columns.lowerBound), Int64(columns.upperBound), accumulates, target, sums)
      }
    }
  }
}
