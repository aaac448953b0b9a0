import Base
import Frontend
import Graphics
import Interpreter
import Library
import Syntax
import Tensors
import Terminal

/// Shows what a session hands out on the two streams; pictures and plots where there is a terminal.
public final class TerminalSink: OutputSink {
  public let streams: Streams
  /// Whether errors show every call within the standard library.
  private let traces: Bool
  /// Why a value could not be shown: looking at a value is what computes it.
  public private(set) var trouble: Outcome?

  /// What was shown last, so that a statement that shows its own value (`plot xs`) does not show it twice.
  private weak var lastDisplayed: (any Object)?

  public init(streams: Streams, traces: Bool = false) {
    self.streams = streams
    self.traces = traces
  }

  public func receive(_ output: Output) {
    switch output {
    case .text(let text): streams.print(text)
    case .echo(let value): echo(value)
    case .display(let object): display(object)
    case .message(let text): streams.report(text)
    case .progress(let progress):
      let now = SteadyClock.seconds
      streams.flushIfDue(now: now)
      streams.progress.update(
        title: progress.title, done: progress.done, total: progress.total, note: progress.note,
        isFinished: progress.isFinished, now: now)
    case .help(let page): streams.print(HelpText(width: streams.outputScreen.width).text(page).text(on: streams.outputScreen))
    case .code(let source): streams.print(CodeText.page(source).text(on: streams.outputScreen))
    case .diagnostic(let diagnostic): streams.report(rendered(diagnostic))
    }
  }

  /// A diagnostic as standard error shows it.
  public func rendered(_ diagnostic: Diagnostic) -> String {
    let screen = streams.errorScreen
    let width = Screen.size(of: .error)?.columns ?? screen.width
    return DiagnosticRenderer(style: screen.colorDepth > .none ? .terminal : .plain, width: max(40, width))
      .render(traces ? diagnostic.inFull : diagnostic)
  }

  /// Says that the work was stopped, below the `^C` that the terminal itself has written.
  func reportInterruption(_ interrupted: Interpreter.Interrupted) {
    let isOverwritten = streams.progress.clear()
    let hasMark = streams.errorScreen.isTerminal && !isOverwritten
    streams.report((hasMark ? "\n" : "") + (interrupted.note ?? "stopped"))
  }

  private func echo(_ value: Value) {
    switch value {
    case .none: break
    case .object(let object) where object === lastDisplayed: break
    case .object(let object):
      if let lines = picture(object) { lines.forEach(streams.print) } else { printEchoed(value) }
    case .boolean, .number, .string, .list, .range, .record, .function, .builtin: printEchoed(value)
    }
  }

  private func printEchoed(_ value: Value) {
    do {
      return streams.print(try value.description(width: streams.outputScreen.width))
    } catch let diagnostic as Diagnostic {
      streams.report(rendered(diagnostic))
    } catch let interrupted as Interpreter.Interrupted {
      reportInterruption(interrupted)
      trouble = .interrupted
      return
    } catch is Tensors.Interrupted {
      reportInterruption(Interpreter.Interrupted())
      trouble = .interrupted
      return
    } catch let failure as Failure {
      streams.report(rendered(Diagnostic(title: failure.title, advice: failure.advice)))
    } catch {
      streams.report(rendered(Diagnostic(title: "the value cannot be shown: \(error)")))
    }
    trouble = .failed
  }

  /// `show` of a picture says nothing where there is no screen.
  private func display(_ object: any Object) {
    guard streams.outputScreen.isTerminal else {
      if !(object is ImageValue || object is PlotValue) { printEchoed(.object(object)) }
      return
    }
    lastDisplayed = object
    if let lines = picture(object) { lines.forEach(streams.print) } else { printEchoed(.object(object)) }
  }

  /// Before a next entry: what is asked for again is shown again.
  func forgetDisplayed() { lastDisplayed = nil }

  /// The lines of a picture or plot, for a terminal.
  private func picture(_ object: any Object) -> [String]? {
    guard streams.outputScreen.isTerminal else { return nil }
    var screen = streams.outputScreen
    if let size = Screen.size(of: .output) { (screen.width, screen.height) = size }
    if let image = object as? ImageValue {
      return try? PicturePrinter(screen: screen).lines(image.raster)
    }
    return (object as? PlotValue).map { PlotPrinter(screen: screen).lines($0.plot) }
  }
}
