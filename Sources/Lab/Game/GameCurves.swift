import Base
import Formats

/// The curves of a run as pages have them: for steps that were looked at, or that the run's history keeps, the numbers that were found at them.
struct GameCurves: Sendable {
  private(set) var steps: [Double] = []
  /// Of each curve as many numbers as there are steps; nil where none was found at the step.
  private var columns: [String: [Double?]] = [:]
  /// How many of the rows the pages have; 0 where they must be sent all.
  private var sentCount = 0

  /// Where something of the run was changed in its middle: behind which step, what, and how it is said.
  struct Mark: Sendable {
    let step: Int
    let name: String
    let text: String
    let time: Double
  }

  /// By their steps.
  private(set) var marks: [Mark] = []
  private var areMarksSent = true
  /// What is turned on for so many seconds is one change.
  private static let changeLength = 2.0
  private static let markLimit = 100

  /// With more, half of them are dropped.
  static let countLimit = 4000

  /// Takes the numbers that were found at a step; of that step and of others it keeps what it has.
  mutating func add(_ numbers: [String: Double], at step: Double) {
    let place = steps.lastIndex { $0 <= step } ?? -1
    let isKnown = place >= 0 && steps[place] == step
    // What is as it was needs not be sent again.
    if isKnown,
      numbers.allSatisfy({ columns[$0.key]?[place].map { [new = $0.value] in $0 == new || $0.isNaN && new.isNaN } == true })
    {
      return
    }
    let row = isKnown ? place : place + 1
    if !isKnown {
      steps.insert(step, at: row)
      for name in columns.keys { columns[name]?.insert(nil, at: row) }
    }
    for (name, number) in numbers {
      if columns[name] == nil { columns[name] = steps.map { _ in nil } }
      columns[name]?[row] = number
    }
    sentCount = min(sentCount, row)
    if steps.count > GameCurves.countLimit { thin() }
  }

  /// Something was changed behind a step.
  mutating func mark(_ name: String, _ text: String, at step: Int) {
    let now = SteadyClock.seconds
    marks.removeAll { $0.name == name && ($0.step == step || now - $0.time < GameCurves.changeLength) }
    marks.append(Mark(step: step, name: name, text: text, time: now))
    if marks.count > GameCurves.markLimit { marks.removeFirst() }
    areMarksSent = false
  }

  /// The run is set back to where only these changes had been made; pages are sent everything.
  mutating func restore(_ marks: [Mark]) {
    self.marks = marks
    (sentCount, areMarksSent) = (0, false)
  }

  /// Forgets the step and those behind it.
  mutating func cut(from step: Double) {
    let kept = steps.lastIndex { $0 < step }.map { $0 + 1 } ?? 0
    guard kept < steps.count else { return }
    steps.removeLast(steps.count - kept)
    columns = columns.mapValues { Array($0.prefix(kept)) }
    marks.removeAll { Double($0.step) >= step }
    sentCount = 0
  }

  /// Of two rows the one stays that holds more: a curve that has few numbers must not lose them all. The last row stays.
  private mutating func thin() {
    func fullness(_ row: Int) -> Int { columns.values.count { $0[row] != nil } }
    var kept: [Int] = [steps.count - 1]
    for (turn, row) in stride(from: steps.count - 2, to: 0, by: -2).enumerated() {
      let (earlier, later) = (fullness(row - 1), fullness(row))
      kept.append(earlier > later || (earlier == later && turn % 2 == 1) ? row - 1 : row)
    }
    kept.reverse()
    steps = kept.map { steps[$0] }
    columns = columns.mapValues { numbers in kept.map { numbers[$0] } }
    sentCount = 0
  }

  /// What the pages do not have yet; nil where they have all.
  mutating func news() -> JSON? {
    guard sentCount < steps.count || steps.isEmpty || !areMarksSent else { return nil }
    defer { (sentCount, areMarksSent) = (steps.count, true) }
    return message(from: sentCount)
  }

  /// All rows, for a page that has just come.
  var all: JSON { message(from: 0) }

  /// Null where nothing was found at a step; a text where what was found is no number.
  private func message(from first: Int) -> JSON {
    let values = columns.sorted { $0.key < $1.key }.map { name, numbers in
      (name, JSON.array(numbers[first...].map { $0.map { $0.isFinite ? .number($0) : .string("\($0)") } ?? .null }))
    }
    return .object([
      "type": .string("curves"), "from": .number(Double(first)), "step": .array(steps[first...].map(JSON.number)),
      "values": .object(JSON.Members(values)),
      "marks": .array(marks.map { .object(["step": .number(Double($0.step)), "text": .string($0.text)]) }),
    ])
  }
}
