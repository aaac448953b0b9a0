extension Tensor {
  /// ‖xᵢ − yⱼ‖² for all rows of x [n, d] and y [m, d]: [n, m]. By a product in double precision, ‖x‖² + ‖y‖² − 2 x·y, of blocks
  /// at a time; where most of that cancels, from the differences themselves. So every distance is right to the last bits of a
  /// float, and that of equal rows is 0.
  ///
  /// - Throws: a `TensorError` where a side does not have two axes, the last ones differ, or a number is not finite.
  public static func squaredDistances(_ x: Tensor, _ y: Tensor) throws -> Tensor {
    var left = try Matrix(x, named: "x")
    var right = try Matrix(y, named: "y")
    guard left.columns == right.columns else {
      throw TensorError(
        title: "points of different dimensions have no distance", operands: [("x", "\(x.shape)"), ("y", "\(y.shape)")],
        advice: "The last axis of both must be of one size.")
    }
    // Far from zero the products would be large and their differences small.
    let center = right.columnMeans
    left.subtract(row: center)
    right.subtract(row: center)
    let result = try Storage(count: left.rows * right.rows)
    let (pointer, columns) = (result.pointer, right.rows)
    try PairBlocks(left, right).forEachDistance { rows, row, distances in
      for place in distances.indices { pointer[row * columns + rows.lowerBound + place] = Float(distances[place]) }
    }
    return try Tensor(built: .precise(.squaredDistances, of: [x.node, y.node], result, Shape([left.rows, right.rows])))
  }
}

extension Node {
  /// Of Dᵢⱼ = ‖xᵢ − yⱼ‖²: 2 Σⱼ D̄ᵢⱼ (xᵢ − yⱼ) to x, and 2 Σᵢ D̄ᵢⱼ (yⱼ − xᵢ) to y.
  func squaredDistancesDerivative(_ gradient: Node, to index: Int) -> Node? {
    guard shape.count > 0, inputs[0].shape[1] > 0 else { return nil }
    // Far from zero the products would be large and their differences small.
    let own = inputs[index].without(row: inputs[1])
    let other = inputs[1 - index].without(row: inputs[1])
    let (n, m, d) = (own.shape[0], other.shape[0], own.shape[1])
    // [n, m], a row for each of `own`.
    let weights = index == 0 ? gradient : Node.transpose(gradient, [1, 0])
    guard d > PairBlocks.fewColumns || n * m > Node.mostPairs else {
      let all = Shape(unchecked: [n, m, d])
      func spread(_ x: Node, _ sizes: [Int]) -> Node { Node.broadcast(Node.reshape(x, to: Shape(unchecked: sizes)), to: all) }
      let differences = (spread(own, [n, 1, d]) - spread(other, [1, m, d])) * spread(weights, [n, m, 1])
      return Node.reshape(Node.reduce(.sum, differences, axes: [1]), to: own.shape) * 2
    }
    let sums = Node.broadcast(Node.reduce(.sum, weights, axes: [1]), to: own.shape)
    return (own * sums - Node.matmul(weights, other)) * 2
  }

  /// Up to so many pairs of points of few numbers have their differences written out.
  private static let mostPairs = 1 << 20
}
