import Kernels

/// One of a convolution's three faces: patches of x are gathered (or scattered) a block at a time, and a matrix product does
/// the rest. Each block is small enough to stay in the caches.
final class ConvolutionStep: Step, BlockwiseStep {
  enum Face {
    /// y = x ∗ w.
    case forward
    /// x̄ = ȳ ∗ᵀ w.
    case byInput
    /// w̄ = x ∗ ȳ.
    case byFilter
  }

  private let face: Face
  private let sizes: gan_convolution
  private let images: Int
  private let outputs: Int
  /// Of x, of the filter, of y.
  private let x: (buffer: Int, offset: Int)
  private let filter: (buffer: Int, offset: Int)
  private let y: (buffer: Int, offset: Int)
  private let parts: (buffer: Int, count: Int)?
  /// Whether the result is added to what is there.
  private let accumulates: Bool
  /// Output positions of a patch block, and of an image.
  private let chunk: Int
  private let positions: Int
  /// Columns of the patches.
  private let depth: Int
  /// Images of a block of work (by input), positions of one (the others).
  private let blockLength: Int

  /// Floats of patches in the cache at a time.
  private static let patchCount = 512 * 1024

  init(
    _ face: Face, _ geometry: ConvolutionGeometry, images: Int, channels: Int, outputs: Int, x: (buffer: Int, offset: Int),
    filter: (buffer: Int, offset: Int), y: (buffer: Int, offset: Int), accumulates: Bool, makeBuffer: (Int) -> Int
  ) {
    (self.face, self.images, self.outputs, self.x, self.filter, self.y) = (face, images, outputs, x, filter, y)
    self.accumulates = accumulates
    let (height, width) = (geometry.height, geometry.width)
    sizes = gan_convolution(geometry, channels: channels)
    positions = height.output &* width.output
    depth = height.kernel &* width.kernel &* channels
    let all = positions &* images
    let work = 2 * Double(all) * Double(depth) * Double(outputs)
    let wanted = ProductStep.Cut.blocks(work: work)
    switch face {
    case .forward:
      blockLength = max(1, (all + wanted - 1) / wanted)
      parts = nil
    case .byInput:
      blockLength = max(1, (images + wanted - 1) / wanted)
      parts = nil
    case .byFilter:
      let count = max(1, min(wanted, 8, all / 256))
      blockLength = max(1, (all + count - 1) / count)
      let blocks = (all + blockLength - 1) / blockLength
      parts = blocks > 1 ? (makeBuffer(blocks &* depth &* outputs), blocks) : nil
    }
    chunk = max(1, min(Self.patchCount / max(depth, 1), face == .byInput ? blockLength &* positions : blockLength))
    let bytes =
      4 * (Double(images) * Double(height.input * width.input * channels) + Double(depth * outputs) + Double(all * outputs))
    let (name, reads, write) =
      switch face {
      case .forward: ("convolution", [x.buffer, filter.buffer], y.buffer)
      case .byInput: ("convolution by input", [y.buffer, filter.buffer], x.buffer)
      case .byFilter: ("convolution by filter", [x.buffer, y.buffer], filter.buffer)
      }
    super.init(
      name: "\(name) \(all)×\(outputs)×\(depth)", flops: work, bytes: bytes, reads: reads,
      writes: parts.map { [write, $0.buffer] } ?? [write],
      scratchCount: Multiplication.scratchCount + (chunk &* depth + 15) / 16 * 16)
  }

  override var isProduct: Bool { true }

  override func formulas(_ notation: PlanNotation) -> [String] {
    let (target, left, right) =
      switch face {
      case .forward: (y.buffer, x.buffer, filter.buffer)
      case .byInput: (x.buffer, y.buffer, filter.buffer)
      case .byFilter: (filter.buffer, x.buffer, y.buffer)
      }
    let kernel = "\(sizes.kernel_height)×\(sizes.kernel_width), stride \(sizes.stride_y)×\(sizes.stride_x)"
    let operation =
      switch face {
      case .forward: "conv"
      case .byInput: "deconv"
      case .byFilter: "filter gradient"
      }
    return [
      "\(notation.results([target])) \(accumulates ? "+=" : "=") "
        + "\(operation)(\(notation.operand(left)), \(notation.operand(right)))  \(kernel)"
    ]
  }

