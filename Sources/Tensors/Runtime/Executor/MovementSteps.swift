import Kernels

/// Copies a box of numbers from one layout to another, in parallel.
struct BoxCopier {
  private let lengths: [Int64]
  private let targets: [Int64]
  private let sources: [Int64]
  private let axis: Int
  private let blockLength: Int

  init(_ box: BoxCopy) {
    lengths = box.sizes.map(Int64.init)
    (targets, sources) = (box.targetStrides.map(Int64.init), box.sourceStrides.map(Int64.init))
    (axis, blockLength) = (box.axis, box.length)
  }

  func run(to target: UnsafeMutablePointer<Float>, from source: UnsafePointer<Float>, _ pool: Workers) {
    let size = Int(lengths[axis])
    pool.run(blocks: (size + blockLength - 1) / blockLength) { block, _ in
      var lengths = lengths
      let start = block * blockLength
      lengths[axis] = Int64(min(blockLength, size - start))
      gan_copy(
        Int32(lengths.count), lengths, target + start * Int(targets[axis]), targets, source + start * Int(sources[axis]), sources)
    }
  }
}

/// A view made into memory in row-major order.
final class CopyStep: Step {
  private let work: CopyWork
  private let copier: BoxCopier

  init(_ work: CopyWork, _ planned: PlannedStep) {
    (self.work, copier) = (work, BoxCopier(work.box))
    super.init(planned)
  }

  override func run(_ context: ExecutionContext) {
    guard let target = context[work.target], let source = context[work.source] else { return }
    copier.run(to: target, from: source, context.pool)
  }
}

/// Boxes put into a larger one, with zeros elsewhere: padding, and concatenation.
final class AssemblyStep: Step {
  private let work: AssemblyWork
  private let copiers: [BoxCopier]

  init(_ work: AssemblyWork, _ planned: PlannedStep) {
    (self.work, copiers) = (work, work.parts.map { BoxCopier($0.box) })
    super.init(planned)
  }

  override func run(_ context: ExecutionContext) {
    guard let target = context[work.target] else { return }
    if work.hasGaps {
      let (count, length) = (work.shape.count, Tuning.movementBlock)
      context.pool.run(blocks: (count + length - 1) / length) { block, _ in
        gan_set_identity(
          Int32(GAN_SUM), target + block * length, Int64(min(length, count - block * length)))
      }
    }
    for (part, copier) in zip(work.parts, copiers) {
      guard let source = context[part.source] else { continue }
      copier.run(to: target + part.targetOffset, from: source, context.pool)
    }
  }
}

/// Rows of a table by their numbers, and numbers added to rows.
final class RowsStep: Step {
  private let work: RowMovement

  init(_ work: RowMovement, _ planned: PlannedStep) {
    self.work = work
    super.init(planned)
  }

  override func run(_ context: ExecutionContext) {
    guard let target = context[work.target], work.width > 0 else { return }
    if work.scatters { gan_set_identity(Int32(GAN_SUM), target, Int64(work.tableRows * work.width)) }
    guard work.count > 0, let values = context[work.values], let indices = context[work.indices] else { return }
    indices.withMemoryRebound(to: UInt32.self, capacity: work.count) { move(values, $0, to: target, context) }
  }

  private func move(
    _ values: UnsafeMutablePointer<Float>, _ indices: UnsafeMutablePointer<UInt32>, to target: UnsafeMutablePointer<Float>,
    _ context: ExecutionContext
  ) {
    let (tableRows, count, width) = (work.tableRows, work.count, work.width)
    if work.scatters {
      // Columns are shared out, so that rows are added in their order.
      let length = max(Tuning.scatterColumns, (width + 31) / 32)
      context.pool.run(blocks: (width + length - 1) / length) { block, _ in
        gan_scatter_add(
          target, Int64(tableRows), values, indices, Int64(count), Int64(width), Int64(block * length),
          Int64(min(width, (block + 1) * length)))
      }
    } else {
      let length = max(1, Tuning.movementBlock / width)
      context.pool.run(blocks: (count + length - 1) / length) { block, _ in
        let start = block * length
        gan_gather(
          target + start * width, values, Int64(tableRows), indices + start, Int64(min(length, count - start)), Int64(width))
      }
    }
  }
}
