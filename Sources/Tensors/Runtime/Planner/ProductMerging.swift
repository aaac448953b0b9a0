/// Products that share their right side become one of more rows, and sums of products one of more terms: a weight is then read
/// once for several batches. For that their left sides and results lie one behind the other in memory, as a stack.
struct ProductMerging {
  private(set) var steps: [Step]
  /// Buffers that must lie one behind the other.
  private(set) var stacks: [[Int]] = []

  private var stackOf: [Int: Int] = [:]
  /// Buffers whose place in memory the plan may choose.
  private let isFree: (Int) -> Bool
  private let makeBuffer: (Int) -> Int

  /// With more rows than this a product gains nothing by more.
  private static let mostRows = 1024
  /// With less work than this (multiplications and additions) it is not worth looking.
  private static let leastFlops = 1e6

  init(_ steps: [Step], isFree: @escaping (Int) -> Bool, makeBuffer: @escaping (Int) -> Int) {
    (self.steps, self.isFree, self.makeBuffer) = (steps, isFree, makeBuffer)
    mergeRows()
    self.steps = self.steps.map { step in (step as? SumStep).map { mergedTerms($0) } ?? step }
  }

  // MARK: More rows

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
      guard let product = step as? ProductStep, canStackRows(product) else { continue }
      let side = RightSide(
        buffer: product.rightBuffer, offset: product.right.offset, isTransposed: product.right.isTransposed,
        leading: product.right.leading, m: product.m, n: product.n, k: product.k)
      if candidates[side] == nil { order.append(side) }
      candidates[side, default: []].append(number)
    }
    guard candidates.values.contains(where: { $0.count > 1 }) else { return }
    var dependencies = StepDependencies(steps)
    var replaced: [Int: Step?] = [:]
    for side in order {
      var rest = candidates[side] ?? []
      while let first = rest.first {
        rest.removeFirst()
        var members = [first]
        var later: [Int] = []
        for number in rest {
          if (members.count + 1) * side.m <= Self.mostRows, isStackable(members + [number]),
            dependencies.areIndependent(members[0], number)
          {
            members.append(number)
            dependencies.join(members[0], number)
          } else {
            later.append(number)
          }
        }
        rest = later
        let products = members.compactMap { steps[$0] as? ProductStep }
        guard products.count > 1 else { continue }
        stack(products.map(\.leftBuffer))
        stack(products.map(\.target))
        for number in members { replaced[number] = .some(nil) }
        replaced[members[0]] = .some(joined(products, m: products.reduce(0) { $0 + $1.m }, k: products[0].k))
      }
    }
    steps = steps.enumerated().compactMap { number, step in
      if let replacement = replaced[number] { replacement } else { step }
    }
  }

  /// Whether a product is one that others can be put under: both sides lie in order, and their places can be chosen.
  private func canStackRows(_ product: ProductStep) -> Bool {
    product.batch == 1 && !product.accumulates && product.m <= Self.mostRows && product.flops >= Self.leastFlops
      && product.left.offset == 0 && !product.left.isTransposed && product.left.leading == product.k
      && isFree(product.leftBuffer) && isFree(product.target) && product.m * product.k % 16 == 0
      && product.m * product.n % 16 == 0
  }

  private func isStackable(_ members: [Int]) -> Bool {
    let products = members.compactMap { steps[$0] as? ProductStep }
    let (lefts, targets) = (products.map(\.leftBuffer), products.map(\.target))
    return Set(lefts + targets).count == 2 * products.count && (lefts + targets).allSatisfy { stackOf[$0] == nil }
  }

  private mutating func stack(_ buffers: [Int]) {
    for buffer in buffers { stackOf[buffer] = stacks.count }
    stacks.append(buffers)
  }

  private func joined(_ products: [ProductStep], m: Int, k: Int) -> ProductStep {
    let first = products[0]
    let others = products.dropFirst()
    return ProductStep(
      left: (first.left, first.leftBuffer), right: (first.right, first.rightBuffer), target: first.target, batch: 1, m: m,
      n: first.n, k: k, accumulates: first.accumulates,
      neighbours: ProductStep.Neighbours(
        reads: others.map(\.leftBuffer) + others.map(\.rightBuffer).filter { $0 != first.rightBuffer },
        writes: others.map(\.target).filter { $0 != first.target }), makeBuffer: makeBuffer)
  }

  // MARK: More terms

  /// The sum with those of its products made one whose sides lie one behind the other, or can be put so.
  private mutating func mergedTerms(_ sum: SumStep) -> Step {
    let products = sum.parts.compactMap { $0 as? ProductStep }
    guard products.count == sum.parts.count, products.allSatisfy(canStackTerms), let first = products.first else { return sum }
    var rest = products
    var parts: [ProductStep] = []
    while let next = rest.first {
      // All products whose left sides are one whole stack, in its order.
      guard let number = stackOf[next.leftBuffer] else {
        parts.append(next)
        rest.removeFirst()
        continue
      }
      let members = stacks[number].compactMap { buffer in rest.first { $0.leftBuffer == buffer } }
      if members.count == stacks[number].count, takeRightSides(members.map(\.rightBuffer)) {
        parts.append(joined(members, m: first.m, k: members.reduce(0) { $0 + $1.k }))
        rest.removeAll { product in members.contains { $0 === product } }
      } else {
        parts.append(next)
        rest.removeFirst()
      }
    }
    guard parts.count < products.count else { return sum }
    let ordered = parts.enumerated().map { number, part in
      ProductStep(
        left: (part.left, part.leftBuffer), right: (part.right, part.rightBuffer), target: part.target, batch: 1, m: part.m,
        n: part.n, k: part.k, accumulates: number > 0,
        neighbours: ProductStep.Neighbours(reads: Array(part.reads.dropFirst(2))), makeBuffer: makeBuffer)
    }
    return ordered.count == 1 ? ordered[0] : SumStep(ordered, target: sum.target)
  }

  private func canStackTerms(_ product: ProductStep) -> Bool {
    product.batch == 1 && product.flops >= Self.leastFlops && product.left.offset == 0 && product.left.isTransposed
      && product.left.leading == product.m && product.right.offset == 0 && !product.right.isTransposed
      && product.right.leading == product.n
  }

  /// Whether buffers are a stack in this order, or have become one.
  private mutating func takeRightSides(_ buffers: [Int]) -> Bool {
    if let number = stackOf[buffers[0]] { return stacks[number] == buffers }
    guard Set(buffers).count == buffers.count, buffers.allSatisfy({ stackOf[$0] == nil && isFree($0) }) else { return false }
    stack(buffers)
    return true
  }
}
