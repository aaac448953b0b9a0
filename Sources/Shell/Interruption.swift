import Glibc
import Interpreter
import Terminal

/// What Ctrl-C does while a program runs: the first asks the session to stop kindly, a further one to stop at once.
enum Interruption {
  // Read in the signal handler: set before the handler is installed, and never taken away.
  nonisolated(unsafe) private static var session: Session?
  nonisolated(unsafe) private static var count: Int32 = 0
  nonisolated(unsafe) private static var endsProgram = false

  /// `endsProgram`: whether a third Ctrl-C, with which a script does not stop by itself, ends the program.
  static func watch(_ session: Session, endsProgram: Bool) {
    self.session = session
    self.endsProgram = endsProgram
    reset()
    Signals.onInterrupt { _ in
      Interruption.count &+= 1
      if Interruption.endsProgram, Interruption.count > 2 { _exit(130) }
      Interruption.session?.interrupt()
    }
  }

  /// Before a next piece of work.
  static func reset() { count = 0 }
}
