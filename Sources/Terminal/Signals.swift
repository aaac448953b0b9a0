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
  nonisolated(unsafe) private static var terminalModes = termios()

  /// `SIGPIPE` and `SIGXFSZ` are ignored: a closed pipe, and a file that may not grow (`ulimit -f`), are then seen where they are written to.
  public static func ignoreWriteFailures() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Ctrl-C calls `handler` from now on, inside the signal handler: it may do only what is safe there.
  public static func onInterrupt(_ handler: @escaping Handler) {
    interruptFunction = handler
    SignalHandler.install(SIGINT) { number in
      // First, as who is woken asks at once whether to stop.
      Signals.interruptFunction?(number)
      Signals.wake(number)
    }
  }

  /// From now on the signals that end the program, those of a crash among them, give the terminal back as it is now before they do. (SIGKILL does
  /// not: what reads the terminal next, as a shell does, sets it to rights.)
  public static func restoreTerminalAtTermination() {
    guard isatty(0) == 1, tcgetattr(0, &terminalModes) == 0 else { return }
    for number in [SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP] {
      SignalHandler.install(number) { number in
        // Both are safe inside a handler.
        tcsetattr(0, TCSANOW, &Signals.terminalModes)
        signal(number, SIG_DFL)
        raise(number)
      }
    }
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
