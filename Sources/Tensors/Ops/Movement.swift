extension Node {
  // MARK: Reshape

  static func reshape(_ x: Node, to shape: Shape) -> Node {
    if x.shape == shape { return x }
    if x.constant != nil { return fill(x.value, shape) }
    if case .reshape = x.operation, x.isOpen { return reshape(x.inputs[0], to: shape) }
    return Node(.reshape, x, shape)
  }

  func reshapeDerivative(_ gradient: Node) -> Node { Node.reshape(gradient, to: inputs[0].shape) }

  // MARK: Transpose

  static func transpose(_ x: Node, _ permutation: [Int]) -> Node {
    let shape = Shape(unchecked: permutation.map { x.shape[$0] }, count: x.shape.count)
    if x.constant != nil { return fill(x.value, shape) }
    // Where the axes of more than one element stay in order, no number moves.
    let moved = permutation.filter { x.shape[$0] != 1 }
    if zip(moved, moved.dropFirst()).allSatisfy({ $0 < $1 }) { return reshape(x, to: shape) }
    if case .transpose(let inner) = x.operation, x.isOpen {
      return transpose(x.inputs[0], permutation.map { inner[$0] })
    }
    return Node(.transpose(permutation: permutation), x, shape)
  }

  func transposeDerivative(_ permutation: [Int], _ gradient: Node) -> Node {
    var inverse = permutation
    for (index, axis) in permutation.enumerated() { inverse[axis] = index }
    return Node.transpose(gradient, inverse)
  }

  // MARK: Broadcast

  /// Repeats axes of size 1; missing axes are added in front.
  static func broadcast(_ x: Node, to shape: Shape) -> Node {
    if x.shape == shape { return x }
    if x.constant != nil { return fill(x.value, shape) }
    guard x.shape.rank == shape.rank else {
      let missing = shape.rank - x.shape.rank
      let dimensions = (0..<shape.rank).map { $0 < missing ? 1 : x.shape[$0 - missing] }
      return broadcast(reshape(x, to: Shape(unchecked: dimensions, count: x.shape.count)), to: shape)
    }
    if case .broadcast = x.operation, x.isOpen { return broadcast(x.inputs[0], to: shape) }
    return Node(.broadcast, x, shape)
  }

  func broadcastDerivative(_ gradient: Node) -> Node {
    let x = inputs[0]
    return Node.reduce(.sum, gradient, axes: shape.dimensions.indices.filter { x.shape[$0] != shape[$0] })
  }

  // MARK: Slice

  /// Element `i` of the result along an axis is element `starts + i * steps` of `x`; all of them exist.
  static func slice(_ x: Node, starts: [Int], steps: [Int], sizes: [Int]) -> Node {
    if sizes == x.shape.dimensions, zip(sizes, zip(starts, steps)).allSatisfy({ $0 < 2 || $1 == (0, 1) }) { return x }
    let shape = Shape(unchecked: sizes)
    if x.constant != nil { return fill(x.value, shape) }
    if case .slice(let innerStarts, let innerSteps) = x.operation, x.isOpen {
      let composed = starts.indices.map { innerStarts[$0] + starts[$0] * innerSteps[$0] }
      return slice(x.inputs[0], starts: composed, steps: zip(steps, innerSteps).map { $0 * $1 }, sizes: sizes)
    }
    return Node(.slice(starts: starts, steps: steps), x, shape)
  }

  func sliceDerivative(starts: [Int], steps: [Int], _ gradient: Node) -> Node {
    let x = inputs[0]
    let axes = Array(starts.indices)
    // Taken backwards is: taken forwards, then reversed.
    let backward = axes.filter { steps[$0] < 0 && shape[$0] > 1 }
    let forward = Node.flip(gradient, axes: backward)
    let lowest = axes.map { backward.contains($0) ? starts[$0] + (shape[$0] - 1) * steps[$0] : starts[$0] }
    let distance = axes.map { shape[$0] > 1 ? Swift.abs(steps[$0]) : 1 }
    return Node.pad(
      forward,
      before: axes.map { shape[$0] == 0 ? x.shape[$0] : lowest[$0] },
      after: axes.map { shape[$0] == 0 ? 0 : x.shape[$0] - lowest[$0] - (shape[$0] - 1) * distance[$0] - 1 },
      interior: distance.map { $0 - 1 })
  }

  /// Reverses the order along `axes`.
  static func flip(_ x: Node, axes: [Int]) -> Node {
    let all = x.shape.dimensions.indices
    let flipped = all.map { axes.contains($0) && x.shape[$0] > 1 }
    let starts = all.map { flipped[$0] ? x.shape[$0] - 1 : 0 }
    return slice(x, starts: starts, steps: all.map { flipped[$0] ? -1 : 1 }, sizes: x.shape.dimensions)
  }

  // MARK: Pad

  /// Zeros before, after and between; the sizes have been checked.
  static func pad(_ x: Node, before: [Int], after: [Int], interior: [Int]) -> Node {
    let sizes = x.shape.dimensions.indices.map { axis in
      let size = x.shape[axis]
      return before[axis] + after[axis] + (size == 0 ? 0 : (size - 1) * (interior[axis] + 1) + 1)
    }
    if sizes == x.shape.dimensions { return x }
    let shape = Shape(unchecked: sizes)
    if x.constant == 0 { return fill(0, shape) }
    return Node(.pad(before: before, after: after, interior: interior), x, shape)
  }

  func padDerivative(before: [Int], interior: [Int], _ gradient: Node) -> Node {
    Node.slice(gradient, starts: before, steps: interior.map { $0 + 1 }, sizes: inputs[0].shape.dimensions)
  }

  // MARK: Concat

  static func concat(_ nodes: [Node], axis: Int, shape: Shape) -> Node {
    if nodes.count == 1 { return nodes[0] }
    return Node(.concat(axis: axis), nodes, shape)
  }

  func concatDerivative(axis: Int, _ gradient: Node, to index: Int) -> Node {
    var starts = [Int](repeating: 0, count: shape.rank)
    starts[axis] = inputs[..<index].reduce(0) { $0 + $1.shape[axis] }
    return Node.slice(
      gradient, starts: starts, steps: [Int](repeating: 1, count: shape.rank), sizes: inputs[index].shape.dimensions)
  }

  // MARK: Gather

  /// Numbers of rows for `gather` and `scatterAdd`, [n]: bits of UInt32, since a Float counts no further than 2²⁴.
  /// - Throws: `TensorError` where a number is negative or does not fit 32 bits, or there is not so much memory.
  static func places(_ places: [Int]) throws -> Node {
    let storage = try Storage(count: places.count)
    for (index, place) in places.enumerated() {
      guard let bits = UInt32(exactly: place) else {
        throw TensorError(
          title: "the row is too far from the first", operands: [("indices", "\(place)")],
          advice: "Rows up to \(UInt32.max) can be taken.")
      }
      storage.pointer[index] = Float(bitPattern: bits)
    }
    return Node(storage: storage, shape: try Shape([places.count]))
  }

  /// Rows of `x` (along axis 0) by number.
  static func gather(_ x: Node, _ indices: Node) -> Node {
    Node(.gather, x, indices, Shape(unchecked: [indices.shape.count] + x.shape.dimensions.dropFirst()))
  }

  func gatherDerivative(_ gradient: Node, to index: Int) -> Node? {
    index == 0 ? Node.scatterAdd(gradient, inputs[1], rows: inputs[0].shape[0]) : nil
  }

  /// Adds each of `values` to its row; the other rows are zeros.
  static func scatterAdd(_ values: Node, _ indices: Node, rows: Int) -> Node {
    Node(.scatterAdd, values, indices, Shape(unchecked: [rows] + values.shape.dimensions.dropFirst()))
  }

  func scatterAddDerivative(_ gradient: Node, to index: Int) -> Node? {
    index == 0 ? Node.gather(gradient, inputs[1]) : nil
  }
}
