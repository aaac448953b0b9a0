import Base
import Formats
import Frontend
import Interpreter
import Library

/// What pages are told of a run.
extension Game {
  /// What takes long to find, and seldom changes.
  struct Outlook {
    var choices: JSON = .array([])
    var networks: JSON = .array([])
    var knobs: JSON = .array([])
    var aim = GameAim()
    var kind: String?
    var isStale = true
    var time = -Double.infinity
    var hasPlayers = false
    var step = 0
  }

  /// There is no run.
  static let emptyState = JSON.object([
    "type": .string("game"), "run": .null, "step": .number(0), "epoch": .number(0), "state": .string("none"),
    "slow": .boolean(false),
    "phase": .null, "moves": .null, "back": .number(0), "words": .string(""), "knobs": .array([]), "choices": .array([]),
    "networks": .array([]), "aim": .null, "kind": .null, "players": .array([]), "says": .null, "cannot": .object([:]),
  ])

  /// Shows the run as it is, if it is time: as often as people can see it, and so seldom that it takes no more than a tenth of the time.
  func show(isForced: Bool, in session: Session) {
    guard isForced || SteadyClock.seconds >= frames.due, !isShowing else { return }
    isShowing = true
    defer { isShowing = false }
    _ = session.withoutInterrupts {
      show(in: session)
      return .none
    }
  }

  private func show(in session: Session) {
    let start = SteadyClock.seconds
    tell(.json(state(in: session)), state: true)
    answered = []
    if let run {
      gatherCurves(of: run, in: session)
      tellCurves()
      let stamp = GameFrames.Stamp(step: step, moment: timeline.moments.count, part: rehearsal?.part)
      if frames.isDue || frames.stamp != stamp {
        frames.stamp = stamp
        frames.isDue = false
        do {
          var drawn = frames
          let frame = try drawn.frame(of: run, game: self, in: session)
          frames = drawn
          if let frame { tell(frame) }
        } catch {
          // What cannot be drawn now, because it is no number for instance, is told of once.
          if !frames.hasFailed { notify(error) }
          frames.hasFailed = true
        }
      }
    }
    let end = SteadyClock.seconds
    frames.due = end + max(0.05, 9 * (end - start))
  }

  // MARK: The state

  private func state(in session: Session) -> JSON {
    guard let run else { return Game.emptyState }
    if outlook.isStale || SteadyClock.seconds - outlook.time > 1 { look(at: run, in: session) }
    let slopeStep: Value = settings["gradient_norm"].map { .number(Double($0)) } ?? .none
    let words =
      if case .string(let text)? = try? call("_standing_now", [.record(run), slopeStep], in: session) { text } else { "" }
    let state = course.isPlaying ? "playing" : course.isEnded ? "ended" : "paused"
    func number(_ name: String) -> JSON { if case .number(let number)? = run[name] { .number(number) } else { .number(0) } }
    return .object([
      "type": .string("game"), "run": .string(variableName(in: session)), "step": .number(Double(step)), "epoch": number("epoch"),
      "state": .string(state), "slow": .boolean(course.isSlow),
      "speed": .number(Double(course.speeds[isSlow: course.isSlow])), "pace": .string(course.speeds.words(isSlow: course.isSlow)),
      "phase": rehearsal?.part.map(JSON.string) ?? .null,
      "moves": rehearsal?.player.map(JSON.string) ?? .null, "says": rehearsal?.says.map(JSON.string) ?? .null,
      "back": .number(Double(timeline.backCount)),
      "backTo": timeline.previous.map { .number(Double($0.step)) } ?? .null, "words": .string(words), "knobs": outlook.knobs,
      "choices": outlook.choices, "networks": outlook.networks, "kind": outlook.kind.map(JSON.string) ?? .null,
      "aim": outlook.aim.json, "answered": .array(answered.map(JSON.string)),
      "players": .array(hasPlayers ? [.string("D"), .string("G")] : []),
      "cannot": .object(JSON.Members(obstacles(to: run).map { ($0, .string($1)) })),
    ])
  }

  /// What cannot be done with the run as it is, and why: by the names of actions.
  private func obstacles(to run: Record) -> [(String, String)] {
    var found: [(String, String)] = []
    if timeline.backCount == 0 { found.append(("back", "nothing before this step is kept")) }
    if !course.isInCell, run["step_with"] == nil {
      let reason = "the loop that makes its steps has ended; run its cell again"
      for action in ["play", "step", "step_d", "step_g", "slow"] { found.append((action, reason)) }
    } else {
      if !hasPlayers {
        for action in ["step_d", "step_g"] { found.append((action, "this run has no D and G that move in turn")) }
      }
      if run["step_with"] == nil { found.append(("slow", "of a loop of your own the parts of a step are not known")) }
    }
    if run["classes"] != nil { found.append(("points", "the networks are made for the classes of the data")) }
    if run["discriminate"] == nil || run["D"] == nil { found.append(("slopes", "this run has no D")) }
    return found
  }

  private func look(at run: Record, in session: Session) {
    let variable = variableName(in: session)
    outlook.aim.update(for: run, game: self, in: session)
    outlook.knobs = .array(
      knobs.numbers.settable(of: run, in: session).map {
        knobs.json($0, of: variable, help: RunKnobs.help(of: $0.name, of: run), idle: outlook.aim.idle[$0.name])
      })
    if knobs.given == nil, let data = run["data"] {
      var name = document?.dataText(variable).map { $0.count > 40 ? "the data of the program" : $0 }
      // A variable says itself what it holds.
      if let word = name, session[word] != nil || word.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) { name = nil }
      knobs.given = (name, data)
    }
    outlook.choices = .array(((try? knobs.choices(of: run, in: session)) ?? []).map(knobs.json))
    outlook.networks = networks(of: run, in: session)
    if case .string(let kind)? = try? call("_kind_of_pictures", [.record(run)], in: session) {
      outlook.kind = kind
    } else {
      outlook.kind = nil
    }
    (outlook.isStale, outlook.time) = (false, SteadyClock.seconds)
  }

  private func networks(of run: Record, in session: Session) -> JSON {
    guard case .list(let nets)? = try? call("_outlines", [.record(run)], in: session) else { return .array([]) }
    return .array(
      nets.elements.compactMap { net in
        guard case .record(let net) = net, case .string(let name)? = net["name"], case .list(let layers)? = net["layers"] else {
          return nil
        }
        return .object(["name": .string(name), "layers": .array(layers.elements.compactMap(Game.layer))])
      })
  }

  /// "dense", "2 → 64", 64.
  private static func layer(_ value: Value) -> JSON? {
    guard case .record(let layer) = value, case .string(let text)? = layer["layer"] else { return nil }
    let name = text.prefix { $0 != " " && $0 != "," }
    func sizes(_ name: String) -> [Int]? {
      guard case .list(let list)? = layer[name] else { return nil }
      return list.elements.map { if case .number(let size) = $0 { Int(exactly: size) ?? 0 } else { 0 } }
    }
    func shown(_ sizes: [Int]) -> String { sizes.map(String.init).joined(separator: "×") }
    let (before, after) = (sizes("before"), sizes("after"))
    let rest = text.dropFirst(name.count).drop { $0 == " " || $0 == "," }
    let detail = if let before, let after { "\(shown(before)) → \(shown(after))" } else { String(rest) }
    let size = (after ?? []).reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
    return .object([
      "name": .string(String(name)), "detail": .string(detail), "size": after == nil ? .null : .number(Double(size)),
    ])
  }
}
