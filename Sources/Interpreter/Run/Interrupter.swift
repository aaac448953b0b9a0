import Synchronization

/// Asks one session to stop: from any thread, and from a signal handler.
public final class Interrupter: Sendable {
  /// Code may use the thread's stack down to this address. An interrupt sets it beyond any address, so that the one comparison
  /// at every call and loop sees both.
  let floor = Atomic<UInt>(0)
  /// How often the user has asked to stop.
  private let requests = Atomic<Int>(0)
  /// How many `uninterrupted` blocks are running.
  private let shields = Atomic<Int>(0)
  /// What other threads want done between two steps of the program.
  let errands = Errands()

  /// Asks the running program to stop; the second time, at once.
  public func interrupt() {
    requests.add(1, ordering: .sequentiallyConsistent)
    callAttention()
  }

  /// Asks the running program to stop kindly, where nobody has asked yet.
  public func askToStop() { if !isRequested { interrupt() } }

  /// Does `errand` on the session's thread between two rounds of a loop, or two calls, of the program that runs; where none runs, when
  /// `Session.runErrands` is called. From any thread. An errand may look at values; it neither runs programs nor waits.
  public func whenSafe(_ errand: @escaping @Sendable (Session) -> Void) {
    errands.add(errand)
    callAttention()
  }

  /// Sees to it that the next call or round of a loop looks what is the matter, as after an interrupt.
  func callAttention() { floor.store(.max, ordering: .sequentiallyConsistent) }

  /// Whether long work shall be given up now.
  public var isDue: Bool {
    let requests = requests.load(ordering: .relaxed)
    return requests > 1 || (requests == 1 && shields.load(ordering: .relaxed) == 0)
  }

  /// Whether the user has asked to stop, also where an `uninterrupted` block holds it back.
  var isRequested: Bool { requests.load(ordering: .sequentiallyConsistent) > 0 }

  /// Forgets what was asked for; the stack ends at `floor`.
  func clear(floor: UInt) {
    requests.store(0, ordering: .relaxed)
    setFloor(floor)
  }

  func setFloor(_ floor: UInt) {
    // In one order with what other threads do: what they ask for meanwhile is either seen here, or calls attention afterwards.
    self.floor.store(floor, ordering: .sequentiallyConsistent)
    if isRequested || errands.isDue { callAttention() }
  }

  func raiseShield() { shields.add(1, ordering: .relaxed) }
  func lowerShield() { shields.subtract(1, ordering: .relaxed) }
}
