import Testing

@testable import Frontend

/// The context where `|` stands in the text.
private func context(_ marked: String) -> CompletionContext {
  let place = marked.firstIndex(of: "|") ?? marked.endIndex
  let cursor = marked[..<place].utf8.count
  return CompletionContext(
    text: marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).joined(), cursor: cursor)
}

@Suite struct CompletionContextTests {
  @Test func names() {
    #expect(context("gra|").place == .name(prefix: "gra"))
    #expect(context("x = gra|").place == .name(prefix: "gra"))
    #expect(context("x = änd|").place == .name(prefix: "änd"))
    #expect(context("1 + |").place == .name(prefix: ""))
    #expect(context("|").place == .name(prefix: ""))
    #expect(context("whi|").place == .name(prefix: "whi"))
    #expect(context("gra|dient").place == .name(prefix: "gra"))
  }

  @Test func fieldsOfPlainPathsOnly() {
    #expect(context("run.|").place == .field(of: ["run"], prefix: ""))
    #expect(context("plot run.history.gr|").place == .field(of: ["run", "history"], prefix: "gr"))
    #expect(context("f(x).sh|").place == .nowhere)
    #expect(context("xs[0].sh|").place == .nowhere)
    #expect(context("f(x).a.b|").place == .nowhere)
    #expect(context("x[.., |").place == .name(prefix: ""))
  }

  @Test func pathsInsideStrings() {
    #expect(context("load \"data/di|").place == .path(typed: "data/di", isModule: false))
    #expect(context("load(\"|\")").place == .path(typed: "", isModule: false))
    #expect(context("use \"my/|").place == .path(typed: "my/", isModule: true))
    #expect(context("print \"a\" + gr|").place == .name(prefix: "gr"))
    #expect(context("print \"a {run.st|").place == .field(of: ["run"], prefix: "st"))
    #expect(context("print \"a {run.step} b/|").place.isPath)
  }

  @Test func nothingInComments() {
    #expect(context("x = 1 # gra|").place == .nowhere)
    #expect(context("x = 1 # a\ngra|").place == .name(prefix: "gra"))
    #expect(context("fn na|").place == .nowhere)
  }

  @Test func modulesAfterUse() {
    #expect(context("use g|").place == .module(prefix: "g"))
    #expect(context("use |").place == .module(prefix: ""))
  }

  @Test func callWithParentheses() {
    #expect(context("dragan(|").call == .init(callee: ["dragan"], given: [], isArgumentStart: true))
    #expect(
      context("dragan(G, D, digits, ba|").call == .init(callee: ["dragan"], given: [], positionalCount: 3, isArgumentStart: true))
    #expect(
      context("dragan(G, batch: 6|").call
        == .init(callee: ["dragan"], given: ["batch"], positionalCount: 0, isArgumentStart: false))
    #expect(
      context("dragan(G, batch: 64, |").call
        == .init(callee: ["dragan"], given: ["batch"], positionalCount: 1, isArgumentStart: true))
    #expect(context("f(g(x), |").call == .init(callee: ["f"], given: [], positionalCount: 1, isArgumentStart: true))
    #expect(context("f(a, g(h: 1, |").call == .init(callee: ["g"], given: ["h"], isArgumentStart: true))
    #expect(context("run.step_with(|").call?.callee == ["run", "step_with"])
    #expect(context("f(x + |").call?.isArgumentStart == false)
  }

  @Test func callAsCommand() {
    #expect(context("train run, st|").call == .init(callee: ["train"], given: [], positionalCount: 1, isArgumentStart: true))
    #expect(context("train |").call == .init(callee: ["train"], given: [], isArgumentStart: true))
    #expect(
      context("train run, steps: 5, |").call
        == .init(callee: ["train"], given: ["steps"], positionalCount: 1, isArgumentStart: true))
    #expect(context("y = conv x, |").call?.callee == ["conv"])
    #expect(context("a, b = f x, |").call?.callee == ["f"])
    #expect(context("x = 1; train |").call?.callee == ["train"])
    #expect(context("x - |").call == nil)
    #expect(context("x = |").call == nil)
    #expect(context("train|").call == nil)
    #expect(context("f -1, |").call?.callee == ["f"])
  }

  @Test func blocksTellTheirOwners() {
    #expect(context("D = net {\n  co|").blockOwners == [["net"]])
    #expect(context("D = net input: [28, 28, 1] {\n  co|").blockOwners == [["net"]])
    #expect(context("D = net(input: 3) { co|").blockOwners == [["net"]])
    #expect(
      context("D = net {\n  conv 64, ker|").call == .init(callee: ["conv"], given: [], positionalCount: 1, isArgumentStart: true))
    #expect(context("net { a } \nco|").blockOwners == [])
    #expect(context("if x { net { co|").blockOwners == [["net"]])
  }

  @Test func namesOfTheTextItself() {
    #expect(context("fn f(alpha, beta) {\n  al|").textNames == ["f", "alpha", "beta"])
  }

  @Test func noTextTraps() {
    let text = "f(\"a {b[c(]} x\" {\n y.z: 'ä ]) } # c\n use \" \\"
    for cursor in 0...text.utf8.count + 3 { _ = CompletionContext(text: text, cursor: cursor) }
    _ = CompletionContext(text: text, cursor: -4)
  }
}

extension CompletionContext.Place {
  fileprivate var isPath: Bool { if case .path = self { true } else { false } }
}
