import Base
import Formats
import Glibc
import Notebook
import TestSupport
import Testing

@testable import Lab

/// The document in the process, as pages see it and change it.
@Suite(.serialized) struct LiveDocumentTests {
  private let text = """
    ## # Numbers
    ## A formula: $x^2$.

    x = 2
    print "hello"
    x + 1

    # %% second
    y = x * 10
    y

    # %%
    z = y + 1;
    """

  @Test func openingRunsNothingAndTellsAll() throws {
    let bench = try LabBench(text)
    let page = try bench.page()
    let hello = try page.wait(for: "hello")
    #expect(hello["name"] == .string("a.gan") && hello["title"] == .string("Numbers"))
    #expect(hello["isSaved"] == .boolean(true) && hello["canSave"] == .boolean(true))
    #expect(hello["session"] == .object(["state": .string("idle"), "cell": .null, "queue": .array([])]))
    #expect(page.order.map(page.state) == ["new", "new", "new", "new"])
    #expect(page.order.map { page.cells[$0]?["kind"] } == ["prose", "code", "code", "code"].map { .string($0) })
    #expect(page.cells["c3"]?["title"] == .string("second"))
    guard case .string(let prose)? = page.cells["c1"]?["html"], case .string(let code)? = page.cells["c2"]?["html"] else {
      return #expect(Bool(false))
    }
    #expect(prose.contains("<h1") && prose.contains("<msup>"))
    #expect(code.contains("<span class=\"string\">&quot;hello&quot;</span>"))
    #expect(bench.file == text)
  }

  @Test func cellsRunInOneSessionAndShowWhatTheyPutOut() throws {
    let bench = try LabBench(text)
    let page = try bench.page()
    page.send("run_all")
    try page.wait("c4", "done")
    #expect(page.outputs("c2") == "<pre class=\"out\">hello</pre>\n<pre class=\"out value\">3</pre>\n")
    #expect(page.outputs("c3").contains("20") && page.outputs("c4").isEmpty)
    #expect(page.cells["c3"]?["count"] == .number(2))
    // A page that comes later sees the same.
    let other = try bench.page()
    try other.wait(for: "hello")
    #expect(other.cells == page.cells && other.order == page.order)
    #expect(bench.file == text)
  }

  @Test func errorsNameTheCellAndTheLineAndEndTheQueue() throws {
    let bench = try LabBench("1;\n# %%\nx = 1\nx + nothing\n# %%\n3")
    let page = try bench.page()
    page.send("run_all")
    try page.wait("c2", "failed")
    #expect(page.outputs("c2").contains("a.gan, cell 2:2:5"))
    try page.catchUp()
    #expect(page.state("c3") == "new" && page.state("c1") == "done")
  }

  @Test func cellsAreStaleWhereWhatTheyCameAfterHasChanged() throws {
    let bench = try LabBench("a = 1\n# %%\nb = a\n# %%\nc = 3")
    let page = try bench.page()
    page.send("run_all")
    try page.wait("c3", "done")
    let edit = { (cell: String, text: String) in
      page.send(["type": .string("edit"), "cell": .string(cell), "text": .string(text)])
      try page.catchUp()
    }
    let states = { ["c1", "c2", "c3"].map(page.state) }
    #expect(states() == ["done", "done", "done"])
    // Its own text, and what stands below; the page that edits is not told the cell again.
    try edit("c2", "b = a + 1")
    #expect(states() == ["done", "stale", "stale"])
    try edit("c2", "b = a")
    #expect(states() == ["done", "done", "done"])
    // Run again: what comes after it has not been.
    page.send("run", "c1")
    try page.wait("c2", "stale")
    try page.wait("c1", "done")
    #expect(states() == ["done", "stale", "stale"])
    page.send("run_from", "c2")
    try page.wait("c3", "done")
    #expect(states() == ["done", "done", "done"])
    // Taken away from above, and brought back.
    page.send("delete", "c1")
    try page.wait("c2", "stale")
    page.send("undelete")
    try page.wait("c2", "done")
    page.send(["type": .string("move"), "cell": .string("c3"), "after": .null])
    try page.wait("c2", "stale")
    #expect(states() == ["stale", "stale", "stale"])
    page.send("restart")
    try page.catchUp()
    #expect(states() == ["stale", "stale", "stale"])
  }

