/// Walks over nodes. All are iterative.
public enum Graph {
  nonisolated(unsafe) private static var visits: UInt64 = 0  // One thread builds and walks graphs: see `Tensor`.

  /// A new mark for `Node.visit`; all marks of earlier walks are stale from here on.
  static func newVisit() -> UInt64 {
    visits &+= 1
    return visits
  }

  /// Every node that `roots` are made of, each after its inputs, in an order that depends on the structure alone.
  /// - Parameter stopAtRealised: Take nodes that have a storage as leaves.
  /// Sets each node's `slot` to its position in the result.
  static func order(of roots: [Node], stopAtRealised: Bool) -> [Node] {
    let visit = newVisit()
    var order: [Node] = []
    var stack: [(node: Node, next: Int)] = []
    for root in roots where root.visit != visit {
      root.visit = visit
      stack.append((root, 0))
      while let top = stack.last {
        let node = top.node
        if !(stopAtRealised && node.storage != nil), top.next < node.inputs.count {
          stack[stack.count - 1].next += 1
          let input = node.inputs[top.next]
          if input.visit != visit {
            input.visit = visit
            stack.append((input, 0))
          }
        } else {
          node.slot = order.count
          order.append(node)
          stack.removeLast()
        }
      }
    }
    return order
  }
}
