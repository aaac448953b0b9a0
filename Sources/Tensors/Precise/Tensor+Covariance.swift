import COpenBLAS

extension Tensor {
  /// The covariance [d, d] of the columns of samples [n, d], divided by n − 1, summed in double precision.
  /// - Throws: `TensorError` for fewer than two samples.
  public func covariance() throws -> Tensor {
    let covariance = try Matrix(self, named: "x").covariance(named: "x")
    return try Tensor(
      built: .precise(.covariance, of: [node], covariance.storage(), Shape([covariance.rows, covariance.rows])))
  }
}

extension Node {
  /// Of C = XᵀX / (n − 1), X the samples without their mean: X (C̄ + C̄ᵀ) / (n − 1).
  func covarianceDerivative(_ gradient: Node) -> Node {
    let x = inputs[0]
    // Far from zero the mean is exact only for numbers near it.
    let near = x.without(row: x)
    let centered = near - Node.broadcast(Node.mean(near, axes: [0]), to: x.shape)
    return Node.matmul(centered, gradient + Node.transpose(gradient, [1, 0])) * (1 / Double(x.shape[0] - 1))
  }

  /// Rows minus the first row of `other`, for results that do not depend on a common shift; no derivative passes through that
  /// row.
  func without(row other: Node) -> Node {
    let first = Node.slice(other, starts: [0, 0], steps: [1, 1], sizes: [1, other.shape[1]])
    return self - Node.broadcast(first.detached, to: shape)
  }
}

extension Matrix {
  /// The covariance of the columns, divided by the number of rows less 1.
  func covariance(named name: String) throws -> Matrix {
    guard rows > 1 else {
      throw TensorError(
        title: "a covariance needs at least two samples", operands: [(name, "[\(rows), \(columns)]")],
        advice: "The rows of \(name) are the samples, its columns what varies.")
    }
    var centered = self
    centered.subtract(row: columnMeans)
    var products = try Matrix(rows: columns, columns: columns)
    try centered.addProducts(to: &products)
    let scale = 1 / Double(rows - 1)
    for place in products.values.indices { products.values[place] *= scale }
    return products
  }

  /// Adds the products of all pairs of columns: selfᵀ · self.
  fileprivate func addProducts(to products: inout Matrix) throws {
    let d = columns
    guard Matrix.hasLibrary, max(rows, d) <= Int(Int32.max), d > 0 else {
      for row in 0..<rows {
        try Engine.checkStop()
        for left in 0..<d {
          for right in 0..<d { products.values[left * d + right] += values[row * d + left] * values[row * d + right] }
        }
      }
      return
    }
    try values.withUnsafeBufferPointer { values in
      for start in stride(from: 0, to: rows, by: 1024) {
        try Engine.checkStop()
        guard let block = values.baseAddress.map({ $0 + start * d }) else { return }
        openblas_dgemm(
          true, false, Int32(d), Int32(d), Int32(min(1024, rows - start)), block, Int32(d), block, Int32(d), true,
          &products.values, Int32(d))
      }
    }
  }
}
