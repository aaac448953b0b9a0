import Kernels

/// Brings a filter to the Winograd domain: see `WinogradFilter`.
final class WinogradFilterStep: Step {
  private let work: WinogradFilter
  private let sizes: gan_convolution

  init(_ work: WinogradFilter, _ planned: PlannedStep) {
    self.work = work
    sizes = gan_convolution(work.tiling.geometry, channels: work.tiling.channels)
    super.init(planned)
  }

  override func run(_ context: ExecutionContext) {
    guard let filter = context[work.identity.filter], let target = context[work.target] else { return }
    let (depth, outputs, isTransposed) = (work.tiling.tiling.depth, work.tiling.outputs, work.identity.isTransposed)
    let stride = work.tiling.tiling.filterStride(outputs: outputs, transposed: isTransposed)
    let length = Int(GAN_PANEL_COLUMNS)
    let blocks = (depth + length - 1) / length
    var start = 0
    for group in work.tiling.tiling.groups {
      let points = target + start
      context.pool.run(blocks: blocks) { block, _ in
        withUnsafePointer(to: sizes) { sizes in
          withUnsafePointer(to: group.tiles) { tiles in
            gan_winograd_filter(
              sizes, tiles, Int64(outputs), isTransposed, filter, Int64(block * length), Int64(min((block + 1) * length, depth)),
              points,
              Int64(stride))
          }
        }
      }
      start += group.points * stride
    }
  }
}

/// A convolution, or its input gradient, by tiles: see `WinogradConvolution`.
final class WinogradConvolutionStep: Step, BlockwiseStep {
  private let work: WinogradConvolution
  private let sizes: gan_convolution
  private let isForward: Bool
  let target: Int

  init(_ work: WinogradConvolution, _ planned: PlannedStep) {
    (self.work, isForward, target) = (work, work.isForward, work.target)
    sizes = gan_convolution(work.convolution.geometry, channels: work.convolution.channels)
    super.init(planned)
  }

  override func run(_ context: ExecutionContext) { runBlocks(work.imageBlocks, context) }

  func make(
    _ block: Int, of blocks: ResultBlocks, at place: UnsafeMutablePointer<Float>, leading: Int,
    prefetch: UnsafePointer<gan_prefetch>?, _ context: ExecutionContext, worker: Int
  ) {
    let convolution = work.convolution
    guard let filter = context[work.filter], let source = context[isForward ? convolution.x : convolution.y],
      let weights = context[convolution.filter]
    else { return }
    let (first, last) = (block * work.blockLength, min((block + 1) * work.blockLength, convolution.images))
    // Where the first image of all would be, if they all lay there.
    let target = place - blocks.rows(of: block).lowerBound * leading
    withUnsafePointer(to: sizes) { sizes in
      run(
        sizes, images: first..<last, isForward ? source : target, isForward ? target : source, filter, weights,
        context.scratch(of: worker))
    }
  }

  private func run(
    _ sizes: UnsafePointer<gan_convolution>, images: Range<Int>, _ x: UnsafeMutablePointer<Float>,
    _ y: UnsafeMutablePointer<Float>, _ filter: UnsafeMutablePointer<Float>, _ weights: UnsafePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    let (tiling, outputs, accumulates) = (work.tiling.tiling, work.convolution.outputs, work.convolution.accumulates)
    let depth = tiling.depth
    let (data, results) = (scratch, scratch + tiling.count(images: work.blockLength, columns: depth))
    let (from, to) = (Int64(images.lowerBound), Int64(images.upperBound))
    if !isForward, !accumulates {
      let image = sizes.pointee.height * sizes.pointee.width * sizes.pointee.channels
      gan_set_identity(Int32(GAN_SUM), x + images.lowerBound * Int(image), Int64(images.count) * image)
    }
    let filterStride = tiling.filterStride(outputs: outputs, transposed: !isForward)
    var filter = filter
    for group in tiling.groups {
      let rows = images.count * group.count
      let (dataStride, resultStride) = (rows * depth + ConvolutionTiling.gap, rows * outputs + ConvolutionTiling.gap)
      withUnsafePointer(to: group.tiles) { tiles in
        if isForward {
          gan_winograd_input(sizes, tiles, x, from, to, 0, Int64(depth), data, Int64(dataStride))
          for point in 0..<group.points {
            gan_packed_product(
              false, Int64(rows), Int64(outputs), Int64(depth), data + point * dataStride, Int64(depth),
              filter + point * filterStride, false, results + point * resultStride, Int64(outputs), nil)
          }
          gan_winograd_output(sizes, tiles, Int64(outputs), results, Int64(resultStride), from, to, accumulates, y, x, weights)
        } else {
          gan_winograd_output_transpose(
            sizes, tiles, Int64(outputs), y, from, to, false, Int64(rows), results, Int64(resultStride))
          for point in 0..<group.points {
            gan_packed_product(
              false, Int64(rows), Int64(depth), Int64(outputs), results + point * resultStride, Int64(outputs),
              filter + point * filterStride, false, data + point * dataStride, Int64(depth), nil)
          }
          gan_winograd_input_transpose(sizes, tiles, data, Int64(dataStride), from, to, x, Int64(outputs), y, weights)
        }
      }
      filter += group.points * filterStride
    }
  }
}
