import Base
import Formats
import Frontend
import Interpreter
import Syntax
import Testing

@testable import Lab

/// What the page is told is what the run has, at the step at which it has it.
@Suite(.serialized) struct GameTruthTests {
  private static func program(_ call: String) -> String { "\(GameTable.points)\nrun = \(call)\n" }

  /// The curve of a name as pages have it: the steps at which a number was found.
  private func curve(_ name: String, of table: GameTable) throws -> [Double: Double] {
    let late = Monitor<[GameMessage]>([])
    table.game.greet { message in late.change { $0.append(message) } }
    for case .json(let json) in late.change({ $0 }) where json.text("type") == "curves" {
      guard case .object(let members) = json, case .object(let values)? = members["values"] else { continue }
      let steps = json.list("step")
      guard case .array(let list)? = values[name] else { return [:] }
      var found: [Double: Double] = [:]
      for (step, value) in zip(steps, list) {
        if case .number(let step) = step, case .number(let value) = value { found[step] = value }
      }
      return found
    }
    return [:]
  }

  // MARK: Curves

  @Test func theSlopeIsThatOfItsStep() throws {
    let table = GameTable()
    try table.run(Self.program("dragan(G, D, data, batch: 16, noise: 3)") + "train run, steps: 13")
    try table.settle()
    for _ in 0..<4 { try table.pressAndWait("step") }
    #expect(table.state?.text("words")?.hasSuffix(" at step 10") == true)
    #expect(try curve("gradient_norm", of: table).keys.sorted() == [1, 10])
    #expect(Set(try curve("d_loss", of: table).keys).isSuperset(of: [1, 10, 13, 14, 15, 16, 17]))
    for _ in 0..<3 { try table.pressAndWait("step") }
    #expect(table.state?.text("words")?.contains(" at step ") == false)
    let slope = try table.number("sqrt(number(run.gradient_norm))")
    #expect(try curve("gradient_norm", of: table)[20] == slope)
    // Back over it: what is known now is the one before.
    try table.pressAndWait("back")
    #expect(table.state?.text("words")?.hasSuffix(" at step 10") == true)
    #expect(try curve("gradient_norm", of: table).keys.sorted() == [1, 10])
  }

  @Test func aNetworkThatHoldsStillHasNoNumberOfTheStep() throws {
    let table = GameTable()
    try table.run(Self.program("dragan(G, D, data, batch: 16, noise: 3)") + "train run, steps: 4")
    try table.settle()
    try table.pressAndWait("step_d")
    try table.pressAndWait("back")
    try table.pressAndWait("step_g")
    #expect(try curve("d_loss", of: table)[5] == nil)
    #expect(try curve("g_loss", of: table)[5] == table.number("number(run.g_loss)"))
  }

  @Test func aColumnOfOnesOwnIsOfTheStepThatSetIt() throws {
    let table = GameTable()
    try table.run(
      Self.program("gan(G, D, data, batch: 16, noise: 3)") + """
        run.history.score = []; run.history.lambda = []
        train run, steps: 33, every: 15 { run.score = run.step }
        """)
    try table.settle()
    for _ in 0..<3 { try table.pressAndWait("step") }
    let score = try curve("score", of: table)
    #expect(score == [15: 15, 30: 30], "\(score)")
    // An option holds until it is set to something else.
    #expect(try curve("lambda", of: table)[36] == 10)
  }

