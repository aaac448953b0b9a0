import Formats
import Interpreter
import Library
import Syntax
import Testing

@testable import Jupyter

@Suite struct WidgetsTests {
  /// A run with its panel, on the thread of the test.
  private final class Bench {
    let outbox = Outbox()
    let widgets: Widgets
    let board: KnobBoard
    let session = Library.session()
    private let sink: CellSink
    private(set) var models: [String: [String: JSON]] = [:]

    static let program = """
      use gan
      seed 1
      G = net { dense 8; tanh; dense 2 }
      D = net { dense 8; leaky_relu; dense 1 }
      run = dragan(G, D, ring(64), noise: 2, batch: 16)
      """
    static let bits = "string([number(sum(G(run.fixed_noise))), run.lambda, run.d_optimizer.rate, run.history])"

    init() throws {
      widgets = Widgets(outbox)
      board = KnobBoard(widgets)
      sink = CellSink(outbox, board: board)
      session.sink = sink
      board.connect(session)
      try run(Self.program)
    }

    @discardableResult func run(_ text: String) throws -> String {
      let request = try #require(Request.example("execute_request"))
      sink.begin(request, count: 1, isSilent: false)
      let value = try session.run(Source(name: "cell", text: text), echo: .lastOfEntry)
      board.catchUp(in: session)
      return value.plainText
    }

    /// The messages that have been sent since the last call, of a type.
    func sent(_ type: String) -> [JSON.Members] {
      outbox.take(now: .infinity, isEnd: true).messages.filter { $0.type == type }.compactMap { message in
        if case .object(let content) = message.content { content } else { nil }
      }
    }

    /// Shows the numbers of the run; gives what is shown.
    func open() throws -> JSON.Members {
      _ = outbox.take(now: .infinity, isEnd: true)
      try run("knobs(run)")
      let messages = outbox.take(now: .infinity, isEnd: true).messages
      for message in messages where message.type == "comm_open" {
        guard case .object(let content) = message.content, case .string(let id)? = content["comm_id"],
          case .object(let data)? = content["data"], case .object(let state)? = data["state"]
        else { continue }
        models[id] = state.dictionary
      }
      let result = try #require(messages.first { $0.type == "display_data" })
      guard case .object(let content) = result.content, case .object(let data)? = content["data"] else { return [:] }
      return data
    }

    /// The model of a description.
    func id(_ label: String) throws -> String {
      try #require(models.first { $0.value["description"] == .string(label) }?.key)
    }

    /// A page sets a value.
    @discardableResult func set(_ id: String, _ value: String) throws -> Widgets.Work {
      let content = #"{"comm_id":"\#(id)","data":{"method":"update","state":{"value":\#(value)},"buffer_paths":[]}}"#
      return widgets.answer(try #require(Request.example("comm_msg", content: content)))
    }
  }

  private func state(_ message: JSON.Members) -> [String: JSON] {
    guard case .object(let data)? = message["data"], case .object(let state)? = data["state"] else { return [:] }
    return state.dictionary
  }

  private func method(_ message: JSON.Members) -> String? {
    if case .object(let data)? = message["data"], case .string(let method)? = data["method"] { method } else { nil }
  }

  @Test func aRunIsShownInAllForms() throws {
    let bench = try Bench()
    let data = try bench.open()
    #expect(data["application/vnd.jupyter.widget-view+json"] != nil)
    guard case .string(let text)? = data["text/plain"] else { throw Failure("no text") }
    #expect(text.contains("lambda") && text.contains("d_optimizer.rate"))
    #expect(data["text/html"] != nil)
    let names = bench.models.values.compactMap { $0["_model_name"]?.text }
    for name in ["FloatSliderModel", "FloatLogSliderModel", "BoundedIntTextModel", "HTMLModel", "VBoxModel", "LayoutModel"] {
      #expect(names.contains("\"\(name)\""), "\(name)")
    }
    let lambda = bench.models[try bench.id("λ")]
    #expect(lambda?["value"] == .number(10) && lambda?["min"] == .number(0) && lambda?["max"] == .number(100))
  }

