/// Element-wise work behind the step whose result it reads.
extension Planner {
  /// The steps, of which some are now done as one: matrices made block by block, each with the first element-wise kernel that can go on
  /// with its blocks.
  mutating func chained(_ steps: [Step], outputs: Set<Int>) throws -> [Step] {
    var readers: [Int: [Int]] = [:]
    for (number, step) in steps.enumerated() {
      for buffer in Set(step.reads) { readers[buffer, default: []].append(number) }
    }
    var dependencies = StepDependencies(steps)
    var result: [Step?] = steps
    for (number, step) in steps.enumerated() {
      guard let producer = step as? BlockwiseStep, let blocks = producer.blocks, let target = readers[producer.target] else {
        continue
      }
      let isLoose = target.count == 1 && !outputs.contains(producer.target)
      for other in target {
        guard let follower = result[other] as? FusedStep,
          follower.readsInOrder(producer.target, count: blocks.rows * blocks.columns),
          dependencies.canFollow(other, number),
          let kernel = try kernel(follower.members, following: .init(blocks: blocks, loose: isLoose ? producer.target : nil))
        else { continue }
        result[number] = nil
        result[other] = ChainedStep(
          producer, FusedStep(kernel, space: follower.space), blocks: blocks, keepsResult: !isLoose)
        dependencies.join(number, other)
        break
      }
    }
    return result.compactMap { $0 }
  }
}
