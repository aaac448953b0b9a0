import Syntax
import Testing

@testable import Interpreter

/// What a function's text reads of variables outside.
@Suite struct ReadTests {
  private func reads(_ text: String, of name: String = "f") throws -> [String] {
    let session = Workbench().session
    try session.run(Source(name: "test", text: text))
    guard case .function(let function)? = session[name] else { return ["no function"] }
    return function.reads.map { read in
      let path = read.path.map { step in
        switch step {
        case .field(let name): ".\(name)"
        case .place(let place): "[\(place)]"
        }
      }
      return read.name + path.joined() + (read.isSet ? " =" : "")
    }
  }

  @Test(arguments: [
    ("a = 1; b = 2; f = x -> b + a + b + x", ["b", "a"]),
    ("r = {a: {b: 1}, c: 2}; f = x -> r.a.b + r.c", ["r.a.b", "r.c"]),
    ("r = [[1, 2], 3]; f = x -> r[0][-1] + r[x]", ["r[0][-1]", "r"]),
    ("r = {a: 1}; f = x -> r[\"a\"] + r[\"{x}\"]", ["r.a", "r"]),
    ("r = {n: 1}; f = x -> { r.n += 1; r.m = 2 }", ["r.n =", "r.m ="]),
    ("r = [1]; f = x -> { r[0] = 2; r[x] = 3 }", ["r[0] =", "r"]),
    ("a = 1; f = x -> { a = 2; a }", []),
    ("a = 1; f = a -> a", []),
    ("a = 1; f = x -> (y -> y + a)(x)", ["a"]),
    ("a = 1; f = (x, y = a) -> y", ["a"]),
    ("a = 1; b = 2; f = x -> { for a in [b] { a } }", ["b"]),
    ("a = 1; f = x -> \"{a}\"", ["a"]),
    ("fn g(a) { b = 1; x -> { c = y -> a + y; c(b) } }\nf = g(3)", ["a", "b"]),
    ("fn g(s) = x -> { s.n = x; s.n }\nf = g({n: 1})", ["s.n ="]),
    ("f = x -> say(x, nothing)", []),
  ])
  func areVariablesAndWhatIsTakenOfThem(_ text: String, _ wanted: [String]) throws {
    #expect(try reads(text) == wanted, "\(text)")
  }

  @Test func variablesHoldOtherValuesForATime() throws {
    let session = Workbench().session
    try session.run(Source(name: "test", text: "a = 1; fn f() = a"))
    guard case .function(let function)? = session["f"], let read = function.reads.first else {
      Issue.record("no read")
      return
    }
    func called() throws -> Value { try session.call(.function(function), []) }
    let inside = try Variable.holding([(read.variable, .number(2))]) { try called() }
    #expect(try inside.isEqual(to: .number(2)))
    #expect(try called().isEqual(to: .number(1)))
    #expect(throws: Failure.self) { try Variable.holding([(read.variable, .number(3))]) { throw Failure("no") } }
    #expect(try called().isEqual(to: .number(1)))
  }
}
