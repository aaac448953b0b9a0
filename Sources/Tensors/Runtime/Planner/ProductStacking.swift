/// Products that share their right side become one of more rows: a weight is then read once for several batches. For that their left
/// sides and results lie one behind the other in memory, as a stack.
struct ProductStacking {
  private(set) var steps: [PlannedStep]
  private(set) var buffers: PlanBuffers
  /// Buffers that must lie one behind the other.
  private(set) var stacks: [[Int]] = []

  private var stackOf: [Int: Int] = [:]
  /// Buffers that are someone's storage afterwards: their place in memory is not the plan's to choose.
  private let outputs: Set<Int>

  init(_ steps: [PlannedStep], buffers: PlanBuffers, outputs: Set<Int>) {
    (self.steps, self.buffers, self.outputs) = (steps, buffers, outputs)
    mergeRows()
  }

  private struct RightSide: Hashable {
    var buffer: Int
    var offset: Int
    var isTransposed: Bool
    var leading: Int
    var m: Int
    var n: Int
    var k: Int
  }

  private mutating func mergeRows() {
    var candidates: [RightSide: [Int]] = [:]
    var order: [RightSide] = []
    for (number, step) in steps.enumerated() {
      guard let product = step.asProduct, canStackRows(product) else { continue }
      let side = RightSide(
        buffer: product.rightBuffer, offset: product.right.offset, isTransposed: product.right.isTransposed,
        leading: product.right.leading, m: product.m, n: product.n, k: product.k)
      if candidates[side] == nil { order.append(side) }
      candidates[side, default: []].append(number)
    }
    guard candidates.values.contains(where: { $0.count > 1 }) else { return }
    var dependencies = StepDependencies(steps)
    var replaced: [Int: PlannedStep?] = [:]
    for side in order {
      var rest = candidates[side] ?? []
      while let first = rest.first {
        rest.removeFirst()
        var members = [first]
        var later: [Int] = []
        for number in rest {
          if (members.count + 1) * side.m <= Tuning.stackedRows, isStackable(members + [number]),
            dependencies.areIndependent(members[0], number)
          {
            members.append(number)
            dependencies.join(members[0], number)
          } else {
            later.append(number)
          }
        }
        rest = later
        let products = members.compactMap { steps[$0].asProduct }
        guard products.count > 1 else { continue }
        stack(products.map(\.leftBuffer))
        stack(products.map(\.target))
        for number in members { replaced[number] = .some(nil) }
        replaced[members[0]] = .some(.product(joined(products)))
      }
    }
    steps = steps.enumerated().compactMap { number, step in
      if let replacement = replaced[number] { replacement } else { step }
    }
  }

  private func isFree(_ buffer: Int) -> Bool { buffers.isComputed(buffer) && !outputs.contains(buffer) }

  /// Whether a product is one that others can be put under: both sides lie in order, and their places can be chosen.
  private func canStackRows(_ product: Product) -> Bool {
    product.batch == 1 && !product.accumulates && product.m <= Tuning.stackedRows && product.flops >= Tuning.stackedFlops
      && product.left.offset == 0 && !product.left.isTransposed && product.left.leading == product.k
      && isFree(product.leftBuffer) && isFree(product.target) && product.m * product.k % 16 == 0
      && product.m * product.n % 16 == 0
  }

  private func isStackable(_ members: [Int]) -> Bool {
    let products = members.compactMap { steps[$0].asProduct }
    let (lefts, targets) = (products.map(\.leftBuffer), products.map(\.target))
    return Set(lefts + targets).count == 2 * products.count && (lefts + targets).allSatisfy { stackOf[$0] == nil }
  }

  private mutating func stack(_ buffers: [Int]) {
    for buffer in buffers { stackOf[buffer] = stacks.count }
    stacks.append(buffers)
  }

  /// One product of all the rows.
  private mutating func joined(_ products: [Product]) -> Product {
    let first = products[0]
    let others = products.dropFirst()
    return Product(
      left: (first.left, first.leftBuffer), right: (first.right, first.rightBuffer), target: first.target, batch: 1,
      m: products.reduce(0) { $0 + $1.m }, n: first.n, k: first.k, accumulates: false,
      stacked: Product.Stacked(reads: others.map(\.leftBuffer), writes: others.map(\.target)), buffers: &buffers)
  }
}
