import Glibc
import Interpreter
import Synchronization
import Terminal

/// What Ctrl-C does while a program runs: the first asks the session to stop kindly, a further one to stop at once.
enum Interruption {
  // The signal handler reads them, and may do no more than look at single words: they are set before it is installed.
  /// The address of the session's `Interrupter`, which is kept for good; 0 before there is one.
  private static let interrupter = Atomic<UInt>(0)
  private static let count = Atomic<Int>(0)
  private static let endsProgram = Atomic<Bool>(false)

  /// `endsProgram`: whether a third Ctrl-C, with which a script does not stop by itself, ends the program.
  static func watch(_ session: Session, endsProgram: Bool) {
    let address = UInt(bitPattern: Unmanaged.passRetained(session.interrupter).toOpaque())
    interrupter.store(address, ordering: .sequentiallyConsistent)
    self.endsProgram.store(endsProgram, ordering: .sequentiallyConsistent)
    reset()
    Signals.onInterrupt { _ in
      let count = Interruption.count.add(1, ordering: .relaxed).newValue
      if count > 2, Interruption.endsProgram.load(ordering: .relaxed) { _exit(130) }
      guard let address = UnsafeRawPointer(bitPattern: Interruption.interrupter.load(ordering: .relaxed)) else { return }
      Unmanaged<Interrupter>.fromOpaque(address)._withUnsafeGuaranteedRef { $0.interrupt() }
    }
  }

  /// Before a next piece of work.
  static func reset() { count.store(0, ordering: .relaxed) }
}
