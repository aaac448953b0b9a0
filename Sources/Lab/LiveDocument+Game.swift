import Formats
import Frontend

/// The game of the session that runs: what it says goes to all pages, what pages say of it goes there.
extension LiveDocument {
  /// A game for a new session.
  func openGame(_ host: SessionHost, session number: Int) {
    let game = Game(host: host) { [weak self] message in self?.tell(message, session: number) }
    game.write = { [weak self] line in
      guard let self else { return }
      state.withLock { $0.write(line, after: $0.lastRun) }
      file.saveSoon(self, after: DocumentKeeper.pause)
    }
    host.whenSafe { session in session.attendant = game }
    state.withLock { state in
      state.game = game
      for line in state.lines { state.greetGame(line) }
    }
  }

  private func tell(_ message: GameMessage, session number: Int) {
    state.withLock { state in
      guard state.session == number else { return }
      for line in state.lines { line.send(message) }
      guard let isPaused = message.isPaused, state.running != nil, isPaused != state.isPaused else { return }
      state.isPaused = isPaused
      state.tellStates()
      state.tellSession()
    }
  }
}

extension LabState {
  /// What of the game a page must know that has just come.
  func greetGame(_ line: PageLine) { game?.greet { line.send($0) } }
}

extension PageLine {
  /// Of states and pictures that wait the newest counts; curves go on where they ended.
  func send(_ message: GameMessage) {
    switch message {
    case .frame(let bytes): send(bytes: bytes, kind: "frame")
    case .json(let json): send(json, kind: json.type == "game" ? "game" : nil)
    }
  }
}

extension GameMessage {
  /// Whether the run waits at somebody's word; nil where this says nothing of it.
  fileprivate var isPaused: Bool? {
    guard case .json(let json) = self, json.type == "game", case .object(let members) = json else { return nil }
    return members["state"] == .string("paused")
  }
}

extension JSON {
  fileprivate var type: String? {
    if case .object(let members) = self, case .string(let type)? = members["type"] { type } else { nil }
  }
}