  @Test func cellsArePutInMovedCutAndJoined() throws {
    let bench = try LabBench("a = \"😀1\"\nb = 2\n\n## Prose.\n")
    let page = try bench.page()
    try page.wait(for: "hello")
    page.send(["type": .string("insert"), "after": .string("c1"), "kind": .string("code")])
    try page.wait(for: "cells")
    #expect(page.order == ["c1", "c3", "c2"])
    page.send(["type": .string("edit"), "cell": .string("c3"), "text": .string("c = 3")])
    page.send(["type": .string("split"), "cell": .string("c1"), "at": .number(10)])
    try page.wait { $0["type"] == .string("cell") }
    #expect(page.order.map(page.text) == ["a = \"😀1\"", "b = 2", "c = 3", "Prose."])
    page.send("join", page.order[1])
    try page.wait { $0["type"] == .string("cell") }
    #expect(page.order.map(page.text) == ["a = \"😀1\"", "b = 2\nc = 3", "Prose."])
    page.send(["type": .string("kind"), "cell": .string("c2"), "kind": .string("raw")])
    page.send(["type": .string("move"), "cell": .string("c2"), "after": .null])
    page.send(["type": .string("insert"), "after": .null, "kind": .string("prose")])
    page.send("save")
    try page.wait { $0["type"] == .string("saved") && $0["isSaved"] == .boolean(true) }
    #expect(page.order.map(page.text) == ["", "Prose.", "a = \"😀1\"", "b = 2\nc = 3"])
    let read = Document(name: "", text: try #require(bench.file))
    #expect(read.cells.map(\.text) == page.order.map(page.text) && read.cells.map(\.kind) == [.prose, .raw, .code, .code])
  }

  @Test func allPagesSeeOneDocument() throws {
    let bench = try LabBench("x = 1\n")
    let (first, second) = (try bench.page(), try bench.page())
    try first.wait(for: "hello")
    try second.wait(for: "hello")
    first.send(["type": .string("edit"), "cell": .string("c1"), "text": .string("x = 2\nx"), "request": .number(5)])
    let highlight = try first.wait(for: "highlight")
    #expect(highlight["request"] == .number(5))
    try second.wait(for: "cell")
    #expect(second.text("c1") == "x = 2\nx")
    second.send("run", "c1")
    try first.wait("c1", "done")
    try second.wait("c1", "done")
    #expect(first.outputs("c1") == second.outputs("c1") && first.outputs("c1").contains("2"))
    #expect(!first.messages.contains { $0["type"] == .string("cell") })
  }

  @Test func twoPagesWriteInOneCell() throws {
    let bench = try LabBench("x = 1\n")
    let (first, second) = (try bench.page(), try bench.page())
    try first.wait(for: "hello")
    try second.wait(for: "hello")
    func edit(_ page: Page, _ text: String, base: String) throws -> String {
      page.send([
        "type": .string("edit"), "cell": .string("c1"), "text": .string(text), "base": .string(base), "request": .number(1),
      ])
      let answer = try page.wait(for: "highlight")
      return if case .string(let merged)? = answer["text"] { merged } else { text }
    }
    // Each knows nothing of the other's letters.
    #expect(try edit(first, "x = 12", base: "x = 1") == "x = 12")
    #expect(try edit(second, "yx = 1", base: "x = 1") == "yx = 12")
    // What is on its way twice is based on what was sent before.
    #expect(try edit(second, "zyx = 1", base: "yx = 1") == "zyx = 12")
    try first.catchUp()
    #expect(first.text("c1") == "zyx = 12")
    // A page that says no base writes over.
    first.send(["type": .string("edit"), "cell": .string("c1"), "text": .string("new")])
    try first.catchUp()
    try second.catchUp()
    #expect(second.text("c1") == "new")
  }

  /// A page whose connection broke is told which of its edits came, and what its earlier connection might still bring is not taken.
  @Test func whoComesAgainIsToldWhatWasTaken() throws {
    let bench = try LabBench("x = 1\n")
    let first = try bench.page(named: "a")
    try first.wait(for: "hello")
    #expect(first.cells["c1"]?["taken"] == .null)
    first.send([
      "type": .string("edit"), "cell": .string("c1"), "text": .string("x = 12"), "base": .string("x = 1"), "request": .number(3),
    ])
    try first.wait(for: "highlight")
    let (again, other) = (try bench.page(named: "a"), try bench.page(named: "b"))
    try again.wait(for: "hello")
    try other.wait(for: "hello")
    #expect(again.text("c1") == "x = 12" && again.cells["c1"]?["taken"] == .number(3))
    #expect(other.text("c1") == "x = 12" && other.cells["c1"]?["taken"] == .null)
    #expect(throws: RawConnection.Failure.self) { while true { try first.next() } }
    try again.catchUp()
  }

  /// What can be read comes with the page itself: its style, prose, code and outputs; the one script that stands in it is allowed by its hash.
  @Test func thePageShowsTheDocumentAtOnce() throws {
    let bench = try LabBench("## # Title <b>\n\nprint 1 + 41\n\n# %% Named\n\"</style>\"\n")
    let page = try bench.page()
    try page.wait(for: "hello")
    page.send("run", "c2")
    try page.wait("c2", "done")
    let answer = try bench.answer("GET / HTTP/1.1\r\nHost: 127.0.0.1:\(bench.lab.port)\r\nCookie: \(bench.cookie)\r\n\r\n")
    let main = try #require(answer.split(separator: "<main ").last?.split(separator: "</main>").first)
    #expect(main.ranges(of: "<article class=\"cell kind-").count == 3 && main.contains("Title &lt;b&gt;</h1>"))
    #expect(main.contains("data-state=\"done\"") && main.contains("<span class=\"count\">1</span>") && main.contains(">42"))
    #expect(main.contains("<p class=\"title\">Named</p>") && !main.contains("</style>"))
    #expect(!answer.contains("/page.css") && !answer.contains("/theme.js"))
    let script = try #require(answer.firstRange(of: "<script>").map { answer[$0.upperBound...].prefix { $0 != "<" } })
    #expect(script.contains("dataset.theme"))
    var hash = SHA256()
    hash.add(Array(script.utf8))
    #expect(answer.contains("script-src 'self' 'sha256-\(Base64.text(of: hash.bytes()))';"))
  }

  /// Of a long document the first screen comes with the page itself.
  @Test func aLongDocumentComesInTwoParts() throws {
    let bench = try LabBench((0..<3000).map { "# %%\nx\($0) = 1\n" }.joined())
    let answer = try bench.answer("GET / HTTP/1.1\r\nHost: 127.0.0.1:\(bench.lab.port)\r\nCookie: \(bench.cookie)\r\n\r\n")
    #expect(answer.ranges(of: "<article ").count == 20 && answer.contains("x19") && !answer.contains("x20"))
  }

  @Test func aCellThatWasEditedElsewhereStaysTheSameCell() throws {
    let bench = try LabBench("x = 1\nx\n\n# %%\ny = 2\n")
    let page = try bench.page()
    page.send("run_all")
    try page.wait("c2", "done")
    try bench.write("x = 5\nx\n\n# %%\ny = 2\n\n# %%\nz = 3\n")
    try page.wait(for: "notice")
    #expect(page.order == ["c1", "c2", "c3"] && page.text("c1") == "x = 5\nx")
    #expect(page.state("c1") == "stale" && page.outputs("c1").contains("1"))
  }

  @Test func inputEndsWhereThereIsNoMore() throws {
    let bench = try LabBench("print input(\"name? \")\n# %%\nprint 1")
    let page = try bench.page()
    page.send("run_all")
    let ask = try page.wait(for: "ask")
    #expect(ask["prompt"] == .string("name? ") && ask["cell"] == .string("c1"))
    page.send(["type": .string("answer"), "text": .null])
    try page.wait("c2", "done")
    #expect(page.outputs("c1") == "<pre class=\"out\">name? \nnone</pre>\n")
  }

  @Test func interruptsStopWhatRunsAndTheQueue() throws {
    let bench = try LabBench("n = 0\nwhile true { n = n + 1 }\n# %%\nprint \"behind\"\n# %%\nprint n >= 0")
    let page = try bench.page()
    for _ in 0..<20 {
      page.send(["type": .string("run"), "cell": .string("c1")])
      page.send(["type": .string("run"), "cell": .string("c2")])
      try page.wait("c1", "running")
      // The session answers while it runs.
      page.send(["type": .string("complete"), "request": .number(1), "text": .string("n"), "cursor": .number(1)])
      try page.wait(for: "completion")
      page.send("interrupt")
      try page.wait("c1", "stopped")
      try page.catchUp()
      #expect(page.state("c2") == "new")
    }
    page.send("run", "c3")
    try page.wait("c3", "done")
    #expect(page.outputs("c3").contains("true"))
  }

  @Test func aQuestionIsInterrupted() throws {
    let bench = try LabBench("input(\"? \")")
    let page = try bench.page()
    page.send("run", "c1")
    try page.wait(for: "ask")
    page.send("interrupt")
    try page.wait("c1", "stopped")
  }

  @Test func aRestartBeginsASessionWithoutNames() throws {
    let bench = try LabBench("x = 5\n# %%\nx\n# %%\nwhile true { }")
    let page = try bench.page()
    page.send("run", "c1")
    try page.wait("c1", "done")
    page.send("run", "c3")
    try page.wait("c3", "running")
    page.send("restart")
    try page.wait(for: "notice")
    #expect(page.state("c1") == "stale" && page.state("c3") == "stale")
    page.send("run", "c2")
    try page.wait("c2", "failed")
    #expect(page.outputs("c2").contains("there is no `x`") && page.cells["c2"]?["count"] == .number(1))
  }

  @Test func framesTakeThePlaceOfOlderOnes() throws {
    let bench = try LabBench("print \"before\"\nfor n in 0..500 { live { print \"frame {n}\" } }\nprint \"after\"")
    let page = try bench.page()
    page.send("run", "c1")
    try page.wait("c1", "done")
    #expect(
      page.outputs("c1")
        == "<pre class=\"out\">before</pre>\n<pre class=\"out\">frame 499</pre>\n<pre class=\"out\">after</pre>\n")
  }

