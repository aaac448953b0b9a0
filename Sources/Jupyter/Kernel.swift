import Base
import Formats
import Frontend
import Glibc
import Interpreter

/// The kernel: one thread that has all sockets and answers by itself what can be answered while a program runs, and a session on a thread of its
/// own that runs the cells.
public final class Kernel {
  /// How long the first request waits for somebody who listens to what it puts out.
  static let audiencePatience = 0.3
  /// Requests that come so soon behind an error, and were made before it, are not run.
  static let abortion = 0.3
  /// So many requests of the shell are taken in before others come to their turn.
  private static let mostAtOnce = 64

  let sockets: Sockets
  let outbox = Outbox()
  let host: SessionHost
  let executor: Executor
  let input: ClientInput
  let widgets: Widgets
  let board: KnobBoard
  let gate = Gate()
  private var writer: MessageWriter
  private let watch = ParentWatch()
  var usage = Usage()

  /// The requests of the shell, and its subshells, that wait.
  var queue = ShellQueue()
  var commPace = CommPace()
  /// The cell that runs.
  private var current: Request?
  private var hasAudience = false
  private var audienceDue: Double?
  /// When the last error was, by both clocks; nil where it does not keep others from being run.
  private var abortion: (subshell: String?, steady: Double, date: Double)?
  /// The exit code, once the kernel is to end.
  var ending: Int32?

  /// A kernel that listens where a file says.
  ///
  /// - Parameter makeSession: makes its session, on the session's thread.
  /// - Throws: a `FormatError` that says what is missing or wrong.
  public init(connectionFile path: String, makeSession: @escaping @Sendable () -> Session) throws(FormatError) {
    try Sockets.requireLibrary()
    let connection = try ConnectionFile(path: path)
    sockets = try Sockets(connection, path: path)
    writer = MessageWriter(key: connection.key)
    input = ClientInput(outbox)
    widgets = Widgets(outbox)
    board = KnobBoard(widgets)
    executor = Executor(outbox, input: input, board: board, gate: gate)
    host = SessionHost { [executor] in
      let session = makeSession()
      executor.connect(session)
      return session
    }
    input.host = host
  }

  /// Serves clients until one of them, or whoever started it, ends it; gives the exit code.
  public func run() -> Int32 {
    KernelSignals.watch(waking: outbox.alarm.handle)
    outbox.send(.status("starting", parent: []))
    while ending == nil {
      let due = turn() ?? .infinity
      let rest = commPace.rest(now: SteadyClock.seconds)
      let wait = min(due, dueIn ?? .infinity, rest ?? .infinity, 1)
      let ready = sockets.wait(
        descriptor: outbox.alarm.readEnd, seconds: wait, hearsShell: rest == nil && !queue.isFull)
      if ready.heartbeat { while let frames = sockets.heartbeat.receive() { sockets.heartbeat.send(frames) } }
      if ready.iopub { receiveSubscriptions() }
      if ready.control { while let frames = sockets.control.receive() { receive(frames, .control) } }
      if ready.stdin { while let frames = sockets.stdin.receive() { receive(frames, .stdin) } }
      if ready.shell { receiveShell(most: Self.mostAtOnce) }
      if KernelSignals.takeInterrupt() { interrupt() }
      if KernelSignals.isEnded || watch.isOver { ending = 0 }
    }
    return end()
  }

  /// Sends what is there and starts what can be started; gives the seconds after which there will be more to send.
  private func turn() -> Double? {
    while true {
      let (messages, ended, wait) = outbox.take(now: SteadyClock.seconds)
      // What has come before an error is told must not be run behind it.
      if let ended { finished(ended) }
      for message in messages { send(message) }
      if ended == nil, !startNext() { return wait }
    }
  }

  func send(_ message: Message) {
    let frames = writer.frames(message)
    switch message.channel {
    case .shell: sockets.shell.send(frames)
    case .control: sockets.control.send(frames)
    case .stdin: sockets.stdin.send(frames)
    case .iopub: sockets.iopub.send(frames)
    }
  }

  /// Ends the session, kindly at first, and tells what it has still put out.
  private func end() -> Int32 {
    sendRest()
    interrupt()
    var isOver = host.end(within: 0.5)
    if !isOver {
      interrupt()
      isOver = host.end(within: 0.1)
    }
    sendRest()
    sockets.close()
    // What still runs must not meet what is taken apart when a process ends by itself.
    if !isOver { _exit(ending ?? 0) }
    return ending ?? 0
  }

  private func sendRest() {
    for message in outbox.take(now: SteadyClock.seconds, isEnd: true).messages { send(message) }
  }

  // MARK: Receiving

  private func receive(_ frames: [[UInt8]], _ channel: Channel) {
    guard let request = Request(frames, channel: channel, key: writer.key) else { return }
    switch channel {
    case .control: answerControl(request)
    case .stdin: if request.type == "input_reply", input.take(request.text("value")) { host.wake() }
    case .shell: if queue.knows(request) { queue.add(request, now: SteadyClock.seconds) } else { refuse(request) }
    case .iopub: break
    }
  }

  private func receiveShell(most: Int) {
    for _ in 0..<most {
      guard !queue.isFull, let frames = sockets.shell.receive() else { break }
      receive(frames, .shell)
    }
    guard !queue.isEmpty, !hasAudience, audienceDue == nil else { return }
    audienceDue = SteadyClock.seconds + Self.audiencePatience
  }

  /// Subscriptions come as a byte 1 and the topic; each is welcomed.
  private func receiveSubscriptions() {
    while let frames = sockets.iopub.receive() {
      guard let first = frames.first, first.first == 1 else { continue }
      hasAudience = true
      let topic = String(decoding: first.dropFirst(), as: UTF8.self)
      outbox.send(Message(.iopub, "iopub_welcome", parent: [], ["subscription": .string(topic)]))
    }
  }

  // MARK: The requests of the shell

  /// In how many seconds something that waits has waited enough.
  private var dueIn: Double? {
    guard !queue.isEmpty else { return nil }
    let now = SteadyClock.seconds
    if !hasAudience, let audienceDue, audienceDue > now { return audienceDue - now }
    return queue.dueIn(now: now)
  }

  /// Starts or answers what can be; false where there is nothing.
  private func startNext() -> Bool {
    let now = SteadyClock.seconds
    guard hasAudience || audienceDue.map({ $0 <= now }) == true else { return false }
    // While a program runs, who has waited enough is answered.
    guard let request = queue.next(isRunning: current != nil, now: now) else { return false }
    guard request.isRun else {
      answer(request)
      return true
    }
    if let abortion, abortion.subshell == request.subshell, now - abortion.steady < Self.abortion, let date = request.date,
      date < abortion.date
    {
      abort(request)
      return true
    }
    current = request
    gate.expect()
    host.enqueue { [executor] session in executor.execute(request, in: session) }
    return true
  }

  /// The cell that ran has ended.
  private func finished(_ ended: Outbox.Ending) {
    let subshell = current?.subshell
    current = nil
    if let code = ended.exitCode { ending = code }
    guard ended.aborts else { return }
    receiveShell(most: ShellQueue.most)
    abortion = (subshell, SteadyClock.seconds, ended.date)
    for request in queue.takeRuns(of: subshell) { abort(request) }
  }

  func abort(_ request: Request) {
    outbox.begin(request)
    outbox.finish(request, with: [.reply(to: request, ["status": .string("aborted")])])
  }

  func interrupt() { gate.interrupt { host.interrupt() } }
}
