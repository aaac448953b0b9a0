import Formats
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

  @Test(arguments: [
    ("# %% tags=[\"hide-input\"]", nil, "code", "{\"tags\":[\"hide-input\"]}"),
    ("# %% A title tags=[\"a\", \"b c\"] name=\"x y\"", "A title", "code", "{\"name\":\"x y\",\"tags\":[\"a\",\"b c\"]}"),
    ("# %% [markdown] slideshow={\"slide_type\": \"slide\"}", nil, "prose", "{\"slideshow\":{\"slide_type\":\"slide\"}}"),
    ("# %% Title [raw] editable=false", "Title", "raw", "{\"editable\":false}"),
    // What is no pair to its end is a title.
    ("# %% a = b", "a = b", "code", "{}"), ("# %% f(x)=2", "f(x)=2", "code", "{}"), ("# %% a=1 b", "a=1 b", "code", "{}"),
    ("# %% a=1 a=2", "a=1", "code", "{\"a\":2}"),
    ("# %% {\"a\": \"b=1\"}", nil, "code", "{\"a\":\"b=1\"}"),
  ])
  func markersCarryMetadataInPairs(_ line: String, _ title: String?, _ kind: String, _ metadata: String) throws {
    let cell = Document(name: "a.gan", text: line + "\n# x\n").cells[0]
    #expect(cell.properties.title == title && cell.kind.rawValue == kind)
    var rest = cell.properties.metadata
    rest["title"] = nil
    #expect(JSON.object(JSON.Members(rest)).text == metadata)
  }

  @Test func pairsBecomeMetadataOfNotebooksAndComeBack() throws {
    let text = "# %% Load tags=[\"hide-input\"] name=\"load\"\nx = 1\n\n# %% [markdown] tags=[\"intro\"]\n# Words\n"
    var notebook = JupyterNotebook.text(of: Document(name: "a.gan", text: text))
    #expect(try JupyterNotebook.document(named: "a.ipynb", Array(notebook.utf8)).text == text)
    #expect(notebook.contains("\"hide-input\"") && notebook.contains("\"name\": \"load\""))
    // Where a cell was edited since, its line is written anew, and says the same.
    notebook = notebook.replacing("x = 1\"", with: "x = 2\"")
    let edited = try JupyterNotebook.document(named: "a.ipynb", Array(notebook.utf8))
    #expect(edited.text.contains("\"name\":\"load\",\"tags\":[\"hide-input\"]}\nx = 2\n") && edited.text.hasPrefix("# %% Load {"))
    #expect(edited.text.hasSuffix("\n# %% [markdown] tags=[\"intro\"]\n# Words\n"))
  }

  @Test(arguments: ["#", "##"])
  func aHeadInYAMLIsKeptAndIsNoCell(_ mark: String) throws {
    let head = "\(mark) ---\n\(mark) jupyter:\n\(mark)   kernelspec:\n\(mark)     name: gan\n\(mark)\n\(mark) ---\n"
    let text = head + "\n## # Title\n\nx = 1\n"
    let document = Document(name: "a.gan", text: text)
    #expect(document.head == head && document.cells.map(\.text) == ["# Title", "x = 1"] && document.cells[1].firstLine == 10)
    let notebook = JupyterNotebook.text(of: document)
    #expect(try JupyterNotebook.document(named: "a.ipynb", Array(notebook.utf8)).text == text)
    // The edited cell keeps the name that it has in the notebook.
    let edited = try JupyterNotebook.document(named: "a.ipynb", Array(notebook.replacing("x = 1\"", with: "x = 2\"").utf8)).text
    #expect(edited.hasPrefix(head + "\n## # Title\n\n# %% {\"id\":\"") && edited.hasSuffix("\"}\nx = 2\n"))
  }

  @Test func rulersAreNoHead() {
    for text in [
      "# ---\n# words\n# ---\nx\n", "## ---\n## words: more\n\nx\n", "x\n# ---\n# a: 1\n# ---\n", "# ---\n# a: 1\nx\n# ---\n",
    ] {
      #expect(Document(name: "a.gan", text: text).head.isEmpty, "\(text)")
    }
    // A notebook's prose stays prose.
    let document = Document(name: "a.gan", cells: [Cell(.prose, "---\ntitle: x\n---")])
    #expect(Document(name: "a.gan", text: document.text).cells.map(\.text) == ["---\ntitle: x\n---"])
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
