import Base
import Formats
import Interpreter
import Library

/// The way of a run from step to step.
extension Game {
  private static let module = "playing"
  /// How long the host works at a time where no program runs, in seconds, so that cells come in between.
  private static let turnLength = 0.05

  // MARK: In a program that trains

  /// Between two steps of a training: looks at the run, does what pages have asked for, and waits while it is paused.
  ///
  /// - Throws: `Interrupted` where the program is to stop.
  public func attend(_ run: Value, in session: Session) throws {
    guard case .record(let record) = run, rehearsal == nil, !isShowing else { return }
    // What is done here for the page is not given up half done; the training looks itself whether it is to stop.
    _ = try session.withoutInterrupts {
      try attend(record, in: session)
      return .none
    }
  }

  private func attend(_ record: Record, in session: Session) throws {
    if !course.isEndAwaited {
      course = Course(keeping: course)
      (course.isPlaying, course.isSingle, course.players) = (true, false, .both)
      (course.isInCell, course.isEndAwaited) = (true, true)
      document?.trains()
      afterProgram { $0.endCell(in: $1) }
    }
    if record !== self.run { adopt(record) }
    arrive(in: session)
    repeat {
      performAll(in: session)
      show(isForced: !course.isPlaying || course.isSingle, in: session)
      while !course.isPlaying || isTooEarly {
        if session.isStopRequested { return }
        try host.wait(in: session) { [self] in
          hasMessages || session.isStopRequested || (course.isPlaying && !isTooEarly)
        }
        performAll(in: session)
        show(isForced: !course.isPlaying || course.isSingle, in: session)
      }
    } while try !rehearse(in: session) && !session.isStopRequested
    setPace()
    (course.isStepUnderWay, course.isAsked) = (true, false)
  }

  /// Whether the next step is to be made later: in play that is not as fast as it can.
  private var isTooEarly: Bool {
    course.isPlaying && !course.isSingle && !course.isSlow && SteadyClock.seconds < course.stepDue
  }

  /// A step is made now: the next one has its time.
  private func setPace() {
    let pause = course.speeds.pause
    course.stepDue = SteadyClock.seconds + pause
    if pause > 0, course.isInCell { WakeUp.after(pause) { [host] in host.wake() } }
  }

  /// Whether a network is moved in the step that is under way.
  public func moves(_ player: String, of run: Value, in session: Session) -> Bool {
    guard !isShowing, case .record(let record) = run, record === self.run else { return true }
    course.isAsked = true
    let isMoved =
      switch course.players {
      case .both: true
      case .discriminator: player != "G"
      case .generator: player != "D"
      }
    if isMoved { rehearsal?.player = player }
    return isMoved
  }

  /// The program that trained has ended.
  func endCell(in session: Session) {
    guard course.isEndAwaited else { return }
    course = Course(keeping: course)
    course.isEnded = true
    inSession(session) { [self] in
      arrive(in: session)
      course.isPlaying = false
      // The sizes of layers are known by now.
      outlook.isStale = true
      show(isForced: true, in: session)
    }
  }

  // MARK: When no program runs

  /// Does what pages have asked for, and goes on with the run for a while, if it is played.
  func takeTurn(in session: Session) {
    endCell(in: session)
    inSession(session) { [self] in
      let start = SteadyClock.seconds
      performAll(in: session)
      while course.isPlaying, SteadyClock.seconds - start < Game.turnLength {
        if isTooEarly { waitALittle(since: start, in: session) } else { makeStep(in: session) }
        performAll(in: session)
      }
      show(isForced: !course.isPlaying, in: session)
    }
    guard course.isPlaying else { return }
    course.turns += 1
    let turn = course.turns
    let stop: Work = { game, session in
      // Whoever interrupts between two turns means the play.
      guard game.course.turns == turn, !game.course.isInCell else { return }
      game.stand()
      game.takeTurn(in: session)
    }
    afterProgram(otherwise: stop) { game, session in
      if game.course.turns == turn { game.takeTurn(in: session) }
    }
  }

