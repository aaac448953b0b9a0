/// The numbered buffers of a plan: what lies where is decided at the end.
///
/// Buffer 0 holds the numbers of the fills, value i of the graph has buffer i + 1, and what steps need for themselves (parts of sums,
/// packed sides) comes after those.
struct PlanBuffers {
  /// The buffer of the numbers of fills.
  static let constants = 0

  /// Floats of each buffer.
  private(set) var counts: [Int]
  /// Buffers whose numbers are there from the start.
  let leaves: Set<Int>
  /// Places (in the walk) of the fills whose numbers are the constants, and of the random nodes, in the order of their numbers here.
  let constantPlaces: [Int]
  let keyPlaces: [Int]
  /// The number of a fill or of a random value; 0 of others.
  private let numbers: [Int]
  private let valueCount: Int

  init(_ graph: PlanGraph) {
    var (constantPlaces, keyPlaces): ([Int], [Int]) = ([], [])
    var leaves: Set<Int> = []
    var numbers = [Int](repeating: 0, count: graph.values.count)
    for (index, value) in graph.values.enumerated() {
      if value.isLeaf { leaves.insert(Self.buffer(of: index)) }
      switch value.operation {
      case .fill:
        numbers[index] = constantPlaces.count
        constantPlaces.append(value.place)
      case .random:
        numbers[index] = keyPlaces.count
        keyPlaces.append(value.place)
      case .data, .unary, .binary, .select, .reduce, .reshape, .transpose, .broadcast, .slice, .pad, .concat, .gather,
        .scatterAdd,
        .matmul, .convolution, .convolutionByInput, .convolutionByFilter, .precise:
        break
      }
    }
    counts = [constantPlaces.count] + graph.values.map(\.shape.count)
    (self.leaves, self.constantPlaces, self.keyPlaces, self.numbers) = (leaves, constantPlaces, keyPlaces, numbers)
    valueCount = graph.values.count
  }

  static func buffer(of value: Int) -> Int { value + 1 }

  /// The place of a fill's number among the constants.
  func constant(_ value: Int) -> Int { numbers[value] }

  /// The number of a random value's key.
  func key(_ value: Int) -> Int { numbers[value] }

  /// Whether it is a value's, which is not there from the start.
  func isComputed(_ buffer: Int) -> Bool { buffer != Self.constants && buffer <= valueCount && !leaves.contains(buffer) }

  /// A buffer that steps need for themselves.
  mutating func make(_ count: Int) -> Int {
    counts.append(count)
    return counts.count - 1
  }
}

/// Numbers of a buffer from an offset on.
struct BufferPlace: Hashable {
  var buffer: Int
  var offset = 0
}

/// Where a buffer lies when a plan runs.
enum BufferLocation: Equatable {
  /// Storage of the node at this place of the walk.
  case leaf(place: Int)
  /// New storage, that the outputs of these places share.
  case output(count: Int)
  /// Storage of the leaf at this place, which an output is written over: the leaf then has none.
  case replaced(place: Int)
  /// Floats of the arena from here on.
  case arena(offset: Int)
  /// Read and written by no one.
  case none
}
