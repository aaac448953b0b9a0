import Base
import Formats
import Interpreter

/// How far the works of a cell have come, each shown in a place of its own: a bar and a line of text, of which the last line stays.
struct ProgressDisplays {
  private struct Work {
    var pace = ProgressPace()
    let start: Double
    /// The name of its display; nil as long as there is none.
    var key: String?
    var last: Progress
    /// When its display was made anew, in seconds.
    var shown = -Double.infinity
  }

  private var works: [String: Work] = [:]
  /// What takes less time than this, in seconds, is not shown.
  private static let delay = 0.3
  /// In how many seconds a display is made anew: steps may be many a second, and each would cost.
  private static let pace = 0.1

  /// Takes in a state; gives what is to be shown, and where: nil for a new display, which `setKey` is to name.
  mutating func note(_ progress: Progress, now: Double) -> (key: String?, content: [String: JSON])? {
    var work = works[progress.title] ?? Work(start: now, last: progress)
    work.pace.note(title: progress.title, done: progress.done, now: now)
    work.last = progress
    works[progress.title] = work
    guard !progress.isFinished else {
      works[progress.title] = nil
      return work.key.map { ($0, Self.closing(work)) }
    }
    guard now - work.start >= Self.delay, now - work.shown >= Self.pace else { return nil }
    works[progress.title]?.shown = now
    return (work.key, Self.content(work))
  }

  mutating func setKey(_ key: String, of title: String) { works[title]?.key = key }

  /// What stays of those that have not come to their end.
  mutating func endAll() -> [(key: String, content: [String: JSON])] {
    defer { works = [:] }
    return works.values.compactMap { work in work.key.map { ($0, Self.closing(work)) } }
  }

  private static func content(_ work: Work) -> [String: JSON] {
    let progress = work.last
    let line = ProgressText.line(
      title: progress.title, done: progress.done, total: progress.total, rate: work.pace.rate, note: progress.note)
    var data: [String: JSON] = ["text/plain": .string(line.harmless)]
    if let total = progress.total, total > 0 {
      let style = "width:16em;vertical-align:middle;margin-right:1em"
      data["text/html"] = .string(
        "<progress max=\"\(total)\" value=\"\(progress.done)\" style=\"\(style)\"></progress><code>\(Markup.escaped(line))</code>"
      )
    }
    return ["data": .object(JSON.Members(data)), "metadata": .object([:])]
  }

  /// The line that stays.
  private static func closing(_ work: Work) -> [String: JSON] {
    let progress = work.last
    let line =
      work.pace.closing(note: progress.note)
      ?? ProgressText.line(title: progress.title, done: progress.done, total: progress.total, rate: 0, note: progress.note)
    let data: JSON = .object(["text/plain": .string(line.harmless)])
    return ["data": data, "metadata": .object([:])]
  }
}
