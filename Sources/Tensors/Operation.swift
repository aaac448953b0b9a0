/// What a node does with its inputs. This is the structure a plan is kept under: the values that change from step to step
/// (a fill's number, a random node's key) are on the node, not here.
///
/// The cases with many sizes are `indirect`, so that a node stays small.
///
/// Few primitives, closed under differentiation: the derivative of each is written with the others.
public enum Operation: Hashable, Sendable {
  // Leaves.
  /// Numbers given from outside, or kept from a realization: the node has a storage.
  case data
  /// The node's `value` everywhere.
  case fill
  /// Numbers drawn from the node's `key`.
  case random(Distribution)

  // Element-wise: all inputs and the output have one shape; broadcasting is a node of its own.
  /// The parameter is 0 for a function that has none.
  case unary(UnaryFunction, parameter: Float = 0)
  /// Inputs: left, right.
  case binary(BinaryFunction)
  /// Inputs: condition, a, b. `a` where the condition is not 0, `b` elsewhere.
  case select

  /// Over `axes` (ascending, at least one), which are kept with size 1.
  case reduce(Reduction, axes: [Int])

  // Movement.
  /// The same numbers in row-major order under the node's shape.
  case reshape
  /// Axis `i` of the output is axis `permutation[i]` of the input.
  case transpose(permutation: [Int])
  /// Axes of size 1 repeated to the node's shape; the rank stays.
  case broadcast
  /// Output element `i` along an axis is input element `starts + i * steps`; a step may be negative, never 0.
  indirect case slice(starts: [Int], steps: [Int])
  /// Zeros before, after and `interior` of them between neighbors, along each axis; none is negative.
  /// A size n > 0 becomes before + (n - 1)(interior + 1) + 1 + after.
  indirect case pad(before: [Int], after: [Int], interior: [Int])
  /// The inputs one after another along `axis`.
  case concat(axis: Int)
  /// Inputs: x [rows, …], indices [n] in 0 ..< rows, made by `Node.places`. Output [n, …]: rows of x.
  case gather
  /// Inputs: values [n, …], indices [n] as above. Output [rows, …]: each value added to its row, in the order of n; zeros elsewhere.
  case scatterAdd

  /// Inputs: left, right, both of rank 2, or of one higher rank with equal leading axes (a product for each).
  /// A transposed side has its last two axes exchanged before the product: left [k, m] is used as [m, k].
  case matmul(transposeLeft: Bool, transposeRight: Bool)

  /// Inputs: x [n, h, w, c], filter [kh, kw, c, o]. Output [n, oh, ow, o].
  indirect case convolution(ConvolutionGeometry)
  /// Inputs: y [n, oh, ow, o], filter [kh, kw, c, o]. Output [n, h, w, c]: the derivative of `convolution` by its input,
  /// which is the transposed convolution of `y`.
  indirect case convolutionByInput(ConvolutionGeometry)
  /// Inputs: x [n, h, w, c], y [n, oh, ow, o]. Output [kh, kw, c, o]: the derivative of `convolution` by its filter.
  indirect case convolutionByFilter(ConvolutionGeometry)

  /// Worked out at once, in double precision: the node has a storage from the start, and is never part of a plan.
  case precise(PreciseFunction)
}

extension Operation {
  /// Whether nothing is computed for it: its numbers are there, or are another's, read in another way.
  var isFree: Bool {
    switch self {
    case .data, .fill, .reshape, .transpose, .broadcast, .slice, .precise: true
    case .random, .unary, .binary, .select, .reduce, .pad, .concat, .gather, .scatterAdd, .matmul, .convolution,
      .convolutionByInput, .convolutionByFilter:
      false
    }
  }
}

/// How numbers of an axis become one.
public enum Reduction: Hashable, Sendable {
  case sum
  /// NaN when any element is.
  case max, min
}
