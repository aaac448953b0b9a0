import Tensors

/// A plan as it is shown: its steps in their order, the mean time of each, and what it computes.
enum PlanText {
  private static let width = 118

  static func text(_ runs: Profile.PlanRuns, share: Double) -> String {
    let reading = runs.reading
    let count = reading.steps.count
    var lines = [
      "plan: \(count) \(count == 1 ? "step" : "steps"), run \(runs.runs == 1 ? "once" : "\(Table.grouped(runs.runs)) times"), "
        + "\(ProfileText.duration(runs.seconds / Double(max(runs.runs, 1)))) each, "
        + "\(ProfileText.percentage(share, of: 1)) of the kernels' time, \(ProfileText.work(reading.flops))",
      "memory: \(ProfileText.size(reading.inputBytes)) are there before, \(ProfileText.size(reading.resultBytes)) are kept"
        + (reading.replacedBytes > 0 ? " (\(ProfileText.size(reading.replacedBytes)) of them over what they replace), " : ", ")
        + "\(ProfileText.size(reading.arenaBytes)) between the steps, \(ProfileText.size(reading.scratchBytes)) for each thread",
    ]
    lines += wrapped(reading.inputs, after: "from: ")
    let times = runs.stepSeconds.map { ProfileText.duration($0 / Double(max(runs.runs, 1))) }
    let timeWidth = times.map(\.count).max() ?? 0
    let numberWidth = "\(count)".count
    for (place, step) in reading.steps.enumerated() {
      let time = place < times.count ? times[place] : ""
      lines.append("  \(right("\(place + 1)", numberWidth))  \(right(time, timeWidth))  \(step.name)")
      let indent = String(repeating: " ", count: numberWidth + timeWidth + 8)
      lines += step.formulas.map { indent + $0 }
    }
    return lines.joined(separator: "\n")
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// The items with commas between them, on as many lines as they need.
  private static func wrapped(_ items: [String], after head: String) -> [String] {
    var lines: [String] = []
    var line = head
    for (place, item) in items.enumerated() {
      let text = item + (place + 1 < items.count ? ", " : "")
      if line.count + text.count > width, line.count > head.count {
        lines.append(line)
        line = String(repeating: " ", count: head.count)
      }
      line += text
    }
    return items.isEmpty ? [] : lines + [line]
  }
}
