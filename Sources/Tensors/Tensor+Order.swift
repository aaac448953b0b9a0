// Order is found from the numbers (so they are computed); what is taken in that order stays graph, and has derivatives.

extension Tensor {
  /// The places that put the elements along `axis` in rising order (falling, if `descending`), for each row by itself; equal
  /// ones keep their order, NaN comes last.
  public func sortedPlaces(axis: Int = -1, descending: Bool = false) throws -> [[Int]] {
    let axis = try shape.axis(axis)
    let floats = try floats()
    let size = shape[axis]
    let inner = shape.strides[axis]
    return (0..<(size == 0 ? 0 : count / size)).map { row in
      let start = row / inner * inner * size + row % inner
      return (0..<size).sorted { left, right in
        let (a, b) = (floats[start + left * inner], floats[start + right * inner])
        if a == b || (a.isNaN && b.isNaN) { return left < right }
        if a.isNaN || b.isNaN { return b.isNaN }
        return descending ? a > b : a < b
      }
    }
  }

  /// Each row along `axis` in rising order (falling, if `descending`); NaN comes last.
  public func sorted(axis: Int = -1, descending: Bool = false) throws -> Tensor {
    let axis = try shape.axis(axis)
    let size = shape[axis]
    let inner = shape.strides[axis]
    var places = [Int](repeating: 0, count: count)
    for (row, order) in try sortedPlaces(axis: axis, descending: descending).enumerated() {
      let start = row / inner * inner * size + row % inner
      for (to, from) in order.enumerated() { places[start + to * inner] = start + from * inner }
    }
    guard count < 1 << 24 else {
      throw TensorError(
        title: "the tensor is too large to be sorted", operands: [("x", "\(shape)")], advice: "At most 16 million numbers are.")
    }
    return try reshaped([count]).taken(places).reshaped(shape.dimensions)
  }

  /// The middle number along `axis`, or the mean of the two in the middle; nil: of all numbers.
  public func median(axis: Int? = nil, keep: Bool = false) throws -> Tensor {
    guard let axis else {
      let middle = try reshaped([count]).median(axis: 0)
      return keep ? try middle.reshaped([Int](repeating: 1, count: rank)) : middle
    }
    let along = try shape.axis(axis)
    let size = shape[along]
    guard size > 0 else {
      throw TensorError(
        title: "nothing has no middle", operands: [("x", "\(shape)")], advice: "The axis must have at least one element.")
    }
    return try sorted(axis: along).sliced(axis: along, from: (size - 1) / 2, to: size / 2 + 1).mean(axes: [along], keep: keep)
  }
}
