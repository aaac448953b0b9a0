import Base

/// A thread that does something when it is time for it, and sleeps meanwhile.
final class Ticker: Sendable {
  private struct State: Sendable {
    var due = Double.infinity
    var isOver = false
  }

  private let state = Monitor(State())

  /// Does `body` on a thread of its own, as often as the ticker has rung.
  func start(_ body: @escaping @Sendable () -> Void) {
    Threads.start { [self] in
      while wait() { body() }
    }
  }

  /// Rings in so many seconds, unless it rings before.
  func ring(in seconds: Double) {
    let moment = SteadyClock.seconds + seconds
    state.change { $0.due = min($0.due, moment) }
  }

  /// Does not ring any more.
  func end() { state.change { $0.isOver = true } }

  /// Waits until it rings; false at the end.
  private func wait() -> Bool {
    while true {
      let (due, isOver) = state.change { ($0.due, $0.isOver) }
      if isOver { return false }
      let rest = due - SteadyClock.seconds
      if rest <= 0 {
        state.change { $0.due = .infinity }
        return true
      }
      _ = state.wait(within: min(rest, 3600)) { $0.isOver || $0.due < due ? true : nil }
    }
  }
}
