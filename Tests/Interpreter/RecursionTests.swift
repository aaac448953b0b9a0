import Syntax
import Testing

@testable import Interpreter

/// On the small stacks of the test runner's threads, and on a big one.
@Suite struct RecursionTests {
  static let endless = [
    "fn f(n) = 1 + f(n + 1)\nf(0)",
    "fn even(n) = odd(n + 1)\nfn odd(n) = even(n + 1)\neven(0)",
    "f = x -> x\ng = x -> g(x)\ng(1)",
    "fn f(n) { for i in 0..1 { if true { f(n) } } }\nf(0)",
    "fn f(n) = shield { f(n) }\nf(0)",
    "fn f(n, m = f(n)) = 1\nf(0)",
    "fn f(n) = \"{f(n)}\"\nf(0)",
  ]

  @Test(arguments: endless)
  func endlessRecursionIsAnError(_ text: String) throws {
    #expect(Workbench().diagnostic(text)?.title == "too deep recursion")
  }

  @Test(arguments: endless.prefix(2))
  func endlessRecursionIsAnErrorOnABigStack(_ text: String) throws {
    let diagnostic = try BigStackThread.run { Workbench().diagnostic(text) }
    #expect(diagnostic?.title == "too deep recursion")
    #expect((diagnostic?.calls.count ?? 0) <= 20)
  }

  @Test func theListOfCallsIsFolded() throws {
    let diagnostic = try #require(try BigStackThread.run { Workbench().diagnostic("fn f(n) = g(n + 1)\nfn g(n) = f(n)\nf(0)") })
    #expect(diagnostic.omittedCalls > 1000)
    #expect(diagnostic.calls.last?.text == "f")
  }

  @Test func theSessionGoesOnAfterwards() throws {
    let bench = Workbench()
    #expect(bench.diagnostic("fn f(n) = 1 + f(n + 1)\nf(0)") != nil)
    #expect(try bench.run("1 + 1").plainText == "2")
  }
}
