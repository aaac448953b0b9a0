import Kernels

/// The sizes that the steps of a tiled convolution share.
struct TiledConvolution {
  let geometry: ConvolutionGeometry
  let tiling: ConvolutionTiling
  let sizes: gan_convolution
  let images: Int
  let channels: Int
  let outputs: Int

  init?(_ geometry: ConvolutionGeometry, images: Int, channels: Int, outputs: Int, use: ConvolutionTiling.Use) {
    guard let tiling = ConvolutionTiling(geometry, images: images, channels: channels, outputs: outputs, use: use) else {
      return nil
    }
    (self.geometry, self.tiling) = (geometry, tiling)
    sizes = gan_convolution(geometry, channels: channels)
    (self.images, self.channels, self.outputs) = (images, channels, outputs)
  }

  /// Multiplications and additions of the products.
  var flops: Double {
    tiling.groups.reduce(0) { $0 + Double($1.points * $1.count) } * 2 * Double(images) * Double(tiling.depth) * Double(outputs)
  }

  /// What the numbers in and out and the filter take in memory.
  var bytes: Double {
    let input = Double(sizes.height * sizes.width * sizes.channels)
    let output = Double(sizes.out_height * sizes.out_width) * Double(outputs)
    return 4 * (Double(images) * (input + output) + Double(sizes.kernel_height * sizes.kernel_width) * Double(channels * outputs))
  }

  /// The kernel, for those who read a plan.
  var kernelText: String {
    "\(sizes.kernel_height)×\(sizes.kernel_width), stride \(sizes.stride_y)×\(sizes.stride_x), by tiles"
  }

  var name: String {
    "\(images)×\(sizes.height)×\(sizes.width)×\(channels)→\(sizes.out_height)×\(sizes.out_width)×\(outputs), "
      + "\(sizes.kernel_height)×\(sizes.kernel_width)/\(sizes.stride_y), by tiles"
  }
}

/// The filter of a tiled convolution at the points, packed for products: made once for all that use it.
final class FilterPointsStep: Step {
  private let convolution: TiledConvolution
  private let filter: (buffer: Int, offset: Int)
  private let target: Int
  private let isTransposed: Bool

  init(_ convolution: TiledConvolution, filter: (buffer: Int, offset: Int), isTransposed: Bool, target: Int) {
    (self.convolution, self.filter, self.target, self.isTransposed) = (convolution, filter, target, isTransposed)
    let count = Double(convolution.tiling.filterCount(outputs: convolution.outputs, transposed: isTransposed))
    super.init(
      name: "filter at the points of \(convolution.name)", flops: 0, bytes: 4 * count, reads: [filter.buffer], writes: [target])
  }

  override func formulas(_ notation: PlanNotation) -> [String] {
    ["\(notation.operand(target)) = points of \(notation.operand(filter.buffer))  \(convolution.kernelText)"]
  }

