import Kernels

/// The kernels' codes of reductions and draws. (Those of element-wise functions are their raw values.)
extension FusedKernel {
  static func code(of reduction: Reduction) -> Int32 {
    let code =
      switch reduction {
      case .sum: GAN_SUM
      case .max: GAN_MAX
      case .min: GAN_MIN
      }
    return Int32(code)
  }

  static func code(of distribution: Distribution) -> Int32 {
    let code =
      switch distribution {
      case .uniform: GAN_UNIFORM
      case .normal: GAN_NORMAL
      case .truncatedNormal: GAN_TRUNCATED_NORMAL
      }
    return Int32(code)
  }

  /// Sets the first numbers of one of C's arrays.
  static func set<Array>(_ array: inout Array, _ numbers: [Int]) {
    withUnsafeMutableBytes(of: &array) { bytes in
      let elements = bytes.bindMemory(to: Int64.self)
      for (index, number) in numbers.enumerated() where index < elements.count { elements[index] = Int64(number) }
    }
  }
}
