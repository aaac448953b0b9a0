import Base
import TestSupport
import Testing

@testable import Notebook

/// Formulas as MathML, and what is done with those that are none.
@Suite struct FormulaTests {
  private func content(_ source: String) -> String {
    let html = Formula(source: source, isDisplay: false).html
    guard let start = html.firstIndex(of: ">"), html.hasSuffix("</math>") else { return html }
    return String(html[html.index(after: start)...].dropLast(7))
  }

  @Test(arguments: [
    ("x", "<mi>x</mi>"), ("12.5", "<mn>12.5</mn>"), ("a - b", "<mi>a</mi><mo>−</mo><mi>b</mi>"),
    ("x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
    ("x^12", "<msup><mi>x</mi><mn>1</mn></msup><mn>2</mn>"), ("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
    ("\\frac{1}{2}", "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>"),
    ("\\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
    ("\\sqrt x", "<msqrt><mi>x</mi></msqrt>"), ("\\sqrt[3]{x}", "<mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>"),
    ("\\alpha", "<mi>α</mi>"), ("\\mathbb{E}", "<mrow><mi>𝔼</mi></mrow>"), ("\\mathbb R", "<mi>ℝ</mi>"),
    ("\\mathcal{L}", "<mrow><mi>ℒ</mi></mrow>"),
    ("\\mathbf{x}", "<mrow><mi>𝐱</mi></mrow>"), ("\\mathrm{KL}", "<mrow><mi mathvariant=\"normal\">KL</mi></mrow>"),
    ("\\text{if } x", "<mtext>if\u{A0}</mtext><mi>x</mi>"),
    ("\\sum_{i}^n", "<munderover><mo movablelimits=\"true\">∑</mo><mrow><mi>i</mi></mrow><mi>n</mi></munderover>"),
    ("\\int_0^1", "<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup>"),
    ("\\hat{x}", "<mover accent=\"true\"><mrow><mi>x</mi></mrow><mo stretchy=\"false\">^</mo></mover>"),
    ("\\left( x \\right.", "<mrow><mo fence=\"true\" stretchy=\"true\" form=\"prefix\">(</mo><mi>x</mi></mrow>"),
    ("f'", "<msup><mi>f</mi><mrow><mo>′</mo></mrow></msup>"), ("a < b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"), ("", ""),
  ])
  func formulasBecomeMathML(_ source: String, _ expected: String) { #expect(content(source) == expected) }

  @Test func environmentsAreTables() {
    let matrix = content("\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}")
    #expect(matrix.components("<mtr>") == 2 && matrix.components("<mtd>") == 4 && matrix.contains(">(</mo>"))
    let cases = content("\\begin{cases} 1 & x > 0 \\\\ 0 & \\text{else} \\end{cases}")
    #expect(cases.contains("class=\"cases\"") && cases.contains(">{</mo>") && !cases.contains("postfix"))
    #expect(content("a &= b \\\\ &= c").components("<mtr>") == 2)
  }

  @Test func commandsThatAreNotKnownAreShownAndMarked() {
    #expect(content("\\foo{x} + 1") == "<mtext class=\"unknown\">\\foo</mtext><mrow><mi>x</mi></mrow><mo>+</mo><mn>1</mn>")
  }

  @Test(arguments: [
    "{", "}", "\\frac{1}{2", "x^", "x^1^2", "\\left( x", "\\begin{foo}x\\end{foo}", "\\begin{cases}x\\end{matrix}", "\\text",
    "\\frac1",
  ])
  func whatIsNoFormulaIsShownAsItsSource(_ source: String) {
    let html = Formula(source: source, isDisplay: false).html
    #expect(html.hasPrefix("<code class=\"unknown\"") && html.contains(Markup.escaped("$\(source)$")))
  }

  /// Whatever stands in a formula, its tags match, and nothing of it becomes a tag.
  @Test func anySourceGivesWholeElements() throws {
    var random = SplitMix(state: 3)
    let pieces = [
      "\\frac", "{", "}", "^", "_", "&", "\\\\", "\\left(", "\\right)", "x", "12", "\\sum", "\\sqrt", "[", "]", "\\begin{matrix}",
      "\\end{matrix}", "\\hat",
      "\\mathbb", "\\text{a<b}", "<script>", "'", "\\limits", "\\not", "\\big", "|", "\\", "\"", "\\operatorname*{a}", "é", "~",
    ]
    for _ in 0..<4000 {
      let source = (0..<random.below(10)).map { _ in pieces[random.below(pieces.count)] }.joined(
        separator: random.below(2) == 0 ? "" : " ")
      let html = Formula(source: source, isDisplay: random.below(2) == 0).html
      var open: [Substring] = []
      for tag in html.split(separator: "<").dropFirst(html.hasPrefix("<") ? 0 : 1) {
        let name = tag.prefix { $0.isLetter || $0 == "/" }
        if name.hasPrefix("/") {
          try #require(open.popLast() == name.dropFirst(), "\(source)\n\(html)")
        } else {
          open.append(name)
        }
        try #require(!name.hasSuffix("script"))
      }
      try #require(open.isEmpty, "\(source)\n\(html)")
    }
  }

  @Test func deepNestingIsRefused() {
    let source = String(repeating: "{", count: 5000) + String(repeating: "}", count: 5000)
    #expect(Formula(source: source, isDisplay: false).html.hasPrefix("<code"))
    let roots = String(repeating: "\\sqrt", count: 5000) + "x"
    #expect(!Formula(source: roots, isDisplay: false).html.isEmpty)
  }
}

extension String {
  /// How often a text stands in it.
  func components(_ text: String) -> Int { ranges(of: text).count }
}
