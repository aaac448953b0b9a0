/// Which steps wait for which, while some are made one.
struct StepDependencies {
  private var readers: [[Int]]
  private var unit: [Int]
  private var members: [[Int]]

  init(_ steps: [PlannedStep]) {
    var maker: [Int: Int] = [:]
    for (number, step) in steps.enumerated() {
      for buffer in step.writes { maker[buffer] = number }
    }
    readers = [[Int]](repeating: [], count: steps.count)
    for (number, step) in steps.enumerated() {
      for buffer in step.reads {
        if let source = maker[buffer] { readers[source].append(number) }
      }
    }
    unit = Array(steps.indices)
    members = steps.indices.map { [$0] }
  }

  /// Whether one step can run right after another that makes what it reads: it waits for nothing else that reads from that.
  func canFollow(_ follower: Int, _ producer: Int) -> Bool {
    let (from, to) = (unit[producer], unit[follower])
    guard from != to else { return false }
    let next = Set(members[from].flatMap { readers[$0] }.map { unit[$0] }).subtracting([from, to])
    return !next.contains { reaches($0, to) } && !reaches(to, from)
  }

  /// Whether neither of two steps (or what they have been joined with) needs what the other makes.
  func areIndependent(_ a: Int, _ b: Int) -> Bool { !reaches(unit[a], unit[b]) && !reaches(unit[b], unit[a]) }

  private func reaches(_ start: Int, _ target: Int) -> Bool {
    var isSeen = [Bool](repeating: false, count: unit.count)
    var pending = [start]
    while let next = pending.popLast() {
      for member in members[next] {
        for reader in readers[member] {
          let unit = unit[reader]
          if unit == target { return true }
          if !isSeen[unit] {
            isSeen[unit] = true
            pending.append(unit)
          }
        }
      }
    }
    return false
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (into, from) = (unit[a], unit[b])
    for member in members[from] { unit[member] = into }
    members[into] += members[from]
    members[from] = []
  }
}
