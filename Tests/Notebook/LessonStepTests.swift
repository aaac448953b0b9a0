import Library
import Testing

@testable import Notebook

/// What a lesson makes of what is typed.
@Suite struct LessonStepTests {
  private func steps(_ text: String) -> [LessonStep] { LessonPlan(Lesson(number: 1, name: "x", title: "x", text: text)).steps }

  private func verdict(_ entry: String, on line: String, hasFailed: Bool = false, shown: String? = nil) -> LessonStep.Verdict? {
    steps(line).first?.verdict(on: entry, hasFailed: hasFailed, shown: shown)
  }

  @Test func aLessonIsTakenApart() {
    let plan = LessonPlan(
      Lesson(
        number: 1, name: "x", title: "x",
        text:
          "## # Title\n## One.\n\na = 1  # a note\na + 1   # => 2\n\n## Two.\n\nfor i in 0..2 {\n  print i  # shown\n}\n# => 0\n# => 1\n\n## End.\n"
      ))
    #expect(plan.steps.map(\.code) == ["a = 1", "a + 1", "for i in 0..2 {\n  print i  # shown\n}"])
    #expect(plan.steps.map(\.prose) == ["# Title\nOne.", "", "Two."])
    #expect(plan.steps.map(\.result) == [nil, "2", "0\n1"])
    #expect(plan.closing == "End.")
  }

  @Test(arguments: Lesson.all.map(\.name)) func everyStepIsItsOwnAnswer(name: String) throws {
    let plan = LessonPlan(try #require(Lesson.named(name)))
    #expect(plan.steps.count >= 8)
    #expect(!plan.closing.isEmpty)
    #expect(plan.steps.first?.prose.isEmpty == false)
    for step in plan.steps { #expect(step.verdict(on: step.code, hasFailed: false, shown: nil) == .same, "\(step.code)") }
  }

  @Test(arguments: [
    ("print a, b", "print(a,b)"), ("x = 1 + 2 * 3", "x=(1+(2*3));"),
    ("train run, steps: 10, every: 5", "train(run, every: 5, steps: 10)"),
    ("fn f(x) = x", "fn f(x) { x }"), ("map(xs, x -> x + 1)", "xs |> map(x -> x+1)"),
    ("D = net { dense 2; relu }", "D = net {\n  dense 2\n  relu\n}"),
    ("x = 1000", "x = 1_000"), ("print \"a {x:.2}\"", "print(\"a {x:.2}\")   # so"),
  ])
  func theSameInOtherWords(line: String, entry: String) { #expect(verdict(entry, on: line) == .same) }

  @Test func whatFailedIsNotTaken() { #expect(verdict("x = y", on: "x = y", hasFailed: true) == .mistaken("")) }

  @Test func aResultCounts() {
    #expect(verdict("1 + 3", on: "2 + 2  # => 4", shown: "4") == .sameResult)
    #expect(verdict("2 + 3", on: "2 + 2  # => 4", shown: "5") == .mistaken("here stands `2` where you have `3`"))
  }

  @Test func anotherNumberIsAVariation() {
    #expect(verdict("train run, steps: 50", on: "train run, steps: 500") == .variation("here stands `500` where you have `50`"))
    #expect(verdict("x = 3", on: "x = 4") == .variation("here stands `4` where you have `3`"))
    #expect(verdict("run = gan(G, D, data)", on: "run = gan(G, D, data, noise: 2)") != .same)
  }

  @Test func anotherThingIsNot() {
    #expect(verdict("x = [1, 2]", on: "x = tensor([1, 2])") == .mistaken("here stands `tensor` where you have `[`"))
    #expect(verdict("train runs, steps: 5", on: "train run, steps: 5") == .mistaken("here stands `run` where you have `runs`"))
    #expect(verdict("x = tensor([1, 2", on: "x = tensor([1, 2])") == .mistaken("here it goes on with `]`, behind `2`"))
    #expect(verdict("help ring", on: "data = ring(sigma: 0.1)") == .unrelated)
    #expect(verdict("1 + 1", on: "data = ring()") == .unrelated)
  }
}

/// Prose for terminals.
@Suite struct ProseTextTests {
  @Test func wordsAreSetInLines() {
    let text = ProseText(width: 30).text(
      "# A title\nSome `code of mine` and **strong** words that need two lines.\n\n- one\n- two")
    #expect(
      text.plain == "A title\n\nSome code of mine and strong\nwords that need two lines.\n\n  · one\n  · two")
    #expect(text.parts.contains { $0.text == "code of mine" && $0.role == .name })
    #expect(ProseText(width: 60, keepsMarks: true).text("see `x`").plain == "see `x`")
  }

  @Test(arguments: [
    ("x^2", "x²"), ("\\frac{1}{n} \\sum_{i=1}^n x_i", "1/n ∑ᵢ₌₁ⁿ xᵢ"), ("\\|\\nabla_x D(x)\\|", "‖∇ₓD(x)‖"),
    ("\\lambda \\cdot (a - b)^2", "λ ⋅ (a − b)²"),
    ("\\sqrt{a + b}", "√(a + b)"), ("\\frac{1}{1 + e^{-D(x)}}", "1/(1 + e^(−D(x)))"), ("\\hat x", "x\u{302}"),
    ("2 \\times 3", "2 × 3"), ("-2", "−2"),
    ("\\log 2", "log 2"), ("{", "{"),
  ])
  func formulasArePlain(source: String, text: String) { #expect(FormulaText.text(of: source) == text) }
}