  override func run(_ context: ExecutionContext) {
    if face == .byFilter {
      runByFilter(context)
    } else if let blocks {
      runBlocks(blocks, context)
    } else if !accumulates, let target = context[target] {
      let count = face == .forward ? positions * outputs : imageCount
      gan_set_identity(Int32(GAN_SUM), target, Int64(images * count))
    }
  }

  var target: Int {
    switch face {
    case .forward: y.buffer
    case .byInput: x.buffer
    case .byFilter: filter.buffer
    }
  }

  /// Numbers of an image.
  private var imageCount: Int { Int(sizes.height * sizes.width * sizes.channels) }

  var blocks: ResultBlocks? {
    guard images > 0, positions > 0, depth > 0, outputs > 0 else { return nil }
    switch face {
    case .forward: return ResultBlocks(rows: images * positions, columns: outputs, blockRows: blockLength)
    case .byInput: return ResultBlocks(rows: images, columns: imageCount, blockRows: blockLength)
    case .byFilter: return nil
    }
  }

  func make(
    _ block: Int, of blocks: ResultBlocks, at place: UnsafeMutablePointer<Float>, leading: Int,
    beside: UnsafePointer<gan_beside>?, _ context: ExecutionContext, worker: Int
  ) {
    guard let filter = context[filter.buffer].map({ $0 + self.filter.offset }) else { return }
    let scratch = context.scratch(of: worker)
    if face == .forward {
      guard let x = context[x.buffer] else { return }
      makeForward(blocks.rows(of: block), x + self.x.offset, filter, at: place, scratch)
    } else {
      guard let y = context[y.buffer] else { return }
      let first = block * blockLength
      makeByInput(first..<min(first + blockLength, images), y + self.y.offset, filter, at: place, scratch)
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
        into: place + (first - rows.lowerBound) * outputs, leading: outputs, scratch: scratch)
    }
  }

  private func makeByInput(
    _ images: Range<Int>, _ y: UnsafeMutablePointer<Float>, _ filter: UnsafeMutablePointer<Float>,
    at place: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>
  ) {
    let patches = scratch + Multiplication.scratchCount
    if !accumulates { gan_set_identity(Int32(GAN_SUM), place, Int64(images.count * imageCount)) }
    let target = place - images.lowerBound * imageCount
    for first in stride(from: images.lowerBound * positions, to: images.upperBound * positions, by: chunk) {
      let last = min(images.upperBound * positions, first + chunk)
      Multiplication.multiply(
        last - first, depth, outputs, .init(pointer: y + first * outputs, leading: outputs, isTransposed: false),
        .init(pointer: filter, leading: outputs, isTransposed: true), accumulates: false, into: patches, leading: depth,
        scratch: scratch)
      withUnsafePointer(to: sizes) { gan_scatter_patches($0, target, Int64(first), Int64(last), patches, Int64(depth)) }
    }
  }

  private func runByFilter(_ context: ExecutionContext) {
    guard let target = context[filter.buffer], depth > 0, outputs > 0 else { return }
    let all = images * positions
    guard all > 0, let x = context[x.buffer].map({ $0 + self.x.offset }), let y = context[y.buffer].map({ $0 + self.y.offset })
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
          into: partial.map { $0 + block * depth * outputs } ?? target, leading: outputs, scratch: context.scratch(of: worker))
      }
    }
    if let partial, let parts {
      ProductStep.sum(partial, parts: parts.count, count: depth * outputs, accumulates: accumulates, into: target, context)
    }
  }

  private func gather(_ x: UnsafePointer<Float>, _ first: Int, _ last: Int, _ patches: UnsafeMutablePointer<Float>) {
    withUnsafePointer(to: sizes) { gan_gather_patches($0, x, Int64(first), Int64(last), patches, Int64(depth)) }
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
