import Glibc

// Reductions take the axes to reduce (nil for all; negative ones count from the end) and whether to keep them with size 1.

extension Tensor {
  /// The sum, largest or smallest element over `axes`. The largest and smallest are NaN where any element is; the sum of no
  /// elements is 0.
  ///
  /// - Throws: a `TensorError` where one of `axes` does not exist or stands there twice, and for the largest or smallest
  ///   element of none. So do all reductions below.
  public func reduce(_ reduction: Reduction, axes: [Int]? = nil, keep: Bool = false) throws -> Tensor {
    let axes = try shape.axes(axes)
    if reduction != .sum, axes.contains(where: { shape[$0] == 0 }) {
      throw TensorError(
        title: "an empty axis has no largest or smallest element", operands: [("x", "\(shape)")],
        advice: "It must have at least one element.")
    }
    return try Tensor(
      built: Node.reduce(reduction, node, axes: axes).dropping(axes, unless: keep), isMask: isMask && reduction != .sum)
  }

  /// Σ x over `axes`; 0 where there are no elements.
  public func sum(axes: [Int]? = nil, keep: Bool = false) throws -> Tensor { try reduce(.sum, axes: axes, keep: keep) }
  /// The largest element over `axes`; NaN where any is.
  public func max(axes: [Int]? = nil, keep: Bool = false) throws -> Tensor { try reduce(.max, axes: axes, keep: keep) }
  /// The smallest element over `axes`; NaN where any is.
  public func min(axes: [Int]? = nil, keep: Bool = false) throws -> Tensor { try reduce(.min, axes: axes, keep: keep) }

  /// Σ x / n over `axes`; NaN where there are no elements.
  ///
  /// - Throws: a `TensorError` where one of `axes` does not exist or stands there twice.
  public func mean(axes: [Int]? = nil, keep: Bool = false) throws -> Tensor {
    let axes = try shape.axes(axes)
    return try Tensor(built: Node.mean(node, axes: axes).dropping(axes, unless: keep))
  }

  /// Of the population: the mean squared distance from the mean, divided by n.
  ///
  /// - Throws: a `TensorError`, as `mean` does.
  public func variance(axes: [Int]? = nil, keep: Bool = false) throws -> Tensor {
    let axes = try shape.axes(axes)
    // The sum of numbers near the end of a float's range would overflow.
    let scale = try Node.scale(of: node, axes: axes, large: (100, -27), small: nil)
    let mean = try Node.mean(scale.applied(to: node), axes: axes) * scale.inverse
    let squares = try Node.unary(.square, node - Node.broadcast(mean, to: shape))
    return try Tensor(built: Node.mean(squares, axes: axes).dropping(axes, unless: keep))
  }

  /// The square root of the population's variance. Where all numbers are equal its slope is taken as 0.
  ///
  /// - Throws: a `TensorError`, as `mean` does.
  public func std(axes: [Int]? = nil, keep: Bool = false) throws -> Tensor {
    let axes = try shape.axes(axes)
    let scale = try Node.scale(of: node, axes: axes)
    let deviation = try Node.unary(.rootOfSquares, Node.variance(scale.applied(to: node), axes: axes))
    return try Tensor(built: (deviation * scale.inverse).dropping(axes, unless: keep))
  }

  /// √Σx². At 0 its slope is taken as 0.
  ///
  /// - Throws: a `TensorError`, as `mean` does.
  public func norm(axes: [Int]? = nil, keep: Bool = false) throws -> Tensor {
    let axes = try shape.axes(axes)
    let scale = try Node.scale(of: node, axes: axes)
    let squares = try Node.reduce(.sum, Node.unary(.square, scale.applied(to: node)), axes: axes)
    return try Tensor(built: (Node.unary(.rootOfSquares, squares) * scale.inverse).dropping(axes, unless: keep))
  }

  /// log Σ exp x, without overflow: −∞ where all elements are, ∞ where one is.
  ///
  /// - Throws: a `TensorError`, as `mean` does, and where an axis is empty.
  public func logSumExp(axes: [Int]? = nil, keep: Bool = false) throws -> Tensor {
    let axes = try nonEmpty(axes)
    // The largest element is only a choice of scale: the result does not depend on it, so no derivative need pass. An infinite one is
    // no scale.
    let extreme = try Node.reduce(.max, node, axes: axes)
    let isInfinite = Node.binary(.equal, Node.unary(.abs, extreme), Node.fill(.infinity, extreme.shape))
    let largest = Node.select(isInfinite, Node.fill(0, extreme.shape), extreme).detached
    let shifted = try Node.unary(.exp, node - Node.broadcast(largest, to: shape))
    return try Tensor(built: (Node.unary(.log, Node.reduce(.sum, shifted, axes: axes)) + largest).dropping(axes, unless: keep))
  }

