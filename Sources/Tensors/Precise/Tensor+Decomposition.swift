import COpenBLAS

extension Tensor {
  /// The eigenvalues [n] of a symmetric matrix [n, n], in falling order, and its eigenvectors, the columns of [n, n]. The largest
  /// component of each vector is positive, so that they are the same on every machine. Worked out in double precision by
  /// LAPACK's dsyevd (divide and conquer), of the mean of the matrix and its transpose.
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
    // Where the two triangles differ by rounding both count, as they do in the derivative.
    for row in 0..<n {
      for column in 0..<row {
        let middle = (a.values[row * n + column] + a.values[column * n + row]) / 2
        (a.values[row * n + column], a.values[column * n + row]) = (middle, middle)
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
    let row = try Shape([n])
    let storage = try Storage(copying: values.reversed().map(Float.init))
    let vectorNode = try Node.precise(
      .eigenvectors, of: [node, Node(storage: storage, shape: row)], vectors.storage(), Shape([n, n]))
    let valueNode = try Node.precise(.eigenvalues, of: [node, vectorNode], storage, row)
    return (try Tensor(built: valueNode), try Tensor(built: vectorNode))
  }

  /// u [n, k], s [k] in falling order and v [k, m] with x = u · diag(s) · v, k the smaller of n and m. The largest component of
  /// each row of v is positive. In double precision by LAPACK's dgesdd.
  ///
  /// - Throws: a `TensorError` where there are not two axes, an axis is empty or too long, a number is not finite, OpenBLAS
  ///   is missing, or the algorithm does not converge.
  public func singularValueDecomposition() throws -> (u: Tensor, s: Tensor, v: Tensor) {
    var a = try Matrix(self, named: "a")
    try a.checkDecomposition(named: "a")
    let k = Swift.min(a.rows, a.columns)
    var values = [Double](repeating: 0, count: k)
    var u = try Matrix(rows: a.rows, columns: k)
    var v = try Matrix(rows: k, columns: a.columns)
    try Matrix.check(
      openblas_singular_values(Int32(a.rows), Int32(a.columns), &a.values, &values, &u.values, &v.values), named: "a")
    for place in 0..<k {
      let row = place * v.columns..<(place + 1) * v.columns
      guard let largest = v.values[row].max(by: { $0.magnitude < $1.magnitude }), largest < 0 else { continue }
      for index in row { v.values[index].negate() }
      for row in 0..<u.rows { u.values[row * k + place].negate() }
    }
    let s = Node(storage: try Storage(copying: values.map(Float.init)), shape: try Shape([k]))
    let (uStorage, vStorage) = (try u.storage(), try v.storage())
    let left = Node(storage: uStorage, shape: try Shape([a.rows, k]))
    let right = Node(storage: vStorage, shape: try Shape([k, a.columns]))
    return (
      try Tensor(built: .leftVectors(of: node, s, left, right)), try Tensor(built: .singularValues(of: node, s, left, right)),
      try Tensor(built: .rightVectors(of: node, s, left, right))
    )
  }

  /// The singular values alone, in falling order: several times faster.
  ///
  /// - Throws: a `TensorError`, as `singularValueDecomposition` does.
  public func singularValues() throws -> Tensor {
    var a = try Matrix(self, named: "a")
    try a.checkDecomposition(named: "a")
    var s = [Double](repeating: 0, count: Swift.min(a.rows, a.columns))
    try Matrix.check(openblas_singular_values(Int32(a.rows), Int32(a.columns), &a.values, &s, nil, nil), named: "a")
    return try Tensor(
      built: .precise(.singularValues, of: [node], Storage(copying: s.map(Float.init)), Shape([s.count])))
  }
}

// The vectors' derivatives need the values and the other vectors, and the other way round. So that no node holds itself, each
// holds leaves of the others' numbers, and the derivative makes of them the nodes that have derivatives again.

extension Node {
  // MARK: Eigenvalues

  /// Inputs: the matrix, and its eigenvectors V. To the matrix: V diag(w̄) Vᵀ.
  func eigenvaluesDerivative(_ gradient: Node) -> Node {
    let vectors = inputs[1]
    return Node.matmul(vectors * Node.broadcast(gradient, to: vectors.shape), vectors, transposeRight: true)
  }

  /// Inputs: the matrix, and a leaf of its eigenvalues w. To the matrix: the symmetric part of V (F ∘ VᵀV̄) Vᵀ with
  /// Fᵢⱼ = 1 / (wⱼ − wᵢ), 0 on the diagonal (Giles 2008, "Collected matrix derivative results", section 3.1). Where two values
  /// are equal it is infinite, or no number.
  func eigenvectorsDerivative(_ gradient: Node) throws -> Node {
    let values = Node.precise(.eigenvalues, of: [inputs[0], self], try inputs[1].numbers, inputs[1].shape)
    let identity = try Node.identity(shape[0])
    let gaps = Node.broadcast(values, to: shape) - values.column(to: shape) + identity
    let inner = Node.matmul(self, gradient, transposeLeft: true) * (1 - identity) / gaps
    let whole = Node.matmul(Node.matmul(self, inner), self, transposeRight: true)
    return (whole + Node.transpose(whole, [1, 0])) * 0.5
  }