  @Test func whatIsTakenAwayIsGone() throws {
    let bench = try LabBench("for n in 0..100 { print \"number {n}\" }\nclear_output()\nprint \"after\"")
    let page = try bench.page()
    page.send("run", "c1")
    try page.wait("c1", "done")
    #expect(page.outputs("c1") == "<pre class=\"out\">after</pre>\n")
  }

  @Test func ofVeryMuchTheBeginningAndTheEndAreKept() throws {
    let bench = try LabBench(
      "for n in 0..40000 { print \"line {n}\" }\n# %%\nfor n in 0..300 { show image(tensor([[0, n / 300]])) }")
    let page = try bench.page()
    page.send("run_all")
    try page.wait("c2", "done")
    for (cell, most) in [("c1", 330_000), ("c2", 60_000)] {
      let outputs = page.outputs(cell)
      #expect(outputs.utf8.count < most && outputs.contains(" left out …"))
    }
    #expect(page.outputs("c1").contains("line 0\nline 1\n") && page.outputs("c1").contains("line 39999</pre>"))
    #expect(page.outputs("c2").ranges(of: "<img").count == 100 && page.outputs("c2").contains("200 pictures left out"))
    // A page that has seen all of it, and one that comes now, show the same.
    let other = try bench.page()
    try other.wait(for: "hello")
    #expect(other.outputs("c1") == page.outputs("c1") && other.outputs("c2") == page.outputs("c2"))
  }

