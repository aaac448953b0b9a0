import Base
import Glibc

/// The signals a person sends. Handlers only set flags, wake the line editor through a pipe and call a registered C function:
/// nothing else is allowed inside a handler.
public enum Signals {
  /// A C function that is called inside a signal handler with the signal's number.
  public typealias Handler = @convention(c) (Int32) -> Void

  // Written in handlers on any thread; each is one machine word, set before the handler that reads it is installed.
  nonisolated(unsafe) private static var wakeRead: Int32 = -1
  nonisolated(unsafe) private static var wakeWrite: Int32 = -1
  nonisolated(unsafe) private static var interruptFunction: Handler?
  nonisolated(unsafe) private static var requestFunction: Handler?
  nonisolated(unsafe) private static var knowsTerminalModes = false
  nonisolated(unsafe) private static var terminalModes = termios()

  /// `SIGPIPE` and `SIGXFSZ` are ignored: a closed pipe, and a file that may not grow (`ulimit -f`), are then seen where they are written to.
  public static func ignoreWriteFailures() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Ctrl-C calls `handler` from now on, inside the signal handler: it may do only what is safe there.
  public static func onInterrupt(_ handler: @escaping Handler) {
    interruptFunction = handler
    SignalHandler.install(SIGINT) { _ in Signals.interrupt() }
  }

  /// From now on the signals that end the program, those of a crash among them, give the terminal back as it is now before they do. (SIGKILL does
  /// not: what reads the terminal next, as a shell does, sets it to rights.)
  public static func restoreTerminalAtTermination() {
    guard isatty(0) == 1, tcgetattr(0, &terminalModes) == 0 else { return }
    knowsTerminalModes = true
    for number in requestsToEnd + [SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP] where !isIgnored(number) {
      SignalHandler.install(number) { Signals.end(by: $0) }
    }
  }

  /// Those with which others ask the program to end: `kill`, the end of a job or a container, a terminal that is closed.
  private static let requestsToEnd = [SIGTERM, SIGHUP]

  /// `handler` is called with the number of the signal that asks the program to end, inside the signal handler: it may do only what is safe there.
  /// A signal that is ignored, as under `nohup`, stays so.
  public static func onRequestToEnd(_ handler: @escaping Handler) {
    requestFunction = handler
    for number in requestsToEnd where !isIgnored(number) { SignalHandler.install(number) { Signals.requestFunction?($0) } }
  }

  /// What Ctrl-C does, at the word of another signal; safe inside a handler.
  public static func interrupt() {
    // First, as who is woken asks at once whether to stop.
    interruptFunction?(SIGINT)
    wake(SIGINT)
  }

  /// Ends the program as this signal does by itself, the terminal given back; safe inside a handler.
  public static func end(by number: Int32) {
    if knowsTerminalModes { tcsetattr(0, TCSANOW, &terminalModes) }
    signal(number, SIG_DFL)
    raise(number)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// A descriptor from which one byte can be read for each of the signals SIGINT, SIGWINCH and SIGTSTP: the signal's number.
  static func wakeDescriptor() -> Int32 {
    if wakeRead < 0 {
      let pipe = WakePipe()
      wakeRead = pipe.readEnd
      wakeWrite = pipe.handle
    }
    return wakeRead
  }

  /// The next of those signals, if there is one.
  static func next() -> Int32? { WakePipe.next(wakeRead).map(Int32.init) }

  /// Forgets those that came while nobody was asking.
  static func drain() {
    _ = wakeDescriptor()
    while next() != nil {}
  }

  static func watchWindow() { SignalHandler.install(SIGWINCH) { Signals.wake($0) } }
  static func watchSuspension() { SignalHandler.install(SIGTSTP) { Signals.wake($0) } }

  /// Stops the program as Ctrl-Z does, until it is continued.
  static func suspend() {
    stopHere()
    watchSuspension()
  }

  /// Stops until the program is continued; safe inside a handler.
  static func stopHere() {
    signal(SIGTSTP, SIG_DFL)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGTSTP)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    // To this thread: it is stopped here, and not after the handler is there again.
    raise(SIGTSTP)
  }

  static func unwatchSuspension() { signal(SIGTSTP, SIG_DFL) }

  private static func wake(_ number: Int32) { WakePipe.wake(wakeWrite, with: UInt8(truncatingIfNeeded: number)) }
}
