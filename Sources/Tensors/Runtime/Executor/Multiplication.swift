import COpenBLAS
import Kernels

/// Matrix products of one thread: by our own kernels on the processors they are written for (AVX2 and AVX-512) and where one
/// side is a vector, by the system's library on others.
enum Multiplication {
  /// Who multiplies matrices.
  enum Choice {
    case whicheverIsFaster, ownKernels, library
  }

  /// For tests: all products by one of the two.
  nonisolated(unsafe) static var choice = Choice.whicheverIsFaster  // Set before any work, by the thread that hands it out.

  private static var usesLibrary: Bool {
    switch choice {
    case .whicheverIsFaster: gan_best_instruction_set() == Int32(GAN_BASELINE) && openblas_load()
    case .ownKernels: false
    case .library: openblas_load()
    }
  }

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
}
