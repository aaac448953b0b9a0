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
  }
}
