import Base

/// How far a long work has come, on one line of standard error that is written over. Where there is no terminal it says nothing.
public final class ProgressLine {
  private let screen: Screen
  private let output: OutputBuffer
  private var pace = Pace()
  /// When the line was last drawn, in seconds.
  private var lastDrawn = -Double.infinity
  private var isShown = false

  /// A line that is drawn through `output`, the buffer of standard error.
  public init(screen: Screen, output: OutputBuffer) {
    self.screen = screen
    self.output = output
  }

  /// Takes in a new state; drawn at most ten times a second. `now`: seconds of a steady clock.
  public func update(title: String, done: Int, total: Int?, note: String = "", isFinished: Bool = false, now: Double) {
    guard screen.movesCursor else { return }
    pace.note(title: title, done: done, now: now)
    if isFinished {
      clear()
      pace = Pace()
      return
    }
    guard now - lastDrawn >= 0.1 else { return }
    lastDrawn = now
    draw(ProgressLine.line(title: title, done: done, total: total, rate: pace.rate, note: note))
  }

  /// Takes the line off the screen, before anything else is written there. Says whether there was one.
  @discardableResult
  public func clear() -> Bool {
    guard isShown else { return false }
    output.write("\r\u{1B}[K")
    output.flush()
    isShown = false
    return true
  }

  private func draw(_ text: String) {
    // The window may have been resized; a line that wraps could not be written over.
    let width = Screen.size(of: .error)?.columns ?? screen.width
    output.write("\r" + text.cut(to: width - 1) + "\u{1B}[K")
    output.flush()
    isShown = true
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

  /// Three digits or so.
  private static func short(_ number: Double) -> String {
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

  mutating func note(title: String, done: Int, now: Double) {
    if title != self.title || done < past.last?.done ?? 0 { past = [] }
    self.title = title
    past.append((done, now))
    // Twelve seconds of past at most, thinned so that fast steps cost nothing.
    if past.count > 64 { past = past.enumerated().filter { $0.offset % 2 == 0 || $0.offset == 64 }.map(\.element) }
    while past.count > 2, now - past[0].time > 12 { past.removeFirst() }
  }

  var rate: Double {
    guard let first = past.first, let last = past.last, last.time > first.time else { return 0 }
    return Double(last.done - first.done) / (last.time - first.time)
  }
}
