import Testing

@testable import Tensors

/// Evaluates a graph in Double, an operation at a time, by plain loops: what the engine's results and derivatives are held to.
/// It shares nothing with the runtime but the definition of the operations.
struct Oracle {
  /// Numbers to use for leaves instead of their own.
  var replacements: [ObjectIdentifier: [Double]] = [:]

  func values(_ tensor: Tensor) -> [Double] {
    guard let node = try? tensor.node else {
      Issue.record("the tensor belongs to another engine")
      return []
    }
    return values([node])[0]
  }

  func values(_ roots: [Node]) -> [[Double]] {
    let order = Graph.order(of: roots, stopAtRealized: false)
    var results = [[Double]](repeating: [], count: order.count)
    for (slot, node) in order.nodes.enumerated() {
      results[slot] = replacements[ObjectIdentifier(node)] ?? compute(node, node.inputs.map { results[$0.slot] })
    }
    return roots.map { results[$0.slot] }
  }

  private func compute(_ node: Node, _ x: [[Double]]) -> [Double] {
    let count = node.shape.count
    switch node.operation {
    case .data: return node.storage.map { $0.buffer.map(Double.init) } ?? []
    case .fill: return [Double](repeating: node.value, count: count)
    case .random(let distribution): return OraclePhilox(key: node.key).draw(distribution, count)
    case .unary(let function, let parameter): return x[0].map { function($0, parameter: Double(parameter)) }
    case .binary(let function): return zip(x[0], x[1]).map { function($0, $1) }
    case .select: return (0..<count).map { x[0][$0] != 0 ? x[1][$0] : x[2][$0] }
    case .reduce(let reduction, _): return reduce(node, reduction, x[0])
    case .reshape: return x[0]
    case .transpose(let permutation):
      return gather(node, x[0]) { index in
        var source = index
        for (axis, from) in permutation.enumerated() { source[from] = index[axis] }
        return source
      }
    case .broadcast:
      let shape = node.inputs[0].shape
      return gather(node, x[0]) { index in index.indices.map { shape[$0] == 1 ? 0 : index[$0] } }
    case .slice(let starts, let steps):
      return gather(node, x[0]) { index in index.indices.map { starts[$0] + index[$0] * steps[$0] } }
    case .pad(let before, _, let interior):
      var result = [Double](repeating: 0, count: count)
      for (number, index) in indices(node.inputs[0].shape).enumerated() {
        result[offset(index.indices.map { before[$0] + index[$0] * (interior[$0] + 1) }, node.shape)] = x[0][number]
      }
      return result
    case .concat(let axis): return concat(node, axis, x)
    case .gather:
      let width = node.inputs[0].shape.dimensions.dropFirst().reduce(1, *)
      return x[1].map(place).flatMap { row in x[0][(row * width)..<((row + 1) * width)] }
    case .scatterAdd:
      let width = node.shape.dimensions.dropFirst().reduce(1, *)
      var result = [Double](repeating: 0, count: count)
      for (number, row) in x[1].enumerated() {
        for column in 0..<width { result[place(row) * width + column] += x[0][number * width + column] }
      }
      return result
    case .matmul(let transposeLeft, let transposeRight): return matmul(node, transposeLeft, transposeRight, x)
    case .convolution(let geometry):
      var y = [Double](repeating: 0, count: count)
      taps(geometry, images: node.inputs[0].shape, filter: node.inputs[1].shape, outputs: node.shape) { image, tap, output in
        y[output] += x[0][image] * x[1][tap]
      }
      return y
    case .convolutionByInput(let geometry):
      var images = [Double](repeating: 0, count: count)
      taps(geometry, images: node.shape, filter: node.inputs[1].shape, outputs: node.inputs[0].shape) { image, tap, output in
        images[image] += x[0][output] * x[1][tap]
      }
      return images
    case .convolutionByFilter(let geometry):
      var filter = [Double](repeating: 0, count: count)
      taps(geometry, images: node.inputs[0].shape, filter: node.shape, outputs: node.inputs[1].shape) { image, tap, output in
        filter[tap] += x[0][image] * x[1][output]
      }
      return filter
    case .precise(let function): return precise(function, node, x)
    }
  }

