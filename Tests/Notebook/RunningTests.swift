import Formats
import Foundation
import Frontend
import Interpreter
import Library
import Testing

@testable import Notebook

/// Documents that are run, and what is made of them.
@Suite struct RunningDocumentTests {
  private func run(_ text: String, goesOn: Bool = false) -> (document: Document, outcome: Outcome) {
    var document = Document(name: "a.gan", text: text)
    let session = Library.session(threads: 1)
    let outcome = document.run(in: session, sink: DocumentSink(), goesOn: goesOn)
    return (document, outcome)
  }

  private func texts(_ cell: Cell) -> [String] {
    cell.outputs.map { output in
      switch output {
      case .text(let text): "text: \(text)"
      case .note(let text): "note: \(text)"
      case .result(let shown): "result: \(shown.text ?? "")"
      case .display(let shown): "display: \(shown.text ?? "")"
      case .help: "help"
      case .code: "code"
      case .diagnostic(let diagnostic): "diagnostic: \(diagnostic.title)"
      case .interrupted: "interrupted"
      }
    }
  }

  @Test func aRunGoesOnInALaterCellOfItsDocument() throws {
    let path = NSTemporaryDirectory() + "gan-going-on-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    func notes(rate: String) -> [String] {
      run(
        """
        use gan
        run = gan(net { dense 1 }, net { dense 1 }, data_set(zeros(4, 1)), batch: 2, noise: 1, d_optimizer: adam(\(rate)))
        # %%
        if exists("\(path)") { resume run, "\(path)" } else { save run, "\(path)" }
        # %%
        resume run, "\(path)"
        """
      ).document.cells.flatMap(texts).filter { $0.contains("going on") }
    }
    // The file knows the cells up to the second, the third has more.
    #expect(notes(rate: "0.1") == ["note: going on at step 0 from \(path)\n"])
    #expect(notes(rate: "0.1").count == 2)
    #expect(notes(rate: "0.1").allSatisfy { !$0.contains("script") })
    #expect(notes(rate: "0.2").allSatisfy { $0.contains("; the script is not quite the one of then") })
  }

  @Test func cellsBehindAnErrorSayThatTheyWereNotRun() {
    let text = "1\n# %%\nerror \"x\"\n# %%\n2\n# %%\n# %%\nexit 3\n# %%\n4"
    #expect(run(text).document.cells.map(texts)[2] == ["note: Not run: the program ended above.\n"])
    #expect(run(text).document.cells.map(texts).filter { $0 == ["note: Not run: the program ended above.\n"] }.count == 3)
    // A program that ends itself has nothing more to do.
    #expect(run(text, goesOn: true).document.cells.map(texts).last == [])
  }

  @Test func picturesThatAreNotThereAreNamed() throws {
    let folder = NSTemporaryDirectory() + "gan-pictures-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let png = try #require(
      Data(base64Encoded: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="))
    try png.write(to: URL(filePath: folder + "/my picture.png"))
    try Data("text".utf8).write(to: URL(filePath: folder + "/text.png"))
    let document = Document(
      name: "a.gan",
      text:
        "## ![a](my%20picture.png) ![b](<my picture.png>) ![c](none.png) ![d](text.png) ![e](https://a.b/c.png) ![f](100%.png)\n1\n"
    )
    let page = Page(document, folder: folder).made()
    #expect(page.missingPictures == ["none.png", "text.png", "100%.png"])
    #expect(page.html.components(separatedBy: "data:image/png;base64").count == 3)
  }

  @Test func aPlotIsShownOnceWhereItIsStated() {
    func shown(_ text: String) -> [String] { run(text).document.cells.flatMap(texts) }
    #expect(shown("p = plot([1, 2])") == [])
    #expect(shown("print type(plot([1, 2])), type(histogram([1, 2]))") == ["text: plot plot\n"])
    let one = ["display: plot of 1 series, 2 points"]
    for text in [
      "plot [1, 2]", "plot [1, 2];", "plot([1, 2]); 3;", "[1, 2] |> plot", "show plot([1, 2])", "p = plot([1, 2]); p",
      "if true { plot [1, 2] }", "for i in 0..1 { plot [1, 2] }", "for i in 0..1 { show plot([1, 2]) }", "live { plot [1, 2] }",
      "live { show plot([1, 2]) }", "fn f(x) { plot x }; f([1, 2])", "fn f(x) = plot(x); f([1, 2]); 1;",
      "fn f(x) { plot x; 1 }; f([1, 2]);", "try { plot [1, 2] } catch e { 1 }", "time { plot [1, 2] }",
    ] {
      #expect(shown(text).filter { !$0.hasPrefix("note") } == one, "\(text)")
    }
    #expect(shown("xs = map([[1], [1, 2]], plot)") == [])
    #expect(shown("show zeros([8, 2])") == ["display: plot of 1 series, 8 points"])
    #expect(shown("use gan\nshow ring(100)") == ["display: plot of 1 series, 100 points"])
    #expect(shown("show zeros([7, 2])") == ["display: image of 2×7 pixels, gray"])
    #expect(shown("for i in 0..2 { plot [1, 2] }") == one + one)
  }

  @Test func cellsKeepWhatTheyPutOut() {
    let (document, outcome) = run("print 1\nprint 2\n3\n# %%\n4\n5;\n## prose\nshow image(tensor([[0, 1]]))\n[1] |> sum")
    #expect(outcome == .done)
    #expect(document.cells.map(texts)[0] == ["text: 1\n2\n", "result: 3"])
    #expect(texts(document.cells[1]).isEmpty)
    #expect(texts(document.cells[3]).count == 2 && texts(document.cells[3])[1] == "result: 1")
    #expect(document.cells.map(\.executionCount) == [1, 2, nil, 3])
  }

  @Test func aCellThatFailsEndsTheRun() {
    let text = "x = 1\n\n# %%\n\nprint x\ny\n# %%\nprint 2"
    let (document, outcome) = run(text)
    #expect(outcome == .failed)
    #expect(texts(document.cells[1])[0] == "text: 1\n")
    #expect(texts(document.cells[2]) == ["note: Not run: the program ended above.\n"] && document.cells[2].executionCount == nil)
    guard case .diagnostic(let diagnostic)? = document.cells[1].outputs.last, let label = diagnostic.labels.first else {
      Issue.record("there is no diagnostic")
      return
    }
    // The line is that of the file.
    #expect(label.source.location(at: Int(label.span.lower)).line == 6)
    let further = run(text, goesOn: true)
    #expect(further.outcome == .failed && texts(further.document.cells[2]) == ["text: 2\n"])
  }

  @Test func brokenCellsBreakAlone() {
    let (document, outcome) = run("print (\n# %%\nprint 2", goesOn: true)
    #expect(outcome == .failed && texts(document.cells[1]) == ["text: 2\n"])
  }

  @Test func exitEndsTheRun() {
    #expect(run("exit 3\n# %%\nprint 1", goesOn: true).outcome == .exit(3))
  }

  @Test func muchTextIsKeptAtBothEnds() {
    let (document, _) = run("for i in 0..100000 { print \"line {i}\" }")
    let all = texts(document.cells[0])
    let size = all.reduce(0) { $0 + $1.utf8.count }
    #expect(size < 400_000 && all[0].hasPrefix("text: line 0\nline 1\n") && all.last?.hasSuffix("line 99999\n") == true)
    #expect(all.contains { $0.hasPrefix("note: … ") && $0.hasSuffix(" lines left out …\n") })
  }

  @Test func manyPicturesAreKeptAtBothEnds() {
    let (document, _) = run("for i in 0..250 { show image(tensor([[i / 250]])) }")
    let all = texts(document.cells[0])
    #expect(all.count == 101 && all[50] == "note: … 150 pictures left out …\n")
  }

  // MARK: What is made of them

  private static let text = """
    ## # A title
    ## Text with $x^2$.

    print "a < b"
    show image(tensor([[0, 1]]))
    plot [1, 2, 4]
    # %%
    [{a: 1, b: "x"}, {a: 2, b: "y"}]
    # %%
    nothing
    """

  @Test func aPageHasEverythingInIt() {
    let (document, _) = run(Self.text)
    let html = Page(document, folder: ".").html
    for part in [
      "<title>A title</title>", "<h1 id=\"a-title\">", "<math", "a &lt; b", "data:image/png;base64,", "<th scope=\"col\"",
      "<td style=\"text-align:left\">x</td>", "class=\"out error\"",
      "a.gan:10:1", "<span class=\"string\">",
    ] { #expect(html.contains(part), "\(part)") }
    #expect(!html.contains("<script") && !html.contains("src=\"http") && !html.contains("@import"))
    // A drawing names its own parts so.
    #expect(!html.replacing("url(#", with: "").contains("url("))
    #expect(html == Page(run(Self.text).document, folder: ".").html)
  }

  @Test func aPageIsSmall() {
    let html = Page(run("## # A\n## b\nx = 1\n# %%\nprint x\n# %%\nx").document, folder: ".").html
    #expect(html.utf8.count < 12_000)
  }

  @Test func aNotebookHoldsTheOutputs() throws {
    let text = JupyterNotebook.text(of: run(Self.text).document)
    for part in [
      "\"output_type\": \"stream\"", "\"output_type\": \"display_data\"", "\"output_type\": \"execute_result\"",
      "\"output_type\": \"error\"",
      "\"image/png\": \"iVBOR", "\"text/html\"", "\"execution_count\": 1", "\"nbformat_minor\": 5",
    ] { #expect(text.contains(part), "\(part)") }
    #expect(try JupyterNotebook.document(named: "a", Array(text.utf8)).text == Self.text)
  }

  /// In a notebook and in Markdown a picture stands at its own size, and what enlarges it blurs it.
  @Test func aSmallPictureIsEnlargedByWholePixels() throws {
    let document = run("show image(tensor([[0, 1], [1, 0]]))").document
    let picture = try #require(MarkdownFile(document, folder: "files").pictures.first)
    let path = NSTemporaryDirectory() + "gan-enlarged-\(UUID()).png"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(picture.bytes).write(to: URL(filePath: path))
    let raster = try ImageFile.read(path)
    #expect(raster.width == 16 && raster.height == 16)
    let row = [UInt8](repeating: 0, count: 8) + [UInt8](repeating: 255, count: 8)
    let rows = [[UInt8]](repeating: row, count: 8) + [[UInt8]](repeating: row.reversed(), count: 8)
    #expect(raster.bytes == rows.flatMap { $0 })
    #expect(JupyterNotebook.text(of: document).contains(Data(picture.bytes).base64EncodedString()))
  }

  @Test func markdownHasItsPicturesBesideIt() {
    let file = MarkdownFile(run(Self.text).document, folder: "a b_files")
    #expect(file.pictures.map(\.name) == ["2_1.png", "2_2.svg"])
    #expect(
      file.text.contains("](a%20b_files/2_1.png)") && file.text.contains("Text with $x^2$.")
        && file.text.contains("| ---: | --- |"))
    #expect(MarkdownFile(run("print \"```\"").document, folder: nil).text.contains("````text\n```\n````"))
  }
}
