import Base

/// How far a long work has come, on one line of standard error that is written over. Where there is no terminal it says nothing.
public final class ProgressLine {
  private let screen: Screen
  private let output: OutputBuffer
  private var pace = Pace()
  /// When the line was last drawn, in seconds.
  private var lastDrawn = -Double.infinity
  /// What is on the screen now.
  public private(set) var shown: String?

  /// A line that is drawn through `output`, the buffer of standard error.
  public init(screen: Screen, output: OutputBuffer) {
    self.screen = screen
    self.output = output
  }

  /// Takes in a new state; drawn at most ten times a second. `now`: seconds of a steady clock. At the end it gives the line that is to stay,
  /// where the work took a while.
  @discardableResult
  public func update(
    title: String, done: Int, total: Int?, note: String = "", isFinished: Bool = false, now: Double
  ) -> String? {
    guard screen.movesCursor else { return nil }
    pace.note(title: title, done: done, now: now)
    if isFinished {
      clear()
      defer { pace = Pace() }
      return pace.closing(note: note).map { $0.cut(to: width - 1) }
    }
    guard now - lastDrawn >= 0.1 else { return nil }
    lastDrawn = now
    draw(ProgressLine.line(title: title, done: done, total: total, rate: pace.rate, note: note))
    return nil
  }

  /// Takes the line off the screen, before anything else is written there. Says whether there was one.
  @discardableResult
  public func clear() -> Bool {
    guard shown != nil else { return false }
    output.write("\r\u{1B}[K")
    output.flush()
    shown = nil
    return true
  }

  /// The window may have been resized; a line that wraps could not be written over.
  private var width: Int { Screen.size(of: .error)?.columns ?? screen.width }

  private func draw(_ text: String) {
    let line = text.cut(to: width - 1)
    output.write("\r" + line + "\u{1B}[K")
    output.flush()
    shown = line
  }

  /// `train step 120/500  24%  5.3 steps/s  1:12 left  d 1.32`. `rate`: steps a second, 0 where it is not known yet.
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
  fileprivate static func short(_ number: Double) -> String {
    guard number < 100, let tenths = Int(exactly: (number * 10).rounded()) else {
      return Int(exactly: min(number, 1e15).rounded()).map(String.init) ?? "\(number)"
    }
    return "\(tenths / 10).\(tenths % 10)"
  }
}

/// Steps a second over the last few seconds.
private struct Pace {
  private var title = ""
  private var past: [(done: Int, time: Double)] = []
  private var first: (done: Int, time: Double)?

  mutating func note(title: String, done: Int, now: Double) {
    if title != self.title || done < past.last?.done ?? 0 { (past, first) = ([], nil) }
    self.title = title
    if first == nil { first = (done, now) }
    past.append((done, now))
    // Twelve seconds of past at most, thinned so that fast steps cost nothing.
    if past.count > 64 { past = past.enumerated().filter { $0.offset % 2 == 0 || $0.offset == 64 }.map(\.element) }
    while past.count > 2, now - past[0].time > 12 { past.removeFirst() }
  }

  /// What is said at the end; nil where it was short.
  func closing(note: String) -> String? {
    guard let first, let last = past.last else { return nil }
    return ProgressLine.closing(
      title: title, at: last.done, done: last.done - first.done, seconds: last.time - first.time, note: note)
  }

  var rate: Double {
    guard let first = past.first, let last = past.last, last.time > first.time else { return 0 }
    return Double(last.done - first.done) / (last.time - first.time)
  }
}
