// Masks: tensors of 1 (true) and 0 (false). Comparisons and `isNaN` make them; movement, a choice among masks, their products,
// maxima and minima, and 1 − mask give masks again; all other arithmetic gives plain numbers.

extension Tensor {
  /// Whether `function` of two tensors gives a mask.
  static func isMask(_ function: BinaryFunction, _ left: Tensor, _ right: Tensor) -> Bool {
    switch function.definition.mask {
    case .always: true
    // Logical and, or.
    case .ofMasks: left.isMask && right.isMask
    case .never: false
    }
  }

  /// Whether a choice between two tensors gives a mask: both are masks, or one is and the other a plain 0 or 1.
  static func isMask(choice a: Tensor, _ b: Tensor) throws -> Bool {
    func fits(_ x: Tensor) throws -> Bool {
      if x.isMask { return true }
      let node = try x.node
      return x.rank == 0 && node.isFill && (node.value == 0 || node.value == 1)
    }
    return try (a.isMask || b.isMask) && fits(a) && fits(b)
  }

  /// The places in row-major order of the numbers that are not 0.
  public func nonzeroPlaces() throws -> [Int] {
    try realize()
    guard let storage = try node.storage else { return [] }
    return storage.buffer.indices.filter { storage.buffer[$0] != 0 }
  }

  /// The title of the error of a mask whose sizes are not those of the axes it picks from, by which callers know it.
  public static let maskMisfit = "the mask does not fit"

  /// The elements at which `mask` is 1. The axes from `axis` on that have its sizes become one, as long as the mask has ones.
  /// - Throws: `TensorError` where the sizes are not those of the axes.
  public func picked(by mask: Tensor, axis: Int = 0) throws -> Tensor {
    let sizes = shape.dimensions[Swift.min(axis, rank)...].prefix(mask.rank)
    guard mask.rank > 0, Array(sizes) == mask.shape.dimensions else {
      let axes = Array(shape.dimensions[Swift.min(axis, rank)...])
      let rows = axes.count > 1 ? ", [\(axes[0])] for rows" : ""
      throw TensorError(
        title: Self.maskMisfit, operands: [("x", Shape.text(axes)), ("mask", "\(mask.shape)")],
        advice: "It must have the sizes of the axes that it picks from: \(Shape.text(axes)) for single numbers\(rows).")
    }
    let places = try mask.nonzeroPlaces()
    if mask.rank == 1 { return try taken(places, axis: axis) }
    let joined = shape.dimensions[..<axis] + [mask.count] + shape.dimensions[(axis + mask.rank)...]
    return try reshaped(Array(joined)).taken(places, axis: axis)
  }
}
