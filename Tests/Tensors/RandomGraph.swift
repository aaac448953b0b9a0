@testable import Tensors

/// Random graphs of every operation, the same for the same seed.
struct RandomGraph {
  private var state: UInt64
  private var nodes: [Node] = []
  private var leaves: [Node] = []
  private let largest: Int

  init(seed: Int, largest: Int = 3000) {
    state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    self.largest = largest
  }

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(bound, 1)))
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  private mutating func shape(rank: Int? = nil) -> [Int] {
    let rank = rank ?? below(5)
    var sizes: [Int] = []
    for _ in 0..<rank { sizes.append(below(12) == 0 ? 40 : 1 + below(6)) }
    while sizes.reduce(1, *) > largest { sizes[below(rank)] = 1 + below(3) }
    return sizes
  }

  private mutating func leaf(_ shape: [Int]) throws -> Node {
    let count = shape.reduce(1, *)
    let seed = below(1000)
    switch below(8) {
    case 0: return Node(.fill, [], try Shape(shape), value: Double(below(9)) / 4 - 1)
    case 1:
      let kind = pick([Distribution.uniform, .normal, .truncatedNormal])
      let key = RandomKey(seed: UInt64(seed), stream: UInt64(below(100)))
      return Node(.random(kind), [], try Shape(shape), key: key)
    default:
      let node = Node(storage: try Storage(copying: someNumbers(count, seed: seed).map { Float($0) }), shape: try Shape(shape))
      leaves.append(node)
      return node
    }
  }

  /// A node of the graph so far with this shape, or a way to get one from another.
  private mutating func node(_ shape: [Int]) throws -> Node {
    let shape = try Shape(shape)
    let same = nodes.filter { $0.shape == shape }
    if !same.isEmpty, below(4) != 0 { return pick(same) }
    let sameCount = nodes.filter { $0.shape.count == shape.count }
    if !sameCount.isEmpty, below(3) == 0 { return Node(.reshape, [pick(sameCount)], shape) }
    if below(3) == 0, shape.rank > 0 {
      let small = try node(shape.dimensions.map { below(2) == 0 ? 1 : $0 })
      return Node(.broadcast, [small], shape)
    }
    return try leaf(shape.dimensions)
  }

  /// Numbers that stay small enough to compare.
  private mutating func tame(_ node: Node) -> Node {
    Node(.unary(pick([.tanh, .sigmoid])), [node], node.shape)
  }

  mutating func add() throws {
    let x = nodes.isEmpty || below(6) == 0 ? try leaf(shape()) : pick(nodes.suffix(12).map { $0 })
    let sizes = x.shape.dimensions
    switch below(24) {
    case 0...3:
      let function: UnaryFunction = pick([
        .negate, .square, .abs, .tanh, .sigmoid, .softplus, .relu, .leakyRelu(slope: 0.25), .sin, .cos,
      ])
      // A square or an angle that has grown would show its rounding.
      append(Node(.unary(function), [[.square, .sin, .cos].contains(function) ? tame(x) : x], x.shape))
    case 4:
      let positive = Node(.unary(.softplus), [x], x.shape)
      append(Node(.unary(pick([.reciprocal, .sqrt, .rsqrt, .log])), [positive], x.shape))
    case 5: append(Node(.unary(.exp), [tame(x)], x.shape))
    case 6:
      // Only at leaves: near a jump, rounding would decide.
      guard !leaves.isEmpty else { return }
      let leaf = pick(leaves)
      append(
        Node(
          .unary(pick([.sign, .leakyStep(slope: 0.5), .floor, .ceil, .round, .isNaN])), [leaf], leaf.shape))
    case 7:
      guard !leaves.isEmpty else { return }
      let leaf = pick(leaves)
      let other = try self.leaf(leaf.shape.dimensions)
      guard other.operation == .data else { return }
      append(
        Node(
          .binary(pick([.less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual])), [leaf, other], leaf.shape))
    case 8...11:
      append(Node(.binary(pick([.add, .subtract, .multiply, .maximum, .minimum])), [x, try node(sizes)], x.shape))
    case 12:
      let positive = Node(.unary(.softplus), [try node(sizes)], x.shape)
      append(Node(.binary(.divide), [tame(x), positive], x.shape))
    case 13:
      let positive = Node(.unary(.softplus), [tame(x)], x.shape)
      append(Node(.binary(.power), [positive, tame(try node(sizes))], x.shape))
    case 14:
      guard !leaves.isEmpty else { return }
      let leaf = pick(leaves)
      let condition = Node(.binary(.greater), [leaf, Node.fill(0, leaf.shape)], leaf.shape)
      append(
        Node(.select, [condition, try node(condition.shape.dimensions), try node(condition.shape.dimensions)], condition.shape))
    case 15, 16:
      let axes = sizes.indices.filter { _ in below(2) == 0 }
      guard !axes.isEmpty else { return }
      let kept = sizes.enumerated().map { axes.contains($0.offset) ? 1 : $0.element }
      append(tame(Node(.reduce(pick([.sum, .sum, .max, .min]), axes: axes), [x], try Shape(kept))))
    case 17:
      guard sizes.count > 1 else { return }
      var permutation = Array(sizes.indices)
      for index in permutation.indices { permutation.swapAt(index, below(permutation.count)) }
      append(Node(.transpose(permutation: permutation), [x], try Shape(permutation.map { sizes[$0] })))
    case 18:
      guard !sizes.isEmpty else { return }
      var (starts, steps, kept): ([Int], [Int], [Int]) = ([], [], [])
      for size in sizes {
        let start = below(size)
        let step = pick([1, 1, 2, -1])
        let room = step > 0 ? (size - start + step - 1) / step : start + 1
        starts.append(start)
        steps.append(step)
        kept.append(1 + below(room))
      }
      append(Node(.slice(starts: starts, steps: steps), [x], try Shape(kept)))
    case 19:
      guard !sizes.isEmpty else { return }
      let (before, after, interior) = (sizes.map { _ in below(3) }, sizes.map { _ in below(3) }, sizes.map { _ in below(2) })
      let padded = sizes.indices.map { before[$0] + (sizes[$0] - 1) * (interior[$0] + 1) + 1 + after[$0] }
      guard padded.reduce(1, *) <= 4 * largest else { return }
      append(Node(.pad(before: before, after: after, interior: interior), [x], try Shape(padded)))
    case 20:
      guard !sizes.isEmpty else { return }
      let axis = below(sizes.count)
      var other = sizes
      other[axis] = 1 + below(4)
      var whole = sizes
      whole[axis] += other[axis]
      append(Node(.concat(axis: axis), [x, try node(other)], try Shape(whole)))
    case 21:
      guard let rows = sizes.first else { return }
      var numbers: [Int] = []
      for _ in 0..<(1 + below(6)) { numbers.append(below(rows)) }
      let indices = try Node.places(numbers)
      let gathered = Node(.gather, [x, indices], try Shape([numbers.count] + sizes.dropFirst()))
      append(below(2) == 0 ? gathered : Node(.scatterAdd, [gathered, indices], x.shape))
    case 22: try addProduct(x)
    default: try addConvolution()
    }
  }

  private mutating func addProduct(_ x: Node) throws {
    let sizes = x.shape.dimensions
    guard sizes.count >= 2 else { return }
    let (transposesLeft, transposesRight) = (below(2) == 0, below(2) == 0)
    let (rows, columns) = (sizes[sizes.count - 2], sizes[sizes.count - 1])
    let (m, k) = transposesLeft ? (columns, rows) : (rows, columns)
    let n = 1 + below(8)
    let lead = Array(sizes.dropLast(2))
    let shape = try Shape(lead + [m, n])
    func product(_ x: Node, _ graph: inout RandomGraph) throws -> Node {
      let right = try graph.node(lead + (transposesRight ? [n, k] : [k, n]))
      return Node(.matmul(transposeLeft: transposesLeft, transposeRight: transposesRight), [x, right], shape)
    }
    var sum = try product(x, &self)
    for _ in 0..<below(3) { sum = Node(.binary(.add), [sum, try product(try node(sizes), &self)], shape) }
    append(tame(sum))
  }

  private mutating func addConvolution() throws {
    func axis(_ graph: inout RandomGraph) -> ConvolutionGeometry.Axis {
      while true {
        let axis = ConvolutionGeometry.Axis(
          input: 1 + graph.below(7), kernel: 1 + graph.below(4), stride: 1 + graph.below(3), before: graph.below(3),
          after: graph.below(3))
        if axis.output > 0 { return axis }
      }
    }
    let geometry = ConvolutionGeometry(height: axis(&self), width: axis(&self))
    let (n, c, o) = (1 + below(3), 1 + below(4), 1 + below(4))
    let x = [n, geometry.height.input, geometry.width.input, c]
    let filter = [geometry.height.kernel, geometry.width.kernel, c, o]
    let y = [n, geometry.height.output, geometry.width.output, o]
    let face = below(3)
    func product(_ graph: inout RandomGraph) throws -> Node {
      switch face {
      case 0: Node(.convolution(geometry), [try graph.node(x), try graph.node(filter)], try Shape(y))
      case 1: Node(.convolutionByInput(geometry), [try graph.node(y), try graph.node(filter)], try Shape(x))
      default: Node(.convolutionByFilter(geometry), [try graph.node(x), try graph.node(y)], try Shape(filter))
      }
    }
    let first = try product(&self)
    append(tame(below(2) == 0 ? first : Node(.binary(.add), [try product(&self), first], first.shape)))
  }

  private mutating func append(_ node: Node) {
    nodes.append(below(5) == 0 ? tame(node) : node)
  }

  /// Some of the nodes, the last one among them, that are not leaves.
  static func outputs(seed: Int, size: Int, largest: Int = 3000) throws -> [Node] {
    var graph = RandomGraph(seed: seed, largest: largest)
    for _ in 0..<size { try graph.add() }
    var outputs: [Node] = []
    for node in graph.nodes where node.storage == nil && !outputs.contains(where: { $0 === node }) && graph.below(4) == 0 {
      outputs.append(node)
    }
    if let last = graph.nodes.last(where: { $0.storage == nil }), !outputs.contains(where: { $0 === last }) {
      outputs.append(last)
    }
    return outputs
  }
}
