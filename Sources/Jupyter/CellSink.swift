import Base
import Formats
import Interpreter
import Library
import Notebook
import Syntax

/// Sends what a cell puts out to the clients, as it comes. Used on the session's thread.
final class CellSink: OutputSink {
  /// The most bytes of printed text that are sent of a cell as they come; of what is printed behind them the end is sent when the cell has ended.
  static let textLimit = 8 << 20
  private static let tailLimit = 200_000

  private let outbox: Outbox
  private let board: KnobBoard
  /// The header of the request that runs.
  private var parent: [UInt8] = []
  /// Whether nothing is sent.
  private var isSilent = false
  private var count = 0
  private var textBytes = 0
  /// What was printed behind the limit: the last lines, and how many are left out before them.
  private var tail: [(name: String, text: String)] = []
  private var tailBytes = 0
  private var leftOut = 0
  /// The displays that take the place of their older ones.
  private var frames: [LiveFrame.Identity: String] = [:]
  private var progress = ProgressDisplays()
  private var displayCount = 0
  private let session = MessageWriter.newName()
  /// Help that the client is to page, as long as nothing else is put out.
  private var pages: [CellOutput] = []
  private var hasOther = false
  private var isPaged = false

  /// The errors of the program that ran last.
  private(set) var errors: [Diagnostic] = []
  /// What is said of its interruption; nil where it was not stopped.
  private(set) var interruption: CellOutput?
  /// The text of the value that was shown last.
  private(set) var result: String?

  init(_ outbox: Outbox, board: KnobBoard) { (self.outbox, self.board) = (outbox, board) }

  /// Text for 80 columns, everything that a page shows, and what can be moved.
  var reception: Reception {
    var reception = DocumentSink.reception
    reception.media.insert(Medium.knobs.name)
    return reception
  }

  /// Four a second: more than that floods the servers between.
  var framePace: FramePace { .watched(perSecond: 1 / Outbox.updatePace) }

  /// Begins with a program. `count`: what its value is numbered with.
  func begin(_ request: Request, count: Int, isSilent: Bool) {
    (parent, self.count, self.isSilent) = (request.header, count, isSilent)
    (errors, interruption, result) = ([], nil, nil)
    (textBytes, tail, tailBytes, leftOut) = (0, [], 0, 0)
    (frames, progress) = ([:], ProgressDisplays())
    // Whoever takes input reads help as well; programs such as nbclient keep only what is put out.
    (pages, hasOther, isPaged) = ([], false, request.flag("allow_stdin", default: true))
  }

  /// The help that the client shall page: where the cell has put out nothing else.
  func takePages() -> [JSON] {
    defer { pages = [] }
    return pages.map { page in
      .object(["source": .string("page"), "data": JupyterOutputs.inMessages.data([page]), "start": .number(0)])
    }
  }

  /// Prints help that is not alone.
  private func printPages() {
    hasOther = true
    guard !pages.isEmpty else { return }
    let waiting = pages
    pages = []
    waiting.forEach(send)
  }

  func clear() {
    guard !isSilent else { return }
    (pages, tail, tailBytes, leftOut, textBytes) = ([], [], 0, 0, 0)
    // Their places are gone, and the next frames get new ones.
    (frames, progress) = ([:], ProgressDisplays())
    outbox.send(Message(.iopub, "clear_output", parent: parent, ["wait": .boolean(false)]))
  }

  /// Sends what is still held back of it.
  func end() {
    for (key, content) in progress.endAll() { update(key, content) }
    if leftOut > 0 { outbox.print("… \(leftOut) \(leftOut == 1 ? "line" : "lines") left out …\n", to: "stderr", parent: parent) }
    for piece in tail { outbox.print(piece.text, to: piece.name, parent: parent) }
    (tail, tailBytes, leftOut) = ([], 0, 0)
    outbox.settle()
  }

  func receive(_ output: Output) {
    switch output {
    case .help, .code: break
    case .text, .fragment, .result, .display, .message, .progress, .frame, .diagnostic, .interrupted: printPages()
    }
    switch output {
    case .text(let text): print(text + "\n", to: "stdout")
    case .fragment(let text): print(text, to: "stdout")
    case .message(let text): print(text.hasSuffix("\n") ? text : text + "\n", to: "stderr")
    case .progress(let progress): show(progress)
    case .frame(let frame): show(frame)
    case .result(let shown):
      result = shown.text
      send(.result(shown), view: view(of: shown))
    case .display(let shown): send(.display(shown), view: view(of: shown))
    case .help(let page): sendPage(.help(page))
    case .code(let source): sendPage(.code(source))
    case .diagnostic(let diagnostic):
      if diagnostic.severity == .error { errors.append(diagnostic) } else { send(.diagnostic(diagnostic)) }
    case .interrupted(let note): interruption = .interrupted(note: note)
    }
  }