  /// exp x / Σ exp x along `axis`.
  ///
  /// - Throws: a `TensorError` where there is no such axis, or it is empty.
  public func softmax(axis: Int = -1) throws -> Tensor {
    let (exponentials, sum) = try Node.exponentials(node, axes: nonEmpty([axis]))
    return try Tensor(built: exponentials / Node.broadcast(sum, to: shape))
  }

  /// The logarithm of `softmax`, exact where that underflows.
  ///
  /// - Throws: a `TensorError` where there is no such axis, or it is empty.
  public func logSoftmax(axis: Int = -1) throws -> Tensor {
    let axes = try nonEmpty([axis])
    let shifted = try Node.shifted(node, axes: axes)
    let total = Node.reduce(.sum, Node.unary(.exp, shifted), axes: axes)
    return try Tensor(built: shifted - Node.broadcast(Node.unary(.log, total), to: shape))
  }

  /// The place of the largest number along `axis`, the first of equals; NaN counts as largest. It has no derivative.
  ///
  /// - Throws: a `TensorError` where there is no such axis, it is empty, or longer than 2²⁴.
  public func argmax(axis: Int = -1, keep: Bool = false) throws -> Tensor { try place(of: .max, axis: axis, keep: keep) }

  /// The place of the smallest number along `axis`, the first of equals; NaN counts as smallest. It has no derivative.
  ///
  /// - Throws: a `TensorError`, as `argmax` does.
  public func argmin(axis: Int = -1, keep: Bool = false) throws -> Tensor { try place(of: .min, axis: axis, keep: keep) }

  private func place(of extreme: Reduction, axis: Int, keep: Bool) throws -> Tensor {
    let axes = try nonEmpty([axis])
    let size = shape[axes[0]]
    guard size <= 1 << 24 else {
      throw TensorError(
        title: "the axis is too long to tell a place on it", operands: [("x", "\(shape)")],
        advice: "A tensor's numbers are float32, exact for places up to 16777216 (2^24). Look at parts of the axis.")
    }
    var places = [Int](repeating: 1, count: rank)
    places[axes[0]] = size
    let numbers = Node(storage: try Storage(copying: (0..<size).map(Float.init)), shape: try Shape(places))
    let isExtreme =
      try Node.binary(.equal, node, Node.broadcast(Node.reduce(extreme, node, axes: axes), to: shape)) + Node.unary(.isNaN, node)
    let candidates = Node.select(isExtreme, Node.broadcast(numbers, to: shape), Node.fill(Double(size), shape))
    return try Tensor(built: Node.reduce(.min, candidates, axes: axes).detached.dropping(axes, unless: keep))
  }

  /// Sums of the first 1, 2, … elements along `axis`.
  ///
  /// - Throws: a `TensorError` where there is no such axis.
  public func cumulativeSum(axis: Int = -1) throws -> Tensor {
    let axis = try shape.axis(axis)
    let none = [Int](repeating: 0, count: rank)
    var result = try node
    // Each pass adds the element `distance` before: n elements take log₂ n passes.
    var distance = 1
    while distance < shape[axis] {
      var sizes = shape.dimensions
      sizes[axis] -= distance
      var before = none
      before[axis] = distance
      let head = Node.slice(result, starts: none, steps: [Int](repeating: 1, count: rank), sizes: sizes)
      result = result + Node.pad(head, before: before, after: none, interior: none)
      distance *= 2
    }
    return try Tensor(built: result)
  }

  /// Products of the first 1, 2, … elements along `axis`.
  ///
  /// - Throws: a `TensorError` where there is no such axis.
  public func cumulativeProduct(axis: Int = -1) throws -> Tensor {
    let axis = try shape.axis(axis)
    var result = self
    // Each pass multiplies by the element `distance` before: n elements take log₂ n passes.
    var distance = 1
    while distance < shape[axis] {
      var before = [Int](repeating: 0, count: rank)
      before[axis] = distance
      let head = try result.sliced(axis: axis, from: 0, to: shape[axis] - distance)
      result = try result * head.padded(before: before, after: [Int](repeating: 0, count: rank), value: 1)
      distance *= 2
    }
    return result
  }

