import COpenBLAS
import Kernels

/// Matrix products of one thread: by the system's library, or by our own kernels where there is none, and where one side is a
/// vector.
enum Multiplication {
  /// For tests: goes on as if there were no library.
  nonisolated(unsafe) static var ignoresLibrary = false  // Set before any work, by the thread that hands it out.

  /// Floats of scratch that a product needs.
  static let scratchCount = Int(gan_product_scratch(0, 0, 0))

  /// One side: [rows, columns] with rows `leading` apart, or its transpose lying in memory.
  struct Side {
    var pointer: UnsafePointer<Float>
    var leading: Int
    var isTransposed: Bool
  }

  /// c [m, n] = a [m, k] · b [k, n] (+ c); rows of c lie `leading` apart.
  static func multiply(
    _ m: Int, _ n: Int, _ k: Int, _ a: Side, _ b: Side, accumulates: Bool, into c: UnsafeMutablePointer<Float>, leading: Int,
    scratch: UnsafeMutablePointer<Float>
  ) {
    if n == 1 {
      let step = Int64(b.isTransposed ? 1 : b.leading)
      if !a.isTransposed {
        gan_matrix_vector(
          Int64(m), Int64(k), a.pointer, Int64(a.leading), b.pointer, step, accumulates, c, Int64(leading))
        return
      }
      if leading == 1 {
        gan_vector_matrix(Int64(k), Int64(m), b.pointer, step, a.pointer, Int64(a.leading), accumulates, c)
        return
      }
    }
    if m == 1 {
      let step = Int64(a.isTransposed ? a.leading : 1)
      if b.isTransposed {
        gan_matrix_vector(Int64(n), Int64(k), b.pointer, Int64(b.leading), a.pointer, step, accumulates, c, 1)
      } else {
        gan_vector_matrix(Int64(k), Int64(n), a.pointer, step, b.pointer, Int64(b.leading), accumulates, c)
      }
      return
    }
    if k == 1 {
      gan_outer_product(
        Int64(m), Int64(n), a.pointer, Int64(a.isTransposed ? 1 : a.leading), b.pointer, Int64(b.isTransposed ? b.leading : 1),
        accumulates, c, Int64(leading))
      return
    }
    let largest = max(max(m, n, k), max(a.leading, b.leading, leading))
    if largest <= Int(Int32.max), !ignoresLibrary, openblas_load() {
      openblas_sgemm(
        a.isTransposed, b.isTransposed, Int32(m), Int32(n), Int32(k), a.pointer, Int32(a.leading), b.pointer, Int32(b.leading),
        accumulates, c, Int32(leading))
    } else {
      gan_product(
        a.isTransposed, b.isTransposed, Int64(m), Int64(n), Int64(k), a.pointer, Int64(a.leading), b.pointer, Int64(b.leading),
        accumulates, c, Int64(leading), scratch)
    }
  }
}
