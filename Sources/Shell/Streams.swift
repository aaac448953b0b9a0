import Base
import Terminal

/// Standard output and standard error: results go to the one, all else to the other, each in its order.
final class Streams {
  let output: OutputBuffer
  let error: OutputBuffer
  let outputScreen: Screen
  let errorScreen: Screen
  let progress: ProgressLine
  let inquiry: TerminalInquiry
  /// Whether the terminal has shown the `^C` of an interrupt though it does not show what is typed else.
  var hasInterruptMark = false
  private var lastFlush = SteadyClock.seconds
  /// Whether what was printed last did not end its line.
  private var isLineOpen = false

  init(colors: Bool) {
    outputScreen = Screen(of: .output, colors: colors)
    errorScreen = Screen(of: .error, colors: colors)
    output = OutputBuffer(1, flushesLines: outputScreen.isTerminal)
    error = OutputBuffer(2, flushesLines: true)
    progress = ProgressLine(screen: errorScreen, output: error)
    inquiry = TerminalInquiry(screen: outputScreen)
  }

  /// A line of standard output, or the rest of one.
  func print(_ text: String) {
    if outputScreen.isTerminal { progress.clear() }
    output.write(text)
    output.write("\n")
    isLineOpen = false
    flushIfDue(now: SteadyClock.seconds)
  }

  /// Text of standard output that what is printed next goes on. A person sees it at once.
  func begin(_ text: String) {
    guard !text.isEmpty else { return }
    if outputScreen.isTerminal { progress.clear() }
    output.write(text)
    isLineOpen = true
    if outputScreen.isTerminal { output.flush() } else { flushIfDue(now: SteadyClock.seconds) }
  }

  /// Ends the line that `begin` has left open, before something that is no part of it.
  func endLine() {
    guard isLineOpen else { return }
    print("")
  }

  /// The person has ended the line by Enter.
  func lineWasEnded() { isLineOpen = false }

  /// Codes for the terminal, in one piece; what was printed before goes first.
  func draw(_ codes: String) {
    output.flush()
    output.write(codes)
    output.flush()
  }

  /// Writes out what was printed, if the last time is a while ago: whoever follows a long run in a file or through a pipe sees its lines
  /// as they come.
  func flushIfDue(now: Double) {
    guard now - lastFlush > 0.25 else { return }
    output.flush()
    lastFlush = now
  }

  /// A text of standard error; what was printed before it is written first.
  func report(_ text: String) {
    progress.clear()
    if outputScreen.isTerminal, errorScreen.isTerminal { endLine() }
    output.flush()
    error.write(text.hasSuffix("\n") ? text : text + "\n")
    error.flush()
  }

  /// A remark on standard error, in lines that a window does not break in the middle of words.
  func remark(_ text: String) {
    guard errorScreen.isTerminal else { return report(text) }
    report(Paragraph.folded(text, width: Screen.size(of: .error)?.columns ?? errorScreen.width))
  }

  func flush() {
    progress.clear()
    output.flush()
    error.flush()
  }
}
