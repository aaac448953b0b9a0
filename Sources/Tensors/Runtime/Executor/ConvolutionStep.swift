import Kernels

/// A convolution by im2col: see `Im2colConvolution`.
final class ConvolutionStep: Step, BlockwiseStep {
  private let convolution: Convolution
  private let sizes: gan_convolution
  private let blocks: ResultBlocks?
  private let parts: (buffer: Int, count: Int)?
  private let chunk: Int
  private let blockLength: Int
  let target: Int

  private let images: Int
  private let outputs: Int
  private let positions: Int
  private let depth: Int
  private let accumulates: Bool
  private let usesLibrary = Multiplication.usesLibrary

  init(_ work: Im2colConvolution, _ planned: PlannedStep) {
    convolution = work.convolution
    (blocks, parts, chunk, blockLength) = (work.blocks, work.parts, work.chunk, work.blockLength)
    target = work.target
    sizes = gan_convolution(convolution.geometry, channels: convolution.channels)
    (images, outputs, accumulates) = (convolution.images, convolution.outputs, convolution.accumulates)
    (positions, depth) = (convolution.positions, convolution.depth)
    super.init(planned)
  }

  override func run(_ context: ExecutionContext) {
    if convolution.direction == .weightGradient {
      runWeightGradient(context)
    } else if let blocks {
      runBlocks(blocks, context)
    } else if !accumulates, let target = context[target] {
      let count = convolution.direction == .forward ? positions * outputs : convolution.inputCount
      gan_set_identity(Int32(GAN_SUM), target, Int64(images * count))
    }
  }

  func make(
    _ block: Int, of blocks: ResultBlocks, at place: UnsafeMutablePointer<Float>, leading: Int,
    prefetch: UnsafePointer<gan_prefetch>?, _ context: ExecutionContext, worker: Int
  ) {
    guard let filter = context[convolution.filter] else { return }
    let scratch = context.scratch(of: worker)
    if convolution.direction == .forward {
      guard let x = context[convolution.x] else { return }
      makeForward(blocks.rows(of: block), x, filter, at: place, scratch)
    } else {
      guard let y = context[convolution.y] else { return }
      let first = block * blockLength
      makeInputGradient(first..<min(first + blockLength, images), y, filter, at: place, scratch)
    }
  }

  private func makeForward(
    _ rows: Range<Int>, _ x: UnsafeMutablePointer<Float>, _ filter: UnsafeMutablePointer<Float>,
    at place: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>
  ) {
    let patches = scratch + Multiplication.scratchCount
    for first in stride(from: rows.lowerBound, to: rows.upperBound, by: chunk) {
      let last = min(rows.upperBound, first + chunk)
      gather(x, first, last, patches)
      Multiplication.multiply(
        last - first, outputs, depth, .init(pointer: patches, leading: depth, isTransposed: false),
        .init(pointer: filter, leading: outputs, isTransposed: false), accumulates: accumulates,
        into: place + (first - rows.lowerBound) * outputs, leading: outputs, scratch: scratch, usesLibrary: usesLibrary)
    }
  }

  private func makeInputGradient(
    _ images: Range<Int>, _ y: UnsafeMutablePointer<Float>, _ filter: UnsafeMutablePointer<Float>,
    at place: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>
  ) {
    let patches = scratch + Multiplication.scratchCount
    if !accumulates { gan_set_identity(Int32(GAN_SUM), place, Int64(images.count * convolution.inputCount)) }
    let target = place - images.lowerBound * convolution.inputCount
    for first in stride(from: images.lowerBound * positions, to: images.upperBound * positions, by: chunk) {
      let last = min(images.upperBound * positions, first + chunk)
      Multiplication.multiply(
        last - first, depth, outputs, .init(pointer: y + first * outputs, leading: outputs, isTransposed: false),
        .init(pointer: filter, leading: outputs, isTransposed: true), accumulates: false, into: patches, leading: depth,
        scratch: scratch, usesLibrary: usesLibrary)
      withUnsafePointer(to: sizes) { gan_col2im($0, target, Int64(first), Int64(last), patches, Int64(depth)) }
    }
  }

  private func runWeightGradient(_ context: ExecutionContext) {
    guard let target = context[target], depth > 0, outputs > 0 else { return }
    let all = images * positions
    guard all > 0, let x = context[convolution.x], let y = context[convolution.y]
    else {
      if !accumulates { gan_set_identity(Int32(GAN_SUM), target, Int64(depth * outputs)) }
      return
    }
    let partial = parts.flatMap { context[$0.buffer] }
    context.pool.run(blocks: (all + blockLength - 1) / blockLength) { block, worker in
      let patches = context.scratch(of: worker) + Multiplication.scratchCount
      let start = block * blockLength
      let end = min(all, start + blockLength)
      for first in stride(from: start, to: end, by: chunk) {
        let last = min(end, first + chunk)
        gather(x, first, last, patches)
        Multiplication.multiply(
          depth, outputs, last - first, .init(pointer: patches, leading: depth, isTransposed: true),
          .init(pointer: y + first * outputs, leading: outputs, isTransposed: false),
          accumulates: first > start || (partial == nil && accumulates),
          into: partial.map { $0 + block * depth * outputs } ?? target, leading: outputs, scratch: context.scratch(of: worker),
          usesLibrary: usesLibrary)
      }
    }
    if let partial, let parts {
      ProductStep.sum(partial, parts: parts.count, count: depth * outputs, accumulates: accumulates, into: target, context)
    }
  }

  private func gather(_ x: UnsafePointer<Float>, _ first: Int, _ last: Int, _ patches: UnsafeMutablePointer<Float>) {
    withUnsafePointer(to: sizes) { gan_im2col($0, x, Int64(first), Int64(last), patches, Int64(depth)) }
  }
}

extension gan_convolution {
  init(_ geometry: ConvolutionGeometry, channels: Int) {
    let (height, width) = (geometry.height, geometry.width)
    self.init(
      height: Int64(height.input), width: Int64(width.input), channels: Int64(channels), out_height: Int64(height.output),
      out_width: Int64(width.output), kernel_height: Int64(height.kernel), kernel_width: Int64(width.kernel),
      stride_y: Int64(height.stride), stride_x: Int64(width.stride), before_y: Int64(height.before),
      before_x: Int64(width.before))
  }
}