  // MARK: Singular values

  static func singularValues(of a: Node, _ s: Node, _ u: Node, _ v: Node) throws -> Node {
    .precise(.singularValues, of: [a, try leftVectors(of: a, s, u, v), try rightVectors(of: a, s, u, v)], try s.numbers, s.shape)
  }

  static func leftVectors(of a: Node, _ s: Node, _ u: Node, _ v: Node) throws -> Node {
    .precise(.leftVectors, of: [a, s, v], try u.numbers, u.shape)
  }

  static func rightVectors(of a: Node, _ s: Node, _ u: Node, _ v: Node) throws -> Node {
    .precise(.rightVectors, of: [a, s, u], try v.numbers, v.shape)
  }

  /// Inputs: the matrix, and its vectors u and v, unless the values were found alone. To the matrix: u diag(s̄) v.
  func singularValuesDerivative(_ gradient: Node) throws -> Node {
    let (u, v): (Node, Node)
    if inputs.count > 1 {
      (u, v) = (inputs[1], inputs[2])
    } else {
      let parts = try Tensor(inputs[0]).singularValueDecomposition()
      (u, v) = try (parts.u.node, parts.v.node)
    }
    return Node.matmul(u * Node.broadcast(gradient, to: u.shape), v)
  }

  /// Inputs: the matrix, and leaves of s and v. To the matrix, with Eᵢⱼ = sⱼ² − sᵢ²: u (((uᵀū − ūᵀu) / E) diag(s)) v, and where
  /// there are more rows than values (ū − u uᵀū) diag(1/s) v (Townsend 2016, "Differentiating the singular value
  /// decomposition"). Where two values are equal, or one is 0, it is infinite, or no number.
  func leftVectorsDerivative(_ gradient: Node) throws -> Node {
    let leaf = Node(storage: try numbers, shape: shape)
    let (a, sLeaf, vLeaf) = (inputs[0], inputs[1], inputs[2])
    let s = try Node.singularValues(of: a, sLeaf, leaf, vLeaf)
    let v = try Node.rightVectors(of: a, sLeaf, leaf, vLeaf)
    let inner = Node.matmul(self, gradient, transposeLeft: true)
    let core = try Node.turned(inner, s) * Node.broadcast(s, to: inner.shape)
    var left = Node.matmul(self, core)
    if shape[0] > shape[1] { left = left + (gradient - Node.matmul(self, inner)) / Node.broadcast(s, to: shape) }
    return Node.matmul(left, v)
  }

  /// Inputs: the matrix, and leaves of s and u. The same for v, which has the vectors in its rows.
  func rightVectorsDerivative(_ gradient: Node) throws -> Node {
    let leaf = Node(storage: try numbers, shape: shape)
    let (a, sLeaf, uLeaf) = (inputs[0], inputs[1], inputs[2])
    let s = try Node.singularValues(of: a, sLeaf, uLeaf, leaf)
    let u = try Node.leftVectors(of: a, sLeaf, uLeaf, leaf)
    let inner = Node.matmul(self, gradient, transposeRight: true)
    let core = try Node.turned(inner, s) * s.column(to: inner.shape)
    var right = Node.matmul(core, self)
    if shape[1] > shape[0] {
      right = right + (gradient - Node.matmul(inner, self, transposeLeft: true)) / s.column(to: shape)
    }
    return Node.matmul(u, right)
  }

  /// (x − xᵀ) / E with Eᵢⱼ = sⱼ² − sᵢ²; 0 on the diagonal.
  private static func turned(_ x: Node, _ s: Node) throws -> Node {
    let (row, column) = (broadcast(s, to: x.shape), s.column(to: x.shape))
    return (x - transpose(x, [1, 0])) / ((row - column) * (row + column) + (try identity(x.shape[0])))
  }

  // MARK: Helpers

  private static func identity(_ size: Int) throws -> Node { try Tensor.eye(size).node }

  /// A row of numbers stood up as a column, and repeated to `shape`.
  private func column(to shape: Shape) -> Node {
    Node.broadcast(Node.reshape(self, to: Shape(unchecked: [self.shape.count, 1])), to: shape)
  }

  /// The numbers of a node that has them.
  private var numbers: Storage {
    get throws {
      guard let storage else { throw TensorError.replacedWeights }
      return storage
    }
  }
}
