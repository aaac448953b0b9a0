import Interpreter
import Tensors

/// Decompositions, covariances, distances: worked out in double precision, from the numbers alone.
enum MatrixBuiltins {
  private static let subject = "Matrices and distances"
  private static let precision = "Worked out in double precision, and rounded at the end. No derivative passes."

  static func register(in catalog: Catalog) {
    registerDecompositions(in: catalog)
    registerSamples(in: catalog)
  }

  private static func registerDecompositions(in catalog: Catalog) {
    let matrix = Parameter("a", .tensor, "a matrix [n, m]")
    catalog.add(
      Builtin(
        "eigh", "The eigenvalues of a symmetric matrix, greatest first, and its eigenvectors: a list of two tensors.",
        subject: subject, parameters: [Parameter("a", .tensor, "a symmetric matrix [n, n]")],
        examples: [
          Example("values, vectors = eigh(tensor([[2, 1], [1, 2]]))\nprint values", "[3, 1]"),
          Example(
            "a = tensor([[2, 1], [1, 2]])\nvalues, v = eigh(a)\nmax(abs(v * values @ transpose(v) - a)) < 1e-6", "true"),
        ],
        details: "The eigenvectors are the columns of [n, n]; the largest component of each is positive. \(precision)"
      ) { call in
        let (values, vectors) = try call.tensor("a").symmetricEigendecomposition()
        return .list([.object(TensorValue(values)), .object(TensorValue(vectors))])
      })
    catalog.add(
      Builtin(
        "svd", "The singular value decomposition a = u · diag(s) · v: a list of u, s and v.", subject: subject,
        parameters: [matrix],
        examples: [
          Example("u, s, v = svd(tensor([[3, 0], [0, -4], [0, 0]]))\nprint s, u.shape, v.shape", "[4, 3] [3, 2] [2, 2]")
        ],
        details: """
          With k the smaller of n and m: u is [n, k], s [k], greatest first, v [k, m]; u * s @ v is the matrix again. The \
          largest component of each row of v is positive. \(precision)
          """
      ) { call in
        let (u, s, v) = try call.tensor("a").singularValueDecomposition()
        return .list([.object(TensorValue(u)), .object(TensorValue(s)), .object(TensorValue(v))])
      })
    catalog.add(
      Builtin(
        "singular_values", "The singular values of a matrix, greatest first.", subject: subject, parameters: [matrix],
        examples: [Example("print singular_values(tensor([[3, 0], [0, -4]]))", "[4, 3]")],
        details: "Several times faster than `svd`. \(precision)"
      ) { call in
        .tensor(try call.tensor("a").singularValues())
      })
  }

  private static func registerSamples(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "covariance", "The covariance matrix of samples, divided by n − 1.", subject: subject,
        parameters: [Parameter("x", .tensor, "samples in rows, [n, d]")],
        examples: [Example("print covariance(tensor([[1, 0], [3, 4]]))", "[[2, 4], [4, 8]]")], details: precision
      ) { call in
        .tensor(try call.tensor("x").covariance())
      })
    catalog.add(
      Builtin(
        "squared_distances", "‖xᵢ − yⱼ‖² for each row of x and each of y, [n, m].", subject: subject,
        parameters: [Parameter("x", .tensor, "points [n, d]"), Parameter("y", .tensor, "points [m, d]")],
        examples: [Example("print squared_distances(tensor([[0, 0], [3, 4]]), tensor([[0, 0]]))", "[[0], [25]]")],
        details: precision
      ) { call in
        .tensor(try Tensor.squaredDistances(call.tensor("x"), call.tensor("y")))
      })
    catalog.add(
      Builtin(
        "assignment", "For each row a column of its own, so that the sum of their costs is least.", subject: subject,
        parameters: [Parameter("cost", .tensor, "the cost of each row with each column, [n, m], n not above m")],
        examples: [Example("print assignment(tensor([[4, 1, 3], [2, 0, 5], [3, 2, 2]]))", "[1, 0, 2]")],
        details: "Exact, by shortest augmenting paths (Jonker & Volgenant 1987): a few seconds for 2000 rows."
      ) { call in
        let columns = try Tensor.assignment(call.tensor("cost"))
        return .tensor(try Numbers.tensor(ofPlaces: columns))
      })
  }
}
