/// Element-wise work as the epilogue of the step whose result it reads.
extension PlanDraft {
  /// Joins each matrix that is made block by block with the first element-wise kernel that can go on with its blocks.
  mutating func chain() throws {
    var readers: [Int: [Int]] = [:]
    for (number, step) in steps.enumerated() {
      for buffer in Set(step.reads) { readers[buffer, default: []].append(number) }
    }
    var dependencies = StepDependencies(steps)
    var result: [PlannedStep?] = steps
    for (number, step) in steps.enumerated() {
      guard let (producer, blocks) = step.blockwise, let target = readers[producer.target] else { continue }
      let isLoose = target.count == 1 && !outputBuffers.contains(producer.target)
      for other in target {
        guard let follower = result[other]?.asFused,
          follower.readsInOrder(producer.target, count: blocks.rows * blocks.columns),
          dependencies.canFollow(other, number),
          let epilogue = try kernel(
            follower.members, following: .init(blocks: blocks, loose: isLoose ? producer.target : nil))
        else { continue }
        result[number] = nil
        result[other] = .chained(
          ChainedWork(step, target: producer.target, epilogue, blocks: blocks, keepsResult: !isLoose))
        dependencies.join(number, other)
        break
      }
    }
    steps = result.compactMap { $0 }
  }
}
