import COpenBLAS

extension Tensor {
  /// The x with a · x = b, for a square matrix a [n, n] and a column b [n] or several [n, m]. In double precision, by LAPACK's dgetrf and
  /// dgetrs (elimination with pivots).
  ///
  /// - Throws: a `TensorError` where a is not square, the sizes do not fit, a number is not finite, a is singular, or OpenBLAS is missing.
  public static func solution(_ a: Tensor, _ b: Tensor) throws -> Tensor {
    guard b.rank == 1 || b.rank == 2, a.rank == 2, b.shape[0] == a.shape[0] else {
      throw TensorError(
        title: "the sides of the equations do not fit", operands: [("a", "\(a.shape)"), ("b", "\(b.shape)")],
        advice: "a is a matrix [n, n], b a column [n] or a matrix [n, m].")
    }
    if b.rank == 1 { return try solution(a, b.reshaped([b.count, 1])).reshaped([b.count]) }
    let elimination = try Elimination(a)
    guard b.count > 0 else { return try Tensor.fill(0, shape: b.shape.dimensions) }
    var columns = try Matrix(b, named: "b").transposed
    try elimination.solve(&columns)
    return try Tensor(built: .precise(.solution, of: [a.node, b.node], columns.transposed.storage(), b.shape))
  }

  /// The matrix x with a · x = 1.
  ///
  /// - Throws: a `TensorError`, as `solution` does.
  public func inverse() throws -> Tensor {
    let elimination = try Elimination(self)
    let n = shape[0]
    var columns = try Matrix(rows: n, columns: n)
    for place in 0..<n { columns.values[place * n + place] = 1 }
    try elimination.solve(&columns)
    return try Tensor(built: .precise(.inverse, of: [node], columns.transposed.storage(), shape))
  }

  /// The determinant of a square matrix, without axes; in double precision up to the rounding of the result.
  ///
  /// - Throws: a `TensorError` where the matrix is not square, a number is not finite, or OpenBLAS is missing.
  public func determinant() throws -> Tensor {
    let determinant = try Elimination(self, mayBeSingular: true).determinant
    return try Tensor(built: .precise(.determinant, of: [node], Storage(copying: [Float(determinant)]), Shape([])))
  }

  /// The sum of a matrix's diagonal, without axes.
  ///
  /// - Throws: a `TensorError` where there are not two axes.
  public func trace() throws -> Tensor {
    guard rank == 2 else {
      throw TensorError(
        title: "a matrix has two axes", operands: [("a", "\(shape)")], advice: "Give a tensor [rows, columns].")
    }
    let size = Swift.min(shape[0], shape[1])
    guard size > 0 else { return try Tensor(scalar: 0) }
    let square = try sliced(axis: 0, from: 0, to: size).sliced(axis: 1, from: 0, to: size)
    return try square.reshaped([size * size]).sliced(axis: 0, step: size + 1).sum()
  }
}

/// A square matrix taken apart by elimination.
private struct Elimination {
  private var a: Matrix
  private var pivots: [Int32]
  let isSingular: Bool

  init(_ x: Tensor, mayBeSingular: Bool = false) throws {
    a = try Matrix(x, named: "a")
    guard a.rows == a.columns else {
      throw TensorError(
        title: "the matrix is not square", operands: [("a", "\(x.shape)")],
        advice: "It must have as many rows as columns. For more equations than unknowns there is svd(a).")
    }
    try a.checkDecomposition(named: "a")
    pivots = [Int32](repeating: 0, count: a.rows)
    isSingular = openblas_lu(Int32(a.rows), &a.values, &pivots) != 0
    guard !isSingular || mayBeSingular else {
      throw TensorError(
        title: "the matrix is singular", operands: [("a", "\(x.shape), with determinant 0")],
        advice:
          "Its rows depend on each other: there is no one solution. Add a little to its diagonal, a + 1e-6 * eye(\(a.rows)), or look at singular_values(a)."
      )
    }
  }

  /// Zero of a singular matrix.
  var determinant: Double {
    if isSingular { return 0 }
    var product = 1.0
    for place in 0..<a.rows {
      product *= a.values[place * a.rows + place]
      if pivots[place] != Int32(place + 1) { product.negate() }
    }
    return product
  }

  /// Puts solutions for the rows of `b` in their places.
  func solve(_ b: inout Matrix) throws {
    openblas_lu_solve(Int32(a.rows), Int32(b.rows), a.values, pivots, &b.values)
  }
}

extension Node {
  /// Inputs: a and b. With w = (a⁻¹)ᵀ x̄: to b it is w, to a −w xᵀ (Giles 2008, section 2.2.3). The gradient has no numbers yet, and none may
  /// be worked out while derivatives are being made: that is why it is the inverse by which it is multiplied.
  func solutionDerivative(_ gradient: Node, to index: Int) throws -> Node {
    let w = Node.matmul(try Tensor(inputs[0]).inverse().node, gradient, transposeLeft: true)
    return index == 1 ? w : -Node.matmul(w, self, transposeRight: true)
  }

  /// Input: the matrix. −(a⁻¹)ᵀ ḡ (a⁻¹)ᵀ (Giles 2008, section 2.2.3).
  func inverseDerivative(_ gradient: Node) -> Node {
    -Node.matmul(Node.matmul(self, gradient, transposeLeft: true), self, transposeRight: true)
  }

  /// Input: the matrix. det a · ḡ · (a⁻¹)ᵀ.
  func determinantDerivative(_ gradient: Node) throws -> Node {
    let inverse: Node
    do {
      inverse = try Tensor(inputs[0]).inverse().node
    } catch let error as TensorError where error.title == "the matrix is singular" {
      throw TensorError(
        title: "the determinant of a singular matrix has no derivative here",
        operands: [("y", "depends on a determinant that is 0")],
        advice:
          "It is worked out from the inverse, which there is none of. Add a little to the diagonal: determinant(a + 1e-6 * eye(n))."
      )
    }
    return Node.broadcast(gradient * self, to: inverse.shape) * Node.transpose(inverse, [1, 0])
  }
}
