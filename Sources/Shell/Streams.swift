import Base
import Terminal

/// Standard output and standard error: results go to the one, all else to the other, each in its order.
final class Streams {
  let output: OutputBuffer
  let error: OutputBuffer
  let outputScreen: Screen
  let errorScreen: Screen
  let progress: ProgressLine
  private var lastFlush = SteadyClock.seconds

  init(colors: Bool) {
    outputScreen = Screen(of: .output, colors: colors)
    errorScreen = Screen(of: .error, colors: colors)
    output = OutputBuffer(1, flushesLines: outputScreen.isTerminal)
    error = OutputBuffer(2, flushesLines: true)
    progress = ProgressLine(screen: errorScreen, output: error)
  }

  /// A line of standard output.
  func print(_ text: String) {
    if outputScreen.isTerminal { progress.clear() }
    output.write(text)
    output.write("\n")
    flushIfDue(now: SteadyClock.seconds)
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
    output.flush()
    error.write(text.hasSuffix("\n") ? text : text + "\n")
    error.flush()
  }

  func flush() {
    progress.clear()
    output.flush()
    error.flush()
  }
}