  private func sendPage(_ page: CellOutput) {
    guard !isSilent else { return }
    if isPaged, !hasOther, pages.isEmpty { pages.append(page) } else { printPages(); send(page) }
  }

  /// The widget that shows it to front ends that have widgets; nil where it has none.
  private func view(of shown: Shown) -> JSON? {
    guard !isSilent, let form = shown[.knobs], let model = board.open(form) else { return nil }
    return .object(["version_major": .number(2), "version_minor": .number(0), "model_id": .string(model)])
  }

  private func send(_ output: CellOutput, view: JSON?) {
    guard let view else { return send(output) }
    let made = JupyterOutputs.inMessages.output(output, count: count)
    var content = made.content
    if case .object(let data)? = content["data"] {
      let told = data.dictionary.merging(Self.toldWithoutWidgets(data.dictionary)) { $1 }
      content["data"] = .object(JSON.Members(told.merging(["application/vnd.jupyter.widget-view+json": view]) { $1 }))
    }
    outbox.send(Message(.iopub, made.type, parent: parent, content))
  }

  /// What front ends show that have no widgets: the table, and why there is nothing to move.
  private static func toldWithoutWidgets(_ data: [String: JSON]) -> [String: JSON] {
    let note = "To move them here: pip install ipywidgets, beside JupyterLab, and load the page again."
    var told: [String: JSON] = [:]
    if case .string(let text)? = data["text/plain"] { told["text/plain"] = .string(text + "\n" + note) }
    if case .string(let text)? = data["text/html"] { told["text/html"] = .string(text + "<p>" + note + "</p>") }
    return told
  }

  private func send(_ output: CellOutput) {
    guard !isSilent else { return }
    let made = JupyterOutputs.inMessages.output(output, count: count)
    if made.type == "stream", case .string(let name)? = made.content["name"], case .string(let text)? = made.content["text"] {
      return print(text, to: name)
    }
    outbox.send(Message(.iopub, made.type, parent: parent, made.content))
  }

  // MARK: Lines

  private func print(_ text: String, to name: String) {
    guard !isSilent else { return }
    guard textBytes + text.utf8.count > Self.textLimit else {
      textBytes += text.utf8.count
      return outbox.print(text, to: name, parent: parent)
    }
    textBytes = Self.textLimit
    tail.append((name, text))
    tailBytes += text.utf8.count
    // By halves, so that each line is moved a few times at most.
    guard tailBytes > 2 * Self.tailLimit else { return }
    var dropped = 0
    while tailBytes > Self.tailLimit, dropped + 1 < tail.count {
      leftOut += tail[dropped].text.utf8.count { $0 == UInt8(ascii: "\n") }
      tailBytes -= tail[dropped].text.utf8.count
      dropped += 1
    }
    tail.removeFirst(dropped)
  }

  // MARK: What changes

  private func show(_ frame: LiveFrame) {
    guard !isSilent else { return }
    let content = [
      "data": JupyterOutputs.inMessages.data(frame.outputs.compactMap { CellOutput($0) }), "metadata": JSON.object([:]),
    ]
    if let key = frames[frame.identity] { return update(key, content) }
    frames[frame.identity] = display(content)
  }

  private func show(_ state: Progress) {
    guard !isSilent, let change = progress.note(state, now: SteadyClock.seconds) else { return }
    if let key = change.key { update(key, change.content) } else { progress.setKey(display(change.content), of: state.title) }
  }

  /// Shows something for the first time that may change; gives its name.
  private func display(_ content: [String: JSON]) -> String {
    displayCount += 1
    let key = "\(session)_\(displayCount)"
    outbox.send(Message(.iopub, "display_data", parent: parent, named(content, key)))
    return key
  }

  private func update(_ key: String, _ content: [String: JSON]) {
    outbox.update(key, Message(.iopub, "update_display_data", parent: parent, named(content, key)))
  }

  private func named(_ content: [String: JSON], _ key: String) -> [String: JSON] {
    content.merging(["transient": .object(["display_id": .string(key)])]) { $1 }
  }
}
