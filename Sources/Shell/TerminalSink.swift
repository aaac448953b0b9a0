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
  /// What the frames of `live { … }` fill.
  private var region = LiveRegion<LiveFrame.Identity>()
  /// The numbers of the pictures in each one's last frame.
  private var frameNumbers: [LiveFrame.Identity: [Int]] = [:]
  private var numbers = PictureNumbers()
  /// The statement whose frames they are.
  private var statement: Int?
  /// What stays of the progress, once the frames above it have come to their end.
  private var closings: [String] = []
  /// What is said of a short work, if it is the last of what an entry has to show.
  private var shortClosing: String?
  /// Whether a person at a terminal is there to read long texts page by page.
  var readsPages = false
  /// What was printed and echoed while a lesson listens.
  private var heard: [String]?

  init(streams: Streams, traces: Bool = false) {
    self.streams = streams
    self.traces = traces
  }

  /// Pictures and plots where there is a terminal, and text.
  var reception: Reception {
    let screen = screen
    let media: Set =
      screen.isTerminal
      ? [Medium.sheet.name, Medium.drawing.name, Medium.raster.name, Medium.plot.name, Medium.table.name] : []
    return Reception(media: media, width: screen.width, wantsAll: true, isWindow: screen.isTerminal)
  }

  /// A person sees ten a second as movement; where the cursor cannot be moved, and in files and pipes, the last one is enough.
  var framePace: FramePace { streams.outputScreen.movesCursor ? .watched(perSecond: 10) : .last }

  /// What is printed and echoed from now on is kept too, up to what a screen holds.
  func beginListening() { heard = [] }

  /// The lines since `beginListening`.
  func endListening() -> [String] {
    defer { heard = nil }
    return heard ?? []
  }

  private func listen(to output: Output) {
    guard let count = heard?.count, count < 100 else { return }
    switch output {
    case .text(let text): heard?.append(text)
    case .result(let shown): heard?.append(shown.text ?? "")
    case .fragment, .display, .message, .progress, .frame, .help, .code, .diagnostic, .interrupted: break
    }
  }

  /// An empty screen; what has left it can still be scrolled to.
  func clear() {
    guard streams.outputScreen.movesCursor else { return }
    endFrames()
    streams.progress.clear()
    streams.draw("\u{1B}[H\u{1B}[2J")
    streams.lineWasEnded()
  }

  func receive(_ output: Output) {
    if output.isWritten {
      endFrames()
      shortClosing = nil
    }
    listen(to: output)
    switch output {
    case .text(let text): streams.print(printable(text))
    case .fragment(let text): streams.begin(printable(text))
    case .result(let shown): show(shown)
    // `show` of a picture says nothing where there is no screen.
    case .display(let shown): if !shown.isStandIn { show(shown) }
    case .message(let text): streams.remark(text.harmlessLines)
    case .progress(let progress):
      let now = SteadyClock.seconds
      streams.flushIfDue(now: now)
      if streams.outputScreen.isTerminal, streams.errorScreen.isTerminal { streams.endLine() }
      let closing = streams.progress.update(
        title: progress.title.harmless, done: progress.done, total: progress.total, note: progress.note.harmless,
        isFinished: progress.isFinished, now: now)
      shortClosing = nil
      switch closing {
      // Below the frames, of which the last may still come.
      case .stays(let line): closings.append(line)
      case .short(let line): shortClosing = line
      case nil: break
      }
      if region.isEmpty { tellClosings() }
    case .frame(let frame): show(frame)
    case .help(let page): look(at: text(of: page))
    case .code(let source): look(at: text(of: source))
    case .diagnostic(let diagnostic): streams.report(rendered(diagnostic))
    case .interrupted(let note): reportInterruption(note)
    }
  }

  /// Shows a text that is there to be read, page by page where a person asks for it and the window is too low.
  private func look(at text: String) {
    let rows = ScreenBlock(lines: lines(of: text), width: screen.width).rows
    if readsPages, rows > screen.height - 2 {
      streams.endLine()
      streams.flush()
      if Pager.show(text + "\n") { return }
    }
    streams.print(text)
  }

  /// A diagnostic as standard error shows it.
  func rendered(_ diagnostic: Diagnostic) -> String {
    let screen = streams.errorScreen
    let width = Screen.size(of: .error)?.columns ?? screen.width
    return DiagnosticRenderer(
      style: screen.colorDepth > .none ? .terminal : .plain, width: max(40, width), palette: screen.palette,
      isInWindow: screen.isTerminal
    )
    .render(traces ? diagnostic.inFull : diagnostic)
  }

  /// Says that the work was stopped, below the `^C` that the terminal itself has written.
  private func reportInterruption(_ note: String?) {
    // Where it was stopped because its output is lost, the end of the run says so.
    if streams.output.failure != nil, note == nil { return }
    let isOverwritten = streams.progress.clear()
    let hasMark = streams.errorScreen.isTerminal && !isOverwritten && (streams.hasInterruptMark || !TerminalEcho.isOff)
    streams.hasInterruptMark = false
    streams.remark((hasMark ? "\n" : "") + (note?.harmlessLines ?? "stopped"))
  }

  private func text(of page: HelpPage) -> String {
    HelpText(width: screen.width).text(page).text(on: streams.outputScreen)
  }

  private func text(of source: Source) -> String {
    let text = CodeText.page(source)
    return (screen.isTerminal ? text.folded(width: screen.width, indent: 4) : text).text(on: streams.outputScreen)
  }

  // MARK: Pictures

  /// The screen as it is now.
  private var screen: Screen {
    var screen = streams.outputScreen
    if let size = Screen.size(of: .output) { (screen.width, screen.height) = size }
    return screen
  }

  private func show(_ shown: Shown) {
    streams.endLine()
    guard let block = block(shown, room: nil, number: { numbers.next(isSmall: $0) }) else {
      if let text = text(of: shown) { streams.print(text) }
      return
    }
    streams.progress.clear()
    streams.output.write(block.text)
    streams.flushIfDue(now: SteadyClock.seconds)
  }

  /// The most rows of a table that are shown.
  private static let mostTableRows = 20

  /// A value as text: what is a table stands in columns.
  private func text(of shown: Shown) -> String? {
    let screen = screen
    guard let table = shown[.table], table.names.contains(where: { !$0.isEmpty }) else { return shown.text.map(echoed) }
    let rows = min(TerminalSink.mostTableRows, screen.height - 6)
    return TableText(width: screen.width, rows: rows).text(table).text(on: streams.outputScreen)
  }

  /// A picture or a plot as the terminal shows it; nil for what has text alone.
  private func block(_ shown: Shown, room: Int?, number: (Bool) -> Int) -> ScreenBlock? {
    guard shown[.plot] != nil || shown[.raster] != nil else { return nil }
    streams.output.flush()
    let traits = streams.inquiry.traits()
    if let remark = streams.inquiry.takeRemark() { streams.remark(remark) }
    let display = PictureDisplay(screen: screen, traits: traits, room: room)
    let number = number(traits.wrapping == .tmux)
    if let plot = shown[.plot] { return try? display.block(plot, number: number) }
    if display.isOff { return nil }
    if let drawing = shown[.drawing] { return try? display.block(drawing, number: number) }
    if let sheet = shown[.sheet] { return try? display.block(sheet, number: number) }
    return shown[.raster].flatMap { try? display.block($0, number: number) }
  }

  // MARK: Frames

  private func show(_ frame: LiveFrame) {
    guard streams.outputScreen.movesCursor else { return frame.outputs.forEach(receive) }
    streams.endLine()
    if let statement, statement != frame.identity.statement { endFrames() }
    statement = frame.identity.statement
    let screen = screen
    let all = region.room(for: frame.identity, rows: screen.height)
    let outputs = joined(frame.outputs)
    let texts = outputs.map(text)
    func rows(_ lines: [String]?) -> Int { lines.map { ScreenBlock(lines: $0, width: screen.width).rows } ?? 0 }
    var textRows = texts.reduce(0) { $0 + rows($1) }
    var pictures = texts.count { $0 == nil }
    var known = frameNumbers[frame.identity] ?? []
    var used = 0
    var block = ScreenBlock.empty
    // What has no room at all is left out: nobody could come back to the first row of what is taller than the window.
    for (output, text) in zip(outputs, texts) where block.rows < all {
      if let text {
        textRows -= rows(text)
        block = block + ScreenBlock(lines: text, width: screen.width, room: max(1, all - block.rows - pictures))
      } else if let shown = output.shown {
        let room = max(1, (all - block.rows - textRows) / max(1, pictures))
        pictures -= 1
        let next = self.block(shown, room: room) { isSmall in
          if used == known.count { known.append(numbers.next(isSmall: isSmall)) }
          used += 1
          return known[used - 1]
        }
        block =
          block + (next ?? ScreenBlock(lines: lines(of: self.text(of: shown) ?? ""), width: screen.width, room: room))
      }
    }
    frameNumbers[frame.identity] = known
    streams.draw(
      region.update(frame.identity, block, columns: screen.width, rows: screen.height, below: streams.progress.shown))
  }

  /// Without fragments: they begin the lines behind them.
  private func joined(_ outputs: [Output]) -> [Output] {
    var begun = ""
    var result: [Output] = []
    for output in outputs {
      switch output {
      case .fragment(let text): begun += text
      case .text(let text):
        result.append(.text(begun + text))
        begun = ""
      case .result, .display, .message, .progress, .frame, .help, .code, .diagnostic, .interrupted:
        if !begun.isEmpty { result.append(.text(begun)) }
        begun = ""
        result.append(output)
      }
    }
    return begun.isEmpty ? result : result + [.text(begun)]
  }

  /// The lines of what has text alone; nil for pictures and plots.
  private func text(_ output: Output) -> [String]? {
    switch output {
    case .text(let text), .fragment(let text): lines(of: printable(text))
    case .result(let shown), .display(let shown):
      shown[.plot] != nil || shown[.raster] != nil ? nil : shown.isStandIn ? [] : lines(of: text(of: shown) ?? "")
    case .help(let page): lines(of: text(of: page))
    case .code(let source): lines(of: text(of: source))
    case .message, .progress, .frame, .diagnostic, .interrupted: []
    }
  }

  private func lines(of text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// What is shown stays where it is from now on.
  func endFrames() {
    guard !region.isEmpty || !closings.isEmpty else { return }
    region.release()
    frameNumbers = [:]
    statement = nil
    tellClosings()
  }

  /// What an entry has shown stays, and a short training says where it has come to.
  func endEntry() {
    endFrames()
    if let shortClosing { streams.report(shortClosing) }
    shortClosing = nil
    streams.progress.beginAnew()
  }

  private func tellClosings() {
    guard !closings.isEmpty else { return }
    let lines = closings
    closings = []
    lines.forEach(streams.report)
  }

  /// A value as a terminal shows it: broken between words, but for strings, which are shown as they are.
  private func echoed(_ text: String) -> String {
    let text = printable(text)
    return screen.isTerminal && !text.hasPrefix("\"") ? Paragraph.folded(text, width: screen.width) : text
  }

  /// What is printed, as it is for a pipe or a file, harmless for a terminal.
  private func printable(_ text: String) -> String { streams.outputScreen.isTerminal ? text.harmlessLines : text }
}

extension Output {
  /// Whether it goes below what is on the screen.
  fileprivate var isWritten: Bool {
    switch self {
    case .text, .fragment, .result, .display, .message, .help, .code, .diagnostic, .interrupted: true
    case .progress, .frame: false
    }
  }

  fileprivate var shown: Shown? {
    switch self {
    case .result(let shown), .display(let shown): shown
    case .text, .fragment, .message, .progress, .frame, .help, .code, .diagnostic, .interrupted: nil
    }
  }
}
