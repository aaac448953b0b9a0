import Formats
import Library
import Syntax

@testable import Notebook

extension FuzzTarget {
  /// Programs as documents, and what pages are made of.
  static let documents: [FuzzTarget] = [document, notebook, outputs, markdown, formula, lesson]

  private static let document = FuzzTarget(
    "document", "reads a program as a document, and writes it as a program, a notebook, a page and Markdown",
    seeds: Seeds(
      folders: ["docs/lessons", "examples"], endings: [".gan"], most: 8 << 10,
      texts: [
        "# %% [markdown]\n# # A heading\n# text $x^2$\n\n# %% first\nx = 1\n\n# %%\ny = x + 1\n",
        "#!/usr/bin/env gan\n## Prose.\n1 + 1\n",
        "# %% [raw]\n# raw\n", "# %% {\"id\": \"a\", \"tags\": [\"b\"]} 2\n1\n2\n",
      ]),
    longest: 4096, words: .prose
  ) {
    { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      let document = Document(name: "a.gan", text: text)
      precondition(document.text == text, "a program is not written back as it was read")
      see(document)
    }
  }

  private static let notebook = FuzzTarget(
    "notebook", "reads a notebook of Jupyter, writes it, and reads that again", seeds: Seeds(texts: notebooks), words: .json
  ) {
    { bytes in
      for proseOnly in [false, true] {
        tolerant {
          let document = try JupyterNotebook.document(
            named: "a.ipynb", Array(bytes), proseOnly: proseOnly, keepsOutputs: !proseOnly)
          see(document)
        }
      }
    }
  }

  /// Small ones, with all kinds of cells and outputs.
  private static let notebooks = [
    """
    {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": {"name": "gan", "language": "gan", "display_name": "Gan"}},
    "cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# T\\n", "$x$ ![p](attachment:p.png)"],
    "attachments": {"p.png": {"image/png": "AAAA"}}},
    {"cell_type": "code", "id": "b", "metadata": {"tags": ["x"]}, "execution_count": 3, "source": "x = 1\\nx", "outputs": [
    {"output_type": "stream", "name": "stdout", "text": ["a\\n"]},
    {"output_type": "execute_result", "execution_count": 3, "metadata": {}, "data": {"text/plain": "1", "image/png": "AA=="}},
    {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<b>1</b>", "image/svg+xml": "<svg/>"}},
    {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t"]}]},
    {"cell_type": "raw", "id": "c", "metadata": {}, "source": "r"}]}
    """,
    """
    {"nbformat": 4, "nbformat_minor": 2, "metadata": {"gan": {"text": "## a\\n\\n1\\n", "head": "#!x\\n", "tail": "\\n"}}, "cells": [
    {"cell_type": "markdown", "metadata": {}, "source": "a"}, {"cell_type": "code", "metadata": {"gan": {"written": "1\\n"}},
    "source": "1", "outputs": [], "execution_count": null}]}
    """,
  ]

  /// Makes all of a document that can be made of it, and reads back what can be read.
  private static func see(_ document: Document) {
    let text = document.checkedText
    precondition(Document(name: document.name, text: text).text == text, "a document's text is not written back as it was read")
    let page = Page(document, folder: Scratch.folder).html
    precondition(page.hasSuffix("</html>\n"), "a page without an end")
    _ = MarkdownFile(document, folder: nil).text
    let bytes = Array(JupyterNotebook.text(of: document).utf8)
    guard let again = try? JupyterNotebook.document(named: document.name, bytes) else {
      // Notebooks in other languages are converted only in part.
      guard document.metadata == nil else { return }
      fatalError("a notebook that was written cannot be read")
    }
    precondition(again.cells.count == document.cells.count, "a notebook that was written has other cells")
  }

  private static let outputs = FuzzTarget(
    "outputs", "reads what is kept of a cell that was run, shows it in a document, and keeps it again",
    seeds: Seeds(texts: [
      #"""
      {"outputs": [{"text": "a\n"}, {"note": "b"}, {"code": ["a.gan", "x = 1\n", false, 3]}, {"result": {"stands_in": false, "forms": [
      ["table", {"names": ["a", "b"], "rows": [[["1", true], ["x", false]], [["2", true]]], "count": 9}]]}}],
      "readings": [["file", "a.png", "1"], ["listing", ".", "2"], ["variable", "HOME", "3"]], "lines": "1 4"}
      """#,
      #"""
      {"outputs": [{"display": {"stands_in": true, "forms": [["png", {"bytes": "iVBORw0KGgo="}], ["svg", {"text": "<svg/>"}], ["text",
      {"text": "1"}]]}}], "readings": [], "lines": null}
      """#,
    ]), longest: 4096, words: .json
  ) {
    { bytes in
      guard let known = KnownCell(Array(bytes)) else { return }
      guard let kept = known.bytes, KnownCell(kept)?.bytes == kept else { fatalError("what was kept is read as something else") }
      var document = Document(name: "a.gan", text: "x = 1\n")
      document.cells[0].outputs = known.outputs
      see(document)
    }
  }

  private static let markdown = FuzzTarget(
    "markdown", "makes HTML of prose",
    seeds: Seeds(folders: ["docs"], endings: [".md"], most: 8 << 10, texts: ["# a $x$\n\n| a | b |\n|---|--:|\n| 1 | `$y$` |\n"]),
    longest: 4096, words: .prose
  ) {
    { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      var markdown = Markdown { $0.isEmpty ? nil : "data:image/png;base64,AAAA" }
      let html = markdown.html(text)
      precondition(!html.contains("<script"), "a script in prose")
      for width in [1, 40] { _ = ProseText(width: width).text(text) }
    }
  }

  private static let formula = FuzzTarget(
    "formula", "makes MathML of a formula in TeX's notation",
    seeds: Seeds(texts: [
      #"\frac{1}{2} \sum_{i=1}^{n} x_i^2"#, #"\left( \begin{pmatrix} a & b \\ c & d \end{pmatrix} \right)"#,
      #"\min_G \max_D \mathbb{E}_{x \sim p}[\log D(x)]"#, #"\begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}"#,
      #"\sqrt[3]{x} \hat{y} \overline{z} \operatorname{softplus}"#, #"\begin{aligned} a &= b \\ &= c \end{aligned}"#,
    ]), longest: 512, words: .prose
  ) {
    { bytes in
      let source = String(decoding: bytes, as: UTF8.self)
      for isDisplay in [false, true] {
        let html = Formula(source: source, isDisplay: isDisplay).html
        precondition(html.hasPrefix("<math") || html.hasPrefix("<code"), "a formula without an element")
      }
    }
  }

  /// The first half is the lesson, the second what was typed.
  private static let lesson = FuzzTarget(
    "lesson", "takes a lesson apart, and judges what was typed for it", seeds: programs, longest: 4096, words: .gan
  ) {
    { bytes in
      let half = bytes.count / 2
      let text = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[..<half]), as: UTF8.self)
      let entry = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[half...]), as: UTF8.self)
      let plan = LessonPlan(Lesson(number: 1, name: "a", title: "a", text: text))
      for step in plan.steps.prefix(20) {
        precondition(step.verdict(on: step.code, hasFailed: false, shown: nil) == .same, "what is to be typed is not right")
        _ = step.verdict(on: entry, hasFailed: false, shown: step.result)
        _ = step.verdict(on: entry, hasFailed: true, shown: nil)
      }
    }
  }
}
