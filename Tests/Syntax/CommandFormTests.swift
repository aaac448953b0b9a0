import Syntax
import Testing

@Suite struct CommandFormTests {
  @Test(arguments: [
    ("f -1", "f<(-1)>"), ("f - 1", "(f - 1)"), ("f-1", "(f - 1)"), ("f [1]", "f<[1]>"), ("f[1]", "f[1]"),
    ("f (1)", "f(1)"), ("f (1, 2)", "f(1, 2)"), ("f ()", "f()"), ("f (1) * 2", "f<(1 * 2)>"), ("f (1), 2", "f<1, 2>"),
    ("f (x, y) -> x", "f<fn(x, y) => x>"), ("f () -> 1", "f<fn() => 1>"), ("f (a: 1)", "f(a: 1)"),
    ("f (1) { 2 }", "f(1) {2}"),
    ("print x.y, z: 1", "print<x.y, z: 1>"), ("run.noise 3", "run.noise<3>"), ("f \"s\"", "f<\"s\">"),
    ("f {a: 1}", "f<{a: 1}rec>"), ("f {}", "f<{}rec>"), ("f { 1 }", "f<> {1}"), ("f x -> x + 1", "f<fn(x) => (x + 1)>"),
    ("f not x", "f<(not x)>"), ("f", "f"), ("f and g", "(f and g)"), ("f |> g", "g|(f)"), ("f x |> g", "f<g|(x)>"),
    ("f if c { 1 } else { 2 }", "f<if c {1} else {2}>"), ("f none, true", "f<none, true>"), ("f in: 3", "f<in: 3>"),
    ("f x,\n  y", "f<x, y>"), ("f x -> { x }, 2", "f<fn(x) {x}, 2>"), ("f 1; g 2", "f<1>;\ng<2>"),
    ("print (1 + 2) * 3", "print<((1 + 2) * 3)>"), ("print [1][0]", "print<[1][0]>"), ("f \"\"\"a\"\"\"", "f<\"a\">"),
    ("f fn(x) { x }", "f<fn(x) {x}>"), ("x == 1", "(x == 1)"), ("f = 1", "f = 1"), ("f .x", "f.x"),
  ])
  func isReadByTheTokenAfterTheSpace(_ text: String, _ tree: String) { #expect(TreeText.of(text) == tree) }

  @Test(arguments: [
    ("train run, steps: 10, every: 50 { print 1 }", "train<run, steps: 10, every: 50> {print<1>}"),
    ("net { dense 1 }", "net<> {dense<1>}"), ("net input: [28, 28, 1] { dense 1 }", "net<input: [28, 28, 1]> {dense<1>}"),
    ("f(x) { 1 }", "f(x) {1}"), ("f(x) { }", "f(x) {}"), ("D = net { dense 1 }", "D = net<> {dense<1>}"),
    ("D = net input: [1] { dense 1 }", "D = net<input: [1]> {dense<1>}"),
    ("x = load size: 3, gray: true", "x = load<size: 3, gray: true>"),
    ("train run { 1 }", "train<run> {1}"),
    (
      "net {\n  conv 64, kernel: 4;    leaky_relu\n  flatten\n}",
      "net<> {conv<64, kernel: 4>;; leaky_relu; flatten}"
    ),
    ("print net { 1 }", "print<net> {1}"), ("print (net { 1 })", "print(net<> {1})"),
    ("net { 1 } |> summary", "summary|(net<> {1})"), ("train run, steps: 1 { 2 }\n  |> f", "f|(train<run, steps: 1> {2})"),
    ("if x { y }", "if x {y}"), ("for x in f(y) { z }", "for x in f(y) {z}"), ("while (f { 1 }) { 2 }", "while f<> {1} {2}"),
    ("run.net { 1 }.x", "run.net<> {1}.x"), ("fn f() = net input: 3 { 1 }", "fn f() => net<input: 3> {1}"),
    ("return net input: 3 { 1 }", "return net<input: 3> {1}"),
  ])
  func takesTheBlockBehindIt(_ text: String, _ tree: String) { #expect(TreeText.of(text) == tree) }

  @Test(arguments: ["x = f y", "x = a.f 1, 2", "fn f(x) = print x", "xs |> map f x", "g(x -> f x)", "x = f [1]", "print(f 1)"])
  func hasNoPlaceInsideAnExpression(_ text: String) { #expect(TreeText.of(text).hasPrefix("invalid")) }
}
