import Syntax
import Testing

@testable import Interpreter

/// Values that hold themselves, or each other, are released once nothing else holds them.
@Suite struct CycleTests {
  /// A bench whose `thing()` makes values that are counted.
  private final class CountingBench {
    final class Counter { var alive = 0 }

    final class Thing: Object {
      let typeName = "thing"
      let counter: Counter
      init(_ counter: Counter) {
        self.counter = counter
        counter.alive += 1
      }
      deinit { counter.alive -= 1 }
    }

    let bench = Workbench()
    let counter = Counter()
    var alive: Int { counter.alive }

    init() {
      bench.session.catalog.add(
        Builtin("thing", "Makes a thing.", subject: "Test") { [counter] _ in .object(Thing(counter)) })
      bench.session.catalog.add(
        Builtin(
          "append", "Appends.", subject: "Test",
          parameters: [Parameter("list", .list, "l"), Parameter("value", .any, "v")]
        ) { call in
          try call.list("list").append([call.value("value")], in: call.session)
          return .none
        })
      bench.session.catalog.add(
        Builtin("len", "Counts.", subject: "Test", parameters: [Parameter("list", .list, "l")]) { call in
          .number(Double(try call.list("list").elements.count))
        })
    }
  }

  private static let makers = [
    // A list in itself.
    "fn make() { xs = [thing(), 0]; append xs, xs; xs }",
    "fn make() { xs = [thing(), 0]; xs[1] = xs; xs }",
    // A record with functions over itself.
    "fn make() { r = {t: thing()}; r.get = () -> r.t; r }",
    "fn make() { r = {t: thing(), list: []}; append r.list, {up: r}; r[\"x\"] = r.list; r }",
    // A function stored in what it captures, or that names itself.
    "fn make() { t = thing(); fn f(n) { if n > 0 { f(n - 1) } else { t } }; f(2); f }",
    "fn make() { t = thing(); g = none; f = () -> [t, g]; g = [f]; f }",
    // Two that hold each other across a long chain.
    "fn make() { a = {t: thing()}; b = a; for i in 0..20 { b = {next: b} }; a.end = b; a }",
    // Each round of a loop has a variable of its own.
    "fn make() { r = {t: thing()}; for f in [r] { f.g = () -> f }; r }",
    // What was raised and caught.
    "fn make() { r = {t: thing()}; try { missing } catch e { r.e = e; e.r = r }; r }",
  ]

  @Test(arguments: makers) func garbageIsReleasedWhileALoopRuns(maker: String) throws {
    let counting = CountingBench()
    try counting.bench.run(maker + "\nkept = make()\nfor i in 0..100000 { make() }")
    // Some are not looked for yet; the others are gone.
    #expect(counting.alive < 25_000, "\(counting.alive) of 100,001 are there")
    try counting.bench.run("none", echo: .each)
    #expect(counting.alive == 1)
    try counting.bench.run("kept = none", echo: .each)
    #expect(counting.alive == 0)
    #expect(counting.bench.session.suspects.count == 0)
  }

  @Test(arguments: makers) func nothingIsLeftBySessions(maker: String) throws {
    var counting: CountingBench? = CountingBench()
    let counter = counting?.counter
    try counting?.bench.run(maker + "\nkept = [make(), make()]\nfor i in 0..100 { make() }")
    counting = nil
    #expect(counter?.alive == 0)
  }

  /// With a search after every change that could close a cycle, whatever is in use stays as it is.
  @Test(arguments: [
    // Held by a running call, a loop, an argument alone.
    "fn f(xs, n) { append xs, xs; for i in 0..n { ys = []; append ys, ys }; len xs }\nf([1, 2], 5)": "3",
    "s = 0\nfor r in [{n: 1}, {n: 2}] { r.r = r; for i in 0..3 { ys = []; append ys, ys }; s += r.r.n }\ns": "3",
    "fn g() { r = {n: 4}; r.f = () -> r.n; r.f }\nh = g()\nfor i in 0..5 { g() }\nh() + g()()": "8",
    // An array that two lists have in common.
    "a = [[1], [2]]\nb = a + []\nappend b[0], b\nappend a, a\na = none\nfor i in 0..5 { c = []; append c, c }\nlen(b[0])": "2",
    "fn k() { r = {n: 1}; r.all = [r, r]; all = r.all; r = none; all }\nx = k()\nfor i in 0..5 { k() }\nx[0].all[1].n": "1",
    // Variables of rounds, and a function that is called while it is being replaced.
    "fs = []\nfor i in 0..4 { append fs, () -> [i, fs] }\nfor i in 0..5 { c = []; append c, c }\nfs[2]()[0]": "2",
    """
    fn outer() { f = none; f = n -> { f = none; for i in 0..3 { c = []; append c, c }; n + 1 }; f(41) }
    outer()
    """: "42",
    // What only a caught error, or the value on its way out of a function, holds.
    "fn f() { r = {n: 7}; r.r = r; for i in 0..3 { c = []; append c, c }; return r }\nf().r.r.n": "7",
  ])
  func whatIsInUseStays(program: String, result: String) throws {
    let counting = CountingBench()
    counting.bench.session.suspects.least = 1
    #expect(try counting.bench.run(program).plainText == result)
  }

  /// Random changes of a graph of lists and records, of which a part is let go of now and then; what is left is compared with a run without
  /// any search.
  @Test(arguments: 1...20) func randomGraphsStay(seed: Int) throws {
    func run(least: Int) throws -> (text: String, alive: Int) {
      let counting = CountingBench()
      counting.bench.session.suspects.least = least
      let text = try counting.bench.run(
        """
        state = {x: \(seed)}
        fn next(n) { state.x = (state.x * 16807) % 2147483647; state.x % n }
        nodes = []
        for i in 0..12 { append nodes, {id: i, t: thing(), list: []} }
        for step in 0..300 {
          a = nodes[next(12)]
          b = nodes[next(12)]
          kind = next(6)
          if kind == 0 { append a.list, b }
          if kind == 1 { a.link = b }
          if kind == 2 { a.f = () -> b }
          if kind == 3 { a.list = b.list }
          if kind == 4 { nodes[next(12)] = {id: step, t: thing(), list: [a]} }
          if kind == 5 { a.list = a.list + [[b, a.list]] }
        }
        nodes
        """
      ).description(width: 2000)
      try counting.bench.run("none", echo: .each)
      return (text, counting.alive)
    }
    let often = try run(least: 1)
    let never = try run(least: .max)
    #expect(often.text == never.text)
    #expect(often.alive == never.alive)
  }

  /// A million functions, of which each calls the one before.
  @Test func longChainsOfFunctionsAreReleasedWithoutDepth() throws {
    let counting = CountingBench()
    try counting.bench.run(
      "fn more(g) = x -> g(x)\nt = thing()\nf = x -> t\nfor i in 0..300000 { f = more(f) }\nf = none\nt = none")
    #expect(counting.alive == 0)
  }

  /// A million lists in each other, the innermost in the outermost.
  @Test func longChainsAreReleasedWithoutDepth() throws {
    let counting = CountingBench()
    try counting.bench.run(
      "first = [thing()]\nxs = first\nfor i in 0..1000000 { xs = [xs] }\nappend first, xs\nfirst = none\nxs = none", echo: .each)
    counting.bench.session.suspects.collect()
    #expect(counting.alive == 0)
  }
}