  @Test func theWholeTextCanBeHad() throws {
    let bench = try LabBench(
      """
      for n in 0..60000 { print "line {n}" }
      # %%
      print join(map(0..200000, n -> "-{n}"))
      # %%
      print 1
      """)
    let page = try bench.page()
    page.send("run_all")
    try page.wait("c3", "done")
    func whole(_ cell: String) throws -> String {
      try bench.answer(
        "GET /output/\(cell) HTTP/1.1\r\nHost: 127.0.0.1:\(bench.lab.port)\r\nCookie: \(bench.cookie)\r\n\r\n")
    }
    #expect(page.outputs("c1").contains("href=\"/output/c1\"") && page.outputs("c2").contains("of a line left out"))
    let lines = try whole("c1")
    #expect(lines.contains("text/plain") && lines.hasSuffix((0..<60000).map { "line \($0)\n" }.joined()))
    #expect(try whole("c2").hasSuffix((0..<200000).map { "-\($0)" }.joined() + "\n"))
    #expect(page.outputs("c2").utf8.count < 330_000)
    #expect(try whole("c3").hasPrefix("HTTP/1.1 404") && whole("c9").hasPrefix("HTTP/1.1 404"))
    // Few messages for many lines.
    #expect(page.messages.count < 3000)
  }

