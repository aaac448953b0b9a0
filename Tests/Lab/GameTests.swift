import Base
import Formats
import Frontend
import Interpreter
import Library
import Syntax
import Testing

@testable import Lab

/// A person plays with a run; what the run comes to is compared to the bit.
@Suite(.serialized) struct GameTests {
  /// Runs to play with: points and pictures, with all that has a state of its own.
  static let runs = [
    "points": """
    use gan
    seed 5
    G = net { dense 16; batch_norm; relu; dense 2 }
    D = net { dense 16; leaky_relu; dropout 0.2; dense 1 }
    run = dragan(G, D, ring(300), batch: 16, noise: 4, record: 2)
    """,
    "pictures": """
    use gan
    seed 6
    G = net { dense 32; relu; reshape 2, 2, 8; deconv 1, kernel: 4, stride: 2; sigmoid }
    D = net { conv 4, kernel: 3; leaky_relu; flatten; dense 1 }
    run = wgan_gp(G, D, data_set(uniform([60, 4, 4, 1])), batch: 8, noise: 3, d_steps: 2, record: 1)
    """,
  ]

  /// One of each kind of run.
  static let kinds = [
    "gan": "gan(G, D, data)", "dragan": "dragan(G, D, data)", "lsgan": "lsgan(G, D, data)", "wgan": "wgan(G, D, data)",
    "wgan_gp": "wgan_gp(G, D, data)", "loss_sensitive": "loss_sensitive_gan(G, D, data)", "cgan": "cgan(G, D, data)",
    "acgan": "acgan(G, net { dense 9 }, data)",
    "infogan": "infogan(G, net { dense 8; relu; dense 5 }, data, continuous: 1, categories: 3, noise: 3)",
    "ebgan": "ebgan(G, net { dense 3 }, net { dense 2 }, data)", "began": "began(G, net { dense 8; relu; dense 2 }, data)",
  ]

  static func program(_ kind: String) -> String {
    """
    use gan
    seed 9
    data = ring(200)
    G = net { dense 8; relu; dense 2 }
    D = net { dense 8; relu; dense 1 }
    run = \(kinds[kind] ?? "")
    run.batch = 16; run.record = 1
    """
  }

  @Test(arguments: ["points", "pictures"]) func watchingChangesNoBit(_ name: String) throws {
    let program = try #require(Self.runs[name])
    let alone = GameTable(isWatched: false)
    try alone.run(program + "\ntrain run, steps: 25")
    let watched = GameTable()
    watched.press("show", ("slopes", .boolean(true)))
    try watched.run(program + "\ntrain run, steps: 25")
    try watched.settle()
    #expect(try watched.bits() == alone.bits())
    #expect(!watched.frames.isEmpty)
    #expect(watched.state?.text("state") == "ended")
    #expect(watched.state?.number("step") == 25)
    #expect(watched.state?.text("words")?.hasPrefix("d ") == true)
  }

