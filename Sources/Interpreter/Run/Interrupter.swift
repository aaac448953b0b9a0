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

  /// Asks the running program to stop; the second time, at once.
  public func interrupt() {
    requests.add(1, ordering: .relaxed)
    floor.store(.max, ordering: .relaxed)
  }

  /// Sees to it that the next call or round of a loop looks what is the matter, as after an interrupt.
  func callAttention() { floor.store(.max, ordering: .relaxed) }

  /// Whether long work shall be given up now.
  public var isDue: Bool {
    let requests = requests.load(ordering: .relaxed)
    return requests > 1 || (requests == 1 && shields.load(ordering: .relaxed) == 0)
  }

  /// Whether the user has asked to stop, also where an `uninterrupted` block holds it back.
  var isRequested: Bool { requests.load(ordering: .relaxed) > 0 }

  /// Forgets what was asked for; the stack ends at `floor`.
  func clear(floor: UInt) {
    requests.store(0, ordering: .relaxed)
    self.floor.store(floor, ordering: .relaxed)
  }

  func setFloor(_ floor: UInt) {
    self.floor.store(floor, ordering: .relaxed)
    if isRequested { self.floor.store(.max, ordering: .relaxed) }
  }

  func raiseShield() { shields.add(1, ordering: .relaxed) }
  func lowerShield() { shields.subtract(1, ordering: .relaxed) }
}
