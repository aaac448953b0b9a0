import Kernels

/// A box of numbers that is copied from one layout to another, and how the copy is cut. Axes are outermost first.
struct BoxCopy {
  let sizes: [Int]
  let targetStrides: [Int]
  let sourceStrides: [Int]
  /// The axis along which the copy is cut, and the length of a block there.
  let axis: Int
  let length: Int

  /// - Throws: `TensorError` where so many axes do not join to as many as can be moved.
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
    self.sizes = axes.map(\.size)
    self.targetStrides = axes.map(\.target)
    self.sourceStrides = axes.map(\.source)
    let count = axes.reduce(1) { $0 &* $1.size }
    let wanted = max(1, min(Tuning.copyBlocks, count / Tuning.movementBlock))
    let chosen = axes.firstIndex { $0.size >= wanted } ?? axes.indices.max { axes[$0].size < axes[$1].size } ?? 0
    axis = chosen
    length = max(1, (axes[chosen].size + wanted - 1) / wanted)
  }
}

/// A view made into memory in row-major order.
struct CopyWork: PlannedWork {
  let shape: Shape
  let source: BufferPlace
  let target: Int
  let box: BoxCopy

  /// - Parameter view: Of numbers that begin at `source`.
  init(_ view: View, shape: Shape, source: BufferPlace, target: Int) throws {
    (self.shape, self.source, self.target) = (shape, source, target)
    box = try BoxCopy(
      sizes: view.sizes, targetStrides: Shape(unchecked: view.sizes).strides, sourceStrides: view.strides)
  }

  var bytes: Double { 8 * Double(shape.count) }
  var reads: [Int] { [source.buffer] }
  var writes: [Int] { [target] }
  var name: String { "copy \(shape)" }
}

/// Boxes put into a larger one, with zeros elsewhere: padding, and concatenation.
struct AssemblyWork: PlannedWork {
  struct Part {
    var source: BufferPlace
    var targetOffset: Int
    var box: BoxCopy
  }

  let parts: [Part]
  let target: Int
  let shape: Shape
  /// Whether it is padding: numbers between the parts are zeros.
  let hasGaps: Bool

  var bytes: Double { 8 * Double(shape.count) }
  var reads: [Int] { parts.map(\.source.buffer) }
  var writes: [Int] { [target] }
  var operationName: String { hasGaps ? "pad" : "concatenation" }
  var name: String { "\(operationName) \(shape)" }
}

/// Rows of a table by their numbers (gather), and numbers added to rows (scatter).
struct RowMovement: PlannedWork {
  let scatters: Bool
  let values: BufferPlace
  let indices: BufferPlace
  let target: Int
  let tableRows: Int
  /// Indices, and numbers of a row.
  let count: Int
  let width: Int

  var bytes: Double {
    8 * Double(count) * Double(width) + (scatters ? 4 * Double(tableRows) * Double(width) : 0)
  }
  var reads: [Int] { [values.buffer, indices.buffer] }
  var writes: [Int] { [target] }
  var operationName: String { scatters ? "scatter" : "gather" }
  var name: String { "\(operationName) \(count)×\(width)" }
}
