import Synchronization

/// What other threads want done on a session's thread, where the program under way can be looked at.
final class Errands: Sendable {
  private let waiting = Mutex<[@Sendable (Session) -> Void]>([])
  /// Whether there are any, for a look that takes no lock.
  private let isWaiting = Atomic<Bool>(false)

  var isDue: Bool { isWaiting.load(ordering: .sequentiallyConsistent) }

  func add(_ errand: @escaping @Sendable (Session) -> Void) {
    waiting.withLock {
      $0.append(errand)
      isWaiting.store(true, ordering: .sequentiallyConsistent)
    }
  }

  /// Those that wait, in the order in which they came; they are taken away.
  func take() -> [@Sendable (Session) -> Void] {
    waiting.withLock { errands in
      isWaiting.store(false, ordering: .sequentiallyConsistent)
      defer { errands = [] }
      return errands
    }
  }
}

extension Session {
  /// Whether other threads wait for something to be done where the program can be looked at.
  public var hasErrands: Bool { interrupter.errands.isDue }

  /// Does what other threads want done where the program can be looked at (`Interrupter.whenSafe`). Called by itself between the rounds of
  /// loops and at calls; by others where the session waits, or is idle. On the session's thread.
  public func runErrands() {
    guard interrupter.errands.isDue else { return }
    for errand in interrupter.errands.take() { errand(self) }
  }
}
