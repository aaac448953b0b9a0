@testable import Tensors

extension Oracle {
  /// What the engine leaves to LAPACK and to its own sums, by Jacobi's rotations and plain loops.
  func precise(_ function: PreciseFunction, _ node: Node, _ x: [[Double]]) -> [Double] {
    let shape = node.inputs[0].shape
    let (rows, columns) = (shape[0], shape[1])
    switch function {
    case .eigenvalues: return OracleEigen(x[0], rows).values
    case .eigenvectors: return OracleEigen(x[0], rows).vectors
    case .singularValues: return singular(x[0], rows, columns).s
    case .leftVectors: return singular(x[0], rows, columns).u
    case .rightVectors: return singular(x[0], rows, columns).v
    case .covariance: return covariance(x[0], rows, columns)
    case .squaredDistances:
      return (0..<rows).flatMap { i in
        (0..<node.shape[1]).map { j in
          (0..<columns).reduce(0) { sum, k in
            let difference = x[0][i * columns + k] - x[1][j * columns + k]
            return sum + difference * difference
          }
        }
      }
    case .solution: return solution(x[0], x[1], rows)
    case .inverse: return solution(x[0], (0..<rows * rows).map { $0 / rows == $0 % rows ? 1 : 0 }, rows)
    case .determinant: return [determinant(x[0], rows)]
    // Places do not move with small steps.
    case .assignment: return node.storage.map { $0.buffer.map(Double.init) } ?? []
    }
  }

  /// By the first row's minors.
  private func determinant(_ a: [Double], _ n: Int) -> Double {
    if n == 1 { return a[0] }
    return (0..<n).reduce(0) { sum, column in
      let minor = (1..<n).flatMap { row in (0..<n).filter { $0 != column }.map { a[row * n + $0] } }
      return sum + (column % 2 == 0 ? 1 : -1) * a[column] * determinant(minor, n - 1)
    }
  }

  /// By Cramer's rule.
  private func solution(_ a: [Double], _ b: [Double], _ n: Int) -> [Double] {
    let (columns, whole) = (b.count / n, determinant(a, n))
    return (0..<n * columns).map { place in
      let (unknown, column) = (place / columns, place % columns)
      let replaced = (0..<n * n).map { $0 % n == unknown ? b[$0 / n * columns + column] : a[$0] }
      return determinant(replaced, n) / whole
    }
  }

  private func covariance(_ x: [Double], _ n: Int, _ d: Int) -> [Double] {
    let means = (0..<d).map { column in (0..<n).reduce(0) { $0 + x[$1 * d + column] } / Double(n) }
    return (0..<d * d).map { place in
      let (i, j) = (place / d, place % d)
      return (0..<n).reduce(0) { $0 + (x[$1 * d + i] - means[i]) * (x[$1 * d + j] - means[j]) } / Double(n - 1)
    }
  }

  /// By the eigenvectors of AᵀA, or of AAᵀ where that is the smaller.
  private func singular(_ a: [Double], _ rows: Int, _ columns: Int) -> (u: [Double], s: [Double], v: [Double]) {
    let k = min(rows, columns)
    let isTall = rows >= columns
    let products = (0..<k * k).map { place in
      let (i, j) = (place / k, place % k)
      return isTall
        ? (0..<rows).reduce(0) { $0 + a[$1 * columns + i] * a[$1 * columns + j] }
        : (0..<columns).reduce(0) { $0 + a[i * columns + $1] * a[j * columns + $1] }
    }
    let eigen = OracleEigen(products, k)
    let s = eigen.values.map { $0.squareRoot() }
    var (u, v) = ([Double](repeating: 0, count: rows * k), [Double](repeating: 0, count: k * columns))
    for place in 0..<k {
      for row in 0..<rows {
        u[row * k + place] =
          isTall
          ? (0..<columns).reduce(0) { $0 + a[row * columns + $1] * eigen.vectors[$1 * k + place] } / s[place]
          : eigen.vectors[row * k + place]
      }
      for column in 0..<columns {
        v[place * columns + column] =
          isTall
          ? eigen.vectors[column * k + place]
          : (0..<rows).reduce(0) { $0 + a[$1 * columns + column] * eigen.vectors[$1 * k + place] } / s[place]
      }
      let largest = v[place * columns..<(place + 1) * columns].max { $0.magnitude < $1.magnitude }
      guard let largest, largest < 0 else { continue }
      for row in 0..<rows { u[row * k + place].negate() }
      for column in 0..<columns { v[place * columns + column].negate() }
    }
    return (u, s, v)
  }
}

/// The eigenvalues of the symmetric part of a matrix [n, n], in falling order, and its eigenvectors in columns, the largest
/// component of each positive: by Jacobi's rotations.
private struct OracleEigen {
  var values: [Double]
  var vectors: [Double]

  init(_ matrix: [Double], _ n: Int) {
    var a = (0..<n * n).map { (matrix[$0] + matrix[$0 % n * n + $0 / n]) / 2 }
    var v = (0..<n * n).map { $0 / n == $0 % n ? 1.0 : 0 }
    for _ in 0..<40 {
      for p in 0..<n {
        for q in (p + 1)..<max(n, p + 1) where a[p * n + q] != 0 {
          let theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q])
          let t = (theta < 0 ? -1 : 1) / (theta.magnitude + (theta * theta + 1).squareRoot())
          let c = 1 / (t * t + 1).squareRoot()
          for k in 0..<n {
            (a[k * n + p], a[k * n + q]) = (
              c * a[k * n + p] - t * c * a[k * n + q], t * c * a[k * n + p] + c * a[k * n + q]
            )
          }
          for k in 0..<n {
            (a[p * n + k], a[q * n + k]) = (
              c * a[p * n + k] - t * c * a[q * n + k], t * c * a[p * n + k] + c * a[q * n + k]
            )
            (v[k * n + p], v[k * n + q]) = (
              c * v[k * n + p] - t * c * v[k * n + q], t * c * v[k * n + p] + c * v[k * n + q]
            )
          }
        }
      }
    }
    let order = (0..<n).sorted { a[$0 * n + $0] > a[$1 * n + $1] }
    values = order.map { a[$0 * n + $0] }
    vectors = v
    for (place, source) in order.enumerated() {
      let column = (0..<n).map { v[$0 * n + source] }
      let sign = (column.max { $0.magnitude < $1.magnitude } ?? 1) < 0 ? -1.0 : 1
      for row in 0..<n { vectors[row * n + place] = sign * column[row] }
    }
  }
}
