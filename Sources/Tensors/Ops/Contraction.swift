extension Node {
  /// The matrix product of the last two axes; leading axes are equal.
  static func matmul(_ left: Node, _ right: Node, transposeLeft: Bool = false, transposeRight: Bool = false) -> Node {
    if let inner = left.matrixTransposed {
      return matmul(inner, right, transposeLeft: !transposeLeft, transposeRight: transposeRight)
    }
    if let inner = right.matrixTransposed {
      return matmul(left, inner, transposeLeft: transposeLeft, transposeRight: !transposeRight)
    }
    let rank = left.shape.rank
    let rows = left.shape[transposeLeft ? rank - 1 : rank - 2]
    let columns = right.shape[transposeRight ? rank - 2 : rank - 1]
    let dimensions = rank == 2 ? [rows, columns] : left.shape.dimensions.dropLast(2) + [rows, columns]
    return Node(
      .matmul(transposeLeft: transposeLeft, transposeRight: transposeRight), left, right, Shape(unchecked: dimensions))
  }

  /// With C = A·B: Ā = C̄·Bᵀ and B̄ = Aᵀ·C̄; a transposed factor has its own derivative transposed.
  func matmulDerivative(transposeLeft: Bool, transposeRight: Bool, _ gradient: Node, to index: Int) -> Node {
    let (left, right) = (inputs[0], inputs[1])
    if index == 0 {
      return transposeLeft
        ? Node.matmul(right, gradient, transposeLeft: transposeRight, transposeRight: true)
        : Node.matmul(gradient, right, transposeLeft: false, transposeRight: !transposeRight)
    }
    return transposeRight
      ? Node.matmul(gradient, left, transposeLeft: true, transposeRight: transposeLeft)
      : Node.matmul(left, gradient, transposeLeft: !transposeLeft, transposeRight: false)
  }

  /// The input, where this node exchanges the last two axes and nobody holds it.
  private var matrixTransposed: Node? {
    guard isOpen, case .transpose(let permutation) = operation else { return nil }
    let rank = permutation.count
    return Array(permutation) == Array(0..<(rank - 2)) + [rank - 1, rank - 2] ? inputs[0] : nil
  }
}
