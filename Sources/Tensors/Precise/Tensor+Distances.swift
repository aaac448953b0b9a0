import COpenBLAS

extension Tensor {
  /// ‖xᵢ − yⱼ‖² for all rows of x [n, d] and y [m, d]: [n, m]. By a product in double precision, ‖x‖² + ‖y‖² − 2 x·y, of blocks
  /// at a time; where most of that cancels, from the differences themselves. So every distance is right to the last bits of a
  /// float, and that of equal rows is 0. No derivative passes.
  public static func squaredDistances(_ x: Tensor, _ y: Tensor) throws -> Tensor {
    var left = try Matrix(x, named: "x")
    var right = try Matrix(y, named: "y")
    guard left.columns == right.columns else {
      throw TensorError(
        title: "points of different dimensions have no distance", operands: [("x", "\(x.shape)"), ("y", "\(y.shape)")],
        advice: "The last axis of both must be of one size.")
    }
    // Far from zero the products would be large and their differences small.
    let centre = right.columnMeans
    left.subtract(row: centre)
    right.subtract(row: centre)
    let result = try Storage(count: left.rows * right.rows)
    try DistanceBlocks(left, right).fill(result.pointer)
    return try Tensor(built: Node(storage: result, shape: try Shape([left.rows, right.rows])))
  }
}

/// The distances of two sets of points, a block at a time.
private struct DistanceBlocks {
  let x: Matrix
  let y: Matrix
  let xNorms: [Double]
  let yNorms: [Double]

  /// Points to a side of a block: its products fit into the second cache.
  private static let side = 256
  /// Below this dimension the differences are as fast as a product.
  private static let fewColumns = 12
  /// Where the distance is a smaller part of ‖x‖² + ‖y‖² than this, it is worked out from the differences.
  private static let cancelled = 1e-6

  init(_ x: Matrix, _ y: Matrix) {
    (self.x, self.y) = (x, y)
    (xNorms, yNorms) = (Self.norms(x), Self.norms(y))
  }

  private static func norms(_ points: Matrix) -> [Double] {
    (0..<points.rows).map { row in
      points.values[row * points.columns..<(row + 1) * points.columns].reduce(0) { $0 + $1 * $1 }
    }
  }

  func fill(_ target: UnsafeMutablePointer<Float>) throws {
    let isDirect = x.columns <= Self.fewColumns || x.columns > Int(Int32.max) || !Matrix.hasLibrary
    var products = [Double](repeating: 0, count: Self.side * Self.side)
    try x.values.withUnsafeBufferPointer { x in
      try y.values.withUnsafeBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else {
          target.update(repeating: 0, count: xNorms.count * yNorms.count)
          return
        }
        for firstY in stride(from: 0, to: yNorms.count, by: Self.side) {
          for firstX in stride(from: 0, to: xNorms.count, by: Self.side) {
            try Executor.checkStop()
            let rows = firstX..<min(firstX + Self.side, xNorms.count)
            let columns = firstY..<min(firstY + Self.side, yNorms.count)
            if isDirect {
              differences(x, y, rows, columns, target)
            } else {
              let d = Int32(self.x.columns)
              openblas_dgemm(
                false, true, Int32(rows.count), Int32(columns.count), d, x + firstX * self.x.columns, d,
                y + firstY * self.x.columns, d, false, &products, Int32(Self.side))
              combine(products, x, y, rows, columns, target)
            }
          }
        }
      }
    }
  }

  private func combine(
    _ products: [Double], _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ rows: Range<Int>, _ columns: Range<Int>,
    _ target: UnsafeMutablePointer<Float>
  ) {
    let m = yNorms.count
    products.withUnsafeBufferPointer { products in
      for (line, row) in rows.enumerated() {
        for (place, column) in columns.enumerated() {
          let norms = xNorms[row] + yNorms[column]
          let distance = norms - 2 * products[line * Self.side + place]
          target[row * m + column] = Float(
            distance > Self.cancelled * norms ? distance : difference(x + row * self.x.columns, y + column * self.x.columns))
        }
      }
    }
  }

  private func differences(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ rows: Range<Int>, _ columns: Range<Int>,
    _ target: UnsafeMutablePointer<Float>
  ) {
    for row in rows {
      for column in columns {
        target[row * yNorms.count + column] = Float(difference(x + row * self.x.columns, y + column * self.x.columns))
      }
    }
  }

  private func difference(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>) -> Double {
    var sum = 0.0
    for place in 0..<self.x.columns {
      let difference = x[place] - y[place]
      sum += difference * difference
    }
    return sum
  }
}