  /// Waits for the next step, but no longer than a turn takes: cells come in between.
  private func waitALittle(since start: Double, in session: Session) {
    let due = min(course.stepDue, start + Game.turnLength)
    WakeUp.after(max(0, due - SteadyClock.seconds)) { [host] in host.wake() }
    do {
      try host.wait(in: session) { [self] in hasMessages || session.isStopRequested || SteadyClock.seconds >= due }
    } catch {
      stand()
    }
    if session.isStopRequested { stand() }
  }

  /// Nothing that fails here ends more than itself.
  private func inSession(_ session: Session, _ body: () -> Void) {
    do { try session.inside(body) } catch { notify(error) }
  }

  private func makeStep(in session: Session) {
    guard let run, run["step_with"] != nil else {
      course.isPlaying = false
      return notify("The loop that makes the steps of this run has ended; run its cell again.", level: "note")
    }
    do {
      // While its parts are shown, too.
      course.isEnded = false
      guard try rehearse(in: session) else { return }
      setPace()
      (course.isStepUnderWay, course.isAsked) = (true, false)
      try call("_play_step", [.record(run)], in: session)
      arrive(in: session)
      if session.isStopRequested { course.isPlaying = false }
    } catch {
      course.isStepUnderWay = false
      stand()
      notify(error)
      if let last = timeline.last { restore(last, in: session) }
    }
    show(isForced: course.isSingle, in: session)
  }

  // MARK: Steps

  /// Another run is played from here on.
  private func adopt(_ record: Record) {
    run?.namesSet = nil
    run = record
    timeline = RunTimeline()
    curves = GameCurves()
    settings = [:]
    record.namesSet = []
    gatherHistory(of: record)
    knobs = GameKnobs()
    frames = GameFrames()
    outlook = Outlook()
    course.isStepUnderWay = false
    forgetFrame()
    document?.adopted()
  }

  /// The run has come to a moment, as a rule after a step.
  private func arrive(in session: Session) {
    var half: RunTimeline.Moment?
    let isStep = course.isStepUnderWay
    if isStep {
      if course.players == .discriminator, course.isAsked { half = timeline.last }
      if course.isAsked { outlook.hasPlayers = true }
      if course.players != .both, !course.isAsked {
        notify("The step of this run asks for no network alone; it has moved all.", level: "note")
      }
      if course.isSingle { stand() }
      course.players = .both
      course.isStepUnderWay = false
      course.base = nil
    }
    guard let run else { return }
    noteSettings(of: run)
    note(beforeHalf: half?.snapshot, isNew: isStep || timeline.last?.step != step, in: session)
    outlook.step = step
  }

  /// Puts the present moment on the timeline.
  func note(beforeHalf: RunSnapshot? = nil, isNew: Bool, in session: Session) {
    guard let run else { return }
    do {
      let moment = RunTimeline.Moment(
        snapshot: try RunSnapshot(of: run, in: session), step: step, settings: settings, beforeHalf: beforeHalf,
        marks: curves.marks)
      if isNew { timeline.add(moment) } else { timeline.replaceLast(by: moment) }
    } catch {
      notify(error)
    }
  }

  /// Stands still.
  func stand() { (course.isPlaying, course.isSingle, course.isHeld, course.players) = (false, false, false, .both) }

  /// The number of the run's step.
  var step: Int {
    guard case .number(let step)? = run?["step"] else { return timeline.moments.count }
    return Int(exactly: step.rounded()) ?? 0
  }

  /// Sets the run back to a moment of it.
  func restore(_ moment: RunTimeline.Moment, in session: Session) {
    do {
      try restore(moment.snapshot, in: session)
    } catch {
      notify(error)
    }
    settings = moment.settings
    if let kept = moment.curves { curves = kept } else { curves.cut(from: Double(moment.step) + 1) }
    curves.restore(moment.marks)
    course.base = nil
  }

  /// Sets the run back; what is set by that has not been set by a step.
  func restore(_ snapshot: RunSnapshot, in session: Session) throws {
    defer { run?.namesSet = [] }
    try snapshot.restore(in: session)
  }

  // MARK: Slow motion

