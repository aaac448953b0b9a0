import Formats
import Frontend
import Interpreter
import Syntax
import Testing

@testable import Lab

/// What is said of where a run stands, and of what can be done with it, is true at each moment.
@Suite(.serialized) struct GameStandingTests {
  private static let program = "\(GameTable.points)\nrun = dragan(G, D, data, batch: 16, noise: 3)"

  /// The losses that the run itself has.
  private func losses(_ table: GameTable) throws -> String {
    try table.ask { session in
      let text = """
        shown = name -> if has(run, name) and run[name] != none { "{number(mean(run[name])):.3}" } else { "–" }
        "d {shown("d_loss")}  g {shown("g_loss")}"
        """
      let value = try session.run(Source(name: "losses", text: "fn _losses() {\n\(text)\n}\n_losses()"))
      return if case .string(let text) = value { text } else { "" }
    }
  }

  @Test func theLossesThatAreSaidAreThoseOfTheStep() throws {
    let table = GameTable()
    try table.run(Self.program + "\ntrain run, steps: 13")
    try table.settle()
    var said: Set<String> = []
    // The history has a row for every tenth step only.
    for action in ["back", "step", "step_d", "step_g", "step_d", "back", "back", "step_g"] {
      try table.pressAndWait(action)
      let words = try #require(table.state?.text("words"))
      #expect(try words.hasPrefix(losses(table)), "\(action): \(words)")
      #expect(try table.state?.number("step") == table.number("run.step"))
      said.insert(words)
    }
    #expect(said.count >= 4)
  }

  @Test func aNetworkThatHasNotMovedHasNoLoss() throws {
    let table = GameTable()
    try table.run(Self.program + "\ntrain run, steps: 3")
    try table.settle()
    try table.pressAndWait("reset")
    #expect(table.state?.text("words") == "")
    try table.pressAndWait("step_d")
    let words = try #require(table.state?.text("words"))
    #expect(words.contains("g –") && !words.contains("nan"), "\(words)")
    // A loss that is no number is said to be none.
    try table.run("run.d_loss = tensor(nan)")
    try table.pressAndWait("show")
    #expect(table.state?.text("words")?.hasPrefix("d nan") == true)
  }

  @Test func theFootOfTheCellSaysTheSame() throws {
    let bench = try LabBench(Self.program + "\ntrain run, steps: 100000\n")
    let page = try bench.page()
    func press(_ action: String) { page.send(["type": .string("game"), "action": .string(action)]) }
    page.send("run", "c1")
    try page.wait(for: "game")
    press("pause")
    try page.wait { $0["type"] == .string("game") && $0["state"] == .string("paused") }
    for action in ["step", "step_d", "back", "back", "step_g"] {
      press(action)
      // The two come in either order; each says more than once where the run stands.
      var (game, foot): ([String: JSON], [String: JSON]) = ([:], [:])
      try page.wait {
        if $0["type"] == .string("game"), $0["state"] == .string("paused"), $0["step"] != nil { game = $0 }
        if $0["type"] == .string("progress") { foot = $0 }
        return game["step"] != nil && foot["done"] == game["step"] && foot["note"] == game["words"]
      }
      try page.catchUp()
    }
    page.send("interrupt")
    try page.wait("c1", "stopped")
  }

  @Test func aTrainingThatWasStoppedGoesOnToItsEnd() throws {
    let table = GameTable()
    let cell = table.start(Self.program.replacing("run =", with: "r =") + "\ntrain r, steps: 60, until: not_a_number")
    table.press("pause")
    try table.wait("for the pause") { table.state?.text("state") == "paused" }
    for _ in 0..<3 { table.press("step") }
    table.press("back")
    try table.wait("for the way back") { !table.game.hasMessages && table.state?.text("state") == "paused" }
    table.host.dropQueue()
    table.host.interrupt()
    #expect(try cell.value() == .interrupted)
    try table.wait("for the end of the cell") { table.state?.text("state") == "ended" }
    let said = try #require(table.outputs.last { $0.contains("Go on with: ") })
    let call = String(said.split(separator: "Go on with: ")[1])
    #expect(call.hasPrefix("train r, steps: ") && call.hasSuffix(", until: not_a_number"), "\(said)")
    #expect(try table.number("r.step") < 60)
    try table.run(call)
    #expect(try table.number("r.step") == 60)
  }

  @Test func anotherSeedIsAnotherOne() throws {
    let table = GameTable()
    try table.run(Self.program + "\ntrain run, steps: 4")
    try table.settle()
    let first = try table.bits()
    var runs = [first]
    for _ in 0..<3 {
      try table.pressAndWait("seed")
      for _ in 0..<4 { try table.pressAndWait("step") }
      runs.append(try table.bits())
    }
    #expect(Set(runs).count == 4)
    let seeds = table.notices.filter { $0.contains("with seed") }
    #expect(Set(seeds).count == 3 && !seeds.contains { $0.contains("seed 1.") }, "\(seeds)")
  }

  private func obstacles(_ table: GameTable) -> [String: String] {
    guard case .object(let state)? = table.state, case .object(let found)? = state["cannot"] else { return [:] }
    return found.dictionary.compactMapValues { if case .string(let text) = $0 { text } else { nil } }
  }

  @Test func whatCannotBeDoneIsSaid() throws {
    let two = GameTable()
    try two.run(Self.program + "\ntrain run, steps: 2")
    try two.settle()
    #expect(obstacles(two).isEmpty)
    try two.pressAndWait("reset")
    #expect(obstacles(two).isEmpty)
    // To the step that was left, and back to the beginning of all.
    for _ in 0..<3 { try two.pressAndWait("back") }
    #expect(Set(obstacles(two).keys) == ["back"])

    let one = GameTable()
    try one.run("use gan\nrun = vae(net { dense 4 }, net { dense 3 }, data_set(uniform([40, 3])), batch: 8)\ntrain run, steps: 2")
    try one.settle()
    #expect(Set(obstacles(one).keys) == ["step_d", "step_g", "slopes"])

    let loop = GameTable()
    try loop.run("state = {step: 0}\nfor i in 0..3 { attend state; state.step += 1 }")
    try loop.settle()
    #expect(Set(obstacles(loop).keys).isSuperset(of: ["play", "step", "step_d", "step_g", "slow"]))
  }

  @Test(arguments: GameTests.kinds.keys.sorted() + ["vae", "cvae"]) func everyKnobIsExplainedAndTurns(_ kind: String) throws {
    let table = GameTable()
    switch kind {
    case "vae", "cvae":
      try table.run(
        """
        use gan
        d = data_set(uniform([40, 3]), labels: map(0..40, i -> i % 2))
        run = \(kind)(net { dense 4 }, net { dense 3 }, d, batch: 8)
        train run, steps: 1
        """)
    default: try table.run(GameTests.program(kind) + "\ntrain run, steps: 1")
    }
    try table.settle()
    let knobs = table.state?.list("knobs") ?? []
    #expect(knobs.count >= 3)
    for knob in knobs {
      let name = try #require(knob.text("name"))
      let help = knob.text("help") ?? ""
      #expect(help.count > 8 && !help.contains("\n"), "\(kind) \(name): \(help)")
      try table.pressAndWait("set", ("name", .string(name)), ("value", .number(try #require(knob.number("value")))))
    }
    #expect(table.notices.isEmpty, "\(table.notices)")
  }
}
