import COpenBLAS
import Kernels

/// Matrix products of one thread: by our own kernels on the processors they are written for (AVX2 and AVX-512) and where one
/// side is a vector, by the system's library on others. Here is what plans need to know of them; the products themselves are with
/// the executor.
enum Multiplication {
  /// Who multiplies matrices.
  enum Choice {
    case whicheverIsFaster, ownKernels, library
  }

  /// Who multiplies, as the engine has it that the thread has entered.
  static var choice: Choice { Engine.current?.options.multiplication ?? .whicheverIsFaster }

  /// Whether the library does, in plans that are made now.
  static var usesLibrary: Bool {
    switch choice {
    case .whicheverIsFaster: gan_best_instruction_set() == Int32(GAN_BASELINE) && openblas_load()
    case .ownKernels: false
    case .library: openblas_load()
    }
  }

  /// Floats of scratch that a product needs.
  static let scratchCount = Int(max(gan_product_scratch(0, 0, 0), gan_few_rows_scratch(Int64(Tuning.fewRows))))

  /// Columns of a packed right side of a product, with the room that it has.
  static func padded(_ columns: Int) -> Int {
    let panel = Int(GAN_PANEL_COLUMNS)
    return (columns + panel - 1) / panel * panel
  }

  /// Panels of a packed right side.
  static func panels(_ columns: Int) -> Int { padded(columns) / Int(GAN_PANEL_COLUMNS) }
}
