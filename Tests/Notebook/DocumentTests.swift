import Foundation
import Testing

@testable import Notebook

/// How a text is cut into cells, and written back.
@Suite struct DocumentTests {
  private func cells(_ text: String) -> [String] {
    Document(name: "a.gan", text: text).cells.map { "\($0.kind.rawValue): \($0.text)" }
  }

  @Test func proseAndCodeTakeTurns() {
    #expect(
      cells("## # A title\n## Two lines.\n\nx = 1\n\ny = 2\n## More.\nz = 3\n") == [
        "prose: # A title\nTwo lines.", "code: x = 1\n\ny = 2", "prose: More.", "code: z = 3",
      ])
  }

  @Test func blankLinesNeverCutCode() {
    #expect(cells("\n\nx = 1\n\n\n# a comment\n\ny = 2\n\n") == ["code: x = 1\n\n\n# a comment\n\ny = 2"])
  }

  @Test func blocksOfProseAreCellsOfTheirOwn() {
    #expect(cells("## a\n\n## b\n##\n## c\n") == ["prose: a", "prose: b\n\nc"])
  }

  @Test func theLinesAboveAFunctionBelongToIt() {
    #expect(cells("## Half of it.\nfn half(x) = x / 2\n") == ["code: ## Half of it.\nfn half(x) = x / 2"])
    #expect(
      cells("## Prose.\n\n## Half of it.\nfn half(x) = x / 2\n") == ["prose: Prose.", "code: ## Half of it.\nfn half(x) = x / 2"])
    #expect(cells("## Prose.\n\nfn half(x) = x / 2\n") == ["prose: Prose.", "code: fn half(x) = x / 2"])
    #expect(cells("## Prose.\nfn (x) -> x\n") == ["prose: Prose.", "code: fn (x) -> x"])
  }

  @Test func linesWithinAStatementAreComments() {
    for text in [
      "x = [\n## a\n1]", "x = 1 +\n## a\n2", "x = [1]\n## a\n|> sum", "if true {\n## a\n}", "if true { }\n## a\nelse { }",
      "if true\n## a\n{ }",
      "try { }\n## a\ncatch e { }", "fn f(x) =\n## a\nx", "fn f(x)\n## a\n{ x }", "x = \"\"\"\n## a\n\"\"\"",
      "x = {\n## a\na: 1}",
    ] {
      #expect(cells(text) == ["code: " + text])
    }
    #expect(cells("x = 1\n## a\n{a: 1}") == ["code: x = 1", "prose: a", "code: {a: 1}"])
    #expect(cells("if x { }\n## a\n{a: 1}") == ["code: if x { }", "prose: a", "code: {a: 1}"])
  }

  @Test func linesOfThreeMarksAreComments() {
    #expect(cells("### a\nx = 1") == ["code: ### a\nx = 1"])
  }

  @Test func markersCutCodeAndSayWhatIsBelow() {
    #expect(cells("x = 1\n# %%\ny = 2\n#%% More\nz = 3") == ["code: x = 1", "code: y = 2", "code: z = 3"])
    #expect(cells("# %% [markdown]\n# # Title\n# text\n\nx = 1") == ["prose: # Title\ntext", "code: x = 1"])
    #expect(cells("# %% [markdown]\n## text\nx = 1") == ["prose: text", "code: x = 1"])
    #expect(cells("# %% [raw]\n# a\n#\n# b\nx = 1") == ["raw: a\n\nb", "code: x = 1"])
    #expect(cells("# %%\n# %% [markdown]\n# %%\n") == ["code: ", "prose: ", "code: "])
    #expect(cells("# %%%\nx = 1") == ["code: # %%%\nx = 1"])
    // As in other editors, whatever is open.
    #expect(cells("print (\n# %%\n1") == ["code: print (", "code: 1"])
    #expect(cells("x = 1\n  # %%\ny = 2") == ["code: x = 1\n  # %%\ny = 2"])
  }

  @Test func markersCarryMetadata() {
    let document = Document(
      name: "a.gan", text: "# %% Training [markdown] {\"id\": \"a1\", \"tags\": [\"slow\"]}\n## text\nx = 1")
    #expect(document.cells[0].properties.id == "a1")
    #expect(document.cells[0].properties.title == "Training")
    #expect(document.cells[0].properties.metadata["tags"] == .array([.string("slow")]))
    #expect(document.cells[1].properties.isEmpty)
    // What is no JSON is a title.
    #expect(Document(name: "", text: "# %% {oops\nx").cells[0].properties.title == "{oops")
  }

  @Test func countedLinesAreTakenAsTheyStand() {
    #expect(cells("# %% {\"lines\": 3}\nx\n## a\n# %% b\n\n# %%\ny") == ["code: x\n## a\n# %% b", "code: y"])
    // A count that does not fit is none.
    #expect(cells("# %% {\"lines\": 1}\nx\ny\n## a") == ["code: x\ny", "prose: a"])
    #expect(cells("# %% {\"lines\": 9}\nx") == ["code: x"])
  }

  @Test func aHeadIsNoCell() {
    let text = "\u{FEFF}#!/usr/bin/env gan\n# %% [notebook] {\"a\":1}\n\n## a\n"
    let document = Document(name: "a.gan", text: text)
    #expect(document.cells.count == 1)
    #expect(document.metadata == ["a": .number(1)])
    #expect(document.text == text)
  }

  @Test func spansAndLinesAreThoseOfTheFile() {
    let text = "## a\n\nx = 1\n\n# %%\n\ny = 2\n"
    let document = Document(name: "a.gan", text: text)
    let bytes = Array(text.utf8)
    #expect(
      document.cells.map { String(decoding: bytes[Int($0.span.lower)..<Int($0.span.upper)], as: UTF8.self) } == [
        "## a\n", "x = 1\n", "y = 2\n",
      ])
    #expect(document.cells.map(\.firstLine) == [1, 3, 7])
  }

  @Test func titlesAreTheFirstHeading() {
    #expect(Document(name: "b/a.gan", text: "## text\n## # The title\n").title == "The title")
    #expect(Document(name: "b/a.gan", text: "x = 1").title == "a")
  }
}
