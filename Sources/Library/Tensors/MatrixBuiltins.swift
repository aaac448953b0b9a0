import Interpreter
import Tensors

/// Decompositions, covariances, distances: worked out in double precision.
enum MatrixBuiltins {
  private static let subject = "Matrices and distances"
  private static let precision = "Worked out in double precision, and rounded at the end."

  static func register(in catalog: Catalog) {
    registerDecompositions(in: catalog)
    registerEquations(in: catalog)
    registerSamples(in: catalog)
  }

  private static func registerEquations(in catalog: Catalog) {
    let square = Parameter("a", .either(.tensor, .list), "a square matrix [n, n], a tensor or a list of rows")
    catalog.add(
      Builtin(
        "solve", "The x with a @ x equal to b.", subject: subject,
        parameters: [square, Parameter("b", .either(.tensor, .sequence), "the right side: [n], or [n, m] for m of them")],
        examples: [Example("print solve([[2, 1], [1, 3]], [3, 5])", "[0.8, 1.4]")],
        details: "By elimination with pivots. \(precision) A singular matrix is an error."
      ) { call in
        .tensor(try Tensor.solution(call.tensor("a"), call.tensor("b")))
      })
    catalog.add(
      Builtin(
        "inverse", "The matrix that gives the identity when it is multiplied with a square matrix.", subject: subject,
        parameters: [square], examples: [Example("print inverse([[2, 0], [0, 4]])", "[[0.5, 0], [0, 0.25]]")],
        details: "\(precision) A singular matrix is an error. solve(a, b) is faster and more exact than inverse(a) @ b."
      ) { call in
        .tensor(try call.tensor("a").inverse())
      })
    catalog.add(
      Builtin(
        "determinant", "The determinant of a square matrix.", subject: subject, parameters: [square],
        examples: [Example("determinant([[2, 1], [1, 3]])", "5")],
        details: "\(precision) Where it is 0, `grad` through it is an error: the derivative is made of the inverse."
      ) { call in
        .tensor(try call.tensor("a").determinant())
      })
    catalog.add(
      Builtin(
        "trace", "The sum of a matrix's diagonal.", subject: subject,
        parameters: [Parameter("a", .either(.tensor, .list), "a matrix [n, m], a tensor or a list of rows")],
        examples: [Example("trace([[2, 1], [1, 3]])", "5")]
      ) { call in
        .tensor(try call.tensor("a").trace())
      })
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
        details: """
          The eigenvectors are the columns of [n, n]; the largest component of each is positive. \(precision) \
          The derivative of the values, v · diag(g) · transpose(v), is right also where some of them are equal; that of the vectors is then \
          infinite or nan. Both are those of a matrix that stays symmetric.
          """
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
          largest component of each row of v is positive. \(precision) The derivatives of u and v are infinite or nan where \
          two singular values are equal, and where one is 0 and the matrix is not square.
          """
      ) { call in
        let (u, s, v) = try call.tensor("a").singularValueDecomposition()
        return .list([.object(TensorValue(u)), .object(TensorValue(s)), .object(TensorValue(v))])
      })
    catalog.add(
      Builtin(
        "singular_values", "The singular values of a matrix, greatest first.", subject: subject, parameters: [matrix],
        examples: [Example("print singular_values(tensor([[3, 0], [0, -4]]))", "[4, 3]")],
        details:
          "Several times faster than `svd`. \(precision) Its derivative, u · diag(g) · v, is right also where values are equal."
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
    registerMeans(in: catalog)
    catalog.add(
      Builtin(
        "assignment", "For each row a column of its own, so that the sum of their costs is least.", subject: subject,
        parameters: [Parameter("cost", .tensor, "the cost of each row with each column, [n, m], n not above m")],
        examples: [Example("print assignment(tensor([[4, 1, 3], [2, 0, 5], [3, 2, 2]]))", "[1, 0, 2]")],
        details:
          "Exact, by shortest augmenting paths (Jonker & Volgenant 1987): a few seconds for 2000 rows. A derivative that would pass through it is an error: it gives places. The costs at these places have derivatives."
      ) { call in
        .tensor(try Tensor.assignment(call.tensor("cost")))
      })
  }

  private static func registerMeans(in catalog: Catalog) {
    let x = Parameter("x", .tensor, "points [n, d]")
    let y = Parameter("y", .optional(.tensor), default: .none, "points [m, d]; none: the other rows of x")
    let details = """
      Over all pairs of a row of x and a row of y; without y, of two different rows of x. A number, in double precision to the end: the \
      differences of such means, which `kernel_mmd` and `kid` are made of, are a small part of them.
      """
    catalog.add(
      Builtin(
        "gaussian_kernel_mean", "The mean of exp(−‖x − y‖² / 2σ²) over pairs of points.", subject: subject,
        parameters: [x, y, Parameter("sigma", .number, default: .number(1), "the width σ of the Gaussian")],
        examples: [Example("gaussian_kernel_mean(tensor([[0], [2]]), sigma: 2) == exp(-0.5)", "true")], details: details
      ) { call in
        .number(
          try Tensor.gaussianKernelMean(
            call.tensor("x"), others(call), sigma: call.number("sigma")))
      })
    catalog.add(
      Builtin(
        "polynomial_kernel_mean", "The mean of (scale · x·y + offset)^degree over pairs of points.", subject: subject,
        parameters: [
          x, y, Parameter("degree", .integer, default: .number(3), "the power"),
          Parameter("scale", .optional(.number), default: .none, "what the product is multiplied by; none: 1 / d"),
          Parameter("offset", .number, default: .number(1), "what is added"),
        ],
        examples: [Example("polynomial_kernel_mean(tensor([[1, 1]]), tensor([[2, 0], [0, 0]]))", "4.5")], details: details
      ) { call in
        let x = try call.tensor("x")
        let scale = try Numbers.single(call.value("scale")) ?? 1 / Double(max(x.shape.dimensions.last ?? 1, 1))
        return .number(
          try Tensor.polynomialKernelMean(
            x, others(call), degree: call.integer("degree"), scale: scale,
            offset: call.number("offset")))
      })
    catalog.add(
      Builtin(
        "frechet_of_normals",
        "The Fréchet distance of the normal distributions with the means and covariances of two sets of samples.",
        subject: subject, parameters: [Parameter("x", .tensor, "samples [n, d]"), Parameter("y", .tensor, "samples [m, d]")],
        examples: [Example("frechet_of_normals(tensor([[0], [1], [2]]), tensor([[3], [4], [5]]))", "9")],
        details: """
          ‖μ₁ − μ₂‖² + tr S₁ + tr S₂ − 2 tr (S₁^½ S₂ S₁^½)^½ (Dowson & Landau 1982), a number, in double precision to the end. \
          `frechet_distance` is the same, of enough samples.
          """
      ) { call in
        .number(try Tensor.frechetDistance(call.tensor("x"), call.tensor("y")))
      })
  }

  /// The second set of points, where there is one.
  private static func others(_ call: borrowing Invocation) throws -> Tensor? {
    if case .none = call.value("y") { return nil }
    return try call.tensor("y")
  }
}
