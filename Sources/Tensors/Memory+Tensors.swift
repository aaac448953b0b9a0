import Base

/// Shortages of memory as the errors of tensors.
extension Memory {
  /// Throws where a block of `bytes` is not available.
  static func check(bytes: Int) throws {
    do {
      try require(bytes)
    } catch {
      throw shortage(bytes: error.needed ?? .max, available: error.available)
    }
  }

  static func shortage(bytes: Int, available: Int) -> TensorError {
    TensorError(
      title: "there is not enough memory", operands: [("shape", "needs \(SizeText.bytes(bytes))")],
      advice:
        "\(freeText(available).prefix(1).uppercased())\(freeText(available).dropFirst()). Use smaller sizes, or work in batches.")
  }
}
