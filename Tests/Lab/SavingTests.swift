import Formats
import Glibc
import Notebook
import TestSupport
import Testing

@testable import Lab

/// What becomes of a document's file.
@Suite(.serialized) struct SavingTests {
  private func edit(_ page: Page, _ cell: String, _ text: String) {
    page.send(["type": .string("edit"), "cell": .string(cell), "text": .string(text)])
  }

  private func waitUntilSaved(_ page: Page) throws {
    try page.wait { $0["type"] == .string("saved") && $0["isSaved"] == .boolean(true) }
  }

  @Test func onlyTheLinesOfAnEditedCellChange() throws {
    let before =
      "#!/usr/bin/env gan\n\n\n##  Odd   marks.\n##\n\n\nx =  1   # kept\n\n\n\n# %% Title {\"tags\": [\"a\"]}\n\ny = 2\n\n\n##Prose\nz = 3"
    let bench = try LabBench(before)
    let page = try bench.page()
    try page.wait(for: "hello")
    edit(page, "c3", "y = 20\ny")
    try waitUntilSaved(page)
    #expect(bench.file == before.replacing("\ny = 2\n", with: "\ny = 20\ny\n"))
    edit(page, "c3", "y = 2")
    try waitUntilSaved(page)
    #expect(bench.file == before)
  }

