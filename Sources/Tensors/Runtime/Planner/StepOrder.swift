/// The order of a plan's steps: each after those it reads from, depth first, so that what is made is soon used up.
enum StepOrder {
  static func order(_ steps: [Step], outputs: [Int]) -> [Step] {
    var maker: [Int: Int] = [:]
    for (number, step) in steps.enumerated() {
      for buffer in step.writes { maker[buffer] = number }
    }
    var result: [Step] = []
    var isVisited = [Bool](repeating: false, count: steps.count)
    var stack: [(step: Int, next: Int)] = []
    for output in outputs {
      guard let root = maker[output], !isVisited[root] else { continue }
      isVisited[root] = true
      stack.append((root, 0))
      while let top = stack.last {
        let step = steps[top.step]
        if top.next < step.reads.count {
          stack[stack.count - 1].next += 1
          if let source = maker[step.reads[top.next]], !isVisited[source] {
            isVisited[source] = true
            stack.append((source, 0))
          }
        } else {
          result.append(step)
          stack.removeLast()
        }
      }
    }
    return result
  }
}

/// Places in one block of memory for buffers that live from the step that writes them to the last one that reads them.
struct ArenaLayout {
  /// Floats from the start of the arena.
  private(set) var offsets: [Int: Int] = [:]
  private(set) var count = 0

  private static let unit = 16  // 64 bytes.

  /// - Parameter stacks: Buffers that lie one behind the other, and so live as one.
  init(_ steps: [Step], buffers: [Int], counts: [Int], stacks: [[Int]]) {
    let isPlaced = Set(buffers)
    var lastUse: [Int: Int] = [:]
    // A stack is placed as its first buffer, with the length of all.
    var counts = counts
    var leader: [Int: Int] = [:]
    for stack in stacks {
      for buffer in stack { leader[buffer] = stack[0] }
      counts[stack[0]] = stack.reduce(0) { $0 + counts[$1] }
    }
    let lengths = stacks.map { stack in stack.dropFirst().map { counts[$0] } }
    for (number, step) in steps.enumerated() {
      for buffer in step.reads + step.writes { lastUse[leader[buffer] ?? buffer] = number }
    }
    var ending: [Int: [Int]] = [:]
    for (buffer, number) in lastUse where isPlaced.contains(buffer) { ending[number, default: []].append(buffer) }

    // Free stretches, in order of place.
    var free: [(start: Int, length: Int)] = []
    for (number, step) in steps.enumerated() {
      for written in step.writes {
        let buffer = leader[written] ?? written
        guard isPlaced.contains(buffer), offsets[buffer] == nil, counts[buffer] > 0 else { continue }
        let length = (counts[buffer] + Self.unit - 1) / Self.unit * Self.unit
        let best = free.indices.filter { free[$0].length >= length }.min { free[$0].length < free[$1].length }
        if let best {
          offsets[buffer] = free[best].start
          free[best] = (free[best].start + length, free[best].length - length)
          if free[best].length == 0 { free.remove(at: best) }
        } else if let last = free.last, last.start + last.length == count {
          offsets[buffer] = last.start
          count = last.start + length
          free.removeLast()
        } else {
          offsets[buffer] = count
          count += length
        }
      }
      for buffer in (ending[number] ?? []).sorted() {
        guard let start = offsets[buffer] else { continue }
        let length = (counts[buffer] + Self.unit - 1) / Self.unit * Self.unit
        let place = free.firstIndex { $0.start > start } ?? free.count
        free.insert((start, length), at: place)
        if place + 1 < free.count, free[place].start + free[place].length == free[place + 1].start {
          free[place].length += free[place + 1].length
          free.remove(at: place + 1)
        }
        if place > 0, free[place - 1].start + free[place - 1].length == free[place].start {
          free[place - 1].length += free[place].length
          free.remove(at: place)
        }
      }
    }
    // The others of each stack lie behind its first.
    for (stack, lengths) in zip(stacks, lengths) {
      guard var place = offsets[stack[0]] else { continue }
      place += counts[stack[0]] - lengths.reduce(0, +)
      for (buffer, length) in zip(stack.dropFirst(), lengths) {
        offsets[buffer] = place
        place += length
      }
    }
  }
}
