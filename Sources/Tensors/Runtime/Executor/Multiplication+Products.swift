import COpenBLAS
import Kernels

extension Multiplication {
  /// Packs the right sides of a sum's terms, one below the other.
  static func packRightSides(
    _ terms: UnsafeBufferPointer<gan_product_term>, columns: Int, into packed: UnsafeMutablePointer<Float>, on pool: Workers
  ) {
    pool.run(blocks: panels(columns)) { panel, _ in packPanel(panel, terms, columns: columns, into: packed) }
  }

  static func packPanel(
    _ panel: Int, _ terms: UnsafeBufferPointer<gan_product_term>, columns: Int, into packed: UnsafeMutablePointer<Float>
  ) {
    let first = panel * Int(GAN_PANEL_COLUMNS)
    let depth = terms.reduce(0) { $0 + Int($1.k) }
    gan_pack_right_sides(
      terms.baseAddress, Int32(terms.count), Int64(first), Int64(min(first + Int(GAN_PANEL_COLUMNS), columns)),
      packed + first * depth)
  }

  /// One side: [rows, columns] with rows `leading` apart, or its transpose lying in memory.
  struct Side {
    var pointer: UnsafePointer<Float>
    var leading: Int
    var isTransposed: Bool

    var transposed: Side { Side(pointer: pointer, leading: leading, isTransposed: !isTransposed) }
  }

  /// c [m, n] = a [m, k] · b [k, n] (+ c); rows of c lie `leading` apart.
  /// - Parameter usesLibrary: What `usesLibrary` was when the step was planned: this runs on threads that have entered no engine.
  static func multiply(
    _ m: Int, _ n: Int, _ k: Int, _ a: Side, _ b: Side, accumulates: Bool, into c: UnsafeMutablePointer<Float>, leading: Int,
    scratch: UnsafeMutablePointer<Float>, usesLibrary: Bool
  ) {
    if k > 1, min(m, n) <= Tuning.fewVectors {
      if n <= m {
        multiplyVectors(
          m, n, k, a, b, accumulates: accumulates, into: c, step: leading, vectorStep: 1, scratch: scratch)
      } else {
        // The rows of c are the columns of its transpose.
        multiplyVectors(
          n, m, k, b.transposed, a.transposed, accumulates: accumulates, into: c, step: 1, vectorStep: leading, scratch: scratch)
      }
      return
    }
    if k <= Int(GAN_FEW_TERMS), !b.isTransposed || n &* k <= scratchCount {
      if b.isTransposed {
        for term in 0..<k {
          for column in 0..<n { scratch[term * n + column] = b.pointer[column * b.leading + term] }
        }
      }
      gan_product_of_few_terms(
        Int64(m), Int64(n), Int64(k), a.pointer, Int64(a.isTransposed ? 1 : a.leading), Int64(a.isTransposed ? a.leading : 1),
        b.isTransposed ? UnsafePointer(scratch) : b.pointer, Int64(b.isTransposed ? n : b.leading), accumulates, c,
        Int64(leading))
      return
    }
    let largest = max(max(m, n, k), max(a.leading, b.leading, leading))
    if largest <= Int(Int32.max), usesLibrary {
      openblas_sgemm(
        a.isTransposed, b.isTransposed, Int32(m), Int32(n), Int32(k), a.pointer, Int32(a.leading), b.pointer, Int32(b.leading),
        accumulates, c, Int32(leading))
    } else {
      gan_product(
        a.isTransposed, b.isTransposed, Int64(m), Int64(n), Int64(k), a.pointer, Int64(a.leading), b.pointer, Int64(b.leading),
        accumulates, c, Int64(leading), scratch)
    }
  }

  /// Number i of vector j, at c[i · step + j · vectorStep], is row i of a times column j of b (+ what is there).
  private static func multiplyVectors(
    _ m: Int, _ n: Int, _ k: Int, _ a: Side, _ b: Side, accumulates: Bool, into c: UnsafeMutablePointer<Float>, step: Int,
    vectorStep: Int, scratch: UnsafeMutablePointer<Float>
  ) {
    for vector in 0..<n {
      let x = b.pointer + (b.isTransposed ? vector * b.leading : vector)
      let xStep = b.isTransposed ? 1 : b.leading
      let target = c + vector * vectorStep
      if a.isTransposed, step == 1 {
        gan_vector_matrix(Int64(k), Int64(m), x, Int64(xStep), a.pointer, Int64(a.leading), accumulates, target)
      } else if a.isTransposed {
        // A stretch of the results, side by side; then each goes to its place.
        for first in stride(from: 0, to: m, by: scratchCount) {
          let count = min(scratchCount, m - first)
          let place = target + first * step
          gan_vector_matrix(Int64(k), Int64(count), x, Int64(xStep), a.pointer + first, Int64(a.leading), false, scratch)
          for row in 0..<count { place[row * step] = scratch[row] + (accumulates ? place[row * step] : 0) }
        }
      } else {
        // A stretch of the terms, side by side.
        for first in stride(from: 0, to: k, by: scratchCount) {
          let count = min(scratchCount, k - first)
          if xStep != 1 {
            for term in 0..<count { scratch[term] = x[(first + term) * xStep] }
          }
          gan_matrix_vector(
            Int64(m), Int64(count), a.pointer + first, Int64(a.leading), xStep == 1 ? x + first : UnsafePointer(scratch),
            accumulates || first > 0, target, Int64(step))
        }
      }
    }
  }
}
