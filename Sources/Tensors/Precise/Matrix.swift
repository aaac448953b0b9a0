import Base
import COpenBLAS

/// A matrix in double precision, row-major without gaps: for what is worked out once from a tensor's numbers, where the
/// rounding of floats would be too coarse. How derivatives pass through such results is said by `PreciseFunction`.
struct Matrix {
  var rows: Int
  var columns: Int
  var values: [Double]

  init(rows: Int, columns: Int) throws {
    try Memory.check(bytes: rows * columns * MemoryLayout<Double>.stride)
    (self.rows, self.columns) = (rows, columns)
    values = [Double](repeating: 0, count: rows * columns)
  }

  /// The numbers of a tensor of two axes.
  /// - Throws: `TensorError` for another rank, or where a number is not finite.
  init(_ x: Tensor, named name: String) throws {
    guard x.rank == 2 else {
      throw TensorError(
        title: "a matrix has two axes", operands: [(name, "\(x.shape)")],
        advice: "Give a tensor [rows, columns]; flatten(x) makes a row of each sample.")
    }
    let floats = try x.floats()
    guard floats.allSatisfy(\.isFinite) else {
      throw TensorError(
        title: "the matrix has numbers that are not finite", operands: [(name, "\(x.shape) with infinity or nan in it")],
        advice: "Look at what made them: a division by zero, a logarithm of zero, or a training that has diverged.")
    }
    try Memory.check(bytes: floats.count * MemoryLayout<Double>.stride)
    (rows, columns) = (x.shape[0], x.shape[1])
    values = floats.map(Double.init)
  }

  /// Its numbers, rounded to floats.
  func storage() throws -> Storage { try Storage(copying: values.map(Float.init)) }

  var transposed: Matrix {
    var result = self
    (result.rows, result.columns) = (columns, rows)
    for row in 0..<rows {
      for column in 0..<columns { result.values[column * rows + row] = values[row * columns + column] }
    }
    return result
  }

  /// The mean of each column.
  var columnMeans: [Double] {
    var means = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      for column in 0..<columns { means[column] += values[row * columns + column] }
    }
    return means.map { $0 / Double(max(rows, 1)) }
  }

  /// Each row without `row`, which has as many numbers as there are columns.
  mutating func subtract(row means: [Double]) {
    for row in 0..<rows {
      for column in 0..<columns { values[row * columns + column] -= means[column] }
    }
  }

  /// Whether the system's library brings products and decompositions in double precision.
  static var hasLibrary: Bool { Multiplication.choice != .ownKernels && openblas_has_doubles() }

  /// Sizes that LAPACK's workspaces, counted in 32 bits, can take.
  static let decompositionLimit = 20_000

  /// Throws unless the system's library can decompose a matrix of this size.
  func checkDecomposition(named name: String) throws {
    guard rows > 0, columns > 0 else {
      throw TensorError(
        title: "an empty matrix has no decomposition", operands: [(name, "[\(rows), \(columns)]")],
        advice: "It must have at least one row and one column.")
    }
    guard max(rows, columns) <= Self.decompositionLimit else {
      throw TensorError(
        title: "the matrix is too large to be decomposed", operands: [(name, "[\(rows), \(columns)]")],
        advice: "At most \(Self.decompositionLimit) rows and columns can be. Take fewer features first.")
    }
    guard Self.hasLibrary else {
      throw TensorError(
        title: "the library for decompositions is missing", operands: [(name, "[\(rows), \(columns)]")],
        advice: "Install OpenBLAS with LAPACK: apt install libopenblas0-pthread.")
    }
  }

  /// What LAPACK reports as an error.
  static func check(_ info: Int32, named name: String) throws {
    guard info != 0 else { return }
    throw TensorError(
      title: Int(info) == Int(OPENBLAS_NO_MEMORY)
        ? "there is not enough memory for the decomposition" : "the decomposition did not converge",
      operands: [(name, "a matrix")], advice: "Scale the numbers, or take fewer features first.")
  }
}