  @Test func anEditThatWouldSwallowTheNextCellIsWrittenSoThatItDoesNot() throws {
    let bench = try LabBench("x = 1\n\n## Prose.\n\ny = 2\n")
    let page = try bench.page()
    try page.wait(for: "hello")
    edit(page, "c1", "x = (1 +")
    try waitUntilSaved(page)
    let read = Document(name: "", text: try #require(bench.file))
    #expect(read.cells.map(\.text) == ["x = (1 +", "Prose.", "y = 2"])
  }

  @Test func whatIsRunIsInTheFileBefore() throws {
    let bench = try LabBench("1\n")
    let page = try bench.page()
    try page.wait(for: "hello")
    // The cell looks at its own file: whoever kills the process from here on takes nothing away.
    edit(page, "c1", "print len(load(\"\(bench.path)\"))\n# edited")
    page.send("run", "c1")
    try page.wait("c1", "done")
    #expect(page.outputs("c1").contains("\(try #require(bench.file).count)"))
    #expect(bench.file?.contains("# edited") == true)
  }

  @Test func aNewDocumentHasNoFileBeforeItHasText() throws {
    let bench = try LabBench(nil)
    let page = try bench.page()
    try page.wait(for: "hello")
    #expect(page.order == ["c1"] && bench.file == nil)
    page.send("run", "c1")
    try page.wait("c1", "done")
    #expect(bench.file == nil)
    edit(page, "c1", "1 + 1")
    try waitUntilSaved(page)
    #expect(bench.file == "1 + 1\n")
  }

  /// A lab whose page and file have both been edited, and the page that knows.
  private func conflict() throws -> (LabBench, Page) {
    let bench = try LabBench("x = 1\n# %%\ny = 2\n")
    let page = try bench.page()
    page.send("run_all")
    try page.wait("c2", "done")
    edit(page, "c1", "x = 10")
    try bench.write("x = 7\n# %%\ny = 2\n")
    try page.wait(for: "conflict")
    #expect(bench.file == "x = 7\n# %%\ny = 2\n")
    return (bench, page)
  }

  @Test func aFileThatWasEditedElsewhereIsNotWrittenOver() throws {
    let (bench, page) = try conflict()
    edit(page, "c1", "x = 11")
    page.send("run", "c1")
    try page.wait("c1", "done")
    page.send("save")
    try page.catchUp()
    #expect(bench.file == "x = 7\n# %%\ny = 2\n")
    // What was run is kept beside it, and a page that comes now knows of the conflict.
    let place = try #require(DocumentKeeper.recoveryPath(of: bench.path))
    #expect(DocumentKeeper.content(of: place).map { String(decoding: $0, as: UTF8.self) } == "x = 11\n# %%\ny = 2\n")
    try bench.page().wait(for: "conflict")
    unlink(place)
  }

  @Test func theirsIsRead() throws {
    let (bench, page) = try conflict()
    page.send(["type": .string("resolve"), "choice": .string("theirs")])
    try page.wait(for: "hello")
    #expect(page.order.map(page.text) == ["x = 7", "y = 2"])
    // The cell that stayed keeps what it has put out.
    #expect(page.order[1] == "c2" && bench.file == "x = 7\n# %%\ny = 2\n")
  }

  @Test func mineIsWritten() throws {
    let (bench, page) = try conflict()
    page.send(["type": .string("resolve"), "choice": .string("mine")])
    try waitUntilSaved(page)
    #expect(bench.file == "x = 10\n# %%\ny = 2\n")
  }

  @Test func aCopyKeepsBoth() throws {
    let (bench, page) = try conflict()
    page.send(["type": .string("resolve"), "choice": .string("copy")])
    let hello = try page.wait(for: "hello")
    #expect(hello["name"] == .string("a-2.gan"))
    try waitUntilSaved(page)
    #expect(bench.file == "x = 7\n# %%\ny = 2\n")
    let copy = DocumentKeeper.content(of: bench.folder + "/a-2.gan")
    #expect(copy.map { String(decoding: $0, as: UTF8.self) } == "x = 10\n# %%\ny = 2\n")
  }

  @Test func editsElsewhereAreShownWhereNothingWaits() throws {
    let bench = try LabBench("x = 1\n# %%\ny = 2\n")
    let page = try bench.page()
    page.send("run_all")
    try page.wait("c2", "done")
    try bench.write("x = 5\n# %%\ny = 2\n")
    try page.wait { $0["type"] == .string("hello") && page.order.map(page.text) == ["x = 5", "y = 2"] }
    #expect(page.state(page.order[0]) == "new" && page.state("c2") == "stale")
    edit(page, "c2", "y = 3")
    try waitUntilSaved(page)
    #expect(bench.file == "x = 5\n# %%\ny = 3\n")
  }

  @Test func whatTheFileDoesNotTakeIsKeptBesideIt() throws {
    let bench = try LabBench("x = 1\n")
    let page = try bench.page()
    try page.wait(for: "hello")
    unlink(bench.path)
    rmdir(bench.folder)
    edit(page, "c1", "x = 2")
    page.send("run", "c1")
    try page.wait("c1", "done")
    let place = try #require(DocumentKeeper.recoveryPath(of: bench.path))
    #expect(DocumentKeeper.content(of: place).map { String(decoding: $0, as: UTF8.self) } == "x = 2\n")
    unlink(place)
  }

  @Test func notebooksStayNotebooksAndKeepTheirOutputs() throws {
    let notebook = """
      {"cells":[{"cell_type":"markdown","id":"m","metadata":{},"source":["# Title"]},
      {"cell_type":"code","id":"one","metadata":{"tags":["t"]},"execution_count":4,"source":["1 + 1"],
       "outputs":[{"output_type":"stream","name":"stdout","text":["from before\\n"]}]},
      {"cell_type":"code","id":"two","metadata":{},"execution_count":5,"source":["print 3"],
       "outputs":[{"output_type":"execute_result","execution_count":5,"metadata":{},"data":{"text/plain":["old"]}}]}],
      "metadata":{},"nbformat":4,"nbformat_minor":5}
      """
    let bench = try LabBench(notebook, name: "a.ipynb")
    let page = try bench.page()
    try page.wait(for: "hello")
    #expect(page.outputs("c2").contains("from before") && page.outputs("c3").contains("old"))
    page.send("run", "c3")
    try page.wait("c3", "done")
    try waitUntilSaved(page)
    let file = try #require(bench.file)
    #expect(file.contains("from before") && !file.contains("\"old\"") && file.contains("\"3\\n\""))
    #expect(file.contains("\"id\": \"one\"") && file.contains("\"tags\"") && file.contains("\"execution_count\": 4"))
  }
}