  override func run(_ context: ExecutionContext) {
    guard let filter = context[filter.buffer].map({ $0 + self.filter.offset }), let target = context[target] else { return }
    let (depth, outputs) = (convolution.tiling.depth, convolution.outputs)
    let stride = convolution.tiling.filterStride(outputs: outputs, transposed: isTransposed)
    let length = Int(GAN_PANEL_COLUMNS)
    let blocks = (depth + length - 1) / length
    var start = 0
    for group in convolution.tiling.groups {
      let (points, isTransposed) = (target + start, isTransposed)
      context.pool.run(blocks: blocks) { block, _ in
        withUnsafePointer(to: convolution.sizes) { sizes in
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

/// A convolution, or its derivative by the input, by tiles: numbers to the points, a product at each, results from the points.
/// Each block of images is one thread's work from beginning to end, so that what lies between stays in its cache.
final class TiledConvolutionStep: Step, BlockwiseStep {
  private let convolution: TiledConvolution
  /// y = x ∗ w, or x̄ = ȳ ∗ᵀ w.
  private let isForward: Bool
  private let x: (buffer: Int, offset: Int)
  private let y: (buffer: Int, offset: Int)
  /// The filter at the points.
  private let filter: Int
  /// The filter itself, for results that are not finite.
  private let weights: (buffer: Int, offset: Int)
  private let accumulates: Bool
  /// Images of a block.
  private let blockLength: Int

  /// Floats of a block's data and results at the points.
  private static let numbersAtATime = 1 << 18
  /// From so many images on there are blocks for four threads, below for two.
  private static let manyImages = 48

  init(
    _ convolution: TiledConvolution, isForward: Bool, x: (buffer: Int, offset: Int), filter: Int,
    weights: (buffer: Int, offset: Int), y: (buffer: Int, offset: Int), accumulates: Bool
  ) {
    (self.convolution, self.isForward, self.x, self.y) = (convolution, isForward, x, y)
    (self.filter, self.weights, self.accumulates) = (filter, weights, accumulates)
    let tiling = convolution.tiling
    // Each block reads all of the filter.
    let blocks = convolution.images >= Self.manyImages ? 4 : 2
    blockLength = tiling.imagesAtATime(
      (convolution.images + blocks - 1) / blocks, columns: tiling.depth + convolution.outputs, numbers: Self.numbersAtATime)
    super.init(
      name: "convolution \(isForward ? "" : "by input ")\(convolution.name)", flops: convolution.flops,
      bytes: convolution.bytes, reads: [isForward ? x.buffer : y.buffer, filter, weights.buffer],
      writes: [isForward ? y.buffer : x.buffer],
      scratchCount: tiling.count(images: blockLength, columns: tiling.depth)
        + tiling.count(images: blockLength, columns: convolution.outputs))
  }

  override var isProduct: Bool { true }

  override func formulas(_ notation: PlanNotation) -> [String] {
    let (target, left) = isForward ? (y.buffer, x.buffer) : (x.buffer, y.buffer)
    return [
      "\(notation.results([target])) \(accumulates ? "+=" : "=") \(isForward ? "conv" : "deconv")"
        + "(\(notation.operand(left)), \(notation.operand(filter)))  \(convolution.kernelText)"
    ]
  }

  override func run(_ context: ExecutionContext) { runBlocks(imageBlocks, context) }

  var target: Int { isForward ? y.buffer : x.buffer }

  var blocks: ResultBlocks? { imageBlocks }

  /// Of whole images.
  private var imageBlocks: ResultBlocks {
    let sizes = convolution.sizes
    let image =
      isForward
      ? Int(sizes.out_height * sizes.out_width) * convolution.outputs : Int(sizes.height * sizes.width * sizes.channels)
    return ResultBlocks(rows: convolution.images, columns: image, blockRows: blockLength)
  }

  func make(
    _ block: Int, of blocks: ResultBlocks, at place: UnsafeMutablePointer<Float>, leading: Int,
    beside: UnsafePointer<gan_beside>?, _ context: ExecutionContext, worker: Int
  ) {
    guard let filter = context[filter], let source = context[isForward ? x.buffer : y.buffer],
      let weights = context[weights.buffer].map({ $0 + self.weights.offset })
    else { return }
    let first = block * blockLength
    // Where the first image of all would be, if they all lay there.
    let target = place - blocks.rows(of: block).lowerBound * leading
    withUnsafePointer(to: convolution.sizes) { sizes in
      run(
        sizes, images: first..<min(first + blockLength, convolution.images), isForward ? source + x.offset : target,
        isForward ? target : source + y.offset, filter, weights, context.scratch(of: worker))
    }
  }

  private func run(
    _ sizes: UnsafePointer<gan_convolution>, images: Range<Int>, _ x: UnsafeMutablePointer<Float>,
    _ y: UnsafeMutablePointer<Float>, _ filter: UnsafeMutablePointer<Float>, _ weights: UnsafePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    let (depth, outputs) = (convolution.tiling.depth, convolution.outputs)
    let (data, results) = (scratch, scratch + convolution.tiling.count(images: blockLength, columns: depth))
    let (from, to) = (Int64(images.lowerBound), Int64(images.upperBound))
    if !isForward, !accumulates {
      let image = sizes.pointee.height * sizes.pointee.width * sizes.pointee.channels
      gan_set_identity(Int32(GAN_SUM), x + images.lowerBound * Int(image), Int64(images.count) * image)
    }
    let filterStride = convolution.tiling.filterStride(outputs: outputs, transposed: !isForward)
    var filter = filter
    for group in convolution.tiling.groups {
      let rows = images.count * group.count
      let (dataStride, resultStride) = (rows * depth + ConvolutionTiling.gap, rows * outputs + ConvolutionTiling.gap)
      withUnsafePointer(to: group.tiles) { tiles in
        if isForward {
          gan_winograd_data(sizes, tiles, x, from, to, 0, Int64(depth), data, Int64(dataStride))
          for point in 0..<group.points {
            gan_packed_product(
              false, Int64(rows), Int64(outputs), Int64(depth), data + point * dataStride, Int64(depth),
              filter + point * filterStride, false, results + point * resultStride, Int64(outputs), nil)
          }
          gan_winograd_result(sizes, tiles, Int64(outputs), results, Int64(resultStride), from, to, accumulates, y, x, weights)
        } else {
          gan_winograd_result_transpose(
            sizes, tiles, Int64(outputs), y, from, to, false, Int64(rows), results, Int64(resultStride))
          for point in 0..<group.points {
            gan_packed_product(
              false, Int64(rows), Int64(depth), Int64(outputs), results + point * resultStride, Int64(outputs),
              filter + point * filterStride, false, data + point * dataStride, Int64(depth), nil)
          }
          gan_winograd_data_transpose(sizes, tiles, data, Int64(dataStride), from, to, x, Int64(outputs), y, weights)
        }
      }
      filter += group.points * filterStride
    }
  }
}
