import Base
import Frontend
import Graphics
import Interpreter
import Library
import Syntax
import Terminal

/// Shows what a session hands out on the two streams; pictures and plots where there is a terminal.
final class TerminalSink: OutputSink {
  let streams: Streams
  /// Whether errors show every call within the standard library.
  private let traces: Bool

  init(streams: Streams, traces: Bool = false) {
    self.streams = streams
    self.traces = traces
  }

  /// Pictures and plots where there is a terminal, and text.
  var reception: Reception {
    let screen = streams.outputScreen
    let media: Set = screen.isTerminal ? [Medium.raster.name, Medium.plot.name] : []
    return Reception(media: media, width: screen.width, wantsAll: true)
  }

  func receive(_ output: Output) {
    switch output {
    case .text(let text): streams.print(text)
    case .fragment(let text): streams.begin(text)
    case .result(let shown): show(shown)
    // `show` of a picture says nothing where there is no screen.
    case .display(let shown): if !shown.isStandIn { show(shown) }
    case .message(let text): streams.report(text)
    case .progress(let progress):
      let now = SteadyClock.seconds
      streams.flushIfDue(now: now)
      if streams.outputScreen.isTerminal, streams.errorScreen.isTerminal { streams.endLine() }
      streams.progress.update(
        title: progress.title, done: progress.done, total: progress.total, note: progress.note,
        isFinished: progress.isFinished, now: now)
    case .help(let page): streams.print(HelpText(width: streams.outputScreen.width).text(page).text(on: streams.outputScreen))
    case .code(let source): streams.print(CodeText.page(source).text(on: streams.outputScreen))
    case .diagnostic(let diagnostic): streams.report(rendered(diagnostic))
    case .interrupted(let note): reportInterruption(note)
    }
  }

  /// A diagnostic as standard error shows it.
  func rendered(_ diagnostic: Diagnostic) -> String {
    let screen = streams.errorScreen
    let width = Screen.size(of: .error)?.columns ?? screen.width
    return DiagnosticRenderer(style: screen.colorDepth > .none ? .terminal : .plain, width: max(40, width))
      .render(traces ? diagnostic.inFull : diagnostic)
  }

  /// Says that the work was stopped, below the `^C` that the terminal itself has written.
  private func reportInterruption(_ note: String?) {
    // Where it was stopped because its output is lost, the end of the run says so.
    if streams.output.failure != nil, note == nil { return }
    let isOverwritten = streams.progress.clear()
    let hasMark = streams.errorScreen.isTerminal && !isOverwritten
    streams.report((hasMark ? "\n" : "") + (note ?? "stopped"))
  }

  private func show(_ shown: Shown) {
    streams.endLine()
    var screen = streams.outputScreen
    if let size = Screen.size(of: .output) { (screen.width, screen.height) = size }
    if let plot = shown[.plot] {
      PlotPrinter(screen: screen).lines(plot).forEach(streams.print)
    } else if let raster = shown[.raster], let lines = try? PicturePrinter(screen: screen).lines(raster) {
      lines.forEach(streams.print)
    } else if let text = shown.text {
      streams.print(text)
    }
  }
}
