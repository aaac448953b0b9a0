/// How far a work has come, as a line of text.
public enum ProgressText {
  /// `train step 120/500  24%  5.3/s  1:12 left  d 1.32`. `rate`: steps a second, 0 where it is not known yet.
  public static func line(title: String, done: Int, total: Int?, rate: Double, note: String = "") -> String {
    var parts = ["\(title) \(done)" + (total.map { "/\($0)" } ?? "")]
    if let total, total > 0 { parts.append("\(Int((Double(done) / Double(total) * 100).rounded(.down)))%") }
    if rate > 0 {
      parts.append(rate >= 1 ? "\(short(rate))/s" : "\(short(1 / rate)) s each")
      if let total, total > done { parts.append("\(DurationText.clock(Double(total - done) / rate)) left") }
    }
    if !note.isEmpty { parts.append(note) }
    return parts.joined(separator: "  ")
  }

  /// `step 500: 120 in 0:24, 5.0/s  d 1.31`: what stays of a work of a second or more. `done`: in these seconds.
  public static func closing(title: String, at last: Int, done: Int, seconds: Double, note: String = "") -> String? {
    guard done > 0, seconds >= 1 else { return nil }
    let rate = Double(done) / seconds
    let pace = rate >= 1 ? "\(short(rate))/s" : "\(short(1 / rate)) s each"
    let line = "\(title) \(last): \(done) in \(DurationText.clock(seconds)), \(pace)"
    return note.isEmpty ? line : line + "  " + note
  }

  /// Three digits or so.
  private static func short(_ number: Double) -> String {
    guard number < 100, let tenths = Int(exactly: (number * 10).rounded()) else {
      return Int(exactly: min(number, 1e15).rounded()).map(String.init) ?? "\(number)"
    }
    return "\(tenths / 10).\(tenths % 10)"
  }
}

/// Steps a second over the last few seconds.
public struct ProgressPace: Sendable {
  private var title = ""
  private var past: [(done: Int, time: Double)] = []
  private var first: (done: Int, time: Double)?

  /// Of a work that has not begun.
  public init() {}

  /// Takes in that so many steps are done at `now`, in seconds of a steady clock. Another title begins anew, and so do fewer steps.
  public mutating func note(title: String, done: Int, now: Double) {
    if title != self.title || done < past.last?.done ?? 0 { (past, first) = ([], nil) }
    self.title = title
    if first == nil { first = (done, now) }
    past.append((done, now))
    // Twelve seconds of past at most, thinned so that fast steps cost nothing.
    if past.count > 64 { past = past.enumerated().filter { $0.offset % 2 == 0 || $0.offset == 64 }.map(\.element) }
    while past.count > 2, now - past[0].time > 12 { past.removeFirst() }
  }

  /// What is said at the end; nil where it was short.
  public func closing(note: String) -> String? {
    guard let first, let last = past.last else { return nil }
    return ProgressText.closing(
      title: title, at: last.done, done: last.done - first.done, seconds: last.time - first.time, note: note)
  }

  /// Steps a second; 0 where it is not known yet.
  public var rate: Double {
    guard let first = past.first, let last = past.last, last.time > first.time else { return 0 }
    return Double(last.done - first.done) / (last.time - first.time)
  }
}
