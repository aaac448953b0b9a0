import Formats
import Testing

@testable import Notebook

/// Notebooks as Jupyter writes them.
@Suite struct JupyterNotebookTests {
  private func read(_ text: String, proseOnly: Bool = false) throws -> Document {
    try JupyterNotebook.document(named: "a.ipynb", Array(text.utf8), proseOnly: proseOnly)
  }

  private func notebook(_ cells: String, metadata: String = "{}") -> String {
    "{\"cells\": [\(cells)], \"metadata\": \(metadata), \"nbformat\": 4, \"nbformat_minor\": 5}"
  }

  private static let cells = """
    {"cell_type": "markdown", "id": "m1", "metadata": {"tags": ["a"]}, "source": ["# T\\n", "![](attachment:p.png)"], "attachments": {"p.png": {"image/png": "AA=="}}},
    {"cell_type": "code", "id": "c1", "metadata": {"id": 3, "lines": 2}, "source": "x = 1\\n", "execution_count": 4, "outputs": []},
    {"cell_type": "code", "id": "c2", "metadata": {}, "source": "## text\\n# %%\\ny", "execution_count": null, "outputs": []},
    {"cell_type": "raw", "id": "r1", "metadata": {"raw_mimetype": "text/html"}, "source": "<b>\\n\\n%% x"},
    {"cell_type": "code", "id": "c3", "metadata": {}, "source": "", "execution_count": null, "outputs": []}
    """

  @Test func everythingButOutputsIsKept() throws {
    let document = try read(notebook(Self.cells, metadata: "{\"a\": {\"b\": [1.5, null]}}"))
    #expect(document.cells.map(\.kind) == [.prose, .code, .code, .raw, .code])
    let again = Document(name: "a.gan", text: document.text)
    #expect(again.metadata == document.metadata)
    #expect(again.cells.count == 5 && zip(again.cells, document.cells).allSatisfy { $0.saysTheSame(as: $1) })
    let written = try #require(try? JSON(Array(JupyterNotebook.text(of: again).utf8)))
    let first = try #require(try? JSON(Array(JupyterNotebook.text(of: document).utf8)))
    #expect(written == first)
  }

  @Test func ownNotebooksNeedNoMarks() throws {
    let text = "## # A title\n\nx = 1\n\n## More\n\nprint x\n"
    let written = JupyterNotebook.text(of: Document(name: "a.gan", text: text))
    #expect(!written.contains("\"gan\": {"))
    #expect(try read(written).text == text)
  }

  @Test func anEditedCellIsTakenAsItIs() throws {
    let text = "## # A title\n\n\n\nx = 1\n"
    let written = JupyterNotebook.text(of: Document(name: "a.gan", text: text))
    let edited = try read(written.replacing("x = 1\"", with: "x = 2\""))
    #expect(edited.cells.map(\.text) == ["# A title", "x = 2"])
    #expect(edited.text.hasSuffix("x = 2\n"))
  }

  @Test func whatIsNoNotebookIsRefused() {
    func advice(_ text: String) -> String {
      do {
        _ = try read(text)
        return "none"
      } catch { return (error as? FormatError)?.advice ?? "\(error)" }
    }
    #expect(advice("x = 1").hasPrefix("It is not JSON."))
    #expect(advice("").hasPrefix("It is not JSON."))
    #expect(advice("[1]") == "It is JSON, but has no `nbformat`.")
    #expect(advice("{\"nbformat\": 3, \"worksheets\": []}").hasPrefix("It has the format 3"))
    #expect(advice("{\"nbformat\": 4}") == "It has no list of `cells`.")
    #expect(advice(notebook("{\"cell_type\": \"heading\", \"source\": \"a\"}")).hasPrefix("Its cell 1 has no `cell_type`"))
    #expect(advice(notebook("{\"cell_type\": \"code\"}")).hasPrefix("Its cell 1"))
    #expect(
      advice(notebook("", metadata: "{\"kernelspec\": {\"language\": \"python\", \"name\": \"python3\"}}")).contains("--prose"))
  }

  @Test func ofAnotherLanguageTheProseCanBeHad() throws {
    let document = try read(notebook(Self.cells, metadata: "{\"language_info\": {\"name\": \"python\"}}"), proseOnly: true)
    #expect(document.cells.map(\.kind) == [.prose])
    #expect(document.metadata == nil)
  }

  @Test func namesAreValidAndDiffer() {
    let cells = [
      Cell(.code, "x"), Cell(.code, "x"), Cell(.prose, "x"), Cell(.code, "", properties: CellProperties(id: "not valid")),
    ]
    let names = CellNames.names(of: cells + cells)
    #expect(Set(names).count == 8)
    #expect(names.allSatisfy { !$0.isEmpty && $0.count <= 64 && !$0.contains(" ") })
  }

  @Test func whoHasEditedItIsSeen() {
    let document = Document(name: "a.gan", text: "x = 1\n")
    let written = JupyterNotebook.text(of: document, isSigned: true)
    let other = Document(name: "a.gan", text: "x = 2\n")
    #expect(JupyterNotebook.isUntouched(Array(written.utf8), for: other))
    #expect(!JupyterNotebook.isUntouched(Array(written.replacing("x = 1\"", with: "x = 3\"").utf8), for: other))
    #expect(JupyterNotebook.isUntouched(Array(written.replacing("x = 1\"", with: "x = 2\"").utf8), for: other))
    #expect(!JupyterNotebook.isUntouched(Array("no notebook".utf8), for: other))
  }
}
