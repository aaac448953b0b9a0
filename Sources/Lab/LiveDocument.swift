import Base
import Formats
import Frontend
import Interpreter
import Library
import Notebook
import Synchronization
import Syntax

/// The document that lives in the process: pages look at it and change it, a session runs its cells, a file keeps its text. Pages may come and go
/// while it runs.
public final class LiveDocument: PageService {
  let state: Mutex<LabState>
  let file: DocumentKeeper
  let ticker = Ticker()
  /// The session that runs now; another one after a restart.
  let worker = Mutex<SessionHost?>(nil)
  private let threads: Int?

  /// A document that is kept in a file; nothing is run.
  init(_ document: Document, file: DocumentKeeper, threads: Int?) {
    var state = LabState(path: file.path)
    state.take(document)
    state.canSave = file.isWritable
    state.isNew = file.isWritable && file.isNew
    state.warning = file.warning
    self.state = Mutex(state)
    self.file = file
    self.threads = threads
    ticker.start { [weak self] in self?.lookAround() }
    open()
  }

  /// What is done from time to time: outputs are told, texts saved.
  private func lookAround() {
    state.withLock { $0.tellOutputs() }
    file.saveIfDue(self)
  }

  // MARK: Sessions

  /// Opens the next session.
  private func open() {
    let (number, folder) = state.withLock { ($0.session, $0.folder) }
    let threads = threads
    let host = worker.withLock { worker in
      let host = SessionHost { [self] in
        let session = Library.session(sink: CellSink(self, session: number), threads: threads)
        session.folders.script = folder
        return session
      }
      worker = host
      return host
    }
    openGame(host, session: number)
    host.whenSafe { [self, unowned host] session in session.input = PageInput(self, host: host, number: number, session: session)
    }
  }

  /// Ends the session and begins another: no cell has been run in it.
  func restart() {
    restart { state in
      state.tellStates()
      state.tellSession()
      state.notice("A new session has begun: nothing has been run in it.")
    }
  }

  /// The same; `change` is done between the two.
  func restart(_ change: (inout LabState) -> Void) {
    let old = worker.withLock { $0 }
    state.withLock { state in
      state.dequeueAll()
      state.closeRun(.stopped)
      state.forgetTraining()
      state.session += 1
      state.count = 0
      change(&state)
    }
    old?.dropQueue()
    old?.interrupt()
    // It ends when its work lets it; nobody waits for it.
    _ = old?.end(within: 0)
    open()
  }

  /// Asks what runs to stop, and forgets what was to be run behind it.
  func interrupt() {
    let host = worker.withLock { $0 }
    state.withLock { state in
      state.dequeueAll()
      state.tellStates()
      state.tellSession()
    }
    host?.dropQueue()
    host?.interrupt()
  }

  /// Lets what runs come to an end, and the session with it; false where that takes longer.
  func end(within seconds: Double) -> Bool {
    interrupt()
    return worker.withLock { $0 }?.end(within: seconds) ?? true
  }

  // MARK: Running

  /// Runs cells one after another, unless they are about to be run anyway.
  func run(_ ids: [String]) {
    guard let host = worker.withLock({ $0 }) else { return }
    let (queued, number) = state.withLock { state in
      let queued = ids.filter { state.enqueue($0) }
      state.tellStates()
      state.tellSession()
      return (queued, state.session)
    }
    for id in queued { host.enqueue { [self] session in perform(id, number, session) } }
  }

  /// On the session's thread. What is run is in the file before.
  private func perform(_ id: String, _ number: Int, _ session: Session) {
    guard state.withLock({ $0.session == number && $0.queue.contains(id) }) else { return }
    file.save(self)
    guard let source = state.withLock({ $0.session == number ? $0.start(id) : nil }) else { return }
    let outcome = session.performTyped(source, echo: .last)
    state.withLock { state in
      guard state.session == number else { return }
      if case .exit(let code) = outcome {
        if let place = state.place(of: id) {
          state.cells[place].outputs.append("exit(\(code)) ends a program; here the session goes on.\n", isNote: true)
        }
      }
      state.tellOutputs()
      state.closeRun(outcome == .done ? .done : outcome == .failed ? .failed : .stopped)
      if outcome != .done { state.dequeueAll() }
      state.tellStates()
      state.tellSession()
    }
    file.saveSoon(self, after: DocumentKeeper.pause)
  }

  /// Changes what the running cell has put out.
  func put(session: Int, _ change: (inout CellOutputs) -> Void) {
    let pause: Double? = state.withLock { state in
      guard state.session == session, let place = state.place(of: state.running) else { return nil }
      change(&state.cells[place].outputs)
      return state.news()
    }
    if let pause { ticker.ring(in: pause) }
  }

  /// Takes away what the running cell has put out.
  func clear(session: Int) {
    state.withLock { state in
      guard state.session == session, let place = state.place(of: state.running) else { return }
      state.cells[place].outputs = CellOutputs(address: state.outputAddress(state.cells[place].id))
      state.cells[place].edition += 1
      state.tell("clear", [("cell", .string(state.cells[place].id))])
    }
  }

  func progress(_ progress: Progress, session: Int) {
    let pause: Double? = state.withLock { state in
      guard state.session == session, state.running != nil else { return nil }
      state.note(progress)
      return state.news()
    }
    if let pause { ticker.ring(in: pause) }
  }

  // MARK: Input

  func ask(_ prompt: String, session: Int) {
    state.withLock { state in
      guard state.session == session else { return }
      state.tellOutputs()
      state.question = prompt
      state.answer = nil
      state.tell("ask", [("cell", .string(state.running ?? "")), ("prompt", .string(prompt))])
    }
  }

  /// Nobody is asked any more.
  func unask(session: Int) { state.withLock { if $0.session == session { $0.question = nil } } }

  func hasAnswer(session: Int) -> Bool { state.withLock { $0.session == session && $0.answer != nil } }

  /// The line that was given; nil where there is no more.
  func takeAnswer(session: Int) -> String? {
    state.withLock { state in
      guard state.session == session, case .line(let text)? = state.answer else { return nil }
      state.answer = nil
      return text
    }
  }

  // MARK: Pages

  func firstView() -> String { state.withLock { $0.firstView } }

  func opened(_ line: PageLine) {
    state.withLock { state in
      line.catchUp()
      if !state.lines.contains(where: { $0 === line }) { state.lines.append(line) }
      state.greet(line)
    }
    // From now on somebody wants to know what becomes of the file.
    ticker.ring(in: 0)
  }

  func closed(_ line: PageLine) { state.withLock { $0.lines.removeAll { $0 === line } } }

  func file(_ path: String) -> Response? {
    state.withLock { $0.wholeText(path)?.bytes }.map { Response(type: "text/plain; charset=utf-8", $0) }
  }

  func received(_ message: String?, from line: PageLine) { PageMessage(message, from: line).perform(self) }
}
