import Base
import Formats
import Frontend
import Interpreter

/// The game of the session that runs: what it says goes to all pages, what pages say of it goes there.
extension LiveDocument {
  /// A game for a new session.
  func openGame(_ host: SessionHost, session number: Int) {
    let game = Game(host: host) { [weak self] message in self?.tell(message, session: number) }
    game.document = Game.Owner(
      adopted: { [weak self] in self?.state.withLock { $0.trainingCell = $0.running } },
      trains: { [weak self] in
        self?.state.withLock { state in state.training = state.running.map { LabState.Training(cell: $0) } }
      },
      write: { [weak self] in self?.write($0, $1, $2) ?? "" },
      dataText: { [weak self] variable in self?.state.withLock { $0.fieldWriter(for: variable)?.dataText } ?? nil })
    host.whenSafe { session in session.attendant = game }
    state.withLock { state in
      state.game = game
      for line in state.lines { state.greetGame(line) }
    }
  }

  /// Writes a field of a run into the program; gives what is said of it.
  private func write(_ variable: String, _ field: String, _ value: String) -> String {
    defer { file.saveSoon(self, after: DocumentKeeper.pause) }
    return state.withLock { $0.write(field, value, of: variable) }
  }

  private func tell(_ message: GameMessage, session number: Int) {
    state.withLock { state in
      guard state.session == number else { return }
      for line in state.lines { line.send(message) }
      if let standing = message.standing, state.running != nil { state.follow(standing) }
      if let place = message.place { state.note(gameAt: place.step, isEnded: place.isEnded) }
      guard let isPaused = message.isPaused, state.running != nil, isPaused != state.isPaused else { return }
      state.isPaused = isPaused
      state.tellStates()
      state.tellSession()
    }
  }
}

extension LabState {
  /// What finds the places of a run's fields in the program; nil where no cell has trained the run.
  func fieldWriter(for variable: String) -> FieldWriter? {
    place(of: trainingCell).map { place in
      FieldWriter(texts: cells.map { $0.cell.kind == .code ? $0.cell.text : "" }, variable: variable, trainedIn: place)
    }
  }

  /// Writes a field of a run where it counts from the run's beginning; where no place for it is found, into a cell of its own.
  mutating func write(_ field: String, _ value: String, of variable: String) -> String {
    let line = "\(variable).\(field) = \(value)"
    let first = line.prefix { $0 != "\n" }.prefix(60)
    let short = first.count < line.count ? "\(first)…" : line
    guard let change = fieldWriter(for: variable)?.write(field, value) else {
      insert(line, after: lastRun)
      return "\(short) stands in a cell of its own: put it where it is to count."
    }
    guard change.text != cells[change.cell].cell.text else { return "The program says so already." }
    cells[change.cell].cell.retext(change.text)
    cells[change.cell].layOut(folder: folder)
    tellCell(change.cell)
    tellStates()
    wasEdited()
    return "\(short) is written into the program, before the training; it counts when the cells are run again."
  }

  /// The running cell's foot says what the game says: the step that the run stands at, which may be an earlier one by now.
  mutating func follow(_ standing: (step: Int, words: String)) {
    gameStanding = standing
    guard var work = progress[Self.training], !work.progress.isFinished else { return }
    (work.progress.done, work.progress.note) = standing
    progress[Self.training] = work
    changedProgress.insert(Self.training)
    tellProgress()
  }

  /// The game says where the run is. The cell that has trained it tells of it where that is not where the cell has left it.
  mutating func note(gameAt step: Int, isEnded: Bool) {
    guard var training, running != training.cell else { return }
    if isEnded { training.endedAt = step }
    let before = training.movedTo
    training.movedTo = training.endedAt == nil || training.endedAt == step ? nil : step
    self.training = training
    if training.movedTo != before { tell("moved", movedMembers, kind: "moved") }
  }

  /// There is no run any more.
  mutating func forgetTraining() {
    training?.movedTo = nil
    if training != nil { tell("moved", movedMembers, kind: "moved") }
    training = nil
  }

  private var movedMembers: [(String, JSON)] {
    [("cell", .string(training?.cell ?? "")), ("step", training?.movedTo.map { .number(Double($0)) } ?? .null)]
  }

  /// The progress of a work; that of a training that is played stands where the game does.
  mutating func note(_ progress: Progress) {
    let startedAt = self.progress[progress.title]?.startedAt ?? SteadyClock.seconds
    var progress = progress
    if progress.title == Self.training, let standing = gameStanding {
      if progress.isFinished { gameStanding = nil } else { (progress.done, progress.note) = standing }
    }
    self.progress[progress.title] = Work(progress: progress, startedAt: startedAt)
    changedProgress.insert(progress.title)
  }

  /// What a training counts.
  private static let training = "step"

  /// What of the game a page must know that has just come.
  func greetGame(_ line: PageLine) {
    game?.greet { line.send($0) }
    if training?.movedTo != nil { line.send(Self.message("moved", movedMembers)) }
  }
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
  /// Where the run stands that a program trains; nil where this says nothing of it.
  fileprivate var standing: (step: Int, words: String)? {
    guard case .json(let json) = self, json.type == "game", case .object(let members) = json,
      members["state"] == .string("paused") || members["state"] == .string("playing"),
      case .number(let step)? = members["step"], let step = Int(exactly: step), case .string(let words)? = members["words"]
    else { return nil }
    return (step, words)
  }

  /// Where the run is, and whether that is where a program has left it; nil where this says nothing of it.
  fileprivate var place: (step: Int, isEnded: Bool)? {
    guard case .json(let json) = self, json.type == "game", case .object(let members) = json,
      case .string(let state)? = members["state"], state != "none", case .number(let step)? = members["step"],
      let step = Int(exactly: step)
    else { return nil }
    return (step, state == "ended")
  }

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
