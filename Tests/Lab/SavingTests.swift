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

  @Test(arguments: ["print 1\n", "print 1", "x = 1\n\n# %%\n"]) func theEmptyCellAtTheEndIsNotWritten(_ before: String) throws {
    let bench = try LabBench(before)
    let page = try bench.page()
    try page.wait(for: "hello")
    let last = try #require(page.order.last)
    page.send(["type": .string("insert"), "after": .string(last), "kind": .string("code")])
    try waitUntilSaved(page)
    #expect(bench.file == before)
    // What is written in it is.
    edit(page, try #require(page.order.last), "y = 2")
    try waitUntilSaved(page)
    #expect(Document(name: "", text: try #require(bench.file)).cells.map(\.text).suffix(1) == ["y = 2"])
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
    while true {
      edit(page, "c1", "x = 10")
      try bench.write("x = 7\n# %%\ny = 2\n")
      let told = try page.wait {
        $0["type"] == .string("conflict") || $0["type"] == .string("hello") && page.text("c1") == "x = 7"
      }
      if told["type"] == .string("conflict") { break }
      // On a slow machine the edit may be saved before the file is written, which is no conflict then.
      edit(page, "c1", "x = 1")
      while bench.file != "x = 1\n# %%\ny = 2\n" { try page.next() }
    }
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
    #expect(page.state(page.order[0]) == "stale" && page.state("c2") == "stale")
    edit(page, "c2", "y = 3")
    try waitUntilSaved(page)
    #expect(bench.file == "x = 5\n# %%\ny = 3\n")
  }

  @Test func whoeverOnlyLooksSeesEditsElsewhereToo() throws {
    let bench = try LabBench("x = 1\n# %%\ny = 2\n")
    let page = try bench.page()
    try page.wait(for: "hello")
    try bench.write("x = 1\n# %%\ny = 3\n")
    try page.wait { $0["type"] == .string("hello") && page.order.map(page.text) == ["x = 1", "y = 3"] }
    #expect(page.order[0] == "c1")
  }

  @Test func aFirstLetterOpposesNothingThatItDoesNotTouch() throws {
    let bench = try LabBench("x = 1\n# %%\ny = 2\n")
    let page = try bench.page()
    try page.wait(for: "hello")
    try page.catchUp()
    try bench.write("x = 5\n# %%\ny = 2\n")
    edit(page, "c2", "y = 23")
    try waitUntilSaved(page)
    #expect(bench.file == "x = 5\n# %%\ny = 23\n")
    #expect(!page.messages.contains { $0["type"] == .string("conflict") })
    // Where both have touched the same cell somebody has to choose.
    try bench.write("x = 5\n# %%\ny = 24\n")
    edit(page, "c2", "y = 25")
    let told = try page.wait(for: "conflict")
    let place = try #require(DocumentKeeper.recoveryPath(of: bench.path))
    #expect(told["isGone"] == .boolean(false))
    if case .string(let text)? = told["text"] { #expect(text.contains("edited elsewhere") && text.contains(place)) }
    #expect(bench.file == "x = 5\n# %%\ny = 24\n")
    #expect(DocumentKeeper.content(of: place).map { String(decoding: $0, as: UTF8.self) } == "x = 5\n# %%\ny = 25\n")
  }

  /// A lab whose file has been deleted, and the page that knows.
  private func gone() throws -> (LabBench, Page, String) {
    let bench = try LabBench("x = 1\n")
    let page = try bench.page()
    try page.wait(for: "hello")
    try page.catchUp()
    unlink(bench.path)
    let told = try page.wait(for: "conflict")
    #expect(told["isGone"] == .boolean(true))
    guard case .string(let text)? = told["text"] else { throw CancellationError() }
    return (bench, page, text)
  }

  @Test func aFileThatWasDeletedIsWrittenAgainWhereSomebodyWantsIt() throws {
    let (bench, page, text) = try gone()
    let place = try #require(DocumentKeeper.recoveryPath(of: bench.path))
    #expect(text.contains("deleted") && text.contains(place) && text.contains(bench.path))
    #expect(DocumentKeeper.content(of: place).map { String(decoding: $0, as: UTF8.self) } == "x = 1\n")
    // By itself nothing is written there.
    edit(page, "c1", "x = 2")
    page.send("run", "c1")
    try page.wait("c1", "done")
    #expect(bench.file == nil)
    page.send(["type": .string("resolve"), "choice": .string("mine")])
    try waitUntilSaved(page)
    #expect(bench.file == "x = 2\n")
    // The page is told before the text beside it is taken away.
    for _ in 0..<500 where DocumentKeeper.content(of: place) != nil { usleep(10_000) }
    #expect(DocumentKeeper.content(of: place) == nil)
  }

  @Test func aFileThatComesBackEndsTheQuestion() throws {
    let (bench, page, _) = try gone()
    try bench.write("x = 1\n")
    try page.wait { $0["type"] == .string("conflict") && $0["text"] == .null }
    unlink(bench.path)
    try page.wait { $0["type"] == .string("conflict") && $0["text"] != .null }
    try bench.write("x = 9\n")
    try page.wait { $0["type"] == .string("hello") && page.order.map(page.text) == ["x = 9"] }
    edit(page, page.order[0], "x = 10")
    try waitUntilSaved(page)
    #expect(bench.file == "x = 10\n")
  }

  @Test func whatIsNoDocumentIsRefused() throws {
    for (name, words) in [("a.py", ".gan"), ("notes.md", ".ipynb"), ("none/a.gan", "no folder")] {
      do {
        _ = try Lab(path: LabBench.stateFolder + "/" + name, port: nil, threads: 1)
        Issue.record("\(name) is opened")
      } catch let error as FormatError {
        #expect((error.title + error.advice).contains(words), "\(error.title) \(error.advice)")
      }
    }
    let bench = try LabBench(nil)
    let page = try bench.page()
    #expect(try page.wait(for: "hello")["isNew"] == .boolean(true))
    edit(page, "c1", "1")
    try waitUntilSaved(page)
    #expect(try bench.page().wait(for: "hello")["isNew"] == .boolean(false))
  }

  @Test func textsOfDocumentsThatAreGoneGoInTime() throws {
    let folder = LabBench.stateFolder
    let (kept, left) = (folder + "/kept.gan", folder + "/left.gan")
    try AtomicFile.write(kept, [])
    defer { unlink(kept) }
    let places = try [kept, left].map { try #require(RecoveryFolder.place(of: $0)) }
    for (document, place) in zip([kept, left], places) { try RecoveryFolder.write([65], of: document, to: place) }
    RecoveryFolder.clean()
    #expect(places.allSatisfy(Files.exists))
    RecoveryFolder.clean(olderThan: -1)
    #expect(Files.exists(places[0]) && !Files.exists(places[1]))
    RecoveryFolder.remove(places[0])
    #expect(Files.matching(folder + "/gan/lab/*kept*").isEmpty && Files.matching(folder + "/gan/lab/*left*").isEmpty)
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