  /// Each element less the one before it along `axis`.
  ///
  /// - Throws: a `TensorError` where there is no such axis, or it is empty.
  public func differences(axis: Int = -1) throws -> Tensor {
    let axis = try nonEmpty([axis])[0]
    let size = shape[axis]
    return try sliced(axis: axis, from: 1, to: size) - sliced(axis: axis, from: 0, to: size - 1)
  }

  /// The product along `axes` (nil: all), of no numbers 1. Multiplied in pairs, the pairs in pairs and so on, so that its derivatives
  /// of any order are products too, without a division by numbers that may be 0.
  ///
  /// - Throws: a `TensorError` where one of `axes` does not exist, or stands there twice.
  public func product(axes: [Int]? = nil, keep: Bool = false) throws -> Tensor {
    let axes = try shape.axes(axes)
    let others = (0..<rank).filter { !axes.contains($0) }
    var size = axes.reduce(1) { $0 * shape[$1] }
    let sizes = (0..<rank).filter { keep || !axes.contains($0) }.map { axes.contains($0) ? 1 : shape[$0] }
    guard size > 0 else { return try Tensor.fill(1, shape: sizes) }
    var result = try transposed(others + axes).reshaped(others.map { shape[$0] } + [size])
    let none = [Int](repeating: 0, count: others.count + 1)
    while size > 1 {
      if size % 2 == 1 {
        result = try result.padded(before: none, after: none.dropLast() + [1], value: 1)
        size += 1
      }
      size /= 2
      result = try result.sliced(axis: -1, from: 0, to: size) * result.sliced(axis: -1, from: size, to: 2 * size)
    }
    return try result.reshaped(sizes)
  }

  private func nonEmpty(_ axes: [Int]?) throws -> [Int] {
    let axes = try shape.axes(axes)
    guard !axes.contains(where: { shape[$0] == 0 }) else {
      throw TensorError(
        title: "an axis that is reduced is empty", operands: [("x", "\(shape)")],
        advice: "It must have at least one element.")
    }
    return axes
  }
}

extension Node {
  static func mean(_ x: Node, axes: [Int]) -> Node {
    let count = axes.reduce(1) { $0 &* x.shape[$1] }
    let sum = reduce(.sum, x, axes: axes)
    return sum / fill(Double(count), sum.shape)
  }

  static func variance(_ x: Node, axes: [Int]) -> Node {
    mean(unary(.square, x - broadcast(mean(x, axes: axes), to: x.shape)), axes: axes)
  }

  /// Powers of two by which numbers along some axes are multiplied, and their inverses.
  struct Scale {
    let factor: Node
    let inverse: Node

    func applied(to x: Node) -> Node { x * Node.broadcast(factor, to: x.shape) }
  }

  /// A scale by which the squares of numbers neither overflow nor vanish, nor a derivative on its way through it. It is 1, and changes no
  /// bit, unless the largest of them lies outside of 2⁻⁶⁰ … 2⁵⁰.
  /// - Parameters:
  ///   - large: Above 2 to the first, the factor is 2 to the second.
  ///   - small: Below 2 to the first, the factor is 2 to the second.
  static func scale(
    of x: Node, axes: [Int], large: (Double, Double) = (50, -72), small: (Double, Double)? = (-60, 80)
  ) -> Scale {
    let largest = reduce(.max, unary(.abs, x), axes: axes).detached
    func power(_ exponent: Double) -> Node { fill(exp2(exponent), largest.shape) }
    let isLarge = binary(.greater, largest, power(large.0))
    let isSmall = small.map { binary(.less, largest, power($0.0)) }
    func choice(_ sign: Double) -> Node {
      let one = power(0)
      let rest = isSmall.flatMap { isSmall in small.map { select(isSmall, power(sign * $0.1), one) } } ?? one
      return select(isLarge, power(sign * large.1), rest)
    }
    return Scale(factor: choice(1), inverse: choice(-1))
  }

  static func shifted(_ x: Node, axes: [Int]) -> Node {
    x - broadcast(reduce(.max, x, axes: axes).detached, to: x.shape)
  }

  static func exponentials(_ x: Node, axes: [Int]) -> (each: Node, sum: Node) {
    let each = unary(.exp, shifted(x, axes: axes))
    return (each, reduce(.sum, each, axes: axes))
  }

  /// Without `axes`, which have size 1.
  func dropping(_ axes: [Int], unless keep: Bool) -> Node {
    keep ? self : Node.reshape(self, to: shape.dropping(axes))
  }
}
