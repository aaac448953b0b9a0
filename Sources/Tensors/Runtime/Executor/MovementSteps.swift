import Kernels

/// A box of numbers copied from one layout to another, in parallel.
struct BoxCopy {
  private var sizes: [Int64]
  private var targets: [Int64]
  private var sources: [Int64]
  private let axis: Int
  private let length: Int

  /// Sizes and strides, outermost axis first.
  init(sizes: [Int], targetStrides: [Int], sourceStrides: [Int]) throws {
    var axes = zip(sizes, zip(targetStrides, sourceStrides)).map { (size: $0, target: $1.0, source: $1.1) }
    axes.removeAll { $0.size == 1 }
    var index = axes.count - 1
    while index > 0 {
      let (outer, inner) = (axes[index - 1], axes[index])
      if outer.target == inner.target &* inner.size, outer.source == inner.source &* inner.size {
        axes[index - 1] = (outer.size &* inner.size, inner.target, inner.source)
        axes.remove(at: index)
      }
      index -= 1
    }
    guard axes.count <= GAN_MAXIMUM_RANK else {
      throw TensorError(
        title: "the tensor has too many axes", operands: [("x", Shape.text(sizes))],
        advice: "At most \(GAN_MAXIMUM_RANK) axes can be moved in this way. Reshape it to fewer axes.")
    }
    if axes.isEmpty { axes = [(1, 1, 1)] }
    self.sizes = axes.map { Int64($0.size) }
    targets = axes.map { Int64($0.target) }
    sources = axes.map { Int64($0.source) }
    let count = axes.reduce(1) { $0 &* $1.size }
    let wanted = max(1, min(32, count / 65536))
    let chosen = axes.firstIndex { $0.size >= wanted } ?? axes.indices.max { axes[$0].size < axes[$1].size } ?? 0
    axis = chosen
    length = max(1, (axes[chosen].size + wanted - 1) / wanted)
  }

  func run(to target: UnsafeMutablePointer<Float>, from source: UnsafePointer<Float>, _ pool: ThreadPool) {
    let size = Int(sizes[axis])
    pool.run(blocks: (size + length - 1) / length) { block, _ in
      var sizes = sizes
      let start = block * length
      sizes[axis] = Int64(min(length, size - start))
      gan_copy(
        Int32(sizes.count), sizes, target + start * Int(targets[axis]), targets, source + start * Int(sources[axis]), sources)
    }
  }
}

/// A view made into memory in row-major order.
final class CopyStep: Step {
  private let source: (buffer: Int, offset: Int)
  private let target: Int
  private let box: BoxCopy

  init(_ view: View, buffer: Int, target: Int, name: String) throws {
    source = (buffer, view.offset)
    self.target = target
    box = try BoxCopy(
      sizes: view.sizes, targetStrides: Shape(unchecked: view.sizes).strides, sourceStrides: view.strides)
    super.init(name: name, flops: 0, bytes: 8 * Double(view.count), reads: [buffer], writes: [target])
  }

  override func formulas(_ notation: PlanNotation) -> [String] {
    let isConstant = source.buffer == Plan.constants
    return [
      "\(notation.result(target)) = copy(\(isConstant ? notation.constant(at: source.offset) : notation.operand(source.buffer)))"
    ]
  }

  override func run(_ context: ExecutionContext) {
    guard let target = context[target], let source = context[source.buffer] else { return }
    box.run(to: target, from: source + self.source.offset, context.pool)
  }
}

/// Boxes put into a larger one, with zeros elsewhere: padding, and concatenation.
final class AssemblyStep: Step {
  struct Part {
    var buffer: Int
    var sourceOffset: Int
    var targetOffset: Int
    var box: BoxCopy
  }

  private let parts: [Part]
  private let target: Int
  private let count: Int
  private let hasGaps: Bool

  init(_ parts: [Part], target: Int, count: Int, hasGaps: Bool, name: String) {
    (self.parts, self.target, self.count, self.hasGaps) = (parts, target, count, hasGaps)
    super.init(name: name, flops: 0, bytes: 8 * Double(count), reads: parts.map(\.buffer), writes: [target])
  }

  override func run(_ context: ExecutionContext) {
    guard let target = context[target] else { return }
    if hasGaps {
      let length = 65536
      context.pool.run(blocks: (count + length - 1) / length) { block, _ in
        gan_set_identity(
          Int32(GAN_SUM), target + block * length, Int64(min(length, count - block * length)))
      }
    }
    for part in parts {
      guard let source = context[part.buffer] else { continue }
      part.box.run(to: target + part.targetOffset, from: source + part.sourceOffset, context.pool)
    }
  }
}

/// Rows of a table by their numbers, and numbers added to rows.
final class RowsStep: Step {
  private let scatters: Bool
  private let values: (buffer: Int, offset: Int)
  private let indices: (buffer: Int, offset: Int)
  private let target: Int
  private let tableRows: Int
  private let count: Int
  private let width: Int

  init(
    scatters: Bool, values: (buffer: Int, offset: Int), indices: (buffer: Int, offset: Int), target: Int, tableRows: Int,
    count: Int, width: Int
  ) {
    (self.scatters, self.values, self.indices, self.target) = (scatters, values, indices, target)
    (self.tableRows, self.count, self.width) = (tableRows, count, width)
    super.init(
      name: "\(scatters ? "scatter" : "gather") \(count)×\(width)", flops: 0,
      bytes: 8 * Double(count) * Double(width) + (scatters ? 4 * Double(tableRows) * Double(width) : 0),
      reads: [values.buffer, indices.buffer], writes: [target])
  }

  override func run(_ context: ExecutionContext) {
    guard let target = context[target], width > 0 else { return }
    if scatters { gan_set_identity(Int32(GAN_SUM), target, Int64(tableRows * width)) }
    guard count > 0, let values = context[values.buffer].map({ $0 + self.values.offset }),
      let indices = context[indices.buffer].map({ $0 + self.indices.offset })
    else { return }
    indices.withMemoryRebound(to: UInt32.self, capacity: count) { move(values, $0, to: target, context) }
  }

  private func move(
    _ values: UnsafeMutablePointer<Float>, _ indices: UnsafeMutablePointer<UInt32>, to target: UnsafeMutablePointer<Float>,
    _ context: ExecutionContext
  ) {
    if scatters {
      // Columns are shared out, so that rows are added in their order.
      let length = max(64, (width + 31) / 32)
      context.pool.run(blocks: (width + length - 1) / length) { block, _ in
        gan_scatter_add(
          target, Int64(tableRows), values, indices, Int64(count), Int64(width), Int64(block * length),
          Int64(min(width, (block + 1) * length)))
      }
    } else {
      let length = max(1, 65536 / width)
      context.pool.run(blocks: (count + length - 1) / length) { block, _ in
        let start = block * length
        gan_gather(
          target + start * width, values, Int64(tableRows), indices + start, Int64(min(length, count - start)), Int64(width))
      }
    }
  }
}
