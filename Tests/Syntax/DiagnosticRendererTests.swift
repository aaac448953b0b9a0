import Base
import Syntax
import Testing

@Suite struct DiagnosticRendererTests {
  private let plain = DiagnosticRenderer(style: .plain, width: 100)

  /// A label at the `count`-th place where `part` stands in the source.
  private func label(_ source: Source, _ part: String, _ text: String, count: Int = 1) -> Diagnostic.Label {
    let wanted = Array(part.utf8)
    var left = count
    for offset in source.bytes.indices where source.bytes[offset...].starts(with: wanted) {
      left -= 1
      if left == 0 { return .init(source: source, span: Span(offset, offset + wanted.count), text: text) }
    }
    Issue.record("\(part) is not in the source")
    return .init(source: source, span: Span(0, 0), text: text)
  }

  @Test func placesAreMarkedUnderTheirLine() {
    let source = Source(name: "examples/broken.gan", text: "use gan\n\n\ny = x @ w\n")
    let diagnostic = Diagnostic(
      title: "the shapes do not fit a matrix product",
      labels: [label(source, "w", "[128, 10]"), label(source, "x", "[64, 100]")],
      advice: ["The last axis of the left side (100) must equal the first axis of the right side (128)."])
    #expect(
      plain.render(diagnostic) == """
        error: the shapes do not fit a matrix product
          examples/broken.gan:4:9
           4 │ y = x @ w
             │     ─   ─
             │     │   [128, 10]
             │     [64, 100]
          The last axis of the left side (100) must equal the first axis of the right side (128).

        """)
  }

  @Test func withoutAPlaceOnlyTheSentencesAreShown() {
    #expect(plain.render(Diagnostic(severity: .warning, title: "so", advice: ["A.", "B."])) == "warning: so\n  A.\n  B.\n")
  }

  @Test func tabsWideAndCombiningCharactersKeepTheMarksBelowTheirText() {
    let source = Source(name: "a.gan", text: "\tx = \"日本\" + e\u{301}e\u{301} + y")
    let diagnostic = Diagnostic(
      title: "t", labels: [label(source, "\"日本\"", "a"), label(source, "e\u{301}e\u{301}", "b"), label(source, "y", "c")])
    #expect(
      plain.render(diagnostic) == """
        error: t
          a.gan:1:6
           1 │     x = "日本" + e\u{301}e\u{301} + y
             │         ──────   ──   ─
             │         │        │    c
             │         │        b
             │         a

        """)
  }

  @Test func linesAndSourcesFollowOneAnother() {
    let one = Source(name: "a.gan", text: "a\nb\nc\nd\ne\nf\ng")
    let two = Source(name: "std/gan.gan", text: "z")
    let diagnostic = Diagnostic(
      title: "t",
      labels: [label(one, "c", "third"), label(one, "a", "first"), label(one, "g", "last"), label(two, "z", "elsewhere")])
    #expect(
      plain.render(diagnostic) == """
        error: t
          a.gan:3:1
           1 │ a
             │ ─
             │ first
           2 │ b
           3 │ c
             │ ─
             │ third
             ⋮
           7 │ g
             │ ─
             │ last
          std/gan.gan:1:1
           1 │ z
             │ ─
             │ elsewhere

        """)
  }

  @Test func theStandardLibraryIsFoldedBehindTheUsersLine() {
    let user = Source(name: "a.gan", text: "train run {\n  look x\n}")
    let library = Source(name: "std/training.gan", text: "watch()\nfit(a, b)", isLibrary: true)
    var diagnostic = Diagnostic(title: "t", labels: [label(library, "a", "[2]"), label(library, "b", "[3]")])
    diagnostic.calls = [
      label(library, "fit(a, b)", "fit"), label(user, "look x", "look"), label(library, "watch()", "a block"),
      label(library, "watch()", "watched"), Diagnostic.Label(source: user, span: Span(0, 22), text: "train"),
    ]
    #expect(
      plain.render(diagnostic.turnedOutward) == """
        error: t
          a.gan:2:3
           2 │   look x
             │   ──────
             │   [2], [3]
          in look, fit (standard library; `gan --trace` or `last_error` shows the lines)
          in train, watched (standard library)
          called from a.gan:1:1
           1 │ train run {
             │ ───────────
             │ train
           2 │   look x
           3 │ }
             │ ─

        """)
    let full = plain.render(diagnostic.turnedOutward.inFull)
    #expect(full == plain.render(diagnostic.inFull))
    #expect(full.hasPrefix("error: t\n  std/training.gan:1:2\n"))
    #expect(full.contains("called from std/training.gan:1:1, 2 times\n"))

    diagnostic.calls = ["draw", "step", "made"].map { label(library, "watch()", $0) } + [label(user, "train run", "train")]
    #expect(plain.render(diagnostic.turnedOutward).contains("  in train, …, draw (standard library;"))
  }

  @Test func aWindowBreaksNoWord() {
    let user = Source(name: "a.gan", text: "look x")
    let library = Source(name: "std/a.gan", text: "first(second(third(x)))", isLibrary: true)
    var diagnostic = Diagnostic(title: "the shapes do not fit a product of matrices", labels: [label(library, "x", "[2]")])
    diagnostic.calls = [
      label(library, "third(x)", "third"), label(library, "second(third(x))", "second"), label(user, "look x", "look"),
    ]
    var renderer = DiagnosticRenderer(width: 40)
    #expect(renderer.render(diagnostic.turnedOutward).hasPrefix("error: the shapes do not fit a product of matrices\n"))
    renderer.isInWindow = true
    #expect(
      renderer.render(diagnostic.turnedOutward) == """
        error: the shapes do not fit a product
          of matrices
          a.gan:1:1
           1 │ look x
             │ ──────
             │ [2]
          in look, second, third (standard
            library; `gan --trace` or
            `last_error` shows the lines)

        """)
    renderer.style = .terminal
    let lines = renderer.render(diagnostic.turnedOutward).split(separator: "\n")
    #expect(lines.allSatisfy { $0.displayWidth <= 40 })
  }

  @Test func aSpanOfSeveralLinesShowsItsFirstAndItsLast() {
    let source = Source(name: "a.gan", text: "x = net {\n  dense 1\n  dense 2\n  dense 3\n}\n")
    let diagnostic = Diagnostic(title: "t", labels: [.init(source: source, span: Span(4, 41), text: "this net")])
    #expect(
      plain.render(diagnostic) == """
        error: t
          a.gan:1:5
           1 │ x = net {
             │     ─────
             │     this net
             ⋮
           5 │ }
             │ ─

        """)
  }

  @Test func longLinesAreCutAroundTheMark() {
    let source = Source(
      name: "a.gan",
      text: "first = [" + (0..<40).map { "\($0)" }.joined(separator: ", ") + ", oops, " + String(repeating: "7, ", count: 40)
        + "]")
    let narrow = DiagnosticRenderer(style: .plain, width: 60)
    let text = narrow.render(Diagnostic(title: "t", labels: [label(source, "oops", "unknown")]))
    #expect(
      text == """
        error: t
          a.gan:1:160
           1 │ …4, 35, 36, 37, 38, 39, oops, 7, 7, 7, 7, 7, 7, 7, …
             │                         ────
             │                         unknown

        """)
  }

  @Test(arguments: [20, 40, 60, 80, 200], ["left", "middle", "right", "日本"])
  func theMarkIsUnderItsTextWhateverIsCut(_ width: Int, _ word: String) throws {
    let text = "left" + String(repeating: "日x\t", count: 30) + "middle" + String(repeating: "日本語 ", count: 30) + " right"
    let source = Source(name: "a.gan", text: text)
    let lines = DiagnosticRenderer(style: .plain, width: width)
      .render(Diagnostic(title: "t", labels: [label(source, word, "here")])).split(separator: "\n")
    let shown = try #require(lines.first { $0.contains("1 │") })
    let marks = try #require(lines.first { $0.contains("─") })
    func columns(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + ("日本語".contains($1) ? 2 : 1) } }
    let before = try #require(marks.firstRange(of: "─")).lowerBound
    let place = try #require(shown.firstRange(of: word))
    #expect(columns(marks[..<before]) == columns(shown[..<place.lowerBound]))
    #expect(columns(shown) <= max(width, 28))
  }

  @Test func aPlaceAtTheEndOfTheTextIsMarkedBehindIt() {
    let source = Source(name: "a.gan", text: "x = 1 +")
    #expect(
      plain.render(Diagnostic(title: "t", labels: [.init(source: source, span: Span(7, 7), text: "ends")])) == """
        error: t
          a.gan:1:8
           1 │ x = 1 +
             │        ─
             │        ends

        """)
    let beyond = Diagnostic(title: "t", labels: [.init(source: source, span: Span(900, 1000), text: "")])
    #expect(plain.render(beyond).contains("a.gan:1:8"))
    let empty = Source(name: "a.gan", text: "")
    #expect(
      plain.render(Diagnostic(title: "t", labels: [.init(source: empty, span: Span(0, 3), text: "")])).contains("a.gan:1:1"))
  }

  @Test func callsAreShownBelowAndManyAreLeftOut() {
    let library = Source(name: "std/gan.gan", text: "fn f(x) = sqrt(x, y)")
    let script = Source(name: "a.gan", text: "\n\nf 3")
    var diagnostic = Diagnostic(
      title: "t", labels: [label(library, "y", "one too many")], calls: [label(script, "f 3", "")], advice: ["Way out."])
    #expect(
      plain.render(diagnostic) == """
        error: t
          std/gan.gan:1:19
           1 │ fn f(x) = sqrt(x, y)
             │                   ─
             │                   one too many
          called from a.gan:3:1
           3 │ f 3
             │ ───
          Way out.

        """)
    diagnostic.calls = (0..<50).flatMap { _ in [label(script, "f", ""), label(script, "3", "")] }
    diagnostic.omittedCalls = 1000
    let text = plain.render(diagnostic)
    #expect(text.contains("… 1095 more calls"))
    #expect(text.split(separator: "\n").filter { $0.contains("called from") }.count == 5)
    diagnostic.calls = [label(script, "3", "")] + Array(repeating: label(script, "f", ""), count: 15)
    #expect(plain.render(diagnostic).contains("called from a.gan:3:1, 1015 times\n"))
  }

  @Test func controlCharactersOfASourceDoNotReachTheScreen() {
    let source = Source(name: "a\u{1B}[2J.gan", text: "x\u{1B}[31m = \u{7}1")
    let text = plain.render(
      Diagnostic(title: "bad \u{1B}", labels: [label(source, "1", "\u{8}here", count: 2)], advice: ["\u{1B}c"]))
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    #expect(text.contains("x␛[31m = ␇1"))
  }

  @Test func sentencesAreBrokenAtTheWidthButNotInsideCode() {
    let narrow = DiagnosticRenderer(style: .plain, width: 30)
    let text = narrow.render(Diagnostic(title: "t", advice: ["One two three four five `six seven eight nine` ten."]))
    #expect(text == "error: t\n  One two three four five\n  `six seven eight nine` ten.\n")
  }

  @Test func colorsSurroundTitleMarksAndGutter() {
    let source = Source(name: "a.gan", text: "x = y")
    let diagnostic = Diagnostic(title: "t", labels: [label(source, "y", "why")])
    let text = DiagnosticRenderer(style: .terminal, width: 80).render(diagnostic)
    #expect(
      text == """
        \u{1B}[1;31merror\u{1B}[0m\u{1B}[1m: t\u{1B}[0m
          \u{1B}[90ma.gan:1:5\u{1B}[0m
        \u{1B}[94m   1 │\u{1B}[0m x = y
        \u{1B}[94m     │\u{1B}[0m \u{1B}[31m    ─\u{1B}[0m
        \u{1B}[94m     │\u{1B}[0m \u{1B}[31m    \u{1B}[0m\u{1B}[31mwhy\u{1B}[0m

        """)
    let bare = text.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(bare == plain.render(diagnostic))
  }
}
