import Foundation
import Testing

@testable import Shell

/// `gan run --html` and `gan convert`, as a user calls them: from another folder, and with the wrong things.
@Suite struct DocumentFileTests {
  private let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "gan-documents-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder + "/sub", withIntermediateDirectories: true)
    try write("sub/a.gan", "## # A title\n\nx = 1\n\n# %%\n\nprint x + 1\nshow image(tensor([[0, 1]]))\nprint arguments()\n")
  }

  private func write(_ path: String, _ text: String) throws {
    try text.write(toFile: folder + "/" + path, atomically: true, encoding: .utf8)
  }

  private func text(_ path: String) -> String { (try? String(contentsOfFile: folder + "/" + path, encoding: .utf8)) ?? "" }

  private func gan(_ words: String, input: String = "") -> GanProgram.Ending {
    // What is known from an earlier run of the tests would be told of.
    GanProgram.run(
      "/bin/sh", ["-c", "cd '\(folder)' && XDG_CACHE_HOME='\(folder)/cache' '\(GanProgram.path)' \(words)"], input: input)
  }

  @Test func pagesNotebooksAndMarkdown() {
    let ending = gan("run --html a.html --ipynb=a.ipynb sub/a.gan --markdown a.md 3")
    #expect(ending == GanProgram.Ending(code: 0, output: "", error: "wrote a.html\nwrote a.ipynb\nwrote a.md\n"))
    #expect(text("a.html").contains("<h1 id=\"a-title\">A title</h1>") && text("a.html").contains("[&quot;3&quot;]"))
    #expect(text("a.ipynb").contains("\"image/png\""))
    #expect(text("a.md").contains("a_files/3_1.png") && FileManager.default.fileExists(atPath: folder + "/a_files/3_1.png"))
  }

  @Test func anErrorIsKeptAndEndsTheRun() throws {
    try write("b.gan", "print 1\n# %%\nnothing\n# %%\nprint 2\n")
    let ending = gan("run --html b.html b.gan")
    #expect(ending.code == 1 && ending.error.contains("b.gan:3:1") && ending.error.hasSuffix("wrote b.html\n"))
    #expect(text("b.html").contains("class=\"out error\"") && !text("b.html").contains("<pre class=\"out\">2</pre>"))
    #expect(gan("run --keep-going --html b.html b.gan").code == 1)
    #expect(text("b.html").contains("<pre class=\"out\">2</pre>"))
  }

  @Test func standardStreams() {
    let ending = gan("run --html - -", input: "## text\nprint 7\n")
    #expect(ending.code == 0 && ending.output.contains("<pre class=\"out\">7</pre>") && ending.error.isEmpty)
    #expect(gan("run --markdown - -e '1 + 1'").output == "```gan\n1 + 1\n```\n\n```text\n2\n```\n")
  }

  @Test func runAloneRuns() {
    #expect(gan("run sub/a.gan 5").output == "2\n[\"5\"]\n")
    #expect(gan("run sub/a.gan -- --html x").output == "2\n[\"--html\", \"x\"]\n")
  }

  @Test func conversionsThereAndBack() {
    #expect(gan("convert sub/a.gan a.ipynb") == GanProgram.Ending(code: 0, output: "", error: "wrote a.ipynb\n"))
    #expect(gan("convert a.ipynb b.gan").code == 0)
    #expect(text("b.gan") == text("sub/a.gan"))
    #expect(gan("convert a.ipynb b.gan").error == "b.gan is up to date\n")
    #expect(gan("convert a.ipynb -").output == text("sub/a.gan"))
    #expect(gan("run --html c.html a.ipynb").code == 0)
  }

  @Test func whatSomebodyEditedIsNotWrittenOver() throws {
    #expect(gan("convert sub/a.gan a.ipynb").code == 0)
    try write("b.gan", "mine\n")
    let refused = gan("convert a.ipynb b.gan")
    #expect(refused.code == 1 && refused.error.contains("b.gan is there already") && text("b.gan") == "mine\n")
    #expect(gan("convert --force a.ipynb b.gan").code == 0 && text("b.gan") == text("sub/a.gan"))

    #expect(gan("run --ipynb c.ipynb sub/a.gan").code == 0)
    #expect(gan("run --ipynb c.ipynb sub/a.gan").code == 0)
    try write("c.ipynb", text("c.ipynb").replacingOccurrences(of: "x = 1\"", with: "x = 9\""))
    #expect(gan("run --ipynb c.ipynb sub/a.gan").error.contains("c.ipynb has been edited"))
    #expect(text("c.ipynb").contains("x = 9"))
    #expect(gan("run --force --ipynb c.ipynb sub/a.gan").code == 0 && !text("c.ipynb").contains("x = 9"))
  }

  @Test(arguments: [
    ("run --html a.html none.gan", "none.gan cannot be read"), ("run --html a.html sub", "sub cannot be read"),
    ("run --html sub sub/a.gan", "sub cannot be written"), ("run --html none/a.html sub/a.gan", "none/a.html cannot be written"),
    ("run --html sub/../sub/a.txt sub/a.txt", "is the program itself"),
    ("run --html sub/a.gan/b.html sub/a.gan", "cannot be written"),
    ("convert none.ipynb a.gan", "none.ipynb cannot be read"), ("convert sub/a.gan sub/a.gan", "cannot be converted"),
    ("convert sub/a.gan a.txt", "cannot be converted"), ("convert sub/a.gan sub", "cannot be converted"),
    ("convert sub/a.gan a.md", "`gan run --markdown a.md sub/a.gan` writes it"),
    ("convert a.py a.ipynb", "under a name that ends with .gan"),
    ("convert bad.ipynb a.gan", "bad.ipynb is no notebook"), ("convert latin.gan a.ipynb", "is not text in UTF-8"),
    ("convert sub/a.gan none/a.ipynb", "none/a.ipynb cannot be written"),
    ("convert python.ipynb a.gan", "the notebook is written in python"),
    ("run --html a.html bad.ipynb", "bad.ipynb is no notebook"),
    ("convert --prose sub/a.gan a.ipynb", "--prose is for notebooks"),
  ])
  func wrongInputIsToldWithAWayOut(_ words: String, _ message: String) throws {
    try write("sub/a.txt", "print 1")
    try write("bad.ipynb", "x = 1")
    try write(
      "python.ipynb",
      "{\"cells\": [], \"metadata\": {\"language_info\": {\"name\": \"python\"}}, \"nbformat\": 4, \"nbformat_minor\": 5}")
    try Data([0x78, 0xFF]).write(to: URL(fileURLWithPath: folder + "/latin.gan"))
    let ending = gan(words)
    #expect(ending.code == 1 && ending.error.contains(message), "\(ending.error)")
    #expect(ending.error.split(separator: "\n").count >= 2 && !ending.error.contains("wrote"))
  }

  /// Bytes of Latin-1 in a program, a module, a notebook: the same words, wherever they are read.
  @Test(arguments: [
    "latin.gan", "--check latin.gan", "run --html a.html latin.gan", "run --ipynb a.ipynb latin.gan", "convert latin.gan a.ipynb",
    "lab latin.gan", "run --html a.html - < latin.gan", "- < latin.gan", "-e 'use \"latin.gan\"'", "latin.ipynb",
    "run --html a.html latin.ipynb", "convert latin.ipynb a.gan", "lab latin.ipynb",
  ])
  func whatIsNoUTF8IsNamedWithItsPlace(_ words: String) throws {
    let latin = [UInt8]("## Gru".utf8) + [0xDF] + Array("\n".utf8)
    for name in ["latin.gan", "latin.ipynb"] { try Data(latin).write(to: URL(fileURLWithPath: folder + "/" + name)) }
    let ending = gan(words)
    #expect(ending.code == 1 && ending.error.contains(" is not text in UTF-8"), "\(ending.error)")
    #expect(ending.error.contains("Line 1, column 7 holds the byte DF. Save it as UTF-8"), "\(ending.error)")
  }

  /// Lines of a notebook are those of its cells: of others, such as those of the program that it was made of, nobody knows.
  @Test func errorsInNotebooksNameTheCell() throws {
    try write("c.gan", "## # A title\n\nx = 1\n\n# %%\nprint x\nprint y\n\n# %%\n\nprint 3\n")
    #expect(gan("convert c.gan c.ipynb").code == 0)
    for words in ["c.ipynb", "run c.ipynb", "run --html c.html c.ipynb"] {
      let ending = gan(words)
      #expect(ending.code == 1 && ending.error.contains("  c.ipynb, cell 2:2:7\n"), "\(ending.error)")
    }
    #expect(text("c.html").contains("c.ipynb, cell 2:2:7"))
    #expect(gan("run c.ipynb").output == "1\n")
    let checked = gan("--check c.ipynb")
    #expect(
      checked.code == 1 && checked.output == "" && checked.error.contains("there is no `y`\n  c.ipynb, cell 2:2:7\n"),
      "\(checked.error)")
  }

  @Test(arguments: [
    ("run", "gan run wants a program"), ("run --html a.gan", "--html wants the file to write, not a.gan"),
    ("convert a.ipynb", "gan convert wants two files"),
    ("convert a b --seed 1", "gan convert has no option --seed"), ("--html a.html", "--html wants a program"),
    ("run --html", "--html wants the file to write"),
    ("run --html a.html -i sub/a.gan", "-i and --html do not go together"),
    ("--keep-going sub/a.gan", "--keep-going is for documents"),
    ("run --html a --ipynb a sub/a.gan", "a is to be written twice"), ("run --prose sub/a.gan", "--prose is for gan convert"),
  ])
  func wrongUsageIsToldWithAWayOut(_ words: String, _ message: String) {
    let ending = gan(words)
    #expect(ending.code == 2 && ending.error.hasPrefix("error: \(message)"), "\(ending.error)")
  }
}
