@testable import Tensors

/// Random graphs of every operation and every element-wise function, the same for the same seed.
struct RandomGraph {
  private var state: UInt64
  private var values: [Twin] = []
  /// Leaves with numbers of their own.
  private(set) var leaves: [Node] = []
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

  private mutating func leaf(_ shape: [Int]) throws -> Twin {
    let count = shape.reduce(1, *)
    let seed = below(1000)
    switch below(8) {
    case 0: return .fill(Double(below(9)) / 4 - 1, try Shape(shape))
    case 1:
      let kind = pick([Distribution.uniform, .normal, .truncatedNormal])
      return .random(kind, try Shape(shape), RandomKey(seed: UInt64(seed), stream: UInt64(below(100))))
    default:
      let node = Node(storage: try Storage(copying: someNumbers(count, seed: seed).map { Float($0) }), shape: try Shape(shape))
      leaves.append(node)
      return Twin(leaf: node)
    }
  }

  /// A value of the graph so far with this shape, or a way to get one from another.
  private mutating func value(_ shape: [Int]) throws -> Twin {
    let shape = try Shape(shape)
    let same = values.filter { $0.shape == shape }
    if !same.isEmpty, below(4) != 0 { return pick(same) }
    let sameCount = values.filter { $0.shape.count == shape.count }
    if !sameCount.isEmpty, below(3) == 0 { return pick(sameCount).reshaped(shape) }
    if below(3) == 0, shape.rank > 0 {
      return try value(shape.dimensions.map { below(2) == 0 ? 1 : $0 }).broadcasted(shape)
    }
    return try leaf(shape.dimensions)
  }

  /// Numbers that stay small enough to compare.
  private mutating func tame(_ x: Twin) -> Twin { x.map(pick([.tanh, .sigmoid])) }

  // MARK: Functions

  /// Functions that change in steps: near a jump, rounding would decide, so they are taken of leaves alone.
  private static let steps = UnaryFunction.all.filter { if case .zero = $0.definition.derivative { true } else { false } }
  private static let slopes = UnaryFunction.all.filter { if case .zero = $0.definition.derivative { false } else { true } }

  /// Functions that show the rounding of an argument that has grown: small relative errors of it become large ones of the result.
  private static let steep = slopes.filter { function in
    stride(from: -50, through: 50, by: 0.37).contains { x in
      let slope = (function(x + 1e-4, parameter: 0.2) - function(x - 1e-4, parameter: 0.2)) / 2e-4
      return abs(slope * x) > 1.5 * max(1, abs(function(x, parameter: 0.2)))
    }
  }

  private mutating func parameter(of function: UnaryFunction) -> Float { pick(function.sampleParameters) }

  private mutating func unary(_ x: Twin) -> Twin {
    let function = pick(Self.slopes)
    let argument =
      switch function.definition.samples.domain {
      case .positive: x.map(.softplus)
      case .all: Self.steep.contains(function) ? tame(x) : x
      }
    return argument.map(function, parameter: parameter(of: function))
  }

  private mutating func binary(_ x: Twin) throws -> Twin {
    let other = try value(x.sizes)
    switch below(8) {
    case 0: return .combine(.divide, tame(x), other.map(.softplus))
    case 1: return .combine(.power, tame(x).map(.softplus), tame(other))
    case 2:
      // Powers and factors that are rewritten, and some that are not.
      let number = Twin.fill(pick([-2, -1, -0.5, 0, 0.5, 1, 2, 3]), x.shape)
      return .combine(.power, tame(x).map(.softplus), number)
    case 3:
      let number = Twin.fill(pick([-1, 0, 1, 2]), x.shape)
      let function: BinaryFunction = pick([.add, .subtract, .multiply])
      return below(2) == 0 ? .combine(function, x, number) : .combine(function, number, x)
    case 4: return .combine(.gate, x, try leaf(x.sizes))
    default: return .combine(pick([.add, .subtract, .multiply, .maximum, .minimum]), x, other)
    }
  }

  /// What decides by comparing: of leaves alone, as steps.
  private mutating func decision() throws -> Twin? {
    guard !leaves.isEmpty else { return nil }
    let leaf = Twin(leaf: pick(leaves))
    switch below(3) {
    case 0:
      let function = pick(Self.steps)
      return leaf.map(function, parameter: parameter(of: function))
    case 1:
      let other = try self.leaf(leaf.sizes)
      guard other.raw.isData else { return nil }
      return .combine(pick(BinaryFunction.all.filter { $0.definition.mask == .always }), leaf, other)
    default:
      let condition = Twin.combine(.greater, leaf, .fill(0, leaf.shape))
      return .select(condition, try value(leaf.sizes), try value(leaf.sizes))
    }
  }

  // MARK: Growing

