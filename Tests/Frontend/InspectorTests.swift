import Interpreter
import Library
import Syntax
import Testing

@testable import Frontend

@Suite struct InspectorTests {
  private let session = Library.session()

  private func found(_ text: String, _ cursor: Int? = nil) -> Inspector.Finding? {
    Inspector(session: session).inspect(text, cursor ?? text.utf8.count)
  }

  @Test func namesAtTheCursor() {
    #expect(found("print 1", 0)?.name == "print")
    #expect(found("print 1", 3)?.page.summary.hasPrefix("Writes values") == true)
    #expect(found("1 + print", 9)?.name == "print")
    #expect(found("for x in", 1)?.name == "for")
    #expect(found("no_such_name") == nil)
    #expect(found("") == nil)
    #expect(found("🎲 λ", 400) == nil)
  }

  @Test func callsAroundTheCursor() {
    #expect(found("print(1, ")?.name == "print")
    #expect(found("print(1, no_such_name")?.name == "print")
    #expect(found("print 1, ")?.name == "print")
    #expect(found("net { dense(3, ")?.name == "dense")
  }

  @Test func valuesAndFunctionsOfOnesOwn() throws {
    try session.run(Source(name: "t", text: "## Doubles.\nfn doubled(x) {\n  2 * x\n}\nr = {a: 1, b: {c: \"d\"}}"))
    let function = try #require(found("doubled"))
    #expect(function.page.summary == "Doubles.")
    #expect(function.source?.text.contains("2 * x") == true)
    #expect(found("r.b")?.name == "r.b")
    #expect(found("r")?.page.parameters.map(\.name) == ["a", "b"])
    #expect(found("r.b.c")?.page.summary == "\"d\"")
  }
}
