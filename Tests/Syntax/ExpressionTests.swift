import Syntax
import Testing

@Suite struct ExpressionTests {
  @Test(arguments: [
    ("a or b and not c == d", "(a or (b and (not (c == d))))"), ("1 + 2 * 3 ^ 4", "(1 + (2 * (3 ^ 4)))"),
    ("-2 ^ 2", "(-(2 ^ 2))"), ("2 ^ -1", "(2 ^ (-1))"), ("2 ^ 3 ^ 4", "(2 ^ (3 ^ 4))"), ("-a * b", "((-a) * b)"),
    ("a * -b", "(a * (-b))"), ("a - b - c", "((a - b) - c)"), ("a % b @ c / d", "(((a % b) @ c) / d)"),
    ("a + 1 .. b * 2", "((a + 1)..(b * 2))"), ("0..10 |> f", "f|((0..10))"), ("a |> f(b) |> g", "g|(f|(a, b))"),
    ("a |> (f(b))", "f(b)|(a)"), ("a |> x -> x + 1", "fn(x) => (x + 1)|(a)"), ("a |> f == b", "(f|(a) == b)"),
    ("a\n  |> f\n  |> g", "g|(f|(a))"), ("not not a", "(not (not a))"), ("a == not b", "(a == (not b))"),
    ("a < b < c", "(a < b < c)"), ("a < b == c and d", "((a < b == c) and d)"), ("a < b", "(a < b)"),
    ("- -a", "(-(-a))"), ("a--b", "(a - (-b))"), ("-f(x).y[0]", "(-f(x).y[0])"), ("1..3", "(1..3)"),
    ("a +\n b", "(a + b)"), ("(a\n + b)", "(a + b)"), ("a\n+b", "invalid: a `+` before a value has no meaning"),
  ])
  func operatorsBindByStrength(_ text: String, _ tree: String) { #expect(TreeText.of(text) == tree) }

  @Test(arguments: [
    ("1_000", 1000), ("1.5", 1.5), ("1e-3", 0.001), ("1E3", 1000), ("0x1F", 31), ("0xff_ff", 65535), ("1.5e+2", 150), ("0", 0),
  ])
  func numbers(_ text: String, _ value: Double) throws {
    guard case .complete(let program) = Parser.parse(Source(name: "", text: text)),
      case .expression(let expression) = try #require(program.statements.first).kind, case .number(let number) = expression.kind
    else {
      Issue.record("not a number")
      return
    }
    #expect(number == value)
  }

  @Test(arguments: [
    ("x[.., 3]", "x[(..), 3]"), ("x[2..]", "x[(2..)]"), ("x[..-1]", "x[(..(-1))]"), ("x[0..8]", "x[(0..8)]"),
    ("x[..]", "x[(..)]"),
    ("x[1.., ..2]", "x[(1..), (..2)]"), ("x[-1][0]", "x[(-1)][0]"), ("f(x)[0](y)", "f(x)[0](y)"),
    ("x[f(1..2)..]", "x[(f((1..2))..)]"),
    ("[1, 2, 3,]", "[1, 2, 3]"), ("[\n  1,\n  2\n]", "[1, 2]"), ("[]", "[]"), ("f(\n  1,\n  b: 2,\n)", "f(1, b: 2)"),
    ("{a: 1, b: {c: 2}}", "{a: 1, b: {c: 2}rec}rec"), ("{\n  a: 1,\n  if: 2,\n}", "{a: 1, if: 2}rec"), ("x = {}", "x = {}rec"),
    ("run.use.not", "run.use.not"), ("λμ₁ = x̂", "λμ₁ = x̂"), ("[a -1]", "[(a - 1)]"), ("(1)", "1"), ("f({a: 1})", "f({a: 1}rec)"),
  ])
  func collectionsAndIndexes(_ text: String, _ tree: String) { #expect(TreeText.of(text) == tree) }

  @Test(arguments: [
    ("x -> x * 2", "fn(x) => (x * 2)"), ("(x, y) -> x", "fn(x, y) => x"), ("() -> 1", "fn() => 1"),
    ("x -> y -> x", "fn(x) => fn(y) => x"),
    ("x -> { y = x; y }", "fn(x) {y = x;; y}"), ("x -> {a: 1}", "fn(x) => {a: 1}rec"), ("x -> {}", "fn(x) => {}rec"),
    ("map(xs, x -> x + 1)", "map(xs, fn(x) => (x + 1))"), ("fn f(a, b = 2) = a + b", "fn f(a, b = 2) => (a + b)"),
    ("fn f(a) { a }", "fn f(a) {a}"), ("fn f(a)\n{ a }", "fn f(a) {a}"), ("fn f(a) =\n  a", "fn f(a) => a"),
    ("g = fn(a, b) { a }", "g = fn(a, b) {a}"),
    ("fn(a) = a + 1", "fn(a) => (a + 1)"), ("fn f(\n  a,\n  b = [1, 2],\n) = a", "fn f(a, b = [1, 2]) => a"),
    ("(x = 1) -> x", "fn(x = 1) => x"),
    ("(x -> x)(3)", "fn(x) => x(3)"),
  ])
  func functions(_ text: String, _ tree: String) { #expect(TreeText.of(text) == tree) }
}
