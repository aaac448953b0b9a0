import COpenBLAS

/// Distances and products of all pairs of a point of x and a point of y, a block of pairs at a time, in double precision.
struct PairBlocks {
  private let x: Matrix
  private let y: Matrix

  /// Points to a side of a block: its products fit into the second cache.
  private static let side = 256
  /// Below this dimension the differences are as fast as a product.
  static let fewColumns = 12
  /// Where the distance is a smaller part of ‖x‖² + ‖y‖² than this, it is worked out from the differences.
  private static let canceled = 1e-6

  /// Both have equally many columns.
  init(_ x: Matrix, _ y: Matrix) { (self.x, self.y) = (x, y) }

  /// Some of the numbers of a row of pairs: the columns, the row, and a number for each of these columns.
  typealias Row = (Range<Int>, Int, UnsafeMutableBufferPointer<Double>) -> Void

  /// ‖xᵢ − yⱼ‖² for all pairs; with `above`, for those blocks alone that have a pair with j above i.
  func forEachDistance(above: Bool = false, _ use: Row) throws {
    guard x.columns > Self.fewColumns, hasProducts else {
      return try forEachBlock(above) { rows, columns, x, y, block in
        for (line, row) in rows.enumerated() {
          for (place, column) in columns.enumerated() {
            block[line * Self.side + place] = difference(x + row * self.x.columns, y + column * self.x.columns)
          }
        }
        pass(rows, columns, block, to: use)
      }
    }
    let (xNorms, yNorms) = (norms(x), norms(y))
    try forEachBlock(above) { rows, columns, x, y, block in
      multiply(rows, columns, x, y, block)
      for (line, row) in rows.enumerated() {
        for (place, column) in columns.enumerated() {
          let norms = xNorms[row] + yNorms[column]
          let distance = norms - 2 * block[line * Self.side + place]
          block[line * Self.side + place] =
            distance > Self.canceled * norms ? distance : difference(x + row * self.x.columns, y + column * self.x.columns)
        }
      }
      pass(rows, columns, block, to: use)
    }
  }

  /// xᵢ · yⱼ for all pairs; `above` as for distances.
  func forEachProduct(above: Bool = false, _ use: Row) throws {
    try forEachBlock(above) { rows, columns, x, y, block in
      if hasProducts {
        multiply(rows, columns, x, y, block)
      } else {
        for (line, row) in rows.enumerated() {
          for (place, column) in columns.enumerated() {
            let (left, right) = (x + row * self.x.columns, y + column * self.x.columns)
            block[line * Self.side + place] = (0..<self.x.columns).reduce(0) { $0 + left[$1] * right[$1] }
          }
        }
      }
      pass(rows, columns, block, to: use)
    }
  }

  private var hasProducts: Bool { x.columns <= Int(Int32.max) && Matrix.hasLibrary }

  private func forEachBlock(
    _ above: Bool,
    _ body: (Range<Int>, Range<Int>, UnsafePointer<Double>, UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  ) throws {
    var block = [Double](repeating: 0, count: Self.side * Self.side)
    // A matrix without columns has no memory to point to, but it has pairs.
    let (xValues, yValues) = (x.values + [0], y.values + [0])
    try xValues.withUnsafeBufferPointer { xBuffer in
      try yValues.withUnsafeBufferPointer { yBuffer in
        try block.withUnsafeMutableBufferPointer { buffer in
          guard let x = xBuffer.baseAddress, let y = yBuffer.baseAddress, let start = buffer.baseAddress else { return }
          for firstY in stride(from: 0, to: self.y.rows, by: Self.side) {
            for firstX in stride(from: 0, to: self.x.rows, by: Self.side) where !above || firstX <= firstY {
              try Engine.checkStop()
              body(
                firstX..<min(firstX + Self.side, self.x.rows), firstY..<min(firstY + Self.side, self.y.rows), x, y, start)
            }
          }
        }
      }
    }
  }

  private func pass(_ rows: Range<Int>, _ columns: Range<Int>, _ block: UnsafeMutablePointer<Double>, to use: Row) {
    for (line, row) in rows.enumerated() {
      use(columns, row, UnsafeMutableBufferPointer(start: block + line * Self.side, count: columns.count))
    }
  }

  private func multiply(
    _ rows: Range<Int>, _ columns: Range<Int>, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>,
    _ block: UnsafeMutablePointer<Double>
  ) {
    let d = Int32(self.x.columns)
    guard d > 0 else { return }
    openblas_dgemm(
      false, true, Int32(rows.count), Int32(columns.count), d, x + rows.lowerBound * self.x.columns, d,
      y + columns.lowerBound * self.x.columns, d, false, block, Int32(Self.side))
  }

  private func norms(_ points: Matrix) -> [Double] {
    (0..<points.rows).map { row in
      points.values[row * points.columns..<(row + 1) * points.columns].reduce(0) { $0 + $1 * $1 }
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
