import Formats
import Interpreter
import Library

/// What pages ask for.
extension Game {
  /// Does all that has been asked for, up to a single step, which is made before the rest.
  func performAll(in session: Session) {
    while !(course.isPlaying && course.isSingle), let action = nextMessage() { perform(action, in: session) }
  }

  func perform(_ action: GameAction, in session: Session) {
    switch action {
    case .slow(let isOn): course.isSlow = isOn
    case .speed(let speed): set(speed: speed)
    case .show(let slopes, let grid):
      course.showsSlopes = slopes ?? course.showsSlopes
      course.showsGrid = grid ?? course.showsGrid
      frames.isDue = true
    case .pause: stand()
    case .play, .back, .next, .seed, .reset, .step, .set, .choose, .points, .write:
      // Done or refused, the page shall show what the run has.
      if case .set(_, _, let mark?) = action { answered.append(mark) }
      guard let run else { return notify("There is no run yet: run a cell that trains one.", level: "note") }
      do {
        try perform(action, on: run, in: session)
      } catch {
        notify(error, about: action.subject)
      }
    }
    outlook.isStale = true
  }

  private func perform(_ action: GameAction, on run: Record, in session: Session) throws {
    switch action {
    case .play: (course.isPlaying, course.isSingle, course.players) = (true, false, .both)
    case .next:
      course.isHeld = true
      step(.both, in: session)
    case .step(let players): step(players, in: session)
    case .back:
      stand()
      course.isEnded = false
      guard let moment = timeline.stepBack() else { return notify("This is as far back as the run is kept.", level: "note") }
      restore(moment, in: session)
      frames.isDue = true
    case .reset:
      begin(in: session)
      if timeline.previous?.curves != nil { notify("From the start, as the program makes the run.\(wayBack)", level: "note") }
    case .seed:
      let present = session.presentSeed
      begin(in: session)
      // Neither the one of the run that is left nor the one that it began with.
      repeat { course.seed &+= 1 } while course.seed == present || course.seed == session.presentSeed
      session.seed(course.seed)
      note(isNew: false, in: session)
      notify("From the beginning with seed \(course.seed).\(wayBack)", level: "note")
    case .set(let name, let value, _): try set(name, to: value, of: run, in: session)
    case .choose(let what, let value): try choose(what, value, of: run, in: session)
    case .points(let points):
      let made = try call("_drawn_points", [.list(points.map { .list($0.map(Value.number)) })], in: session)
      try take(made, as: "data", named: GameKnobs.drawnName, of: run, in: session)
      knobs.drawn = GameKnobs.text(of: points)
    case .write(let name): try writeLine(name, of: run, in: session)
    case .slow, .speed, .show, .pause: break
    }
  }

  /// Sets the run back to its beginning, as the program makes it; Back leads to where it was.
  private func begin(in session: Session) {
    stand()
    course.isEnded = false
    if let first = timeline.begin(leaving: curves) { restore(first, in: session) }
    frames.isDue = true
  }

  /// What is said of the way back behind a beginning.
  private var wayBack: String {
    timeline.previous.map { " Back leads to step \($0.step) again, as it was." } ?? ""
  }

  func set(speed: Int) {
    course.speeds[isSlow: course.isSlow] = speed
    course.stepDue = -.infinity
  }

  private func step(_ players: Course.Players, in session: Session) {
    if players != .both, !hasPlayers {
      return notify("This run has no two networks that play against each other; it can only make whole steps.", level: "note")
    }
    (course.isPlaying, course.isSingle, course.players) = (true, true, players)
    guard players == .generator, let half = timeline.last?.beforeHalf else { return }
    // D's part has been made of the very step: it is made once more, with G's, which gives the bits of a whole step.
    do {
      try restore(half, in: session)
      (course.base, course.players) = (half, .both)
    } catch {
      notify(error)
    }
  }

  /// Whether there are a discriminator and a generator that move in turn.
  var hasPlayers: Bool { outlook.hasPlayers || (run?["discriminate"] != nil && run?["D"]?.typeName == "net") }