  @Test func anotherLookAtTheSameRunOpensNothingNew() throws {
    let bench = try Bench()
    let first = try bench.open()["application/vnd.jupyter.widget-view+json"]
    let count = bench.models.count
    #expect(try bench.open()["application/vnd.jupyter.widget-view+json"] == first)
    #expect(bench.models.count == count)
  }

  @Test func lookingChangesNoBit() throws {
    let (bench, other) = (try Bench(), try Bench())
    _ = try bench.open()
    for bench in [bench, other] { try bench.run("train run, steps: 5") }
    #expect(try bench.run(Bench.bits) == other.run(Bench.bits))
  }

  @Test func whatIsSetIsInTheRunBeforeItsNextStep() throws {
    let (bench, other) = (try Bench(), try Bench())
    _ = try bench.open()
    try bench.run("train run, steps: 3")
    #expect(try bench.set(bench.id("λ"), "22.5").callsSession)
    #expect(try !bench.set(bench.id("rate of D"), "0.0005").callsSession)
    try bench.run("train run, steps: 3")
    try other.run("train run, steps: 3\nrun.lambda = 22.5\nrun.d_optimizer.rate = 0.0005\ntrain run, steps: 3")
    #expect(try bench.run(Bench.bits) == other.run(Bench.bits))
  }

  @Test func theLastOfManyCounts() throws {
    let bench = try Bench()
    _ = try bench.open()
    for value in 0...99 { try bench.set(bench.id("λ"), "\(value)") }
    try bench.run("0")
    #expect(try bench.run("run.lambda") == "99")
  }

  @Test(arguments: [
    "-1", "100.5", "1e300", "NaN", "Infinity", "null", "true", "\"20\"", "[20]", "{}",
  ]) func whatCannotBeSetIsSentBackAsItIs(value: String) throws {
    let bench = try Bench()
    _ = try bench.open()
    #expect(try !bench.set(bench.id("λ"), value).callsSession)
    let answers = bench.sent("comm_msg")
    #expect(answers.map(method) == ["echo_update", "update"])
    #expect(answers.allSatisfy { state($0)["value"] == .number(10) })
    #expect(try bench.run("run.lambda") == "10")
  }

  @Test func wholeNumbersStayWhole() throws {
    let bench = try Bench()
    _ = try bench.open()
    try bench.set(bench.id("d steps"), "2.5")
    #expect(try bench.run("run.d_steps") == "1")
    try bench.set(bench.id("d steps"), "2")
    try bench.run("0")
    #expect(try bench.run("run.d_steps") == "2")
  }

  @Test func anEndOfARangeIsTakenThoughItComesBackOtherwise() throws {
    let bench = try Bench()
    _ = try bench.open()
    try bench.set(bench.id("rate of D"), "9.999999999999999e-06")
    try bench.run("0")
    #expect(try bench.run("run.d_optimizer.rate == 0.00001") == "true")
  }

  @Test func nothingElseOfAModelCanBeSet() throws {
    let bench = try Bench()
    _ = try bench.open()
    let id = try bench.id("λ")
    let content = #"{"comm_id":"\#(id)","data":{"method":"update","state":{"max":1e9,"layout":"x","new":1}}}"#
    #expect(!bench.widgets.answer(try #require(Request.example("comm_msg", content: content))).callsSession)
    let answers = bench.sent("comm_msg")
    #expect(answers.map(method) == ["echo_update", "update"])
    #expect(state(answers[0])["max"] == .number(100) && state(answers[0])["new"] == nil)
    try bench.set(id, "5000")
    #expect(try bench.run("run.lambda") == "10")
  }

  @Test func whatAProgramSetsIsShown() throws {
    let bench = try Bench()
    _ = try bench.open()
    let id = try bench.id("λ")
    try bench.run("run.lambda = 250")
    let update = try #require(bench.sent("comm_msg").first { $0["comm_id"] == .string(id) })
    #expect(state(update)["value"] == .number(250) && state(update)["max"] == .number(250))
    try bench.set(id, "240")
    try bench.run("0")
    #expect(try bench.run("run.lambda") == "240")
  }

