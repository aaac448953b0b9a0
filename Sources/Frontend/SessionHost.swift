import Base
import Interpreter

/// A session that lives on a thread of its own, and which other threads ask to do things.
public final class SessionHost: Sendable {
  /// Work on the session's thread.
  public typealias Work = @Sendable (Session) -> Void

  /// What the threads share.
  private struct State: Sendable {
    var queue: [Work] = []
    var isBusy = false
    /// How often it was said that those who wait shall look again.
    var calls = 0
    /// Whether the thread shall end when there is no more work.
    var isEnding = false
    var hasEnded = false
    /// The session's, once it is there.
    var interrupter: Interrupter?
    /// Errands from the time before.
    var early: [Work] = []
  }

  private let state = Monitor(State())

  /// Starts the thread, with a big stack. `make` is called there once, first. Where no thread can be made, it has ended.
  public init(make: @escaping @Sendable () -> Session) {
    let isStarted = BigStackThread.detach { [state] in
      Self.live(make(), state)
      state.change { $0.hasEnded = true }
    }
    if !isStarted { state.change { $0.hasEnded = true } }
  }

  private enum Next {
    case work(Work)
    case errands
    case end
  }

  /// The thread's life.
  private static func live(_ session: Session, _ state: Monitor<State>) {
    state.change {
      $0.interrupter = session.interrupter
      for errand in $0.early { session.interrupter.whenSafe(errand) }
      $0.early = []
    }
    while true {
      session.runErrands()
      let next = state.wait { state -> Next? in
        if session.hasErrands { return .errands }
        guard let work = state.queue.first else { return state.isEnding ? .end : nil }
        state.queue.removeFirst()
        // What was to be stopped has ended by itself.
        session.clearInterrupts()
        state.isBusy = true
        return .work(work)
      }
      switch next {
      case .work(let work):
        work(session)
        state.change { $0.isBusy = false }
      case .errands: continue
      case .end, nil: return
      }
    }
  }

  /// Does `work` on the session's thread, after all that was asked for before. Returns at once.
  public func enqueue(_ work: @escaping Work) { state.change { $0.queue.append(work) } }

  /// Takes back what waits to be done, but for what is under way.
  public func dropQueue() { state.change { $0.queue = [] } }

  /// Does `work` on the session's thread at the next safe point: at once where it is idle; else between two rounds of a loop or two calls of
  /// the program that runs, or while `wait` waits. `work` may look at values; it neither runs programs nor waits.
  public func whenSafe(_ work: @escaping Work) {
    state.change { state in
      if let interrupter = state.interrupter { interrupter.whenSafe(work) } else { state.early.append(work) }
    }
  }

  /// Whether work of `enqueue` is under way.
  public var isBusy: Bool { state.change { $0.isBusy } }

  /// Asks the program that runs to stop, as Ctrl-C does; nothing where none runs. From any thread, but not in a signal handler.
  public func interrupt() {
    state.change { if $0.isBusy { $0.interrupter?.interrupt() } }
  }

  /// On the session's thread: waits until `isOver`, and meanwhile does what `whenSafe` asks for. For `input`, and for a pause. It is asked
  /// now, and after each `wake`, errand and interrupt.
  ///
  /// - Throws: `Interrupted` where the program is asked to stop.
  public func wait(in session: Session, until isOver: () -> Bool) throws {
    while true {
      let calls = state.change { $0.calls }
      // Where the program holds a first one back, whoever waits decides.
      let isAsked = session.isStopRequested
      session.runErrands()
      if session.isInterrupted {
        session.clearInterrupts()
        throw Interrupted()
      }
      if isOver() { return }
      _ = state.wait {
        $0.calls != calls || session.hasErrands || session.isInterrupted || session.isStopRequested != isAsked ? true : nil
      }
    }
  }

  /// Lets `wait` look again. From any thread.
  public func wake() { state.change { $0.calls += 1 } }

  /// Lets the thread end when it has done what was asked for; false where that takes longer than `seconds`.
  public func end(within seconds: Double) -> Bool {
    state.change { $0.isEnding = true }
    return state.wait(within: seconds) { $0.hasEnded ? true : nil } != nil
  }
}
