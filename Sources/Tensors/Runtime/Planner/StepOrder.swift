/// The order of a plan's steps: each after those it reads from, depth first, so that what is made is soon used up.
enum StepOrder {
  static func order(_ steps: [PlannedStep], outputs: [Int]) -> [PlannedStep] {
    let reads = steps.map(\.reads)
    var maker: [Int: Int] = [:]
    for (number, step) in steps.enumerated() {
      for buffer in step.writes { maker[buffer] = number }
    }
    var result: [PlannedStep] = []
    var isVisited = [Bool](repeating: false, count: steps.count)
    var stack: [(step: Int, next: Int)] = []
    for output in outputs {
      guard let root = maker[output], !isVisited[root] else { continue }
      isVisited[root] = true
      stack.append((root, 0))
      while let top = stack.last {
        if top.next < reads[top.step].count {
          stack[stack.count - 1].next += 1
          if let source = maker[reads[top.step][top.next]], !isVisited[source] {
            isVisited[source] = true
            stack.append((source, 0))
          }
        } else {
          result.append(steps[top.step])
          stack.removeLast()
        }
      }
    }
    return result
  }
}
