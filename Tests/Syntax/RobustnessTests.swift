import Syntax
import TestSupport
import Testing

@Suite struct RobustnessTests {
  private let renderer = DiagnosticRenderer(style: .terminal, width: 60)

  /// Parses, and renders what is wrong: nothing of it may trap, and every error has a place inside the text.
  @discardableResult private func exercise(_ text: String) -> ParseResult {
    let source = Source(name: "fuzz.gan", text: text)
    _ = Lexer.tokens(in: text)
    let result = Parser.parse(source)
    switch result {
    case .complete: break
    case .incomplete(let incompleteness):
      if incompleteness.awaited.isEmpty || incompleteness.depth < 0 { Issue.record("\(text.debugDescription)") }
      check([incompleteness.diagnostic], source)
    case .invalid(let diagnostics):
      if diagnostics.isEmpty { Issue.record("\(text.debugDescription)") }
      check(diagnostics, source)
    }
    return result
  }

  private func check(_ diagnostics: [Diagnostic], _ source: Source) {
    for diagnostic in diagnostics {
      let label = diagnostic.labels.first
      let isInside = label.map { $0.span.lower >= 0 && $0.span.lower <= $0.span.upper && $0.span.upper <= source.bytes.count }
      if isInside != true || diagnostic.title.isEmpty || renderer.render(diagnostic).isEmpty {
        Issue.record("\(diagnostic.title) in \(source.text.debugDescription)")
      }
    }
  }

  @Test func samplesAreComplete() {
    for text in Samples.all {
      guard case .complete = exercise(text) else {
        Issue.record("\(TreeText.of(text))")
        continue
      }
    }
  }

  @Test func everyPrefixOfAProgramIsReadWithoutATrap() {
    for text in Samples.all {
      for end in text.unicodeScalars.indices { exercise(String(text.unicodeScalars[..<end])) }
    }
  }

  @Test func aProgramCutAtTheEndOfALineIsNeverInvalid() {
    for text in Samples.all {
      var prefix = ""
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        prefix += line + "\n"
        if case .invalid(let diagnostics) = exercise(prefix) { Issue.record("\(diagnostics[0].title) in \(prefix)") }
      }
    }
  }

  @Test(arguments: UInt64(1)...8)
  func mutatedProgramsAreReadWithoutATrap(_ seed: UInt64) {
    var chance = SplitMix(state: seed)
    let pieces = [
      "{", "}", "(", ")", "[", "]", "\"", "\"\"\"", "'", "\n", ";", ",", ":", "..", "...", "->", "|>", "=", "==", "+", "-", "*",
      "**", "^", "@", "!", "#", "##",
      "\\", "\\u{", " ", "\t", "\r\n", "if ", "else ", "for ", "in ", "fn ", "try ", "catch ", "not ", "and ", "use ", "return ",
      "1", "1.", ".5", "0x", "1e", "x",
      "é", "日", "(", "“", "”", "\u{A0}", "\u{0}", "\u{301}", "😀", "f\"", "{x:", "//", "/*", "elif ", "def f", "lambda ",
    ]
    for _ in 0..<300 {
      var scalars = Array(Samples.all[Int.random(in: 0..<Samples.all.count, using: &chance)].unicodeScalars)
      let start = Int.random(in: 0..<scalars.count, using: &chance)
      scalars = Array(scalars[start...].prefix(Int.random(in: 1...400, using: &chance)))
      for _ in 0..<Int.random(in: 1...6, using: &chance) {
        let place = Int.random(in: 0...scalars.count, using: &chance)
        switch Int.random(in: 0..<3, using: &chance) {
        case 0: scalars.insert(contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &chance)].unicodeScalars, at: place)
        case 1: scalars.removeSubrange(place..<min(scalars.count, place + Int.random(in: 0...5, using: &chance)))
        default:
          let other = Int.random(in: 0...scalars.count, using: &chance)
          scalars.insert(contentsOf: scalars[min(place, other)..<min(max(place, other), min(place, other) + 30)], at: place)
        }
      }
      exercise(String(String.UnicodeScalarView(scalars)))
    }
  }

  @Test(arguments: UInt64(1)...4)
  func piecesInAnyOrderAreReadWithoutATrap(_ seed: UInt64) {
    var chance = SplitMix(state: seed)
    let words = Lexer.tokens(in: Samples.everything).map { Source(name: "", text: Samples.everything).text(of: $0.span) }
    for _ in 0..<500 {
      let count = Int.random(in: 1...25, using: &chance)
      let text = (0..<count).map { _ in
        words[Int.random(in: 0..<words.count, using: &chance)] + ["", " ", "\n"][Int.random(in: 0..<3, using: &chance)]
      }.joined()
      exercise(text)
    }
  }

  @Test(arguments: [
    "(", "[", "{a: ", "f(", "f[", "x -> ", "() -> ", "-", "not ", "2 ^ ", "if x { ", "fn f() { ", "f { ", "net input: ", "\"{",
    "try { ", "if ", "a + (", "a.b(",
    "(x) -> ", "fn() = ", "x = ", "return ", "{", "}", ")", "f(a: ", "[[1], ", "\"\"\"{",
  ])
  func nestingWithoutEndIsAnErrorOfItsOwn(_ piece: String) {
    for count in [150, 250, 100_000] { exercise(String(repeating: piece, count: count)) }
    guard case .invalid(let diagnostics) = Parser.parse(Source(name: "", text: "x = " + String(repeating: "(", count: 100_000)))
    else {
      Issue.record("not invalid")
      return
    }
    #expect(diagnostics.map(\.title) == ["the program is nested too deeply"])
  }

  @Test(arguments: [
    "a + ", "a ^ ", "a or ", "a < ", "a |> ", "a, ", "a.", "a; ", "a\n", "a @ ", "a .. ", "f(1)", "[0]", "else if x { } ",
  ])
  func chainsWithoutEndDoNotOverflowTheStack(_ piece: String) {
    for tail in ["a", ""] { exercise("a" + String(repeating: piece, count: 100_000) + tail) }
    exercise("if x { } " + String(repeating: piece, count: 100_000))
  }

  @Test func aChainOf500PartsIsRead() {
    for count in [400, 499] {
      guard case .complete = Parser.parse(Source(name: "", text: "x = a" + String(repeating: " + a", count: count))) else {
        Issue.record("\(count) terms are refused")
        return
      }
    }
    #expect(TreeText.of("x = a" + String(repeating: " + a", count: 500)) == "invalid: the expression is too long")
  }

  @Test func longFlatProgramsAreRead() {
    exercise("x = [" + String(repeating: "1, ", count: 100_000) + "]")
    exercise(String(repeating: "x = 1\n", count: 50_000))
    exercise("x = \"" + String(repeating: "{a}", count: 50_000) + "\"")
    exercise(String(repeating: "x = = 1\n", count: 50_000))
  }
}
