import Syntax
import Testing

@testable import Interpreter

@Suite struct SessionTests {
  @Test func variablesStayFromRunToRun() throws {
    let bench = Workbench()
    try bench.run("x = 1\nfn f(n) = n + x")
    try bench.run("x = 10")
    #expect(try bench.run("f(1)").plainText == "11")
    #expect(bench.session.variableNames == ["x", "f"])
  }

  private final class Thing: Object {
    let typeName = "thing"
  }

  /// Functions hold the variables that they name, their own among them; modules hold functions.
  @Test func valuesGoWithTheirSession() throws {
    weak var held: Thing?
    weak var brought: Thing?
    weak var globals: Globals?
    weak var modules: Globals?
    do {
      let bench = Workbench()
      let things = (Thing(), Thing())
      (held, brought) = things
      bench.session.moduleLoader = { _, _ in Source(name: "m", text: "fn keep(x) = () -> [x, keep]") }
      bench.session["held"] = .object(things.0)
      bench.session["brought"] = .object(things.1)
      try bench.run("use m\nfn f(n) = [held, f, n]\nk = keep(brought)\nbrought = none\nl = [f]\nr = {f: f, k: k}")
      #expect(brought != nil)
      modules = bench.session.modules["m"]
      globals = bench.session.globals
    }
    #expect(globals == nil)
    #expect(modules == nil)
    #expect(held == nil)
    #expect(brought == nil)
  }

  @Test func whatRanBeforeAnErrorStays() throws {
    let bench = Workbench()
    #expect(bench.diagnostic("x = 5\nmissing") != nil)
    #expect(bench.session["x"]?.plainText == "5")
  }

  @Test func valuesAreEchoedUnlessSilent() throws {
    let bench = Workbench()
    try bench.run("1 + 1\n2;\nx = 3\n\"a\"\nnone\nsay 5", echo: .each)
    #expect(bench.recorder.echoes == ["2", "\"a\""])
    #expect(bench.recorder.texts == ["5"])
    #expect(bench.session["_"]?.plainText == "\"a\"")
  }

  private final class Unwilling: Object {
    let typeName = "unwilling"
    func echoed() throws -> String { throw Failure("it does not want to be seen", [(.left, "here")]) }
  }

  /// Looking at a value is what computes it: what fails then has its place, and ends the program.
  @Test func aValueThatCannotBeShownIsAnErrorOfItsStatement() throws {
    let bench = Workbench()
    bench.session["it"] = .object(Unwilling())
    let error = #expect(throws: Diagnostic.self) { try bench.run("1\n  it\n3", echo: .each) }
    #expect(error?.title == "it does not want to be seen")
    #expect(error?.labels.first.map { $0.source.text(of: $0.span) } == "it")
    #expect(bench.recorder.echoes == ["1"])
    #expect(bench.session.lastError?.title == error?.title)
    try bench.run("it;", echo: .each)
    #expect(throws: Never.self) { try bench.run("it") }
  }

  @Test func onlyTheLastValueIsEchoed() throws {
    let bench = Workbench()
    try bench.run("1\n2", echo: .last)
    try bench.run("3;", echo: .last)
    try bench.run("4\nx = 5", echo: .last)
    #expect(bench.recorder.echoes == ["2"])
    #expect(bench.session["_"] == nil)
  }

  @Test func scriptsEchoNothing() throws {
    let bench = Workbench()
    try bench.run("1 + 1")
    #expect(bench.recorder.echoes.isEmpty)
  }

  @Test func globalsCanBeSetFromOutside() throws {
    let bench = Workbench()
    bench.session["given"] = .number(4)
    #expect(try bench.run("given * 2").plainText == "8")
    bench.session["given"] = nil
    #expect(bench.diagnostic("given")?.title == "there is no `given`")
  }

  @Test func functionsAreCalledFromOutside() throws {
    let bench = Workbench()
    let function = try bench.run("f = (a, b = 2) -> a * b\nf")
    #expect(try bench.session.call(function, [.number(3)]).plainText == "6")
    #expect(try bench.session.call(function, [.number(3), .number(5)]).plainText == "15")
    #expect(throws: Failure.self) { try bench.session.call(.number(1), []) }
  }

  @Test func aSessionHasOneOfEachService() {
    final class Counter { var count = 0 }
    let session = Workbench().session
    session.service(Counter.self) { Counter() }.count += 1
    #expect(session.service(Counter.self) { Counter() }.count == 1)
  }

  @Test func modulesRunOnceAndKeepTheirGlobals() throws {
    let bench = Workbench()
    bench.session.moduleLoader = { module, _ in
      guard case .standard(let name) = module else { throw Failure("only names") }
      return Source(
        name: "std/\(name.text).gan", text: "say \"running \(name.text)\"\nstep = 2\n_own = 3\nfn twice(x) = step * x")
    }
    try bench.run("use tools\nuse tools\nstep = 100")
    #expect(bench.recorder.texts == ["running tools"])
    #expect(try bench.run("twice(4)").plainText == "8")
    #expect(bench.session.variableNames == ["step"])
    #expect(bench.diagnostic("_own")?.title == "there is no `_own`")
  }

  @Test func anErrorInAModuleShowsItsLineAndTheCall() throws {
    let bench = Workbench()
    bench.session.moduleLoader = { _, _ in Source(name: "std/m.gan", text: "fn f(x) = inner(x)\nfn inner(x) = x + none") }
    let diagnostic = try #require(bench.diagnostic("use m\nf(1)"))
    #expect(diagnostic.labels.first?.source.name == "std/m.gan")
    #expect(diagnostic.marked == ["x", "none"])
    #expect(diagnostic.calls.map(\.text) == ["inner", "f"])
    #expect(diagnostic.calls.last?.source.name == "test")
  }
}