  @Test func fewNumbersAreNotThinnedOut() {
    var curves = GameCurves()
    for step in 1...10_000 {
      curves.add(step % 10 == 0 ? ["loss": 1, "slope": 2] : ["loss": 1], at: Double(step))
      // Two that never come together.
      if step % 100 == 0 { curves.add([step % 200 == 0 ? "a" : "b": 1], at: Double(step) + 0.5) }
    }
    guard case .object(let members) = curves.all, case .object(let values)? = members["values"] else {
      return #expect(Bool(false))
    }
    for (name, least) in [("slope", 200), ("a", 1), ("b", 1)] {
      guard case .array(let list)? = values[name] else { return #expect(Bool(false)) }
      #expect(list.count { if case .number = $0 { true } else { false } } >= least, "\(name)")
    }
    #expect(curves.steps.count <= GameCurves.countLimit && curves.steps.last == 10_000.5)
    #expect(curves.steps == curves.steps.sorted())
  }

  // MARK: What the penalty aims at

  private func aim(_ table: GameTable) -> (slope: Double?, isBound: Bool) {
    guard case .object(let state)? = table.state, let aim = state["aim"] else { return (nil, false) }
    guard case .object(let members) = aim else { return (nil, false) }
    return (aim.number("slope"), members["bound"] == .boolean(true))
  }

  private func idle(_ table: GameTable) -> [String: String] {
    var found: [String: String] = [:]
    for knob in table.state?.list("knobs") ?? [] {
      if let name = knob.text("name"), let reason = knob.text("idle") { found[name] = reason }
    }
    return found
  }

  @Test func theTargetIsWhatThePenaltyAimsAt() throws {
    for (penalty, k, slope, isBound, off) in [
      ("none", 1.0, nil, false, ["k", "lambda"]), ("r1", 1, 0, false, ["k"]), ("r2", 1, 0, false, ["k"]),
      ("dragan_penalty", 2, 2, false, []), ("wgan_gp_penalty", 1, 1, false, []), ("wgan_lp_penalty", 1, 1, true, []),
      ("dragan_penalty_squared", 1, 0, false, ["k"]), ("dragan_penalty_excess", 4, 2, true, []),
      ("penalty_of(at_real, one_sided)", 3, 3, true, []),
      // One of the program's own is not called for it.
      ("(D, real, lambda, k, fake) -> lambda * mean(gradient_norms(D, real))", 1, nil, false, []),
    ] as [(String, Double, Double?, Bool, [String])] {
      let table = GameTable()
      try table.run(
        Self.program("gan(G, D, data, batch: 16, noise: 3, penalty: \(penalty), k: \(Value.number(k).plainText))")
          + "train run, steps: 2")
      try table.settle()
      let found = aim(table)
      #expect(found.slope.map { ($0 * 1000).rounded() / 1000 } == slope && found.isBound == isBound, "\(penalty): \(found)")
      #expect(idle(table).keys.sorted() == off, "\(penalty): \(idle(table))")
    }
  }

  @Test func theTargetFollowsWhatIsChosen() throws {
    let table = GameTable()
    try table.run(Self.program("gan(G, D, data, batch: 16, noise: 3)") + "train run, steps: 2")
    try table.settle()
    #expect(aim(table).slope == nil && idle(table)["k"]?.contains("no penalty") == true)
    try table.pressAndWait("choose", ("what", .string("penalty")), ("value", .string("dragan_penalty")))
    #expect(aim(table).slope == 1 && idle(table).isEmpty)
    try table.pressAndWait("set", ("name", .string("lambda")), ("value", .number(0)))
    #expect(aim(table).slope == nil && idle(table).keys.sorted() == ["k"])
  }

  // MARK: Names and refusals

  private func chosen(_ what: String, _ table: GameTable) -> String? {
    table.state?.list("choices").first { $0.text("what") == what }?.text("value")
  }

  @Test func dataAreCalledByAVariableThatHoldsThem() throws {
    let table = GameTable()
    try table.run(Self.program("gan(G, D, data, batch: 16, noise: 3)") + "run.data = swissroll()\ntrain run, steps: 2")
    try table.settle()
    #expect(chosen("data", table) == "other data of the run")
    try table.pressAndWait("choose", ("what", .string("data")), ("value", .string("data")))
    #expect(chosen("data", table) == "data")
    // Those that have no name can be had back.
    try table.pressAndWait("choose", ("what", .string("data")), ("value", .string("other data of the run")))
    #expect(chosen("data", table) == "other data of the run")
    try table.pressAndWait("choose", ("what", .string("data")), ("value", .string("two_moons")))
    #expect(chosen("data", table) == "two_moons")
    // What the program sets later has not been chosen.
    try table.run("run.data = ring(50)\ntrain run, steps: 2")
    try table.settle()
    #expect(chosen("data", table) == "other data of the run")
    try table.run("mine = run.data\ntrain run, steps: 1")
    try table.settle()
    #expect(chosen("data", table) == "mine")
    #expect(table.notices.isEmpty)
  }

  @Test func aRefusalIsAnAnswer() throws {
    let table = GameTable()
    try table.run(Self.program("gan(G, D, data, batch: 16, noise: 3)") + "train run, steps: 2")
    try table.settle()
    let further = "Set it further in a cell"
    for (name, value, isPossible) in [
      ("batch", 1e9, true), ("batch", 0.0, false), ("batch", 16.5, false), ("lambda", -1, false), ("d_optimizer.rate", -1, false),
      ("d_optimizer.rate", 5, true), ("batch", 8, nil),
    ] as [(String, Double, Bool?)] {
      table.forget()
      try table.pressAndWait("set", ("name", .string(name)), ("value", .number(value)), ("mark", .string("\(name) \(value)")))
      let answered = table.states.flatMap { $0.list("answered") }
      #expect(answered == [.string("\(name) \(value)")])
      #expect(table.notices.count == (isPossible == nil ? 0 : 1), "\(name) \(value): \(table.notices)")
      #expect(table.notices.contains { $0.contains(further) } == (isPossible ?? false), "\(table.notices)")
    }
    let batch = table.state?.list("knobs").first { $0.text("name") == "batch" }
    #expect(batch?.number("value") == 8)
  }

  // MARK: Pictures

  private func axis(_ name: String, _ table: GameTable) -> [Double] {
    (table.frames.last?.head.list(name) ?? []).compactMap { if case .number(let number) = $0 { number } else { nil } }
  }

  @Test func drawnPointsAreShownInTheFieldTheyWereDrawnIn() throws {
    let table = GameTable()
    try table.run(Self.program("gan(G, D, data, batch: 16, noise: 3)") + "train run, steps: 2")
    try table.settle()
    let stroke = (0..<40).map { JSON.array([.number(Double($0) / 40), .number(0.5 + Double($0) / 4000)]) }
    try table.pressAndWait("points", ("points", .array(stroke)))
    #expect(axis("x", table) == [-1.5, 1.5] && axis("y", table) == [-1.5, 1.5])
    try table.pressAndWait("write", ("name", .string("data")))
    let lines = try #require(table.lines.last).split(separator: "\n")
    #expect(lines.count > 5 && lines.allSatisfy { $0.count <= 100 })
    // The program makes the very data of it.
    try table.run(lines.joined(separator: "\n").replacing("run.data", with: "written"))
    #expect(try table.number("number(sum(abs(written.points - run.data.points)))") == 0)
    try table.pressAndWait("choose", ("what", .string("data")), ("value", .string("data")))
    #expect(axis("x", table) != [-1.5, 1.5])
  }

  @Test func dataOfOneCoordinateAreShownAsHistograms() throws {
    let table = GameTable()
    try table.run(
      """
      use gan
      seed 1
      run = gan(net { dense 8; relu; dense 1 }, net { dense 8; relu; dense 1 }, data_set(normal([1000, 1]) + 4), noise: 1)
      train run, steps: 3
      """)
    try table.settle()
    #expect(table.state?.text("kind") == "numbers")
    let (head, payload) = try #require(table.frames.last)
    #expect(head.text("kind") == "histograms")
    #expect(payload == 4 * (60 + 60 + 201))
    let means = head.list("means").compactMap { if case .number(let number) = $0 { number } else { nil } }
    #expect(abs(means[0] - 4) < 0.1 && abs(means[1]) < 3)
    let counts = ["real", "samples", "below", "above"].map { head.number($0) ?? -1 }
    #expect(counts[0] == 1000 && counts[1] == 2000 && counts[2] >= 0 && counts[3] >= 0)
    #expect(axis("x", table)[0] < 2 && axis("x", table)[1] > 6)
    // The real points take up most of it.
    let spread = try table.number("number(max(run.data.points) - min(run.data.points))")
    #expect(abs(axis("x", table)[1] - axis("x", table)[0] - 1.25 * spread) < 1e-3)
    #expect(table.notices.isEmpty)
  }

  // MARK: Pace

  @Test func nextHoldsAtEachPart() throws {
    let table = GameTable()
    try table.run(Self.program("dragan(G, D, data, batch: 16, noise: 3)") + "train run, steps: 3")
    try table.settle()
    try table.pressAndWait("slow", ("on", .boolean(true)))
    // The fastest, so that a part that does not hold is passed.
    try table.pressAndWait("speed", ("value", .number(4)))
    #expect(table.state?.text("pace") == "1 second a part")
    table.press("next")
    try table.wait("for the first part") { table.state?.text("phase") == "noise" }
    try table.wait("that it stands") { table.state?.text("state") == "paused" }
    table.press("next")
    try table.wait("for the second part") { table.state?.text("phase") == "generate" }
    #expect(table.state?.text("state") == "paused")
    try table.pressAndWait("slow", ("on", .boolean(false)))
    #expect(try table.number("run.step") == 4)
    #expect(table.state?.text("state") == "paused")
    // Play has a speed of its own, which bounds it.
    #expect(table.state?.text("pace") == "as fast as it can")
    try table.pressAndWait("speed", ("value", .number(1)))
    #expect(table.state?.text("pace") == "4 steps a second")
    table.forget()
    table.press("play")
    try table.wait("for two steps") { (table.state?.number("step") ?? 0) >= 6 }
    try table.pressAndWait("pause")
    for value in [-1, 5, 2.5] { try table.pressAndWait("speed", ("value", .number(value))) }
    #expect(table.state?.number("speed") == 1)
  }

  @Test func aBoundPaceChangesNoBit() throws {
    let program = Self.program("dragan(G, D, data, batch: 16, noise: 3)")
    let fast = GameTable()
    try fast.run(program + "train run, steps: 6")
    let slow = GameTable()
    slow.press("speed", ("value", .number(2)))
    try slow.run(program + "train run, steps: 6")
    #expect(try slow.bits() == fast.bits())
  }

  @Test func theBeginningIsNotTheEnd() throws {
    let table = GameTable()
    try table.run(Self.program("gan(G, D, data, batch: 16, noise: 3)") + "train run, steps: 3")
    try table.settle()
    #expect(table.state?.text("state") == "ended")
    for action in ["back", "reset", "seed"] {
      try table.run("train run, steps: 3")
      try table.settle()
      #expect(table.state?.text("state") == "ended")
      try table.pressAndWait(action)
      #expect(table.state?.text("state") == "paused", "\(action)")
    }
  }
}
