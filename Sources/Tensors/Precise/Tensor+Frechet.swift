import COpenBLAS

extension Tensor {
  /// The Fréchet distance (squared, as is usual) of the normal distributions with the means and covariances of the rows of x
  /// [n, d] and of y [m, d]: ‖μ₁ − μ₂‖² + tr S₁ + tr S₂ − 2 tr (S₁^½ S₂ S₁^½)^½ (Dowson & Landau 1982). With S = V Λ Vᵀ the last
  /// trace is the sum of the singular values of Λ₁^½ V₁ᵀ V₂ Λ₂^½. In double precision to the end: of distributions that are
  /// near one another most of it cancels.
  /// - Throws: `TensorError` for fewer than two samples, or a number that is not finite.
  public static func frechetDistance(_ x: Tensor, _ y: Tensor) throws -> Double {
    let left = try Matrix(x, named: "x")
    let right = try Matrix(y, named: "y")
    guard left.columns == right.columns else {
      throw TensorError(
        title: "samples of different features have no distance", operands: [("x", "\(x.shape)"), ("y", "\(y.shape)")],
        advice: "Make both by the same features.")
    }
    let shift = zip(left.columnMeans, right.columnMeans).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let (first, firstTrace) = try left.covariance(named: "x").root(named: "x")
    let (second, secondTrace) = try right.covariance(named: "y").root(named: "y")
    var cross = try Matrix(rows: first.rows, columns: first.rows)
    let d = Int32(first.rows)
    openblas_dgemm(false, true, d, d, d, first.values, d, second.values, d, false, &cross.values, d)
    var s = [Double](repeating: 0, count: first.rows)
    try Matrix.check(openblas_singular_values(d, d, &cross.values, &s, nil, nil), named: "x")
    return Swift.max(0, shift + firstTrace + secondTrace - 2 * s.reduce(0, +))
  }
}

extension Matrix {
  /// Λ^½ Vᵀ of a covariance V Λ Vᵀ, and its trace.
  fileprivate func root(named name: String) throws -> (root: Matrix, trace: Double) {
    try checkDecomposition(named: name)
    var root = self
    var values = [Double](repeating: 0, count: rows)
    try Matrix.check(openblas_symmetric_eigen(Int32(rows), &root.values, &values), named: name)
    for row in 0..<rows {
      let scale = Swift.max(0, values[row]).squareRoot()
      for place in row * columns..<(row + 1) * columns { root.values[place] *= scale }
    }
    return (root, (0..<rows).reduce(0) { $0 + self.values[$1 * columns + $1] })
  }
}