  @Test func aRateOfZeroGetsAField() throws {
    let bench = try Bench()
    _ = try bench.open()
    let id = try bench.id("rate of D")
    try bench.run("run.d_optimizer.rate = 0")
    let messages = bench.outbox.take(now: .infinity, isEnd: true).messages
    #expect(messages.contains { $0.type == "comm_close" && $0.content.text.contains(id) })
    #expect(messages.contains { $0.type == "comm_open" && $0.content.text.contains("BoundedFloatTextModel") })
  }

  @Test func whatTheRunRefusesIsSaid() throws {
    let bench = try Bench()
    try bench.run(
      """
      fn bounded(run, x) {
        if x > 20 { error "too much" }
        x
      }
      guard run, set: {lambda: bounded}
      """)
    _ = try bench.open()
    let id = try bench.id("λ")
    try bench.set(id, "30")
    _ = bench.sent("comm_msg")
    try bench.run("0")
    let updates = bench.sent("comm_msg")
    #expect(updates.contains { $0["comm_id"] == .string(id) && state($0)["value"] == .number(10) })
    #expect(updates.contains { state($0)["value"]?.text.contains("too much") == true })
    #expect(try bench.run("run.lambda") == "10")
  }

  @Test func theWidgetsOfARunThatIsGoneAreClosed() throws {
    let bench = try Bench()
    _ = try bench.open()
    try bench.run("run = none\n0")
    try bench.run("0")
    let closed = Set(bench.sent("comm_close").compactMap { $0["comm_id"]?.text })
    #expect(closed.count == bench.models.count)
    #expect(bench.widgets.info(target: nil)["comms"] == .object([:]))
    #expect(bench.session.attendant == nil)
  }

  @Test func closingAModelClosesItsPanel() throws {
    let bench = try Bench()
    _ = try bench.open()
    let content = #"{"comm_id":"\#(try bench.id("λ"))","data":{}}"#
    #expect(bench.widgets.answer(try #require(Request.example("comm_close", content: content))).callsSession)
    try bench.run("0")
    #expect(bench.widgets.info(target: nil)["comms"] == .object([:]))
    #expect(try bench.open()["application/vnd.jupyter.widget-view+json"] != nil)
  }

  @Test func aPageThatComesGetsAllModels() throws {
    let bench = try Bench()
    _ = try bench.open()
    try bench.run("run.lambda = 33")
    _ = bench.sent("comm_msg")
    let open = #"{"comm_id":"c","target_name":"jupyter.widget.control","data":{}}"#
    _ = bench.widgets.answer(try #require(Request.example("comm_open", content: open)))
    let ask = #"{"comm_id":"c","data":{"method":"request_states"}}"#
    let work = bench.widgets.answer(try #require(Request.example("comm_msg", content: ask)))
    #expect(work.cost > bench.models.count)
    let answer = try #require(bench.sent("comm_msg").first)
    guard case .object(let data)? = answer["data"], case .object(let states)? = data["states"] else { throw Failure("no states") }
    #expect(Set(states.map(\.key)) == Set(bench.models.keys))
    guard case .object(let model)? = states[try bench.id("λ")], case .object(let fields)? = model["state"] else {
      throw Failure("no model")
    }
    #expect(fields["value"] == .number(33) && model["model_name"] == .string("FloatSliderModel"))
  }

  @Test func whatNobodyKnowsIsClosed() throws {
    let widgets = Widgets(Outbox())
    for number in 0..<1000 {
      for target in ["jupyter.widget", "other", "jupyter.widget.control"] {
        let content = #"{"comm_id":"\#(target)\#(number)","target_name":"\#(target)","data":{}}"#
        _ = widgets.answer(try #require(Request.example("comm_open", content: content)))
      }
    }
    guard case .object(let comms)? = widgets.info(target: nil)["comms"] else { throw Failure("no comms") }
    #expect(comms.map(\.key).count == Widgets.mostControls)
  }

  @Test func panelsAreBounded() throws {
    let bench = try Bench()
    try bench.run("runs = map(1..40, i -> {step: i, optimizer: adam(0.001)})")
    for place in 0..<39 { try bench.run("knobs(runs[\(place)])") }
    guard case .object(let comms)? = bench.widgets.info(target: "jupyter.widget")["comms"] else { throw Failure("no comms") }
    // Four models of how elements look, a line, a control, a box.
    #expect(comms.map(\.key).count == 7 * KnobBoard.mostPanels)
  }
}
