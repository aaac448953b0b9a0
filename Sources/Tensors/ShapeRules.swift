// How shapes must fit, and the words for where they do not.

extension Shape {
  /// The common shape by NumPy's rules: axes are matched from the last; a size of 1 is repeated.
  static func broadcast(_ operands: [(name: String, shape: Shape)]) throws -> Shape {
    if let first = operands.first, operands.allSatisfy({ $0.shape == first.shape }) { return first.shape }
    let rank = operands.map(\.shape.rank).max() ?? 0
    var result = [Int](repeating: 1, count: rank)
    for (name, shape) in operands {
      for (offset, size) in shape.dimensions.reversed().enumerated() where size != 1 {
        let axis = rank - 1 - offset
        guard result[axis] == 1 || result[axis] == size else {
          throw TensorError(
            title: "the shapes do not fit together", operands: operands.map { ($0.name, $0.shape.description) },
            advice: "Matched from the last axis, sizes must be equal, or one of them 1; "
              + "\(result[axis]) and \(size) are not (\(name), axis \(shape.rank - 1 - offset)).")
        }
        result[axis] = size
      }
    }
    return try Shape(result)
  }

  /// The same of two operands.
  static func broadcast(_ left: Shape, _ right: Shape) throws -> Shape {
    if right.repeats(to: left) { return left }
    if left.repeats(to: right) { return right }
    return try broadcast([("left", left), ("right", right)])
  }

  /// Whether repeating axes of size 1, and adding axes in front, makes it `shape`.
  func repeats(to shape: Shape) -> Bool {
    let missing = shape.rank - rank
    return missing >= 0 && dimensions.indices.allSatisfy { dimensions[$0] == 1 || dimensions[$0] == shape[$0 + missing] }
  }

  /// Axis numbers in 0 ..< rank, from ones that may count from the end; nil is every axis. Ascending.
  func axes(_ axes: [Int]?) throws -> [Int] {
    guard let axes else { return Array(dimensions.indices) }
    let found = try axes.map { try axis($0) }
    guard found.count < 2 || Set(found).count == found.count else {
      throw TensorError(
        title: "an axis is named twice", operands: [("axis", Shape.text(axes))], advice: "Name each axis once.")
    }
    return found.sorted()
  }

  /// An axis number in 0 ..< rank, from one that may count from the end (−1 is the last).
  ///
  /// - Throws: a `TensorError` where there is no such axis.
  public func axis(_ axis: Int) throws -> Int {
    guard axis >= -rank, axis < rank else {
      let range = rank == 0 ? "A single number has no axes." : "Axes of it are 0 to \(rank - 1), or -\(rank) to -1 from the end."
      throw TensorError(title: "there is no such axis", operands: [("axis", "\(axis)"), ("x", "\(self)")], advice: range)
    }
    return axis < 0 ? axis + rank : axis
  }

  /// Without the axes in `axes`.
  func dropping(_ axes: [Int]) -> Shape {
    Shape(unchecked: dimensions.indices.filter { !axes.contains($0) }.map { dimensions[$0] })
  }
}
