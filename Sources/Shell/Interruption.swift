import Base
import Glibc
import Interpreter
import Synchronization
import Terminal

/// What Ctrl-C does while a program runs: the first asks the session to stop kindly, a further one to stop at once. What asks the process to end
/// (SIGTERM, SIGHUP) does as Ctrl-C, so that a training keeps itself, and ends it then.
enum Interruption {
  // The signal handler reads them, and may do no more than look at single words: they are set before it is installed.
  /// The address of the session's `Interrupter`, which is kept for good; 0 before there is one.
  private static let interrupter = Atomic<UInt>(0)
  private static let count = Atomic<Int>(0)
  private static let endsProgram = Atomic<Bool>(false)
  /// The signal that has asked the process to end; 0: none has.
  private static let request = Atomic<Int32>(0)
  /// Whether nothing runs that could be lost: a prompt waits for its entry.
  private static let isIdle = Atomic<Bool>(false)
  /// Whether a person at a terminal is told that it takes a while to stop.
  private static let tells = Atomic<Bool>(false)
  /// For so many seconds a program may put things away before it is ended.
  private static let grace: UInt32 = 30
  /// After so many seconds a person is told why nothing has stopped yet: an operation on tensors is not broken off in the middle.
  private static let patience: UInt32 = 1
  private static let delay: StaticString = "stopping as soon as the operation at hand is done\n"

  /// `endsProgram`: whether a third Ctrl-C, with which a script does not stop by itself, ends the program.
  static func watch(_ session: Session, endsProgram: Bool) {
    let address = UInt(bitPattern: Unmanaged.passRetained(session.interrupter).toOpaque())
    interrupter.store(address, ordering: .sequentiallyConsistent)
    self.endsProgram.store(endsProgram, ordering: .sequentiallyConsistent)
    tells.store(isatty(2) == 1, ordering: .relaxed)
    reset()
    Signals.onInterrupt { _ in
      let count = Interruption.count.add(1, ordering: .relaxed).newValue
      if count == 1, Interruption.tells.load(ordering: .relaxed), Interruption.request.load(ordering: .relaxed) == 0 {
        alarm(Interruption.patience)
      }
      if count > 2, Interruption.endsProgram.load(ordering: .relaxed) { _exit(130) }
      guard let address = UnsafeRawPointer(bitPattern: Interruption.interrupter.load(ordering: .relaxed)) else { return }
      Unmanaged<Interrupter>.fromOpaque(address)._withUnsafeGuaranteedRef { $0.interrupt() }
    }
    SignalHandler.install(SIGALRM) { _ in
      let request = Interruption.request.load(ordering: .relaxed)
      if request != 0 { return Signals.end(by: request) }
      guard !Interruption.isIdle.load(ordering: .relaxed) else { return }
      _ = write(2, Interruption.delay.utf8Start, Interruption.delay.utf8CodeUnitCount)
    }
    Signals.onRequestToEnd { number in
      let before = Interruption.request.exchange(number, ordering: .relaxed)
      guard before == 0, !Interruption.isIdle.load(ordering: .relaxed) else { return Signals.end(by: number) }
      alarm(Interruption.grace)
      Signals.interrupt()
    }
  }

  /// Whether the process has been asked to end.
  static var isEndRequested: Bool { request.load(ordering: .relaxed) != 0 }

  /// Ends the process where it has been asked to end: once all is put away.
  static func endIfRequested() {
    let number = request.load(ordering: .relaxed)
    if number != 0 { Signals.end(by: number) }
  }

  /// Waits for a person, in which the process can be ended at once.
  static func whileIdle<T>(_ wait: () -> T) -> T {
    isIdle.store(true, ordering: .relaxed)
    calm()
    defer { isIdle.store(false, ordering: .relaxed) }
    return wait()
  }

  /// Before a next piece of work.
  static func reset() {
    count.store(0, ordering: .relaxed)
    calm()
  }

  /// Nobody waits any more for something to stop.
  private static func calm() {
    if request.load(ordering: .relaxed) == 0 { alarm(0) }
  }
}
