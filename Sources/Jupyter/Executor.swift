import Base
import Formats
import Frontend
import Interpreter
import Library
import Notebook
import Synchronization
import Syntax

/// Runs the cells that clients send, on the session's thread.
final class Executor: @unchecked Sendable {
  // Its members are used on the session's thread alone, but for the gate and the history, which have locks.
  private let outbox: Outbox
  private let sink: CellSink
  private let input: ClientInput
  private let board: KnobBoard
  /// How many cells have been counted.
  private var count = 0
  let history = Mutex(History())
  let gate: Gate

  init(_ outbox: Outbox, input: ClientInput, board: KnobBoard, gate: Gate) {
    self.outbox = outbox
    self.input = input
    self.board = board
    self.gate = gate
    sink = CellSink(outbox, board: board)
  }

  /// What of a session clients see and answer.
  func connect(_ session: Session) {
    session.sink = sink
    session.input = input
    input.connect(session)
    board.connect(session)
  }

  // MARK: Running

  /// Does what an `execute_request` asks for.
  func execute(_ request: Request, in session: Session) {
    gate.open { session.interrupter.interrupt() }
    outbox.begin(request, isRun: true)
    let code = request.text("code") ?? ""
    let isSilent = request.flag("silent", default: false)
    let isEmpty = code.allSatisfy(\.isWhitespace)
    let counts = !isSilent && !isEmpty && request.flag("store_history", default: true)
    if counts {
      count += 1
      history.withLock { $0.append(code, line: count) }
    }
    if !isSilent {
      outbox.send(
        Message(
          .iopub, "execute_input", parent: request.header, ["code": .string(code), "execution_count": .number(Double(count))]))
    }
    sink.begin(request, count: count, isSilent: isSilent)
    input.begin(request)
    board.parent = request.header
    var outcome = Outcome.done
    var expressions: [String: JSON] = [:]
    do {
      try session.inside {
        if !isEmpty { outcome = session.performTyped(source(code, in: session, counts: counts), echo: .lastOfEntry) }
        if counts, let result = sink.result { history.withLock { $0.setResult(result, line: count) } }
        if outcome == .done { expressions = values(of: request, in: session) }
      }
    } catch {
      outcome = .failed
      sink.receive(.diagnostic(Diagnostic(title: "\(error)")))
    }
    gate.close()
    board.catchUp(in: session)
    board.parent = []
    input.end()
    sink.end()
    finish(request, outcome, expressions, isSilent: isSilent)
  }

  private func source(_ code: String, in session: Session, counts: Bool) -> Source {
    let text = EntryShorthand.program(of: code, hasResult: session["_"] != nil)
    return Source(name: counts ? "cell \(count)" : "cell", text: text)
  }

  private func finish(_ request: Request, _ outcome: Outcome, _ expressions: [String: JSON], isSilent: Bool) {
    var content: [String: JSON] = ["execution_count": .number(Double(count)), "payload": .array(sink.takePages())]
    var ending = Outbox.Ending()
    var messages: [Message] = []
    func fail(_ error: [String: JSON]) {
      content.merge(error) { $1 }
      content["status"] = .string("error")
      if !isSilent { messages.append(Message(.iopub, "error", parent: request.header, error)) }
      ending.aborts = request.flag("stop_on_error", default: true)
    }
    switch outcome {
    case .done:
      content["status"] = .string("ok")
      content["user_expressions"] = .object(JSON.Members(expressions))
    case .failed: fail(JupyterOutputs.inMessages.error(sink.errors).content)
    case .interrupted:
      fail(JupyterOutputs.inMessages.output(sink.interruption ?? .interrupted(note: nil), count: count).content)
    case .exit(let code):
      ending.exitCode = code
      if code == 0 {
        content["status"] = .string("ok")
        content["user_expressions"] = .object([:])
      } else {
        let words = "the program has ended with exit code \(code)"
        fail(["ename": .string("exit"), "evalue": .string(words), "traceback": .array([.string(words)])])
      }
      content["payload"] = .array([.object(["source": .string("ask_exit"), "keepkernel": .boolean(false)])])
    }
    ending.date = DateText.now
    outbox.finishRun(request, with: messages + [.reply(to: request, content)], ending)
  }

  // MARK: Expressions

  /// The values that the client wants besides, under the names that it gives them.
  private func values(of request: Request, in session: Session) -> [String: JSON] {
    guard case .object(let wanted)? = request.content["user_expressions"] else { return [:] }
    var values: [String: JSON] = [:]
    for (name, expression) in wanted {
      guard case .string(let text) = expression else { continue }
      values[name] = value(of: text, in: session)
    }
    return values
  }

  private func value(of text: String, in session: Session) -> JSON {
    let catcher = ValueCatcher(sink.reception)
    session.sink = catcher
    defer { session.sink = sink }
    switch session.perform(Source(name: "expression", text: text), echo: .last) {
    case .done:
      let data = catcher.shown.map(JupyterOutputs.inMessages.data) ?? .object(["text/plain": .string("none")])
      return .object(["status": .string("ok"), "data": data, "metadata": .object([:])])
    case .failed, .interrupted, .exit:
      let error = JupyterOutputs.inMessages.error(catcher.errors).content
      return .object(JSON.Members(error.merging(["status": .string("error")]) { $1 }))
    }
  }
}

/// Keeps the value of an expression, and what is wrong with it.
private final class ValueCatcher: OutputSink {
  let reception: Reception
  private(set) var shown: Shown?
  private(set) var errors: [Diagnostic] = []

  init(_ reception: Reception) { self.reception = reception }

  func receive(_ output: Output) {
    switch output {
    case .result(let shown): self.shown = shown
    case .diagnostic(let diagnostic): if diagnostic.severity == .error { errors.append(diagnostic) }
    case .text, .fragment, .display, .message, .progress, .frame, .help, .code, .interrupted: break
    }
  }
}

/// Whether a request is under way that an interrupt is meant for: one that comes before its program runs is held back until then.
final class Gate: Sendable {
  private struct State {
    var isExpected = false
    var isOpen = false
    var isWanted = false
  }

  private let state = Mutex(State())

  /// A request is handed to the session's thread.
  func expect() { state.withLock { $0 = State(isExpected: true) } }

  /// Its program begins now; `interrupt` stops it where that was asked for already.
  func open(_ interrupt: () -> Void) {
    state.withLock {
      $0.isOpen = true
      if $0.isWanted { interrupt() }
    }
  }

  /// It has ended.
  func close() { state.withLock { $0 = State() } }

  /// Stops the program that runs, or is about to.
  func interrupt(_ interrupt: () -> Void) {
    state.withLock {
      if $0.isOpen { interrupt() } else { $0.isWanted = $0.isExpected }
    }
  }
}
