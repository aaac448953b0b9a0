import Base
import Glibc

extension Tensor {
  /// The mean of exp(−‖xᵢ − yⱼ‖² / 2σ²) over all pairs of a row of x [n, d] and one of y [m, d]; without y, over all pairs of two
  /// different rows of x. In double precision: what such means differ by is a small part of them.
  /// - Throws: `TensorError` where there is no pair, a number is not finite, or σ is not above 0.
  public static func gaussianKernelMean(_ x: Tensor, _ y: Tensor?, sigma: Double) throws -> Double {
    guard sigma > 0 else {
      throw TensorError(
        title: "the width of a Gaussian is above 0", operands: [("sigma", NumberText.shortest(sigma))],
        advice: "The median distance of the points is a usual one.")
    }
    var (left, right) = try points(x, y)
    // Far from zero the products would be large and their differences small.
    let center = right.columnMeans
    left.subtract(row: center)
    right.subtract(row: center)
    let scale = -1 / (2 * sigma * sigma)
    return try kernelMean(left, right, isOwn: y == nil, PairBlocks(left, right).forEachDistance) { Glibc.exp(scale * $0) }
  }

  /// The mean of (scale · xᵢ·yⱼ + offset)^degree, as above.
  /// - Throws: `TensorError` where there is no pair, a number is not finite, or the degree is not 1 to 100.
  public static func polynomialKernelMean(
    _ x: Tensor, _ y: Tensor?, degree: Int, scale: Double, offset: Double
  ) throws -> Double {
    guard (1...100).contains(degree) else {
      throw TensorError(title: "a degree is a whole number from 1 to 100", operands: [("degree", "\(degree)")])
    }
    let (left, right) = try points(x, y)
    return try kernelMean(left, right, isOwn: y == nil, PairBlocks(left, right).forEachProduct) { product in
      let base = scale * product + offset
      var power = base
      for _ in 1..<degree { power *= base }
      return power
    }
  }

  private static func points(_ x: Tensor, _ y: Tensor?) throws -> (Matrix, Matrix) {
    let left = try Matrix(x, named: "x")
    let right = try y.map { try Matrix($0, named: "y") } ?? left
    guard left.columns == right.columns else {
      throw TensorError(
        title: "points of different dimensions cannot be compared",
        operands: [("x", "\(x.shape)"), ("y", "[\(right.rows), \(right.columns)]")],
        advice: "The last axis of both must be of one size.")
    }
    guard left.rows > (y == nil ? 1 : 0), right.rows > 0 else {
      throw TensorError(
        title: "there is no pair of points", operands: [("x", "\(x.shape)")],
        advice: y == nil ? "Two rows at least make a pair." : "Both need a row at least.")
    }
    return (left, right)
  }

  /// - Parameter isOwn: Whether the pairs are those of different rows of one matrix; each is then looked at once.
  private static func kernelMean(
    _ x: Matrix, _ y: Matrix, isOwn: Bool, _ forEach: (Bool, PairBlocks.Row) throws -> Void,
    _ kernel: @escaping (Double) -> Double
  ) throws -> Double {
    var (total, lost) = (0.0, 0.0)
    try forEach(isOwn) { columns, row, numbers in
      var sum = 0.0
      let first = isOwn ? row + 1 - columns.lowerBound : 0
      for place in numbers.indices where place >= first { sum += kernel(numbers[place]) }
      // What rounding takes from the total is kept beside it (Neumaier 1974).
      let next = total + sum
      lost += total.magnitude >= sum.magnitude ? (total - next) + sum : (sum - next) + total
      total = next
    }
    let pairs = Double(x.rows) * (isOwn ? Double(x.rows - 1) / 2 : Double(y.rows))
    return total.isFinite ? (total + lost) / pairs : total / pairs
  }
}
