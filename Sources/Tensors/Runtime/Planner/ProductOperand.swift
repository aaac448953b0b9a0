/// One side of a matrix product, as a library for products can read it.
struct ProductOperand: Hashable {
  let base: Int
  let offset: Int
  /// The distance between rows, or between columns if `isTransposed`.
  let leading: Int
  let isTransposed: Bool
  /// The distance between one matrix and the next.
  let batchStride: Int

  init?(_ view: View) {
    let rank = view.sizes.count
    guard rank >= 2 else { return nil }
    guard view.count > 0 else {
      // Nothing is read of it, but the product of an empty axis is zeros, and must be written.
      (base, offset, leading, isTransposed, batchStride) = (view.base, 0, 1, false, 0)
      return
    }
    let (rows, columns) = (view.sizes[rank - 2], view.sizes[rank - 1])
    let (down, along) = (view.strides[rank - 2], view.strides[rank - 1])
    if (along == 1 || columns == 1) && (down >= columns || rows == 1) && (down > 0 || rows == 1) {
      (isTransposed, leading) = (false, rows == 1 ? max(columns, 1) : down)
    } else if (down == 1 || rows == 1) && (along >= rows || columns == 1) && (along > 0 || columns == 1) {
      (isTransposed, leading) = (true, columns == 1 ? max(rows, 1) : along)
    } else {
      return nil
    }
    var step: Int?
    for axis in (0..<(rank - 2)).reversed() where view.sizes[axis] != 1 {
      if let step, view.strides[axis] != step { return nil }
      step = (step == nil ? view.strides[axis] : step ?? 0) &* view.sizes[axis]
    }
    var batch = 0
    for axis in (0..<(rank - 2)).reversed() where view.sizes[axis] != 1 {
      batch = view.strides[axis]
      break
    }
    (base, offset, batchStride) = (view.base, view.offset, batch)
  }
}
