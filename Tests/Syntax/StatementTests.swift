import Syntax
import Testing

@Suite struct StatementTests {
  @Test(arguments: [
    ("", ""), ("# nothing", ""), ("#!/usr/bin/env gan\nx", "x"), ("a; b", "a;\nb"), ("a;", "a;"), ("a;;b", "a;\nb"),
    ("a # c\nb", "a\nb"),
    ("x = 1", "x = 1"), ("x += 1", "x += 1"), ("x @= y ", "x @= y"), ("x ^= 2", "x ^= 2"), ("a, b = pair", "a, b = pair"),
    ("a.x, b[0] = f()", "a.x, b[0] = f()"),
    ("run.step = 3", "run.step = 3"), ("xs[0] = 2", "xs[0] = 2"), ("x =\n  1", "x = 1"), ("f(x).y = 1", "f(x).y = 1"),
    ("if a { b } else if c { d } else { e }", "if a {b} else if c {d} else {e}"),
    ("if a {\n  b\n}\nelse {\n  c\n}", "if a {b} else {c}"),
    ("x = if a { 1 } else { 2 }", "x = if a {1} else {2}"), ("if a\n{ b }", "if a {b}"),
    ("if a { 1 } else { 2 } + 3", "(if a {1} else {2} + 3)"),
    ("for x in xs { y }", "for x in xs {y}"), ("for i, x in xs { y }", "for i, x in xs {y}"),
    ("while a < 3 { break; continue }", "while (a < 3) {break;; continue}"),
    ("try { a } catch e { b }", "try {a} catch e {b}"), ("try { a }\ncatch { b }", "try {a} catch {b}"),
    ("x = try { a } catch { b }", "x = try {a} catch {b}"),
    ("return", "return"), ("return 1", "return 1"), ("fn f() {\n return\n}", "fn f() {return}"), ("use gan", "use gan"),
    ("use \"my/losses.gan\"", "use \"my/losses.gan\""),
    ("if a { }", "if a {}"), ("a\r\nb\r\n", "a\nb"), ("\tif a {\n\t\tb\n\t}", "if a {b}"), ("{a: 1}", "{a: 1}rec"),
    ("\u{FEFF}a", "a"),
    ("if x == {a: 1} { y }", "if (x == {a: 1}rec) {y}"), ("error \"no\"", "error<\"no\">"),
  ])
  func areRead(_ text: String, _ tree: String) { #expect(TreeText.of(text) == tree) }

  private func parse(_ text: String) -> Program? {
    guard case .complete(let program) = Parser.parse(Source(name: "", text: text)) else { return nil }
    return program
  }

  private func literal(_ program: Program?, _ index: Int = 0) -> FunctionLiteral? {
    guard let program, index < program.statements.count, case .definition(_, let literal) = program.statements[index].kind else {
      return nil
    }
    return literal
  }

  @Test func documentationBelongsToTheDefinitionRightBelow() throws {
    let program = try #require(
      parse("## # Title\n##  more\n\n## Adds.\n## Twice.\nfn f(a) = a\nfn g(a) = a\n\n## Lost.\n\nfn h(a) = a"))
    #expect(program.documentation == "# Title\n more")
    #expect(literal(program, 0)?.documentation == "Adds.\nTwice.")
    #expect(literal(program, 1)?.documentation == nil)
    #expect(literal(program, 2)?.documentation == nil)
    let span = try #require(literal(program, 0)?.span)
    #expect(program.source.text(of: span) == "## Adds.\n## Twice.\nfn f(a) = a")
  }

  @Test func documentationAtTheHeadMayBelongToADefinition() throws {
    let program = try #require(parse("## Adds.\nfn f(a) = a"))
    #expect(program.documentation == nil)
    #expect(literal(program)?.documentation == "Adds.")
  }

  @Test func documentationAtTheHeadMayStandBeforeAnyStatement() {
    #expect(parse("#!/usr/bin/gan\n## Prose.\nx = 1")?.documentation == "Prose.")
    #expect(parse("x = 1\n## Prose.\n\ny = 2")?.documentation == nil)
    #expect(parse("## Prose.")?.documentation == "Prose.")
  }

  @Test func documentationInsideABlockIsFound() throws {
    let program = try #require(parse("if a {\n  ## Inner.\n  fn f() = 1\n}"))
    guard case .expression(let value) = program.statements[0].kind, case .conditional(let branches, _) = value.kind,
      case .definition(_, let literal) = branches[0].body.statements[0].kind
    else {
      Issue.record("no definition")
      return
    }
    #expect(literal.documentation == "Inner.")
  }
}
