import Formats

/// The curves of a run as pages have them: for each step that was looked at the numbers of its history.
struct GameCurves: Sendable {
  private(set) var steps: [Double] = []
  /// Of each curve as many numbers as there are steps; nil where there was none.
  private var columns: [String: [Double?]] = [:]
  /// How many of the rows the pages have; 0 where they must be sent all.
  private var sentCount = 0

  /// With more, every second is dropped.
  static let countLimit = 4000

  /// Takes the numbers of a step; those of it and of later steps, which are not so any more, go.
  mutating func add(_ numbers: [String: Double?], at step: Double) {
    if steps.last == step, columns.allSatisfy({ $0.value.last == (numbers[$0.key] ?? nil) }) { return }
    cut(from: step)
    for name in numbers.keys where columns[name] == nil { columns[name] = steps.map { _ in nil } }
    steps.append(step)
    for name in columns.keys { columns[name]?.append(numbers[name] ?? nil) }
    if steps.count > GameCurves.countLimit { thin() }
  }

  /// Forgets the step and those behind it.
  mutating func cut(from step: Double) {
    let kept = steps.lastIndex { $0 < step }.map { $0 + 1 } ?? 0
    guard kept < steps.count else { return }
    steps.removeLast(steps.count - kept)
    columns = columns.mapValues { Array($0.prefix(kept)) }
    sentCount = 0
  }

  private mutating func thin() {
    func halved<T>(_ list: [T]) -> [T] { list.indices.filter { $0 % 2 == (list.count - 1) % 2 }.map { list[$0] } }
    steps = halved(steps)
    columns = columns.mapValues(halved)
    sentCount = 0
  }

  /// What the pages do not have yet; nil where they have all.
  mutating func news() -> JSON? {
    guard sentCount < steps.count || steps.isEmpty else { return nil }
    defer { sentCount = steps.count }
    return message(from: sentCount)
  }

  /// All rows, for a page that has just come.
  var all: JSON { message(from: 0) }

  private func message(from first: Int) -> JSON {
    let values = columns.sorted { $0.key < $1.key }.map { name, numbers in
      (name, JSON.array(numbers[first...].map { $0.map(JSON.number) ?? .null }))
    }
    return .object([
      "type": .string("curves"), "from": .number(Double(first)), "step": .array(steps[first...].map(JSON.number)),
      "values": .object(JSON.Members(values)),
    ])
  }
}
