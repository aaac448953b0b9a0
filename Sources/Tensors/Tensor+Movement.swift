extension Tensor {
  // MARK: Shape

  /// The same numbers, in row-major order, under another shape. One size may be −1: it is worked out from the others.
  ///
  /// - Throws: a `TensorError` where the sizes do not multiply to the number of elements, or more than one is −1.
  public func reshaped(_ dimensions: [Int]) throws -> Tensor {
    var sizes = dimensions
    if let unknown = sizes.firstIndex(of: -1) {
      guard !sizes[(unknown + 1)...].contains(-1) else { throw misfit(dimensions) }
      sizes[unknown] = 1
      let known = try Shape(sizes).count
      guard known > 0, count % known == 0 else { throw misfit(dimensions) }
      sizes[unknown] = count / known
    }
    let wanted = try Shape(sizes)
    guard wanted.count == count else { throw misfit(dimensions) }
    return try Tensor(built: Node.reshape(node, to: wanted), isMask: isMask)
  }

  private func misfit(_ wanted: [Int]) -> TensorError {
    guard wanted.count(where: { $0 == -1 }) < 2 else {
      return TensorError(
        title: "only one size of a shape can be worked out", operands: [("shape", Shape.text(wanted))],
        advice: "-1 stands for the size that follows from the others; write the others as numbers.")
    }
    let needed =
      wanted.contains(-1) ? "one size of -1 is worked out, if the others divide \(count)" : "they must multiply to \(count)"
    return TensorError(
      title: "the numbers do not fit the new shape", operands: [("x", "\(shape)"), ("shape", Shape.text(wanted))],
      advice: "There are \(count) numbers; the sizes must account for them all: \(needed).")
  }

  /// Axis `i` of the result is axis `permutation[i]` of this tensor; nil reverses the axes.
  ///
  /// - Throws: a `TensorError` where an axis is missing from `permutation`, or stands in it twice.
  public func transposed(_ permutation: [Int]? = nil) throws -> Tensor {
    let order = try permutation.map { try $0.map { try shape.axis($0) } } ?? Array((0..<rank).reversed())
    guard order.sorted() == Array(0..<rank) else {
      throw TensorError(
        title: "a transposition names each axis once", operands: [("x", "\(shape)"), ("axes", Shape.text(order))],
        advice: rank == 0 ? "A single number has no axes." : "Give the axes 0 to \(rank - 1) in their new order.")
    }
    return try Tensor(built: Node.transpose(node, order), isMask: isMask)
  }

  /// Repeated to `dimensions` by NumPy's rules.
  ///
  /// - Throws: a `TensorError` where an axis that is not of size 1 would be repeated.
  public func broadcasted(to dimensions: [Int]) throws -> Tensor {
    let wanted = try Shape(dimensions)
    guard try Shape.broadcast([("x", shape), ("shape", wanted)]) == wanted else {
      throw TensorError(
        title: "the tensor cannot be repeated to that shape", operands: [("x", "\(shape)"), ("shape", "\(wanted)")],
        advice: "Only axes of size 1, and missing axes in front, are repeated.")
    }
    return try Tensor(built: Node.broadcast(node, to: wanted), isMask: isMask)
  }

  /// A new axis of size 1 before axis `axis` (−1: after the last).
  ///
  /// - Throws: a `TensorError` for an axis outside of −rank − 1 … rank.
  public func expanded(axis: Int) throws -> Tensor {
    guard axis >= -rank - 1, axis <= rank else {
      throw TensorError(title: "there is no such place for an axis", operands: [("axis", "\(axis)"), ("x", "\(shape)")])
    }
    var sizes = shape.dimensions
    sizes.insert(1, at: axis < 0 ? axis + rank + 1 : axis)
    return try Tensor(built: Node.reshape(node, to: Shape(unchecked: sizes, count: count)), isMask: isMask)
  }

  /// Without the axes of size 1, or without `axes` of them.
  ///
  /// - Throws: a `TensorError` where one of `axes` does not exist, or is not of size 1.
  public func squeezed(axes: [Int]? = nil) throws -> Tensor {
    let dropped = try axes.map { try shape.axes($0) } ?? shape.dimensions.indices.filter { shape[$0] == 1 }
    if let long = dropped.first(where: { shape[$0] != 1 }) {
      throw TensorError(
        title: "only an axis of size 1 can be left out", operands: [("x", "\(shape)"), ("axis", "\(long) has \(shape[long])")])
    }
    return try Tensor(built: Node.reshape(node, to: shape.dropping(dropped)), isMask: isMask)
  }

  // MARK: Parts

  /// The part at `index` along `axis`, without that axis; a negative index counts from the end.
  ///
  /// - Throws: a `TensorError` where there is no such axis, or no such place on it.
  public func element(_ index: Int, axis: Int = 0) throws -> Tensor {
    let axis = try shape.axis(axis)
    let size = shape[axis]
    guard index >= -size, index < size else {
      throw TensorError(
        title: "the index is outside the tensor", operands: [("x", "\(shape)"), ("index", "\(index)")],
        advice: size == 0
          ? "Axis \(axis) is empty." : "Axis \(axis) has \(size) elements: 0 to \(size - 1), or -\(size) to -1 from the end.")
    }
    let start = index < 0 ? index + size : index
    return try Tensor(built: Node.reshape(part(axis, start: start, step: 1, size: 1), to: shape.dropping([axis])), isMask: isMask)
  }

  /// Elements `from` up to but not including `to` along `axis`, every `step`th; what lies outside is left out.
  /// Negative ends count from the end; a negative step goes backwards from `from` down to, but not including, `to`.
  ///
  /// - Throws: a `TensorError` where there is no such axis, or `step` is 0.
  public func sliced(axis: Int = 0, from: Int? = nil, to: Int? = nil, step: Int = 1) throws -> Tensor {
    let axis = try shape.axis(axis)
    let size = shape[axis]
    guard step != 0, step > -Int(Int32.max), step < Int(Int32.max) else {
      throw TensorError(title: "a step is a whole number other than 0", operands: [("step", "\(step)")])
    }
    func place(_ end: Int, _ low: Int, _ high: Int) -> Int {
      Swift.min(Swift.max(end < 0 ? end + size : end, low), high)
    }
    if step > 0 {
      let start = place(from ?? 0, 0, size)
      let end = Swift.max(to.map { place($0, 0, size) } ?? size, start)
      return try Tensor(built: part(axis, start: start, step: step, size: (end - start + step - 1) / step), isMask: isMask)
    }
    let start = place(from ?? size - 1, -1, size - 1)
    let end = Swift.min(to.map { place($0, -1, size - 1) } ?? -1, start)
    return try Tensor(
      built: part(axis, start: Swift.max(start, 0), step: step, size: (start - end - step - 1) / -step), isMask: isMask)
  }

  private func part(_ axis: Int, start: Int, step: Int, size: Int) throws -> Node {
    var starts = [Int](repeating: 0, count: rank)
    var steps = [Int](repeating: 1, count: rank)
    var sizes = shape.dimensions
    (starts[axis], steps[axis], sizes[axis]) = (size == 0 ? 0 : start, size < 2 ? 1 : step, size)
    return try Node.slice(node, starts: starts, steps: steps, sizes: sizes)
  }

  /// Parts of the given sizes along `axis`, which they must fill.
  ///
  /// - Throws: a `TensorError` where there is no such axis, or the sizes do not add up to it.
  public func split(sizes: [Int], axis: Int = 0) throws -> [Tensor] {
    let axis = try shape.axis(axis)
    let total = try sizes.map { try Shape([$0]).count }.reduce(0, &+)
    guard total == shape[axis] else {
      throw TensorError(
        title: "the parts do not fill the axis", operands: [("x", "\(shape)"), ("sizes", Shape.text(sizes))],
        advice: "They must add up to \(shape[axis]).")
    }
    var start = 0
    return try sizes.map { size in
      defer { start += size }
      return try Tensor(built: part(axis, start: start, step: 1, size: size), isMask: isMask)
    }
  }

  /// Rows by number along `axis`, in the given order, repetitions allowed. Negative numbers count from the end.
  ///
  /// - Throws: a `TensorError` where there is no such axis, or no such place on it.
  public func taken(_ indices: [Int], axis: Int = 0) throws -> Tensor {
    let axis = try shape.axis(axis)
    let size = shape[axis]
    let rows = try indices.map { index in
      guard index >= -size, index < size else {
        throw TensorError(
          title: "the index is outside the tensor", operands: [("x", "\(shape)"), ("indices", "\(index)")],
          advice: size == 0 ? "Axis \(axis) is empty." : "Axis \(axis) has \(size) elements: 0 to \(size - 1).")
      }
      return index < 0 ? index + size : index
    }
    let places = try Node.places(rows)
    var sizes = shape.dimensions
    sizes[axis] = rows.count
    _ = try Shape(sizes)
    let front = [axis] + (0..<rank).filter { $0 != axis }
    let back = (0..<rank).map { $0 < axis ? $0 + 1 : $0 == axis ? 0 : $0 }
    return try Tensor(built: Node.transpose(Node.gather(Node.transpose(node, front), places), back), isMask: isMask)
  }

  // MARK: Order

  /// Reversed along `axes`.
  ///
  /// - Throws: a `TensorError` where one of `axes` does not exist, or stands there twice.
  public func flipped(axes: [Int]? = nil) throws -> Tensor {
    try Tensor(built: Node.flip(node, axes: try shape.axes(axes)), isMask: isMask)
  }

  /// The whole repeated `repeats[i]` times along axis i.
  ///
  /// - Throws: a `TensorError` where there is not one count of 0 or more for each axis.
  public func tiled(_ repeats: [Int]) throws -> Tensor {
    guard repeats.count == rank, repeats.allSatisfy({ $0 >= 0 }) else {
      throw TensorError(
        title: "tiling takes a count for each axis", operands: [("x", "\(shape)"), ("repeats", Shape.text(repeats))],
        advice: "Give \(rank) counts of 0 or more.")
    }
    var spread: [Int] = []
    var apart: [Int] = []
    for (size, times) in zip(shape.dimensions, repeats) {
      apart += [1, size]
      spread += [times, size]
    }
    let whole = try Shape(spread)
    let sizes = zip(shape.dimensions, repeats).map { size, times in
      let (product, overflowed) = size.multipliedReportingOverflow(by: times)
      return overflowed ? Int.max : product
    }
    let repeated = Node.broadcast(Node.reshape(try node, to: Shape(unchecked: apart, count: count)), to: whole)
    return try Tensor(built: Node.reshape(repeated, to: try Shape(sizes)), isMask: isMask)
  }

  /// `value` before and after along each axis.
  ///
  /// - Throws: a `TensorError` where there are not two sizes of 0 or more for each axis.
  public func padded(before: [Int], after: [Int], value: Double = 0) throws -> Tensor {
    guard before.count == rank, after.count == rank, (before + after).allSatisfy({ $0 >= 0 && $0 < 1 << 40 }) else {
      throw TensorError(
        title: "padding takes two sizes for each axis",
        operands: [("x", "\(shape)"), ("before", Shape.text(before)), ("after", Shape.text(after))],
        advice: "Give \(rank) sizes of 0 or more for each side.")
    }
    _ = try Shape(zip(shape.dimensions, zip(before, after)).map { $0 + $1.0 + $1.1 })
    let none = [Int](repeating: 0, count: rank)
    let padded = Node.pad(try node, before: before, after: after, interior: none)
    if value == 0 { return try Tensor(built: padded, isMask: isMask) }
    // Chosen, not computed: the given numbers stay what they are, beside whatever border.
    let isInside = Node.pad(Node.fill(1, shape), before: before, after: after, interior: none)
    return try Tensor(
      built: Node.select(isInside, padded, Node.fill(value, padded.shape)), isMask: isMask && value == 1)
  }

  // MARK: Joining

  /// One after another along `axis`; all other sizes are equal.
  ///
  /// - Throws: a `TensorError` where there is no tensor, no such axis, or a size of another axis differs.
  public static func concat(_ tensors: [Tensor], axis: Int = 0) throws -> Tensor {
    guard let first = tensors.first else {
      throw TensorError(title: "there is nothing to join", operands: [("tensors", "an empty list")])
    }
    let axis = try first.shape.axis(axis)
    var total = 0
    for tensor in tensors {
      var expected = first.shape.dimensions
      if tensor.rank == expected.count { expected[axis] = tensor.shape[axis] }
      guard tensor.shape.dimensions == expected else {
        throw TensorError(
          title: "the shapes do not fit end to end",
          operands: [("tensors", "\(first.shape) and \(tensor.shape), along axis \(axis)")],
          advice: "All sizes but the one of axis \(axis) must be equal.")
      }
      total += tensor.shape[axis]
    }
    var sizes = first.shape.dimensions
    sizes[axis] = total
    return try Tensor(
      built: Node.concat(try tensors.map { try $0.node }, axis: axis, shape: try Shape(sizes)),
      isMask: tensors.allSatisfy(\.isMask))
  }

  /// One above another along a new axis; all shapes are equal.
  ///
  /// - Throws: a `TensorError` where there is no tensor, the shapes differ, or there is no such place for an axis.
  public static func stack(_ tensors: [Tensor], axis: Int = 0) throws -> Tensor {
    if let first = tensors.first, let other = tensors.first(where: { $0.shape != first.shape }) {
      throw TensorError(
        title: "only tensors of one shape can be stacked", operands: [("tensors", "\(first.shape) and \(other.shape)")],
        advice: "Reshape them first, or use concat.")
    }
    return try concat(tensors.map { try $0.expanded(axis: axis) }, axis: axis)
  }
}
