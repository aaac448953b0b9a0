/// A function that is computed eagerly from the numbers of its inputs, in double precision. The result is still a node of the
/// graph: its derivatives are made of the other operations, in single precision.
public enum PreciseFunction: Hashable, Sendable {
  case eigenvalues, eigenvectors
  case singularValues, leftVectors, rightVectors
  case covariance
  case squaredDistances
  case assignment
  case solution, inverse, determinant
}

extension Node {
  /// A node of numbers that are there already.
  static func precise(_ function: PreciseFunction, of inputs: [Node], _ storage: Storage, _ shape: Shape) -> Node {
    let node = Node(.precise(function), inputs, shape)
    node.storage = storage
    node.pendingDepth = 0
    return node
  }

  /// Only the first input, or the first two of distances, are what a function is of; the others serve its derivative.
  func preciseDerivative(_ function: PreciseFunction, _ gradient: Node, to index: Int) throws -> Node? {
    switch function {
    case .eigenvalues: index == 0 ? eigenvaluesDerivative(gradient) : nil
    case .eigenvectors: index == 0 ? try eigenvectorsDerivative(gradient) : nil
    case .singularValues: index == 0 ? try singularValuesDerivative(gradient) : nil
    case .leftVectors: index == 0 ? try leftVectorsDerivative(gradient) : nil
    case .rightVectors: index == 0 ? try rightVectorsDerivative(gradient) : nil
    case .covariance: covarianceDerivative(gradient)
    case .squaredDistances: squaredDistancesDerivative(gradient, to: index)
    case .solution: try solutionDerivative(gradient, to: index)
    case .inverse: inverseDerivative(gradient)
    case .determinant: try determinantDerivative(gradient)
    case .assignment:
      throw TensorError(
        title: "no derivative passes through `assignment`", operands: [("y", "depends on x by way of an assignment")],
        advice: "It gives places, not costs. The costs at those places have derivatives: "
          + "sum(cost * one_hot(assignment(cost), m)).")
    }
  }
}