  /// In slow motion: makes the step that follows part by part, and takes it back, so that it is made as it is in haste. False where it shall
  /// not be made after all.
  private func rehearse(in session: Session) throws -> Bool {
    guard course.isSlow, let run, run["step_with"] != nil, let base = course.base ?? timeline.last?.snapshot else { return true }
    rehearsal = Rehearsal()
    // Its parts are asked for one by one.
    if course.isHeld { course.isPlaying = false }
    course.isHeld = false
    var failure: (any Error)?
    do {
      try call("_rehearse", [.record(run)], in: session)
    } catch {
      failure = error
    }
    let done = rehearsal
    rehearsal = nil
    try restore(base, in: session)
    frames.isDue = true
    if let interruption = done?.interruption ?? failure as? Interrupted {
      if !course.isInCell { stand() }
      if session.isStopRequested { return true }
      throw interruption
    }
    // What fails in the step itself will fail again, and be told of then.
    guard done?.isGivenUp == true else { return true }
    // What has come meanwhile goes before a step that was wanted by itself.
    if course.isSingle { stand() }
    return false
  }

  /// Shows what a part of a step has done, and waits until the next is wanted.
  public func subStep(_ name: String, of run: Value, in session: Session) throws {
    guard let rehearsal, !rehearsal.isHurried, !isShowing, case .record(let record) = run, record === self.run else { return }
    guard ["noise", "generate", "opinion", "loss", "slopes", "update"].contains(name) else { return }
    self.rehearsal?.part = name
    let player = rehearsal.player ?? ""
    if case .string(let text)? = try? call("_says", [run, .string(name), .string(player)], in: session) {
      self.rehearsal?.says = text
    }
    if name == "generate" || name == "update" { frames.isDue = true }
    show(isForced: true, in: session)
    var due = SteadyClock.seconds + course.speeds.part
    let wake = { [host] (due: Double) in WakeUp.after(max(0, due - SteadyClock.seconds)) { host.wake() } }
    wake(due)
    var isNext = false
    do {
      while !isNext, self.rehearsal?.isHurried == false {
        try host.wait(in: session) { [self] in
          hasMessages || session.isStopRequested || (course.isPlaying && SteadyClock.seconds >= due)
        }
        if session.isStopRequested { return hurry(isGivenUp: false) }
        let (wasPlaying, part) = (course.isPlaying, course.speeds.part)
        while let action = nextMessage(isTaken: false), !isNext { if !takes(action, isNext: &isNext, in: session) { break } }
        if course.isPlaying, !wasPlaying || part != course.speeds.part {
          due = wasPlaying ? due + course.speeds.part - part : SteadyClock.seconds + course.speeds.part
          wake(due)
        }
        if course.isPlaying, SteadyClock.seconds >= due { isNext = true }
      }
    } catch let interruption as Interrupted {
      self.rehearsal?.interruption = interruption
      hurry(isGivenUp: true)
    }
  }

  /// Takes what can be done in the middle of a step; false for what has to wait until it is over.
  private func takes(_ action: GameAction, isNext: inout Bool, in session: Session) -> Bool {
    switch action {
    case .next:
      isNext = true
      _ = nextMessage()
      return true
    case .play: (course.isPlaying, course.isSingle) = (true, false)
    case .pause: course.isPlaying = false
    case .speed(let speed): set(speed: speed)
    case .slow(let isOn):
      course.isSlow = isOn
      if !isOn {
        hurry(isGivenUp: false)
        if !course.isPlaying { (course.isPlaying, course.isSingle) = (true, true) }
      }
    case .show, .write: perform(action, in: session)
    case .step:
      // The one under way is made to its end first.
      if !course.isPlaying { (course.isPlaying, course.isSingle) = (true, true) }
      hurry(isGivenUp: false)
      return false
    case .back, .seed, .reset, .set, .choose, .points:
      hurry(isGivenUp: true)
      return false
    }
    _ = nextMessage()
    show(isForced: true, in: session)
    return true
  }

  private func hurry(isGivenUp: Bool) {
    rehearsal?.isHurried = true
    if isGivenUp { rehearsal?.isGivenUp = true }
  }

  // MARK: The standard library

  @discardableResult
  func call(_ name: String, _ arguments: [Value], in session: Session) throws -> Value {
    try session.callStandard(name, of: Game.module, arguments)
  }
}