  @Test func aPageThatDoesNotReadHoldsNobodyUp() throws {
    let bench = try LabBench("for n in 0..3000 { show image(uniform([32, 32])) }\nprint \"over\"\n")
    let slow = try bench.page()
    let page = try bench.page()
    page.send("run", "c1")
    try page.wait("c1", "done")
    // When it reads again it is told all that there is, be it anew.
    try slow.wait("c1", "done")
    #expect(slow.outputs("c1") == page.outputs("c1"))
    #expect(slow.outputs("c1").contains("over"))
  }

  @Test func namesAndHelpAreGivenWhileACellRuns() throws {
    let bench = try LabBench("width = 3\nn = 0\nwhile true { n = n + 1 }")
    let page = try bench.page()
    page.send("run", "c1")
    try page.wait("c1", "running")
    page.send(["type": .string("complete"), "request": .number(7), "text": .string("\"é\" + wid"), "cursor": .number(9)])
    let completion = try page.wait(for: "completion")
    #expect(completion["request"] == .number(7) && completion["replaced"] == .number(3))
    #expect(JSON.object(JSON.Members(completion)).text.contains("\"width\""))
    page.send(["type": .string("inspect"), "request": .number(8), "text": .string("uniform([3"), "cursor": .number(10)])
    let inspection = try page.wait(for: "inspection")
    #expect(JSON.object(JSON.Members(inspection)).text.contains("uniform("))
    page.send("interrupt")
    try page.wait("c1", "stopped")
  }

  @Test func aCellSaysWhereTheGameHasMovedItsRun() throws {
    let bench = try LabBench(
      """
      use gan
      run = gan(net { dense 4; relu; dense 2 }, net { dense 4; relu; dense 1 }, ring(50), batch: 4, noise: 2)
      train run, steps: 5

      # %%
      1 + 1
      """)
    let page = try bench.page()
    func press(_ action: String) { page.send(["type": .string("game"), "action": .string(action)]) }
    page.send("run_all")
    try page.wait { $0["type"] == .string("game") && $0["state"] == .string("ended") }
    press("reset")
    let moved = try page.wait(for: "moved")
    #expect(moved["cell"] == .string("c1") && moved["step"] == .number(0))
    // A page that comes later is told, too.
    let late = try bench.page()
    #expect(try late.wait(for: "moved")["step"] == .number(0))
    press("back")
    #expect(try page.wait(for: "moved")["step"] == .null)
    press("back")
    #expect(try page.wait(for: "moved")["step"] == .number(4))
    page.send("restart")
    #expect(try page.wait(for: "moved")["step"] == .null)
  }

  @Test func documentsAreExported() throws {
    let bench = try LabBench(text)
    let page = try bench.page()
    page.send("run_all")
    try page.wait("c4", "done")
    for (format, word) in [("html", "<!DOCTYPE html>"), ("ipynb", "\"nbformat\""), ("gan", "# %% second")] {
      page.send(["type": .string("export"), "format": .string(format)])
      let exported = try page.wait(for: "exported")
      #expect(exported["name"] == .string("a.\(format)"))
      guard case .string(let content)? = exported["text"] else { return #expect(Bool(false)) }
      #expect(content.contains(word) && content.contains("hello"))
      if format == "gan" { #expect(content == text) }
    }
  }
}