  @Test(arguments: ["points", "pictures"]) func stepsBackAndForthGiveTheSameBits(_ name: String) throws {
    let table = GameTable()
    try table.run(try #require(Self.runs[name]) + "\ntrain run, steps: 20")
    try table.settle()
    let end = try table.bits()
    for _ in 0..<10 { table.press("back") }
    try table.settle()
    #expect(try table.number("run.step") == 10)
    let middle = try table.bits()
    #expect(middle != end)
    for _ in 0..<10 { table.press("step") }
    try table.settle()
    #expect(try table.number("run.step") == 20)
    #expect(try table.bits() == end)
    // To the beginning, before the nets have parameters, and all the way again.
    try table.pressAndWait("reset")
    #expect(try table.number("run.step") == 0)
    #expect(try table.number("run.G.parameter_count") == 0)
    for _ in 0..<20 { table.press("step") }
    try table.settle()
    #expect(try table.bits() == end)
  }

  @Test(arguments: ["points", "pictures"], ["reset", "seed"]) func backLeadsToWhatWasLeftForTheBeginning(
    _ name: String, _ action: String
  ) throws {
    let table = GameTable()
    try table.run(try #require(Self.runs[name]) + "\ntrain run, steps: 20")
    try table.settle()
    try table.pressAndWait("set", ("name", .string("batch")), ("value", .number(5)))
    let (end, curves) = (try table.bits(), try #require(table.curves))
    try table.pressAndWait(action)
    #expect(try table.number("run.step") == 0)
    #expect(try table.number("run.batch") != 5)
    #expect(table.state?.number("backTo") == 20)
    #expect(table.notices.last?.contains("Back leads to step 20 again") == true)
    #expect(table.marks.isEmpty)
    for action in ["step", "step", "step", "back", "back", "back", "back"] { table.press(action) }
    try table.settle()
    #expect(try table.number("run.step") == 20)
    #expect(try table.bits() == end)
    #expect(table.curves == curves)
    // What was before it is there too.
    try table.pressAndWait("back")
    #expect(try table.number("run.step") == 19)
    #expect(table.marks.isEmpty)
  }

  @Test func whatWasLeftForTheBeginningIsNotThinnedOut() throws {
    let table = GameTable(isWatched: false)
    try table.run(try #require(Self.runs["points"]))
    let moments: [[Int]] = try table.ask { session in
      guard case .record(let run)? = session["run"] else { return [] }
      var timeline = RunTimeline(countLimit: 20, wholeCount: 5)
      for step in 0...7 { timeline.add(RunTimeline.Moment(snapshot: try RunSnapshot(of: run, in: session), step: step)) }
      _ = timeline.begin(leaving: GameCurves())
      // At the beginning already.
      _ = timeline.begin(leaving: GameCurves())
      for step in 1...60 { timeline.add(RunTimeline.Moment(snapshot: try RunSnapshot(of: run, in: session), step: step)) }
      return timeline.moments.map { [$0.step, $0.curves == nil ? 0 : 1] }
    }
    #expect(moments.count <= 20 && moments.last == [60, 0])
    #expect(moments.filter { $0[1] == 1 } == [[7, 1]])
  }

  @Test(arguments: ["points", "pictures"]) func aSlowStepIsAFastOne(_ name: String) throws {
    let program = try #require(Self.runs[name])
    let fast = GameTable()
    try fast.run(program + "\ntrain run, steps: 3")
    let slow = GameTable()
    try slow.run(program + "\ntrain run, steps: 1")
    try slow.settle()
    slow.press("slow", ("on", .boolean(true)))
    var parts: Set<String> = []
    for _ in 0..<2 {
      slow.forget()
      slow.press("step")
      var last: [String?] = []
      func part() -> [String?] { ["phase", "moves", "says"].map { slow.state?.text($0) } }
      while true {
        try slow.wait("for the next part") { part() != last && part()[0] != nil || slow.state?.text("state") == "paused" }
        if slow.state?.text("state") == "paused" { break }
        last = part()
        slow.press("next")
      }
      try slow.settle()
      parts.formUnion(slow.states.compactMap { $0.text("phase") })
      #expect(slow.states.allSatisfy { $0.text("phase") == nil || $0.text("says") != nil })
    }
    #expect(try slow.number("run.step") == 3)
    #expect(try slow.bits() == fast.bits())
    #expect(parts.isSuperset(of: ["noise", "generate", "opinion", "loss", "slopes", "update"]))
  }

  @Test(arguments: [("back", 4.0), ("reset", 0)]) func aStepThatIsBeingToldIsGivenUp(_ action: String, _ step: Double) throws {
    let table = GameTable()
    try table.run(try #require(Self.runs["points"]) + "\ntrain run, steps: 5")
    table.press("slow", ("on", .boolean(true)))
    table.press("step")
    try table.wait("for a part") { table.state?.text("phase") != nil }
    try table.pressAndWait(action)
    #expect(try table.number("run.step") == step)
    #expect(table.state?.text("state") != "playing")
    table.press("slow", ("on", .boolean(false)))
    try table.pressAndWait("step")
    #expect(try table.number("run.step") == step + 1)
  }

  @Test(arguments: kinds.keys.sorted()) func theNetworksMoveApart(_ kind: String) throws {
    let whole = GameTable()
    try whole.run(Self.program(kind) + "\ntrain run, steps: 4")
    let apart = GameTable()
    try apart.run(Self.program(kind) + "\ntrain run, steps: 3")
    try apart.settle()
    func sums() throws -> (d: Double, g: Double) {
      let sum = "number(sum(concat(map(run.NET.parameters, p -> abs(reshape(p, [-1]))))))"
      return (
        try apart.number(sum.replacing("NET", with: "D")), try apart.number(sum.replacing("NET", with: "G"))
      )
    }
    let before = try sums()
    try apart.pressAndWait("step_d")
    let afterD = try sums()
    #expect(afterD.d != before.d && afterD.g == before.g, "\(apart.notices)")
    // D's step and G's are one whole step.
    try apart.pressAndWait("step_g")
    #expect(try apart.number("run.step") == 4)
    #expect(try apart.bits() == whole.bits())
    let now = try sums()
    try apart.pressAndWait("step_g")
    let afterG = try sums()
    #expect(afterG.d == now.d && afterG.g != now.g, "\(apart.notices)")
    #expect(try apart.number("run.step") == 5)
    // Back over it all.
    for _ in 0..<3 { table(apart) }
    try apart.settle()
    #expect(try sums() == before)
    #expect(apart.notices.isEmpty)
  }

  private func table(_ table: GameTable) { table.press("back") }

  @Test func eachNetworkCanBeginAlone() throws {
    for (action, kind) in [("step_d", "began"), ("step_g", "gan"), ("step_g", "began"), ("step_d", "acgan")] {
      let table = GameTable()
      try table.run(Self.program(kind) + "\nattend run")
      try table.settle()
      try table.pressAndWait(action)
      try table.pressAndWait("step")
      #expect(try table.number("run.step") == 2, "\(table.notices)")
      #expect(table.notices.isEmpty)
    }
  }

  @Test func aRunWithoutPlayersMakesWholeStepsAlone() throws {
    let table = GameTable()
    try table.run(
      """
      use gan
      run = vae(net { dense 4 }, net { dense 3 }, data_set(uniform([40, 3])), batch: 8)
      train run, steps: 2
      """)
    try table.settle()
    #expect(table.state?.list("players").isEmpty == true)
    try table.pressAndWait("step_d")
    #expect(try table.number("run.step") == 2)
    #expect(table.notices.contains { $0.contains("whole steps") })
    try table.pressAndWait("step")
    #expect(try table.number("run.step") == 3)
  }

  @Test func aPausedTrainingIsPlayedAndGoesOn() throws {
    let table = GameTable()
    try table.run(try #require(Self.runs["points"]))
    let whole = GameTable()
    try whole.run(try #require(Self.runs["points"]) + "\ntrain run, steps: 40")
    table.press("pause")
    try table.settle()
    let cell = table.start("train run, steps: 40 \nprint \"over\"")
    table.press("pause")
    try table.wait("for the pause") { table.state?.text("state") == "paused" }
    #expect(!cell.isKept)
    let step = try #require(table.state?.number("step"))
    table.press("step")
    try table.wait("for a step") { table.state?.number("step") == step + 1 && table.state?.text("state") == "paused" }
    table.press("back")
    try table.wait("for the way back") { table.state?.number("step") == step }
    // Others are answered meanwhile.
    let seen = Promise<Bool>()
    table.host.whenSafe { session in seen.keep(session.visibleNames.contains("train")) }
    #expect(try seen.value())
    table.press("play")
    #expect(try cell.value() == .done)
    try table.settle()
    #expect(try table.bits() == whole.bits())
    #expect(table.outputs.last == "over")
  }

  @Test func anInterruptEndsAPause() throws {
    let table = GameTable()
    let cell = table.start(Self.runs["points", default: ""] + "\ntrain run, steps: 100000")
    table.press("pause")
    try table.wait("for the pause") { table.state?.text("state") == "paused" }
    // As the lab does it: what waits is dropped.
    table.host.dropQueue()
    table.host.interrupt()
    #expect(try cell.value() == .interrupted)
    try table.wait("for the end") { table.state?.text("state") == "ended" }
    try table.settle()
    let step = try table.number("run.step")
    try table.pressAndWait("step")
    #expect(try table.number("run.step") == step + 1)
  }

  @Test func theRunIsPlayedAfterItsCellHasEnded() throws {
    let table = GameTable()
    let whole = GameTable()
    try whole.run(try #require(Self.runs["points"]) + "\ntrain run, steps: 60")
    try table.run(try #require(Self.runs["points"]) + "\ntrain run, steps: 10")
    try table.settle()
    table.press("play")
    try table.wait("for some steps") { (table.state?.number("step") ?? 0) > 30 }
    // A cell comes in between.
    try table.run("print run.step > 30")
    table.press("pause")
    try table.settle()
    while try table.number("run.step") > 60 { try table.pressAndWait("back") }
    while try table.number("run.step") < 60 { try table.pressAndWait("step") }
    #expect(try table.bits() == whole.bits())
  }

  @Test func knobsAreFoundSetAndWritten() throws {
    let table = GameTable()
    try table.run(try #require(Self.runs["points"]) + "\ntrain run, steps: 2")
    try table.settle()
    let names = table.state?.list("knobs").compactMap { $0.text("name") } ?? []
    #expect(Set(names).isSuperset(of: ["lambda", "k", "d_steps", "batch", "record", "d_optimizer.rate", "g_optimizer.rate"]))
    #expect(!names.contains("step") && !names.contains("batches_a_step") && !names.contains("d_output"))
    try table.pressAndWait("set", ("name", .string("lambda")), ("value", .number(3.5)))
    try table.pressAndWait("set", ("name", .string("d_optimizer.rate")), ("value", .number(0.002)))
    #expect(try table.number("run.lambda") == 3.5)
    #expect(try table.number("run.d_optimizer.rate") == 0.002)
    try table.pressAndWait("write", ("name", .string("lambda")))
    try table.pressAndWait("write", ("name", .string("d_optimizer.rate")))
    #expect(table.lines == ["run.lambda = 3.5", "run.d_optimizer.rate = 0.002"])
    #expect(table.notices.isEmpty)
    for (name, value) in [("lambda", -1), ("d_steps", 0.5), ("batch", 0), ("step", 4), ("nonsense", 1), ("d_optimizer.rate", -1)]
    {
      table.forget()
      try table.pressAndWait("set", ("name", .string(name)), ("value", .number(value)))
      #expect(table.notices.count == 1, "\(name)")
    }
    #expect(try table.number("run.lambda") == 3.5)
    try table.pressAndWait("step")
    #expect(try table.number("run.step") == 3)
  }

  @Test func objectivesPenaltiesAndDataAreChosen() throws {
    let table = GameTable()
    try table.run(
      try #require(Self.runs["points"]) + "\nother = two_moons(100)\nwide = data_set(uniform([20, 3]))\ntrain run, steps: 2")
    try table.settle()
    func options(_ what: String) -> [String] {
      let choice = table.state?.list("choices").first { $0.text("what") == what }
      return choice?.list("options").compactMap { if case .string(let text) = $0 { text } else { nil } } ?? []
    }
    #expect(Set(options("objective")).isSuperset(of: ["vanilla", "least_squares", "wasserstein", "hinge"]))
    #expect(Set(options("penalty")).isSuperset(of: ["none", "dragan_penalty", "r1", "r2", "wgan_gp_penalty", "wgan_lp_penalty"]))
    #expect(Set(options("data")).isSuperset(of: ["ring", "grid_of_modes", "swissroll", "two_moons", "other"]))
    #expect(!options("data").contains("wide"))
    for what in ["objective", "penalty", "data"] {
      for name in options(what) where name != "dragan_penalty_seed" && name != "own" {
        try table.pressAndWait("choose", ("what", .string(what)), ("value", .string(name)))
        try table.pressAndWait("step")
        let choice = table.state?.list("choices").first { $0.text("what") == what }
        #expect(choice?.text("value") == name)
      }
    }
    #expect(table.notices.isEmpty)
    try table.pressAndWait("points", ("points", .array((0..<30).map { .array([.number(Double($0) / 30), .number(0.5)]) })))
    #expect(try table.number("len(run.data)") == 30)
    try table.pressAndWait("step")
    #expect(table.notices.isEmpty)
    try table.pressAndWait("choose", ("what", .string("data")), ("value", .string("wide")))
    #expect(table.notices.count == 1)
    #expect(try table.number("len(run.data)") == 30)
  }

  @Test func aLoopOfOnesOwnIsPlayed() throws {
    let table = GameTable()
    let cell = table.start(
      """
      state = {D: net { dense 1 }, optimizer: adam(0.01), step: 0}
      while state.step < 200 {
        attend state
        update state.D, sum(state.D(ones([2, 2])) ^ 2), with: state.optimizer
        state.step += 1
      }
      """)
    table.press("pause")
    try table.wait("for the pause") { table.state?.text("state") == "paused" }
    let step = try #require(table.state?.number("step"))
    table.press("step")
    try table.wait("for a step") { table.state?.number("step") == step + 1 && table.state?.text("state") == "paused" }
    table.press("back")
    try table.wait("for the way back") { table.state?.number("step") == step }
    table.press("play")
    #expect(try cell.value() == .done)
    try table.settle()
    #expect(try table.number("state.step") == 200)
  }

  @Test func memoryOfTheStepsIsLimited() throws {
    let table = GameTable()
    try table.run(
      """
      use gan
      run = gan(net { dense 64; relu; dense 2 }, net { dense 64; relu; dense 1 }, ring(100), batch: 4, noise: 2)
      train run, steps: 1050
      """)
    try table.settle()
    let back = try #require(table.state?.number("back"))
    #expect(back >= 100 && back <= 1000)
    for _ in 0..<20 { table.press("back") }
    try table.settle()
    #expect(try table.number("run.step") == 1030)
  }
}
