/// What a node is computed from, in order.
struct NodeInputs: RandomAccessCollection {
  /// It holds them.
  fileprivate let node: Node

  var startIndex: Int { 0 }
  var endIndex: Int { node.heldInputs.count }
  subscript(place: Int) -> Node { node.heldInputs[place].takeUnretainedValue() }
}

extension Node {
  var inputs: NodeInputs { NodeInputs(node: self) }
}

/// A node's hold on its inputs. The references are counted by hand, so that a walk need not count them. Most nodes have one input
/// or two: these take no memory but the node's own.
struct HeldInputs: BitwiseCopyable {
  private var first: Unmanaged<Node>?
  private var second: Unmanaged<Node>?
  /// The third and those after it.
  private var others: UnsafeMutablePointer<Unmanaged<Node>>?
  private let inputCount: Int32

  init() { inputCount = 0 }

  init(_ input: Node) {
    first = .passRetained(input)
    inputCount = 1
  }

  init(_ left: Node, _ right: Node) {
    first = .passRetained(left)
    second = .passRetained(right)
    inputCount = 2
  }

  init(_ nodes: [Node]) {
    inputCount = Int32(nodes.count)
    if nodes.count > 0 { first = .passRetained(nodes[0]) }
    if nodes.count > 1 { second = .passRetained(nodes[1]) }
    guard nodes.count > 2 else { return }
    let others = UnsafeMutablePointer<Unmanaged<Node>>.allocate(capacity: nodes.count - 2)
    for (place, node) in nodes[2...].enumerated() { (others + place).initialize(to: .passRetained(node)) }
    self.others = others
  }

  var count: Int { Int(inputCount) }

  @inline(__always)
  subscript(place: Int) -> Unmanaged<Node> {
    let input = place == 0 ? first : place == 1 ? second : place > 1 && place < count ? others?[place - 2] : nil
    guard let input else { preconditionFailure("a node has no such input") }
    return input
  }

  /// Hands over each of the references: nothing is held any more.
  @inline(__always)
  func give(_ take: (Unmanaged<Node>) -> Void) {
    for place in 0..<count { take(self[place]) }
    others?.deallocate()
  }
}
