import COpenBLAS

extension Tensor {
  /// The covariance [d, d] of the columns of samples [n, d], divided by n − 1, summed in double precision. No derivative passes.
  /// - Throws: `TensorError` for fewer than two samples.
  public func covariance() throws -> Tensor {
    var x = try Matrix(self, named: "x")
    guard x.rows > 1 else {
      throw TensorError(
        title: "a covariance needs at least two samples", operands: [("x", "\(shape)")],
        advice: "The rows of x are the samples, its columns what varies.")
    }
    x.subtract(row: x.columnMeans)
    var products = try Matrix(rows: x.columns, columns: x.columns)
    try x.addProducts(to: &products)
    let scale = 1 / Double(x.rows - 1)
    return try Tensor(products.values.map { Float($0 * scale) }, shape: [x.columns, x.columns])
  }
}

extension Matrix {
  /// Adds the products of all pairs of columns: selfᵀ · self.
  fileprivate func addProducts(to products: inout Matrix) throws {
    let d = columns
    guard Matrix.hasLibrary, max(rows, d) <= Int(Int32.max), d > 0 else {
      for row in 0..<rows {
        try Executor.checkStop()
        for left in 0..<d {
          for right in 0..<d { products.values[left * d + right] += values[row * d + left] * values[row * d + right] }
        }
      }
      return
    }
    try values.withUnsafeBufferPointer { values in
      for start in stride(from: 0, to: rows, by: 1024) {
        try Executor.checkStop()
        guard let block = values.baseAddress.map({ $0 + start * d }) else { return }
        openblas_dgemm(
          true, false, Int32(d), Int32(d), Int32(min(1024, rows - start)), block, Int32(d), block, Int32(d), true,
          &products.values, Int32(d))
      }
    }
  }
}
