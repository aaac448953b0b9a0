import Base
import Formats
import Frontend
import Interpreter
import Syntax

/// What cells have put out, as the outputs of a notebook.
enum JupyterOutputs {
  static func outputs(of cell: Cell) -> [JSON] { cell.outputs.compactMap { json($0, count: cell.executionCount) } }

  private static func json(_ output: CellOutput, count: Int?) -> JSON? {
    switch output {
    case .text(let text): stream("stdout", text)
    case .note(let text): stream("stderr", text)
    case .help(let page): stream("stdout", HelpText(width: 80).text(page).plain + "\n")
    case .code(let source): stream("stdout", CodeText.page(source).plain + "\n")
    case .result(let shown):
      .object([
        "output_type": .string("execute_result"), "execution_count": count.map { .number(Double($0)) } ?? .null,
        "metadata": .object([:]),
        "data": data(shown),
      ])
    case .display(let shown):
      .object(["output_type": .string("display_data"), "metadata": .object([:]), "data": data(shown)])
    case .diagnostic(let diagnostic): error(diagnostic)
    case .interrupted(let note):
      .object([
        "output_type": .string("error"), "ename": .string("interrupted"), "evalue": .string(note ?? "stopped"),
        "traceback": .array([.string(note ?? "stopped")]),
      ])
    }
  }

  private static func stream(_ name: String, _ text: String) -> JSON {
    .object(["output_type": .string("stream"), "name": .string(name), "text": JupyterNotebook.lines(text)])
  }

  private static func error(_ diagnostic: Diagnostic) -> JSON {
    guard diagnostic.severity == .error else { return stream("stderr", DiagnosticRenderer().render(diagnostic)) }
    let lines = DiagnosticRenderer(style: .terminal).render(diagnostic).split(separator: "\n", omittingEmptySubsequences: false)
    return .object([
      "output_type": .string("error"), "ename": .string("error"), "evalue": .string(diagnostic.title),
      "traceback": .array(lines.filter { !$0.isEmpty }.map { .string(String($0)) }),
    ])
  }

  /// The forms of a value under their MIME types; a text is always among them.
  private static func data(_ shown: Shown) -> JSON {
    var forms: [String: JSON] = ["text/plain": JupyterNotebook.lines(shown.text ?? "")]
    if let table = shown[.table] { forms["text/html"] = JupyterNotebook.lines(HTMLTable.text(table)) }
    if let html = shown[.html] { forms["text/html"] = JupyterNotebook.lines(html) }
    if let svg = shown[.svg] { forms["image/svg+xml"] = JupyterNotebook.lines(svg) }
    if let png = shown[.png] { forms["image/png"] = .string(Base64.text(of: png)) }
    return .object(JSON.Members(forms))
  }
}
