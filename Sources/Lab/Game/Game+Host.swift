import Interpreter

extension Game {
  /// Work on the session's thread.
  typealias Work = @Sendable (Game, Session) -> Void

  /// Asks the host to do work when no program runs. Where the host drops what waits, as at an interrupt, it is asked once more, for `otherwise`
  /// if that is something else.
  func afterProgram(otherwise: Work? = nil, _ work: @escaping Work) {
    let order = Order(self, work, otherwise: otherwise ?? work)
    host.enqueue { session in order.perform(session) }
  }

  /// Work that is not lost. It is done on the session's thread, and released after that, or where it is dropped.
  private final class Order: @unchecked Sendable {
    private weak var game: Game?
    private let work: Work
    private let otherwise: Work
    private var isDone = false

    init(_ game: Game, _ work: @escaping Work, otherwise: @escaping Work) {
      (self.game, self.work, self.otherwise) = (game, work, otherwise)
    }

    func perform(_ session: Session) {
      isDone = true
      if let game { work(game, session) }
    }

    deinit {
      guard !isDone, let game else { return }
      // Not here: who drops it may hold the host's lock.
      WakeUp.after(0.01) { [otherwise] in game.afterProgram(otherwise) }
    }
  }
}
