/// Places in one block of memory for buffers that live from the step that writes them to the last one that reads them.
struct ArenaLayout {
  /// Floats from the start of the arena.
  private(set) var offsets: [Int: Int] = [:]
  private(set) var count = 0

  private static let unit = 16  // 64 bytes.

  /// What the buffers would take if none made room for another.
  private(set) var countWithoutReuse = 0
  /// Free stretches, in order of place.
  private var free: [(start: Int, length: Int)] = []

  /// - Parameter stacks: Buffers that lie one behind the other, and so live as one.
  init(_ steps: [PlannedStep], buffers: [Int], counts: [Int], stacks: [[Int]]) {
    let isPlaced = Set(buffers)
    // A stack is placed as its first buffer, with the length of all.
    var lengths = counts
    var leader: [Int: Int] = [:]
    for stack in stacks {
      for buffer in stack { leader[buffer] = stack[0] }
      lengths[stack[0]] = stack.reduce(0) { $0 + counts[$1] }
    }
    let writes = steps.map { $0.writes.map { leader[$0] ?? $0 } }
    var lastUse: [Int: Int] = [:]
    for (number, step) in steps.enumerated() {
      for buffer in step.reads { lastUse[leader[buffer] ?? buffer] = number }
      for buffer in writes[number] { lastUse[buffer] = number }
    }
    var ending: [Int: [Int]] = [:]
    for (buffer, number) in lastUse where isPlaced.contains(buffer) { ending[number, default: []].append(buffer) }
    for number in steps.indices {
      for buffer in writes[number] where isPlaced.contains(buffer) && offsets[buffer] == nil && lengths[buffer] > 0 {
        offsets[buffer] = take(Self.rounded(lengths[buffer]))
      }
      for buffer in (ending[number] ?? []).sorted() {
        if let start = offsets[buffer] { give(start, Self.rounded(lengths[buffer])) }
      }
    }
    // The others of each stack lie behind its first.
    for stack in stacks {
      guard var place = offsets[stack[0]] else { continue }
      for (buffer, next) in zip(stack, stack.dropFirst()) {
        place += counts[buffer]
        offsets[next] = place
      }
    }
  }

  private static func rounded(_ count: Int) -> Int { (count + unit - 1) / unit * unit }

  /// The start of a stretch of the arena: of the shortest free one that suffices, or behind all.
  private mutating func take(_ length: Int) -> Int {
    countWithoutReuse += length
    let best = free.indices.filter { free[$0].length >= length }.min { free[$0].length < free[$1].length }
    if let best {
      let start = free[best].start
      free[best] = (start + length, free[best].length - length)
      if free[best].length == 0 { free.remove(at: best) }
      return start
    }
    if let last = free.last, last.start + last.length == count {
      count = last.start + length
      free.removeLast()
      return last.start
    }
    defer { count += length }
    return count
  }

  private mutating func give(_ start: Int, _ length: Int) {
    let place = free.firstIndex { $0.start > start } ?? free.count
    free.insert((start, length), at: place)
    if place + 1 < free.count, start + length == free[place + 1].start {
      free[place].length += free[place + 1].length
      free.remove(at: place + 1)
    }
    if place > 0, free[place - 1].start + free[place - 1].length == start {
      free[place - 1].length += free[place].length
      free.remove(at: place)
    }
  }
}
