/// What is to be computed, as the planner sees it: each distinct value once, after its inputs.
struct PlanGraph {
  struct Value {
    var operation: Operation
    var inputs: [Int]
    var shape: Shape
    /// The place of its node in the walk: where its storage, its number or its key is found when a plan runs.
    var place: Int
    /// Whether its numbers are there already.
    var isLeaf: Bool
    var isOutput = false
    /// Of a sum of products: those products, whose inputs follow one another in `inputs`. Each is added to what is there.
    var terms: [Int] = []
    /// A term of such a sum, computed nowhere else.
    var isAbsorbed = false
  }

  private(set) var values: [Value] = []
  /// For each node of the walk, its value.
  private(set) var valueOfNode: [Int] = []

  private struct Identity: Hashable {
    var operation: Operation
    var inputs: [Int]
    var shape: Shape
  }

  /// - Parameter merges: Whether nodes that do the same to the same inputs become one value.
  init(_ nodes: [Node], outputs: [Node], merges: Bool) {
    var known: [Identity: Int] = [:]
    valueOfNode.reserveCapacity(nodes.count)
    for (place, node) in nodes.enumerated() {
      let isLeaf = node.storage != nil
      let inputs = isLeaf ? [] : node.inputs.map { valueOfNode[$0.slot] }
      var value = Value(
        operation: isLeaf ? .data : node.operation, inputs: inputs, shape: node.shape, place: place, isLeaf: isLeaf)
      if !isLeaf, !inputs.isEmpty {
        let identity = Identity(operation: node.operation, inputs: inputs, shape: node.shape)
        if merges, let same = known[identity] {
          valueOfNode.append(same)
          continue
        }
        known[identity] = values.count
      }
      value.isOutput = false
      valueOfNode.append(values.count)
      values.append(value)
    }
    for node in outputs { values[valueOfNode[node.slot]].isOutput = true }
    if merges { gatherSums() }
  }

  /// Sums of products that no one else reads become one value, in whose memory each product is added: a weight used for
  /// several batches has such a derivative.
  private mutating func gatherSums() {
    var uses = [Int](repeating: 0, count: values.count)
    for value in values {
      for input in value.inputs { uses[input] += 1 }
    }
    var sums: [Int: [Int]] = [:]
    for (index, value) in values.enumerated() where value.operation == .binary(.add) {
      let terms = value.inputs.map { input -> [Int] in
        guard uses[input] == 1, !values[input].isOutput else { return [] }
        return values[input].operation.isProduct ? [input] : sums[input] ?? []
      }
      guard terms.allSatisfy({ !$0.isEmpty }) else { continue }
      for input in value.inputs { sums[input] = nil }
      sums[index] = terms.flatMap { $0 }
    }
    for index in values.indices.reversed() {
      guard let terms = sums[index] else { continue }
      absorb(values[index].inputs, down: terms)
      values[index].terms = terms
      values[index].inputs = terms.flatMap { values[$0].inputs }
    }
  }

  private mutating func absorb(_ inputs: [Int], down terms: [Int]) {
    for input in inputs {
      values[input].isAbsorbed = true
      if !terms.contains(input) { absorb(values[input].inputs, down: terms) }
    }
  }

  /// What reads the input at a place: the value's own operation, or that of one of its terms, and the place there.
  func reader(of operand: Int, in index: Int) -> (operation: Operation, operand: Int) {
    var rest = operand
    for term in values[index].terms {
      if rest < values[term].inputs.count { return (values[term].operation, rest) }
      rest -= values[term].inputs.count
    }
    return (values[index].operation, operand)
  }
}

extension Operation {
  /// Whether its result is a sum of products, to which another can be added in place.
  var isProduct: Bool {
    switch self {
    case .matmul, .convolution, .convolutionByInput, .convolutionByFilter: true
    case .data, .fill, .random, .unary, .binary, .select, .reduce, .reshape, .transpose, .broadcast, .slice, .pad, .concat,
      .gather, .scatterAdd, .precise:
      false
    }
  }
}
