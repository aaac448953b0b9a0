import Testing

@testable import Notebook

/// Prose as HTML.
@Suite struct MarkdownTests {
  private func html(_ text: String) -> String {
    var markdown = Markdown()
    return markdown.html(text)
  }

  @Test func textIsLaidOut() {
    #expect(html("*a* `b`\n\n- c") == "<p><em>a</em> <code>b</code></p>\n<ul>\n<li>c</li>\n</ul>\n")
    #expect(html("| a |\n|---|\n| b |").contains("<td>b</td>"))
    #expect(html("").isEmpty)
  }

  @Test func htmlIsShownAsText() {
    #expect(html("a <b>c</b>") == "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n")
    #expect(html("<script>alert(1)</script>").contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(!html("[a](javascript:alert(1))").contains("javascript"))
    #expect(!html("<img src=x onerror=alert(1)>").contains("<img"))
  }

  @Test func formulasAreSetInTheirPlaces() {
    #expect(html("a $x_1$ *b* $y_1$").components("<math") == 2)
    #expect(html("$$\nx\n$$").contains("display=\"block\""))
    #expect(html("# The $x$").contains("<h1 id=\"the-x\">The <math"))
  }

  @Test func idsAreOfOneTextAlone() {
    // Footnotes of two texts, and a heading that is called like one of them.
    var markdown = Markdown()
    let both = markdown.html("a[^1]\n\n[^1]: one\n\n# fn 1") + markdown.html("b[^1]\n\n[^1]: two\n\n# fn 1")
    for id in ["fn-1", "fn-1-2", "text1.fn-1", "text1.fnref-1", "text2.fn-1", "text2.fnref-1"] {
      #expect(both.components("id=\"\(id)\"") == 1, "\(id)")
    }
    #expect(both.contains("href=\"#text2.fn-1\"") && both.contains("href=\"#text2.fnref-1\""))
    // In a page with ids of its own.
    var inPage = Markdown()
    inPage.namespace = "c7"
    #expect(inPage.html("# Game\n\n# Game [^1]\n\n[^1]: note").components("id=\"c7.") == 4)
    #expect(inPage.html("# Game").contains("<h1 id=\"c7.1.game\">"))
  }

  @Test(arguments: ["$5 or $6", "a \\$x\\$", "$ x$", "`$x$`", "```\n$x$\n```", "~~~\n$x$\n~~~", "    $x$", "$x", "$x$5", "$$"])
  func otherDollarSignsStay(_ text: String) {
    #expect(!html(text).contains("<math") && html(text).contains("$"))
  }

  @Test func marksInTheTextAreNoFormulas() {
    #expect(!html("\u{F8E0}0\u{F8E1} $x$").hasPrefix("<p><math"))
    #expect(html("\u{F8E0}0\u{F8E1} $x$").components("<math") == 1)
  }

  @Test func whatFollowsAFormulaIsNotLost() {
    // An accent makes one character with what stands before it; a mark can be written as a number.
    #expect(html("$x$&#769; rest").hasSuffix("</math>\u{301} rest</p>\n"))
    #expect(html("# $x$&#769; rest").contains(" rest</h1>"))
    #expect(html("$x$ &#xF8E0; rest").hasSuffix(" rest</p>\n"))
    #expect(html("$x$ &#xF8E0;12").hasSuffix("12</p>\n"))
    #expect(html("$x$ &#xF8E0;9&#xF8E1; rest").hasSuffix(" rest</p>\n"))
  }

  /// What took n² steps at these sizes would not end.
  @Test func manyHeadingsAndFormulasAreRead() {
    var markdown = Markdown()
    let one = (0..<10_000).map { _ in "# Same\n\n" }.joined()
    _ = markdown.html(one)
    #expect(markdown.headings.last?.anchor == "same-10000")
    let formulas = (0..<5_000).map { "# a $x_{\($0)}$\n\n" }.joined()
    _ = markdown.html(formulas)
    #expect(markdown.headings.last?.text == "a x_{4999}")
  }

  @Test func headingsGetNamesOfTheirOwn() {
    var markdown = Markdown()
    let html = markdown.html("# A b!\n\n## A b\n\n```\n<h1>\n```\n\n## *C*")
    #expect(markdown.headings.map(\.anchor) == ["a-b", "a-b-2", "c"])
    #expect(html.contains("<h2 id=\"c\">"))
  }

  @Test func picturesBecomeLinksWhereThereAreNone() {
    #expect(html("![words](https://example.org/a.png)") == "<p><a href=\"https://example.org/a.png\">words</a></p>\n")
    #expect(html("![](a.png)").contains("<a href=\"a.png\">a.png</a>"))
    var markdown = Markdown { _ in "data:image/png;base64,AA==" }
    #expect(markdown.html("![words](a.png)") == "<p><img src=\"data:image/png;base64,AA==\" alt=\"words\" /></p>\n")
  }

  @Test func anyTextIsTaken() {
    for text in ["\0", "\u{FFFF}", String(repeating: "[", count: 10_000), String(repeating: "> ", count: 3000), "$\\", "`", "\\"]
    {
      _ = html(text)
    }
  }
}