  private func reduce(_ node: Node, _ reduction: Reduction, _ x: [Double]) -> [Double] {
    var result = [Double?](repeating: reduction == .sum ? 0 : nil, count: node.shape.count)
    for (number, index) in indices(node.inputs[0].shape).enumerated() {
      let place = offset(index.indices.map { node.shape[$0] == 1 ? 0 : index[$0] }, node.shape)
      let value = x[number]
      guard let so = result[place] else {
        result[place] = value
        continue
      }
      switch reduction {
      case .sum: result[place] = so + value
      case .max: result[place] = so.isNaN || value.isNaN ? .nan : max(so, value)
      case .min: result[place] = so.isNaN || value.isNaN ? .nan : min(so, value)
      }
    }
    return result.map { $0 ?? .nan }
  }

  private func concat(_ node: Node, _ axis: Int, _ x: [[Double]]) -> [Double] {
    var result = [Double](repeating: 0, count: node.shape.count)
    var start = 0
    for (part, input) in node.inputs.enumerated() {
      for (number, index) in indices(input.shape).enumerated() {
        var place = index
        place[axis] += start
        result[offset(place, node.shape)] = x[part][number]
      }
      start += input.shape[axis]
    }
    return result
  }

  private func matmul(_ node: Node, _ transposeLeft: Bool, _ transposeRight: Bool, _ x: [[Double]]) -> [Double] {
    let rank = node.shape.rank
    let (m, n) = (node.shape[rank - 2], node.shape[rank - 1])
    let k = node.inputs[0].shape[transposeLeft ? rank - 2 : rank - 1]
    var result: [Double] = []
    for batch in 0..<node.shape.dimensions.dropLast(2).reduce(1, *) {
      for i in 0..<m {
        for j in 0..<n {
          var sum = 0.0
          for p in 0..<k {
            sum +=
              x[0][batch * m * k + (transposeLeft ? p * m + i : i * k + p)]
              * x[1][batch * k * n + (transposeRight ? j * k + p : p * n + j)]
          }
          result.append(sum)
        }
      }
    }
    return result
  }

  /// Every product of a convolution: the places of the image's, the filter's and the output's element.
  private func taps(
    _ geometry: ConvolutionGeometry, images: Shape, filter: Shape, outputs: Shape, _ visit: (Int, Int, Int) -> Void
  ) {
    for n in 0..<images[0] {
      for oy in 0..<outputs[1] {
        for ox in 0..<outputs[2] {
          for ky in 0..<filter[0] {
            for kx in 0..<filter[1] {
              let y = oy * geometry.height.stride - geometry.height.before + ky
              let x = ox * geometry.width.stride - geometry.width.before + kx
              guard y >= 0, y < images[1], x >= 0, x < images[2] else { continue }
              for c in 0..<filter[2] {
                for o in 0..<filter[3] {
                  visit(offset([n, y, x, c], images), offset([ky, kx, c, o], filter), offset([n, oy, ox, o], outputs))
                }
              }
            }
          }
        }
      }
    }
  }

  /// The number of a row: see `Node.places`.
  private func place(_ value: Double) -> Int { Int(Float(value).bitPattern) }

  private func gather(_ node: Node, _ x: [Double], _ source: ([Int]) -> [Int]) -> [Double] {
    indices(node.shape).map { x[offset(source($0), node.inputs[0].shape)] }
  }

  private func offset(_ index: [Int], _ shape: Shape) -> Int {
    zip(index, shape.dimensions).reduce(0) { $0 * $1.1 + $1.0 }
  }

  private func indices(_ shape: Shape) -> [[Int]] {
    (0..<shape.count).map { number in
      var rest = number
      return shape.dimensions.reversed().map { size in
        defer { rest /= size }
        return rest % size
      }.reversed()
    }
  }
}
