import Base

/// How far a long work has come, on one line of standard error that is written over. Where there is no terminal it says nothing.
public final class ProgressLine {
  private let screen: Screen
  private let output: OutputBuffer
  private var pace = ProgressPace()
  /// When the line was last drawn, in seconds, and for how many columns.
  private var lastDrawn = -Double.infinity
  private var drawnWidth = 0
  /// What is on the screen now, with the codes that bring the cursor to its beginning.
  public private(set) var shown: String?

  /// A line that is drawn through `output`, the buffer of standard error.
  public init(screen: Screen, output: OutputBuffer) {
    self.screen = screen
    self.output = output
  }

  /// What is said of a work that is done.
  public enum Closing: Equatable, Sendable {
    /// It took a while: the line stays where it is.
    case stays(String)
    /// It was short: the line is for one who has typed this work alone.
    case short(String)
  }

  /// Takes in a new state; drawn at most ten times a second. `now`: seconds of a steady clock. At the end it gives what is to be said;
  /// nil for a short work of which nothing is noted.
  @discardableResult
  public func update(
    title: String, done: Int, total: Int?, note: String = "", isFinished: Bool = false, now: Double
  ) -> Closing? {
    guard screen.movesCursor else { return nil }
    pace.note(title: title, done: done, now: now)
    if isFinished {
      clear()
      defer { pace = ProgressPace() }
      if let line = pace.closing(note: note) { return .stays(Paragraph.folded(line, width: width - 1)) }
      guard !note.isEmpty else { return nil }
      let line = ProgressText.line(title: title, done: done, total: nil, rate: 0, note: note)
      return .short(Paragraph.folded(line, width: width - 1))
    }
    let columns = width
    guard now - lastDrawn >= 0.1 || shown != nil && columns != drawnWidth else { return nil }
    (lastDrawn, drawnWidth) = (now, columns)
    draw(ProgressText.line(title: title, done: done, total: total, rate: pace.rate, note: note))
    return nil
  }

  /// What is told next is a work of its own, also where the one before did not come to its end.
  public func beginAnew() { pace = ProgressPace() }

  /// Takes the line off the screen, before anything else is written there. Says whether there was one.
  @discardableResult
  public func clear() -> Bool {
    guard shown != nil else { return false }
    output.write(ProgressLine.erasing)
    output.flush()
    shown = nil
    return true
  }

  /// The window may have been resized; a line that wraps could not be written over.
  private var width: Int { Screen.size(of: .error)?.columns ?? screen.width }

  /// The cursor waits at the line's beginning: in a window that became narrower the line may take several rows, and that is where
  /// they begin. All of them are taken away.
  static let erasing = "\r\u{1B}[J"

  private func draw(_ text: String) {
    // What is left of the line before is erased behind the new one, so that nothing flickers. It does not go on in the next row where the window is
    // made narrower just now.
    let line = "\u{1B}[?7l" + text.cut(to: drawnWidth - 1) + "\u{1B}[?7h\u{1B}[J\r"
    output.write("\r" + line)
    output.flush()
    shown = line
  }
}
