/// The sizes of a convolution and where its data, filter and results lie. One of the three is the result, the others are read.
struct Convolution {
  /// A convolution and its two gradients.
  enum Direction {
    /// y = x ∗ w.
    case forward
    /// x̄ = ȳ ∗ᵀ w: the gradient by the input, which is the transposed convolution.
    case inputGradient
    /// w̄ = x ∗ ȳ.
    case weightGradient
  }

  var direction: Direction
  var geometry: ConvolutionGeometry
  var images: Int
  var channels: Int
  var outputs: Int
  var x: BufferPlace
  var filter: BufferPlace
  var y: BufferPlace
  /// Whether the result is added to what is there.
  var accumulates: Bool

  var target: Int {
    switch direction {
    case .forward: y.buffer
    case .inputGradient: x.buffer
    case .weightGradient: filter.buffer
    }
  }

  /// The two that are read.
  var operands: [BufferPlace] {
    switch direction {
    case .forward: [x, filter]
    case .inputGradient: [y, filter]
    case .weightGradient: [x, y]
    }
  }

  /// Output positions of an image.
  var positions: Int { geometry.height.output &* geometry.width.output }
  /// Numbers of an image of x, and of y.
  var inputCount: Int { geometry.height.input &* geometry.width.input &* channels }
  var outputCount: Int { positions &* outputs }
  /// Numbers of a patch.
  var depth: Int { geometry.height.kernel &* geometry.width.kernel &* channels }

  /// What the numbers in and out and the filter take in memory.
  var bytes: Double {
    4 * (Double(images) * (Double(inputCount) + Double(positions) * Double(outputs)) + Double(depth) * Double(outputs))
  }

  var operationName: String {
    switch direction {
    case .forward: "convolution"
    case .inputGradient: "transposed convolution"
    case .weightGradient: "weight gradient"
    }
  }

  /// The kernel, for those who read a plan.
  var kernelText: String {
    let (height, width) = (geometry.height, geometry.width)
    return "\(height.kernel)×\(width.kernel), stride \(height.stride)×\(width.stride)"
  }
}

/// A convolution by im2col: patches of x are gathered (or scattered) a block at a time, and a matrix product does the rest. Each block
/// is small enough to stay in the caches.
struct Im2colConvolution: BlockwiseWork {
  let convolution: Convolution
  /// Parts of a weight gradient, one for each block.
  let parts: (buffer: Int, count: Int)?
  /// Output positions of the patches at a time.
  let chunk: Int
  /// Images of a block of work (input gradient), positions of one (the others).
  let blockLength: Int

  init(_ convolution: Convolution, buffers: inout PlanBuffers) {
    self.convolution = convolution
    let all = convolution.positions &* convolution.images
    let (depth, outputs) = (convolution.depth, convolution.outputs)
    let wanted = ProductCut.blocks(work: 2 * Double(all) * Double(depth) * Double(outputs))
    switch convolution.direction {
    case .forward:
      blockLength = max(1, (all + wanted - 1) / wanted)
      parts = nil
    case .inputGradient:
      blockLength = max(1, (convolution.images + wanted - 1) / wanted)
      parts = nil
    case .weightGradient:
      let count = max(1, min(wanted, Tuning.weightGradientBlocks, all / Tuning.weightGradientPositions))
      blockLength = max(1, (all + count - 1) / count)
      let blocks = (all + blockLength - 1) / blockLength
      parts = blocks > 1 ? (buffers.make(blocks &* depth &* outputs), blocks) : nil
    }
    let longest =
      switch convolution.direction {
      case .forward, .weightGradient: blockLength
      case .inputGradient: blockLength &* convolution.positions
      }
    chunk = max(1, min(Tuning.patchCount / max(depth, 1), longest))
  }

  private var all: Int { convolution.positions &* convolution.images }
  var flops: Double { 2 * Double(all) * Double(convolution.depth) * Double(convolution.outputs) }
  var bytes: Double { convolution.bytes }
  var reads: [Int] { convolution.operands.map(\.buffer) }
  var writes: [Int] { [convolution.target] + (parts.map { [$0.buffer] } ?? []) }
  var scratchCount: Int { Multiplication.scratchCount + (chunk &* convolution.depth + 15) / 16 * 16 }
  var isContraction: Bool { true }
  var name: String { "\(convolution.operationName) \(all)×\(convolution.outputs)×\(convolution.depth)" }

  var target: Int { convolution.target }

  var blocks: ResultBlocks? {
    let (images, outputs) = (convolution.images, convolution.outputs)
    guard images > 0, convolution.positions > 0, convolution.depth > 0, outputs > 0 else { return nil }
    switch convolution.direction {
    case .forward: return ResultBlocks(rows: images * convolution.positions, columns: outputs, blockRows: blockLength)
    case .inputGradient: return ResultBlocks(rows: images, columns: convolution.inputCount, blockRows: blockLength)
    case .weightGradient: return nil
    }
  }
}
