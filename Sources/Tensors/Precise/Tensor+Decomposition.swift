import COpenBLAS

extension Tensor {
  /// The eigenvalues [n] of a symmetric matrix [n, n], in falling order, and its eigenvectors, the columns of [n, n]. The largest
  /// component of each vector is positive, so that they are the same on every machine. Worked out in double precision by
  /// LAPACK's dsyevd (divide and conquer); no derivative passes.
  /// - Throws: `TensorError` where the matrix is not square, not symmetric, or not finite.
  public func symmetricEigendecomposition() throws -> (values: Tensor, vectors: Tensor) {
    var a = try Matrix(self, named: "a")
    guard a.rows == a.columns else {
      throw TensorError(
        title: "an eigendecomposition wants a square matrix", operands: [("a", "\(shape)")],
        advice: "Of a matrix that is not square there are singular values: svd(a).")
    }
    try a.checkDecomposition(named: "a")
    let n = a.rows
    let largest = a.values.reduce(0) { Swift.max($0, $1.magnitude) }
    for row in 0..<n {
      for column in 0..<row where (a.values[row * n + column] - a.values[column * n + row]).magnitude > 1e-5 * largest {
        throw TensorError(
          title: "the matrix is not symmetric",
          operands: [
            (
              "a",
              "a[\(row), \(column)] is \(Float(a.values[row * n + column])), a[\(column), \(row)] is \(Float(a.values[column * n + row]))"
            )
          ],
          advice: "Take its symmetric part, (a + transpose(a)) / 2, or its singular values, svd(a).")
      }
    }
    var values = [Double](repeating: 0, count: n)
    try Matrix.check(openblas_symmetric_eigen(Int32(n), &a.values, &values), named: "a")
    // The library gives rising values, and a row for each vector.
    var vectors = try Matrix(rows: n, columns: n)
    for (place, source) in (0..<n).reversed().enumerated() {
      let row = source * n..<(source + 1) * n
      let sign = a.values[row].max { $0.magnitude < $1.magnitude }.map { $0 < 0 ? -1.0 : 1.0 } ?? 1
      for (index, value) in a.values[row].enumerated() { vectors.values[index * n + place] = sign * value }
    }
    return (try Tensor(values.reversed().map(Float.init), shape: [n]), try vectors.tensor())
  }

  /// u [n, k], s [k] in falling order and v [k, m] with x = u · diag(s) · v, k the smaller of n and m. The largest component of
  /// each row of v is positive. In double precision by LAPACK's dgesdd; no derivative passes.
  public func singularValueDecomposition() throws -> (u: Tensor, s: Tensor, v: Tensor) {
    var a = try Matrix(self, named: "a")
    try a.checkDecomposition(named: "a")
    let k = Swift.min(a.rows, a.columns)
    var s = [Double](repeating: 0, count: k)
    var u = try Matrix(rows: a.rows, columns: k)
    var v = try Matrix(rows: k, columns: a.columns)
    try Matrix.check(
      openblas_singular_values(Int32(a.rows), Int32(a.columns), &a.values, &s, &u.values, &v.values), named: "a")
    for place in 0..<k {
      let row = place * v.columns..<(place + 1) * v.columns
      guard let largest = v.values[row].max(by: { $0.magnitude < $1.magnitude }), largest < 0 else { continue }
      for index in row { v.values[index].negate() }
      for row in 0..<u.rows { u.values[row * k + place].negate() }
    }
    return (try u.tensor(), try Tensor(s.map(Float.init), shape: [k]), try v.tensor())
  }

  /// The singular values alone, in falling order: several times faster.
  public func singularValues() throws -> Tensor {
    var a = try Matrix(self, named: "a")
    try a.checkDecomposition(named: "a")
    var s = [Double](repeating: 0, count: Swift.min(a.rows, a.columns))
    try Matrix.check(openblas_singular_values(Int32(a.rows), Int32(a.columns), &a.values, &s, nil, nil), named: "a")
    return try Tensor(s.map(Float.init), shape: [s.count])
  }
}
