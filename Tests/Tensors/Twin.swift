@testable import Tensors

/// A value of a graph that is made twice: by the builders, which rewrite what they are given, and of nodes that do as they say. Both read
/// the same leaves, so their numbers, and their derivatives, must be the same.
struct Twin {
  let built: Node
  let raw: Node

  var shape: Shape { raw.shape }
  var sizes: [Int] { raw.shape.dimensions }

  init(built: Node, raw: Node) { (self.built, self.raw) = (built, raw) }

  init(leaf: Node) { self.init(built: leaf, raw: leaf) }

  static func fill(_ value: Double, _ shape: Shape) -> Twin {
    Twin(built: Node.fill(value, shape), raw: Node(.fill, [], shape, value: value))
  }

  static func random(_ distribution: Distribution, _ shape: Shape, _ key: RandomKey) -> Twin {
    Twin(built: Node.random(distribution, shape, key), raw: Node(.random(distribution), [], shape, key: key))
  }

  // MARK: Element-wise

  func map(_ function: UnaryFunction, parameter: Float = 0) -> Twin {
    Twin(
      built: Node.unary(function, built, parameter: parameter), raw: Node(.unary(function, parameter: parameter), raw, shape))
  }

  static func combine(_ function: BinaryFunction, _ left: Twin, _ right: Twin) -> Twin {
    Twin(
      built: Node.binary(function, left.built, right.built), raw: Node(.binary(function), left.raw, right.raw, left.shape))
  }

  static func select(_ condition: Twin, _ a: Twin, _ b: Twin) -> Twin {
    Twin(
      built: Node.select(condition.built, a.built, b.built),
      raw: Node(.select, [condition.raw, a.raw, b.raw], condition.shape))
  }

  // MARK: Reductions and movement

  func reduced(_ reduction: Reduction, axes: [Int]) throws -> Twin {
    let kept = sizes.enumerated().map { axes.contains($0.offset) ? 1 : $0.element }
    return Twin(
      built: Node.reduce(reduction, built, axes: axes), raw: Node(.reduce(reduction, axes: axes), raw, try Shape(kept)))
  }

  func reshaped(_ shape: Shape) -> Twin { Twin(built: Node.reshape(built, to: shape), raw: Node(.reshape, raw, shape)) }

  /// Of the same rank.
  func broadcasted(_ shape: Shape) -> Twin {
    Twin(built: Node.broadcast(built, to: shape), raw: Node(.broadcast, raw, shape))
  }

  func transposed(_ permutation: [Int]) throws -> Twin {
    Twin(
      built: Node.transpose(built, permutation),
      raw: Node(.transpose(permutation: permutation), raw, try Shape(permutation.map { sizes[$0] })))
  }

  func sliced(starts: [Int], steps: [Int], sizes: [Int]) throws -> Twin {
    Twin(
      built: Node.slice(built, starts: starts, steps: steps, sizes: sizes),
      raw: Node(.slice(starts: starts, steps: steps), raw, try Shape(sizes)))
  }

  func padded(before: [Int], after: [Int], interior: [Int]) throws -> Twin {
    let padded = sizes.indices.map { before[$0] + (sizes[$0] - 1) * (interior[$0] + 1) + 1 + after[$0] }
    return Twin(
      built: Node.pad(built, before: before, after: after, interior: interior),
      raw: Node(.pad(before: before, after: after, interior: interior), raw, try Shape(padded)))
  }

  static func concat(_ left: Twin, _ right: Twin, axis: Int) throws -> Twin {
    var whole = left.sizes
    whole[axis] += right.sizes[axis]
    return Twin(
      built: Node.concat([left.built, right.built], axis: axis, shape: try Shape(whole)),
      raw: Node(.concat(axis: axis), [left.raw, right.raw], try Shape(whole)))
  }

  func gathered(_ places: Node) throws -> Twin {
    Twin(
      built: Node.gather(built, places),
      raw: Node(.gather, raw, places, try Shape([places.shape.count] + sizes.dropFirst())))
  }

  func scattered(_ places: Node, rows: Int) throws -> Twin {
    Twin(
      built: Node.scatterAdd(built, places, rows: rows),
      raw: Node(.scatterAdd, raw, places, try Shape([rows] + sizes.dropFirst())))
  }

  // MARK: Contractions

  static func product(_ left: Twin, _ right: Twin, transposes: (left: Bool, right: Bool), _ shape: Shape) -> Twin {
    Twin(
      built: Node.matmul(left.built, right.built, transposeLeft: transposes.left, transposeRight: transposes.right),
      raw: Node(.matmul(transposeLeft: transposes.left, transposeRight: transposes.right), left.raw, right.raw, shape))
  }

  static func convolution(_ x: Twin, _ filter: Twin, _ geometry: ConvolutionGeometry, _ shape: Shape) -> Twin {
    Twin(
      built: Node.convolution(x.built, filter.built, geometry), raw: Node(.convolution(geometry), x.raw, filter.raw, shape))
  }

  static func convolutionByInput(_ y: Twin, _ filter: Twin, _ geometry: ConvolutionGeometry, _ shape: Shape) -> Twin {
    Twin(
      built: Node.convolutionByInput(y.built, filter.built, geometry),
      raw: Node(.convolutionByInput(geometry), y.raw, filter.raw, shape))
  }

  static func convolutionByFilter(_ x: Twin, _ y: Twin, _ geometry: ConvolutionGeometry, _ shape: Shape) -> Twin {
    Twin(
      built: Node.convolutionByFilter(x.built, y.built, geometry),
      raw: Node(.convolutionByFilter(geometry), x.raw, y.raw, shape))
  }
}