  // MARK: Knobs and choices

  private func set(_ name: String, to value: Double, of run: Record, in session: Session) throws {
    func knob() -> RunKnobs.Knob? { knobs.numbers.knobs(of: run).first { $0.name == name } }
    let before = knob()?.value
    try knobs.numbers.set(name, to: value, of: run, called: variableName(in: session), in: session)
    if let knob = knob(), knob.value != before {
      mark(name, "\(knob.label.isEmpty ? name : knob.label) \(Value.number(knob.value).plainText)")
    }
    note(isNew: false, in: session)
  }

  /// The curves tell that something was changed in the middle of the run.
  private func mark(_ name: String, _ text: String) {
    if step > 0 { curves.mark(name, text.replacing("_", with: " "), at: step) }
  }

  private func choose(_ what: String, _ name: String, of run: Record, in session: Session) throws {
    guard let choice = try knobs.choices(of: run, in: session).first(where: { $0.what == what }), choice.options.contains(name)
    else {
      throw Failure("there is no \(name) to choose for `\(what)`")
    }
    if choice.value == name, name != GameKnobs.nameless || knobs.hasGivenData(run) { return }
    try take(try chosen(what, name, in: session), as: what, named: name, of: run, in: session)
  }

  /// The value that a choice stands for.
  private func chosen(_ what: String, _ name: String, in session: Session) throws -> Value {
    if what == "data" {
      if try GameKnobs.madeSets(in: session).contains(name) { return try call("_data_named", [.string(name)], in: session) }
      if let own = session[name] { return own }
      if let given = knobs.given, given.name ?? GameKnobs.nameless == name { return given.data }
    }
    if name == "none" { return .none }
    if let value = try session.standard(name, of: "adversarial") { return value }
    throw Failure("`\(name)` cannot be chosen again", advice: ["Set it in a cell: run.\(what) = …"])
  }

  /// Gives the run something else; where it does not fit, everything is as it was.
  private func take(_ value: Value, as what: String, named name: String, of run: Record, in session: Session) throws {
    do {
      try call("_choose", [.record(run), .string(what), value], in: session)
    } catch {
      if let last = timeline.last { restore(last, in: session) }
      throw error
    }
    knobs.note(what, name, run[what] ?? value)
    mark(what, name == "none" ? "no \(what)" : name)
    note(isNew: false, in: session)
    if what == "data" { frames = GameFrames() }
  }

  private func writeLine(_ name: String, of run: Record, in session: Session) throws {
    let variable = variableName(in: session)
    let value: String
    if let knob = knobs.numbers.knobs(of: run).first(where: { $0.name == name }) {
      value = Value.number(knob.value).plainText
    } else if let choice = try knobs.choices(of: run, in: session).first(where: { $0.what == name }) {
      if name == "data", knobs.hasGivenData(run) {
        throw Failure(
          "the run has the data that the program makes it with", advice: ["Where a line sets \(variable).data, take it away."])
      }
      guard let text = try text(of: choice, in: session) else {
        throw Failure("this `\(name)` has no name by which the program could have it", advice: ["Choose another one first."])
      }
      value = text
    } else {
      throw Failure("this run has no number `\(name)` that can be set")
    }
    if let said = document?.write(variable, name, value), !said.isEmpty { notify(said, level: "note") }
  }

  /// What stands for a choice in the program; nil where nothing does.
  private func text(of choice: GameKnobs.Choice, in session: Session) throws -> String? {
    guard let value = choice.value, !value.isEmpty, value != GameKnobs.nameless else { return nil }
    guard choice.what == "data" else { return value }
    if let drawn = knobs.drawn, value == GameKnobs.drawnName { return drawn }
    // As the game made it: the run's random numbers stay the same.
    if try GameKnobs.madeSets(in: session).contains(value) { return "aside { seed 1; \(value)() }" }
    return session[value] == nil ? nil : value
  }

  /// The variable that holds the run.
  func variableName(in session: Session) -> String {
    run.flatMap { session.variable(holding: .record($0)) } ?? "run"
  }
}
