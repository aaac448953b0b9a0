import Foundation
import Testing
import TestSupport

@testable import Notebook

/// Texts of documents, made of pieces at random.
struct RandomDocument {
  static let pieces = [
    "## # A title", "## text with `code` and $x$", "##", "##x", "  ## indented", "###", "# comment", "#", "#x", "", "", "", " ",
    "\t", "x = 1",
    "fn f(x) = x", "fn f(x) {", "}", "x = [", "]", "print (", ")", "y = \"\"\"", "\"\"\"", "1 +", "|> sum", "else {", "if x", "{",
    "# %%", "#%%",
    "# %% Title", "# %% [markdown]", "# %% [raw]", "# %% [md] {\"id\": \"a\"}", "# %% {\"id\": \"b\", \"tags\": [1]}",
    "# %% {\"lines\": 2}",
    "# %% [notebook] {}", "# %% {oops", "#!/usr/bin/env gan", "x = \"a", "\"{x", "é = 2", "x;", "\u{2028}", "y\r", "## z\r",
    "\u{FEFF}",
    "# %% {\"metadata\": {\"id\": 1}}", "# %%%", "  # %%",
    "# %% tags=[\"a\"] n=1", "# %% Title [markdown] name=\"b\"", "# %% a=", "# ---", "# title: x", "## ---", "## title: x",
  ]

  static func text(_ random: inout SplitMix) -> String {
    let lines = (0..<random.below(12)).map { _ in pieces[random.below(pieces.count)] }
    return lines.joined(separator: "\n") + (random.below(4) == 0 ? "" : "\n")
  }

  /// The `.gan` files of the repository.
  static var files: [(path: String, text: String)] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return ["examples", "stdlib", "Tests/Scripts", "Benchmarks"].flatMap { folder in
      let walk = FileManager.default.enumerator(at: root.appending(path: folder), includingPropertiesForKeys: nil)
      return (walk?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "gan" }.compactMap { url in
        (try? Data(contentsOf: url)).flatMap { String(validating: $0, as: UTF8.self) }.map { (url.lastPathComponent, $0) }
      }
    }
  }
}

/// Every text is a document, and comes back byte by byte: alone, and by way of a notebook.
@Suite struct RoundTripTests {
  /// How many are generated; `DOCUMENTS=10000 swift test … --filter RoundTripTests` tries more.
  private static let count = ProcessInfo.processInfo.environment["DOCUMENTS"].flatMap { Int($0) } ?? 1000

  @Test func filesComeBack() throws {
    let files = RandomDocument.files
    #expect(files.count > 400)
    for (path, text) in files {
      let document = Document(name: path, text: text)
      #expect(document.text == text, "\(path)")
      let notebook = try JupyterNotebook.document(named: path, Array(JupyterNotebook.text(of: document).utf8))
      #expect(notebook.text == text, "\(path)")
    }
  }

  @Test func generatedTextsComeBack() throws {
    var random = SplitMix(state: 15)
    for number in 0..<Self.count {
      let text = RandomDocument.text(&random)
      let document = Document(name: "a.gan", text: text)
      try #require(Array(document.text.utf8) == Array(text.utf8), "\(number): \(text.debugDescription)")
      let notebook = try JupyterNotebook.document(named: "a.gan", Array(JupyterNotebook.text(of: document).utf8))
      try #require(Array(notebook.text.utf8) == Array(text.utf8), "\(number): \(text.debugDescription)")
    }
  }

  /// Cells of any text, as a notebook may hold them, come back from the `.gan` text that is written of them.
  @Test func generatedCellsComeBack() throws {
    var random = SplitMix(state: 51)
    for number in 0..<Self.count {
      let cells = (0..<random.below(6)).map { _ in
        let kind = [Cell.Kind.prose, .code, .code, .raw][random.below(4)]
        var properties = CellProperties()
        if random.below(4) == 0 { properties.id = "id\(random.below(100))" }
        if random.below(6) == 0 { properties.metadata["lines"] = .number(3) }
        if random.below(6) == 0 { properties.metadata["title"] = .string([" a", "A title", "a [raw]", "{b"][random.below(4)]) }
        if kind == .prose, random.below(6) == 0 {
          properties.attachments = .object(["a.png": .object(["image/png": .string("AA==")])])
        }
        var text = RandomDocument.text(&random)
        if random.below(2) == 0, text.hasSuffix("\n") { text.removeLast() }
        return Cell(kind, text, properties: properties)
      }
      let document = Document(name: "a.gan", cells: cells, metadata: random.below(3) == 0 ? ["a": .number(1)] : nil)
      let read = Document(name: "a.gan", text: document.text)
      try #require(read.metadata == document.metadata)
      try #require(
        read.cells.count == cells.count && zip(read.cells, cells).allSatisfy { $0.saysTheSame(as: $1) }, "\(number): \(cells)")
    }
  }
}
