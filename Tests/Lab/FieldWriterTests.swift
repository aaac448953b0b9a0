import Formats
import Testing

@testable import Lab

/// What is written into the program stands where it counts from the run's beginning.
@Suite(.serialized) struct FieldWriterTests {
  private func written(_ field: String, _ value: String, in cells: [String], trainedIn cell: Int) -> [String]? {
    FieldWriter(texts: cells, variable: "run", trainedIn: cell).write(field, value).map { change in
      var cells = cells
      cells[change.cell] = change.text
      return cells
    }
  }

  @Test func aLineStandsBeforeTheTraining() {
    #expect(
      written(
        "lambda", "5", in: ["run = gan(G, D, data)", "print 1\n  train run, steps: 3 # all\nplot run.history"], trainedIn: 1)
        == ["run = gan(G, D, data)", "print 1\n  run.lambda = 5\n  train run, steps: 3 # all\nplot run.history"])
    #expect(
      written("lambda", "5", in: ["run = gan(G, D, data); train run, steps: 3"], trainedIn: 0)
        == ["run = gan(G, D, data); run.lambda = 5; train run, steps: 3"])
    // A loop that trains in pieces is begun once, and a run that is made in it each time.
    #expect(
      written("k", "2", in: ["run = gan(G, D, data)\nfor i in 0..3 {\n  train run, steps: 3\n}"], trainedIn: 0)
        == ["run = gan(G, D, data)\nrun.k = 2\nfor i in 0..3 {\n  train run, steps: 3\n}"])
    #expect(
      written("k", "2", in: ["for i in 0..3 {\n  run = gan(G, D, data)\n  train run, steps: 3\n}"], trainedIn: 0)
        == ["for i in 0..3 {\n  run = gan(G, D, data)\n  run.k = 2\n  train run, steps: 3\n}"])
    #expect(
      written("k", "2", in: ["run = {step: 0}\nwhile run.step < 3 { attend run; run.step += 1 }"], trainedIn: 0)
        == ["run = {step: 0}\nrun.k = 2\nwhile run.step < 3 { attend run; run.step += 1 }"])
    // Trained where nobody sees it: behind what makes it.
    #expect(
      written("k", "2", in: ["fn go(r) { train r, steps: 3 }\nrun = gan(G, D, data) # new\ngo(run)"], trainedIn: 0)
        == ["fn go(r) { train r, steps: 3 }\nrun = gan(G, D, data); run.k = 2 # new\ngo(run)"])
    #expect(written("k", "2", in: ["print 1"], trainedIn: 0) == nil)
    #expect(written("k", "2", in: ["run = gan("], trainedIn: 0) == nil)
  }

  @Test func whatIsWrittenAlreadyIsWrittenAnew() {
    let made = "run = gan(G, D, data, lambda: -1, penalty: r1, d_optimizer: adam(0.01, beta1: 0.5), k: target)\n"
    let trained = "train run, steps: 3"
    for (field, value, text) in [
      ("lambda", "5", made.replacing("-1", with: "5")), ("penalty", "none", made.replacing("r1", with: "none")),
      ("d_optimizer.rate", "0.5", made.replacing("0.01", with: "0.5")), ("k", "2", made + "run.k = 2\n"),
      ("batch", "7", made + "run.batch = 7\n"), ("g_optimizer.rate", "0.5", made + "run.g_optimizer.rate = 0.5\n"),
    ] {
      #expect(written(field, value, in: [made + trained], trainedIn: 0) == [text + trained])
    }
    // The last line that says it counts, in whatever cell.
    let cells = [made, "run.lambda = 2", "run.lambda = 3; run.d_optimizer.rate = 1", trained]
    #expect(written("lambda", "5", in: cells, trainedIn: 3)?[2] == "run.lambda = 5; run.d_optimizer.rate = 1")
    #expect(written("d_optimizer.rate", "5", in: cells, trainedIn: 3)?[2] == "run.lambda = 3; run.d_optimizer.rate = 5")
    // What is said behind the training is said of later steps.
    #expect(
      written("lambda", "5", in: [made + trained + "\nrun.lambda = 4"], trainedIn: 0)
        == [made.replacing("-1", with: "5") + trained + "\nrun.lambda = 4"])
  }

  /// A value of a knob that it does not have.
  private func other(_ knob: JSON) -> Double {
    let (value, least, most) = (knob.number("value") ?? 0, knob.number("least") ?? 0, knob.number("most") ?? 1)
    if case .object(let members) = knob, members["whole"] == .boolean(true) { return value + 1 <= most ? value + 1 : value - 1 }
    return value / 2 > least ? value / 2 : (least + most) / 3
  }

  @Test(arguments: GameTests.kinds.keys.sorted()) func theProgramMakesTheRunOfTheGame(_ kind: String) throws {
    // With literals in the call that makes the run where the model takes them.
    let program = GameTests.program(kind).replacing("\nrun.batch = 16; run.record = 1", with: "").replacing(
      "data)", with: "data, batch: 16, record: 1)")
    let played = GameTable()
    try played.run(program + "\ntrain run, steps: 2")
    try played.settle()
    let alone = GameTable(isWatched: false)
    let text = program + "\ntrain run, steps: 3"
    func compare(_ what: String, _ name: String) throws {
      for _ in 0..<3 { try played.pressAndWait("step") }
      try played.pressAndWait("write", ("name", .string(name)))
      let line = try #require(played.lines.last)
      let parts = line.split(separator: " = ", maxSplits: 1).map(String.init)
      let change = FieldWriter(texts: [text], variable: "run", trainedIn: 0).write(String(parts[0].dropFirst(4)), parts[1])
      try alone.run(try #require(change).text)
      #expect(try alone.bits() == played.bits(), "\(kind), \(what): \(change?.text ?? "")")
    }
    for knob in played.state?.list("knobs") ?? [] {
      let name = try #require(knob.text("name"))
      try played.pressAndWait("reset")
      try played.pressAndWait("set", ("name", .string(name)), ("value", .number(other(knob))))
      try compare(name, name)
    }
    for choice in played.state?.list("choices") ?? [] {
      let what = try #require(choice.text("what"))
      for case .string(let option) in choice.list("options")
      where option != choice.text("value") && option != "dragan_penalty_seed" {
        try played.pressAndWait("reset")
        try played.pressAndWait("choose", ("what", .string(what)), ("value", .string(option)))
        try compare("\(what) \(option)", what)
      }
    }
    // But for the way back from the beginnings.
    func refusals() -> [String] { played.notices.filter { !$0.hasPrefix("From the start") } }
    #expect(refusals().isEmpty)
    try played.pressAndWait("reset")
    try played.pressAndWait("points", ("points", .array((0..<30).map { .array([.number(Double($0) / 30), .number(0.25)]) })))
    // Where the networks know classes, such points are refused.
    if kind != "acgan", kind != "cgan" { try compare("points", "data") } else { #expect(refusals().count == 1) }
  }

  @Test func theDocumentIsWritten() throws {
    let bench = try LabBench(
      """
      use gan
      run = gan(net { dense 2 }, net { dense 1 }, ring(50), batch: 8, lambda: 10)
      # %%
      train run, steps: 2
      # %%
      print 1
      """)
    let page = try bench.page()
    func write(_ name: String) { page.send(["type": .string("game"), "action": .string("write"), "name": .string(name)]) }
    page.send("run_all")
    try page.wait("c3", "done")
    for (name, value) in [("lambda", 4.0), ("k", 2)] {
      page.send(["type": .string("game"), "action": .string("set"), "name": .string(name), "value": .number(value)])
    }
    write("lambda")
    write("k")
    try page.wait { _ in page.text("c1").contains("lambda: 4") && page.text("c2").contains("k") }
    #expect(page.text("c2") == "run.k = 2\ntrain run, steps: 2" && page.order == ["c1", "c2", "c3"])
    #expect(page.state("c1") == "stale")
  }

  @Test func theDataAreCalledWhatTheyAreSetTo() {
    func name(_ cells: String..., trainedIn cell: Int = 0) -> String? {
      FieldWriter(texts: cells, variable: "run", trainedIn: cell).dataText
    }
    #expect(name("run = gan(G, D, ring(300))\ntrain run, steps: 3") == "ring(300)")
    #expect(name("run = gan(G, D, data: ring())\ntrain run, steps: 3") == "ring()")
    #expect(name("run = gan(G, D, ring())\nrun.data = swissroll()\ntrain run, steps: 3") == "swissroll()")
    #expect(name("run = gan(G, D, ring())", "run.data = swissroll()\ntrain run, steps: 3", trainedIn: 1) == "swissroll()")
    // Whether it is set is known only when it runs.
    #expect(name("run = gan(G, D, ring())\nif late { run.data = swissroll() }\ntrain run, steps: 3") == nil)
  }
}
