import Base
import Formats
import Frontend
import Interpreter
import Library
import Syntax
import Testing

@testable import Lab

/// What the pages are told of a game, and what they tell it, whatever that is.
@Suite(.serialized) struct GameMessageTests {
  @Test func theCurvesTellWhatWasChanged() throws {
    let table = GameTable()
    try table.run(try #require(GameTests.runs["points"]) + "\ntrain run, steps: 4")
    try table.settle()
    for value in [7, 8, 8.0] { try table.pressAndWait("set", ("name", .string("lambda")), ("value", .number(value))) }
    try table.pressAndWait("step")
    try table.pressAndWait("choose", ("what", .string("objective")), ("value", .string("least_squares")))
    try table.pressAndWait("choose", ("what", .string("penalty")), ("value", .string("none")))
    #expect(table.marks == ["λ 8 from step 4", "least squares from step 5", "no penalty from step 5"])
    // What is refused changes nothing, and is told where it was asked for.
    try table.pressAndWait("set", ("name", .string("lambda")), ("value", .number(-5)))
    #expect(table.messages.contains { if case .json(let json) = $0 { json.text("about") == "lambda" } else { false } })
    #expect(table.marks.count == 3)
    try table.pressAndWait("back")
    #expect(table.marks == ["λ 8 from step 4"])
    try table.pressAndWait("back")
    #expect(table.marks.isEmpty)
  }

  @Test func layersOfNetsWithinNetsAreShown() throws {
    let table = GameTable()
    let program = try #require(GameTests.runs["points"]).replacing(
      "dense 16; leaky_relu; dropout 0.2; dense 1", with: "dense 16; leaky_relu; net { dense 8; net { relu; dense 4 } }; dense 1")
    try table.run(program + "\ntrain run, steps: 1")
    try table.settle()
    guard case .object(let state)? = table.state, case .array(let networks)? = state["networks"] else {
      return #expect(Bool(false), "no networks")
    }
    let layers = networks.map { network -> [String] in
      guard case .object(let members) = network, case .array(let layers)? = members["layers"] else { return [] }
      return layers.map { layer in
        guard case .object(let members) = layer else { return "" }
        return ["name", "detail"].compactMap { if case .string(let text)? = members[$0] { text } else { nil } }.joined(
          separator: " ")
      }
    }
    #expect(
      layers.last == [
        "dense 2 → 16", "leaky_relu 16 → 16", "dense 16 → 8", "relu 8 → 8", "dense 8 → 4", "dense 4 → 1",
      ])
  }

  @Test func whatFailsIsTold() throws {
    let table = GameTable()
    try table.run(
      try #require(GameTests.runs["points"])
        + "\ntrain run, steps: 5\nrun.penalty = (D, real, lambda, k, fake) -> error(\"no penalty today\")")
    try table.settle()
    let before = try table.number("run.step")
    try table.pressAndWait("step")
    #expect(table.notices.contains { $0.contains("no penalty today") })
    #expect(try table.number("run.step") == before)
    try table.pressAndWait("choose", ("what", .string("penalty")), ("value", .string("r1")))
    try table.pressAndWait("step")
    #expect(try table.number("run.step") == before + 1)
  }

  @Test func messagesOfEveryKindAreTaken() throws {
    let table = GameTable()
    try table.run(try #require(GameTests.runs["points"]) + "\ntrain run, steps: 3")
    var random = SplitMix(state: 11)
    let actions = [
      "play", "pause", "step", "step_d", "step_g", "back", "slow", "next", "set", "choose", "points", "write", "seed", "reset",
      "show",
    ]
    func junk(_ depth: Int) -> JSON {
      switch random.next() % (depth > 2 ? 5 : 7) {
      case 0: .null
      case 1: .boolean(random.next() % 2 == 0)
      case 2: .number([0, -1, 0.5, 1e300, -.infinity, .nan, 7, 1e9][Int(random.next() % 8)])
      case 3: .string(["", "lambda", "λ", "run", "d_optimizer.rate", "data", "..", "_fields", "batch"][Int(random.next() % 9)])
      case 4: .string(actions[Int(random.next() % 15)])
      case 5: .array((0..<random.next() % 4).map { _ in junk(depth + 1) })
      default:
        .object(
          JSON.Members((0..<random.next() % 4).map { _ in (["x", "name", "value"][Int(random.next() % 3)], junk(depth + 1)) }))
      }
    }
    for _ in 0..<400 {
      if random.next() % 4 == 0 {
        table.game.receive(junk(0))
        continue
      }
      var members = [
        ("type", JSON.string("game")), ("action", random.next() % 8 == 0 ? junk(1) : .string(actions[Int(random.next() % 15)])),
      ]
      for name in ["on", "name", "value", "what", "points", "slopes", "grid"] where random.next() % 2 == 0 {
        members.append((name, junk(1)))
      }
      table.game.receive(.object(JSON.Members(members)))
      // A slow step takes seconds.
      if members.contains(where: { $0.1 == .string("slow") }) { table.press("slow", ("on", .boolean(false))) }
    }
    table.press("slow", ("on", .boolean(false)))
    table.press("pause")
    try table.settle()
    try table.pressAndWait("reset")
    #expect(try table.number("run.step") == 0)
    try table.pressAndWait("step")
    #expect(try table.number("run.step") == 1)
  }

  private struct SplitMix {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  @Test func framesHaveTheirForm() throws {
    let table = GameTable()
    table.press("show", ("slopes", .boolean(true)), ("grid", .boolean(true)))
    try table.run(try #require(GameTests.runs["points"]) + "\ntrain run, steps: 4")
    try table.settle()
    let (head, payload) = try #require(table.frames.last)
    #expect(head.text("kind") == "landscape")
    let counts = ["width", "height", "real", "samples", "arrows"].map { Int(head.number($0) ?? -1) }
    #expect(counts == [64, 64, 500, 500, 256])
    let grid = head.list("grid").compactMap { if case .number(let number) = $0 { Int(number) } else { nil } }
    #expect(grid == [24, 24])
    #expect(payload == 4 * (64 * 64 + 2 * 500 + 2 * 500 + 4 * 256 + 2 * 24 * 24))

    let pictures = GameTable()
    try pictures.run(try #require(GameTests.runs["pictures"]) + "\ntrain run, steps: 2")
    try pictures.settle()
    let (first, size) = try #require(pictures.frames.last)
    #expect(first.text("kind") == "pictures")
    // Below the samples a row of real ones.
    #expect(first.number("real") == 8)
    #expect(size == 64 * 16 + 8 * 16)

    // A page that comes late is told everything.
    let late = Monitor<[GameMessage]>([])
    table.game.greet { message in late.change { $0.append(message) } }
    #expect(late.change { $0.count } == 3)
  }
}
