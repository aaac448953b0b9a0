import Foundation
import Syntax
import Testing

@testable import Interpreter
@testable import Library

/// Calls that cannot be right, found without running them.
@Suite struct CallCheckTests {
  private func found(_ text: String) -> [String] {
    Library.session().check([Source(name: "test", text: text)]).map { fault in
      let place = fault.labels.first.map { "\($0.source.location(at: Int($0.span.lower)))" } ?? ""
      return fault.title + " " + place
    }
  }

  @Test(arguments: [
    ("print len(\"a\", 3, 4)", "len takes one argument (line: 1, column: 16)"),
    ("use gan\ntrain 3, stepz: 4", "train has no argument `stepz` (line: 2, column: 10)"),
    (
      "use gan\nr = dragan(net { dense 2 }, net { dense 1 }, ring(), nois: 2)",
      "dragan has no argument `nois` (line: 2, column: 54)"
    ),
    ("fn f(a) = a\nf(1, 2)", "f takes one argument (line: 2, column: 6)"),
    ("fn f(a) = a\nfn g() = f(b: 3)", "f has no argument `b` (line: 2, column: 12)"),
    ("fn f(a, b = 1) = a\nif false { f() }", "f wants a value for `a` (line: 2, column: 12)"),
    ("n = net { conv 3, kernle: 4 }", "conv has no argument `kernle` (line: 1, column: 19)"),
    ("[1, 2] |> sort(1, 2, 3)", "sort takes"), ("sort([1], by: x -> x, 3)", "`by` is given twice"),
    ("use gan\nring(steps: 3) { }", "ring has no argument `steps`"), ("map([1])", "map wants a value for `function`"),
  ])
  func isFound(_ text: String, _ fault: String) {
    let all = found(text)
    #expect(all.count == 1 && all[0].hasPrefix(fault), "\(all)")
  }

  @Test(arguments: [
    // A name that stands for something else, or perhaps for something else.
    "len = (a, b, c) -> a\nlen(1, 2, 3)", "fn f(a) = a\nif true { f = () -> 3 }\nf()", "fn f(a) = a\nfn f(a, b) = b\nf(1, 2)",
    "fn g(len) = len(1, 2, 3)\ng((a, b, c) -> a)", "r = {len: (a, b) -> a}\nr.len(1, 2)", "for len in [() -> 1] { len() }",
    // Whatever a record has.
    "fn f(a, b) = a\nr = {a: 1, b: 2}\nf(...r)",
    // Options of another function, blocks, forms, any number of arguments.
    "fn f(a = 1, b = 2) = a\nfn g(x, ...options: f) = f(...options)\ng(1, b: 3)",
    "use gan\nrun = dragan(net { dense 2 }, net { dense 1 }, ring(), noise: 2)",
    "print 1, 2, 3", "time { 1 }", "mean([1, 2])", "mean(ones([2]), axis: 0)", "sort [3, 1], by: x -> -x", "help conv",
    "use gan\ntrain run, steps: 3 { print 1 }\nrun = 1",
  ])
  func isSound(_ text: String) { #expect(found(text) == []) }

  @Test func theExamplesAndLessonsAreSound() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    var count = 0
    for folder in ["examples", "docs/lessons"] {
      for name in try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
      where name.hasSuffix(".gan") {
        count += 1
        let text = try String(contentsOf: root.appending(path: "\(folder)/\(name)"), encoding: .utf8)
        #expect(found(text) == [], "\(name)")
      }
    }
    #expect(count > 20)
  }
}