  mutating func add() throws {
    let x = values.isEmpty || below(6) == 0 ? try leaf(shape()) : pick(values.suffix(12).map { $0 })
    switch below(24) {
    case 0...4: append(unary(x))
    case 5...10: append(try binary(x))
    case 11...13: if let decision = try decision() { append(decision) }
    case 14...16: try addReduction(x)
    case 17...21: try addMovement(x)
    case 22: try addProduct(x)
    default: try addConvolution()
    }
  }

  private mutating func addReduction(_ x: Twin) throws {
    var x = x
    if below(3) == 0 {
      // Of repetitions.
      let repeated = x.sizes.map { $0 == 1 ? 1 + below(4) : $0 }
      if repeated.reduce(1, *) <= largest { x = x.broadcasted(try Shape(repeated)) }
    }
    let axes = x.sizes.indices.filter { _ in below(2) == 0 }
    guard !axes.isEmpty else { return }
    append(tame(try x.reduced(pick([.sum, .sum, .max, .min]), axes: axes)))
  }

  private mutating func addMovement(_ x: Twin) throws {
    let sizes = x.sizes
    guard let rows = sizes.first else { return }
    switch below(5) {
    case 0:
      var permutation = Array(sizes.indices)
      for index in permutation.indices { permutation.swapAt(index, below(permutation.count)) }
      append(try x.transposed(permutation))
    case 1:
      var (starts, steps, kept): ([Int], [Int], [Int]) = ([], [], [])
      for size in sizes {
        let start = below(size)
        let step = pick([1, 1, 2, -1])
        let room = step > 0 ? (size - start + step - 1) / step : start + 1
        starts.append(start)
        steps.append(step)
        kept.append(1 + below(room))
      }
      append(try x.sliced(starts: starts, steps: steps, sizes: kept))
    case 2:
      let (before, after, interior) = (sizes.map { _ in below(3) }, sizes.map { _ in below(3) }, sizes.map { _ in below(2) })
      let padded = try x.padded(before: before, after: after, interior: interior)
      if padded.shape.count <= 4 * largest { append(padded) }
    case 3:
      let axis = below(sizes.count)
      var other = sizes
      other[axis] = 1 + below(4)
      append(try .concat(x, value(other), axis: axis))
    default:
      var numbers: [Int] = []
      for _ in 0..<(1 + below(6)) { numbers.append(below(rows)) }
      let places = try Node.places(numbers)
      let gathered = try x.gathered(places)
      append(below(2) == 0 ? gathered : try gathered.scattered(places, rows: rows))
    }
  }

  private mutating func addProduct(_ x: Twin) throws {
    let sizes = x.sizes
    guard sizes.count >= 2 else { return }
    let transposes = (left: below(2) == 0, right: below(2) == 0)
    let (rows, columns) = (sizes[sizes.count - 2], sizes[sizes.count - 1])
    let (m, k) = transposes.left ? (columns, rows) : (rows, columns)
    let n = 1 + below(8)
    let lead = Array(sizes.dropLast(2))
    let shape = try Shape(lead + [m, n])
    func product(_ x: Twin, _ graph: inout RandomGraph) throws -> Twin {
      let right = try graph.value(lead + (transposes.right ? [n, k] : [k, n]))
      return .product(x, right, transposes: transposes, shape)
    }
    var sum = try product(x, &self)
    for _ in 0..<below(3) { sum = .combine(.add, sum, try product(try value(sizes), &self)) }
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
    func product(_ graph: inout RandomGraph) throws -> Twin {
      switch face {
      case 0: .convolution(try graph.value(x), try graph.value(filter), geometry, try Shape(y))
      case 1: .convolutionByInput(try graph.value(y), try graph.value(filter), geometry, try Shape(x))
      default: .convolutionByFilter(try graph.value(x), try graph.value(y), geometry, try Shape(filter))
      }
    }
    let first = try product(&self)
    append(tame(below(2) == 0 ? first : .combine(.add, try product(&self), first)))
  }

  private mutating func append(_ x: Twin) { values.append(below(5) == 0 ? tame(x) : x) }

  // MARK: Results

  /// Some of the values, the last one among them, that are to be computed in both graphs: no two are one node.
  mutating func outputs() -> [Twin] {
    func isComputed(_ x: Twin) -> Bool { x.raw.storage == nil && x.built.storage == nil }
    var outputs: [Twin] = []
    func isNew(_ x: Twin) -> Bool { !outputs.contains { $0.raw === x.raw || $0.built === x.built } }
    for value in values where isComputed(value) && isNew(value) && below(4) == 0 { outputs.append(value) }
    if let last = values.last(where: isComputed), isNew(last) { outputs.append(last) }
    return outputs
  }

  static func outputs(seed: Int, size: Int, largest: Int = 3000) throws -> [Twin] {
    var graph = RandomGraph(seed: seed, largest: largest)
    for _ in 0..<size { try graph.add() }
    return graph.outputs()
  }
}
