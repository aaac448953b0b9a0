import Base
import Formats
import Frontend
import Interpreter
import Syntax

/// What cells have put out, as Jupyter has it: the outputs of a notebook, and the content of messages that are made of the same parts.
public struct JupyterOutputs: Sendable {
  /// A file has a text as a list of its lines, a message has it as it is.
  private let splitsLines: Bool

  /// As a notebook's file has them.
  public static let inFiles = JupyterOutputs(splitsLines: true)
  /// As the messages between a kernel and its clients have them.
  public static let inMessages = JupyterOutputs(splitsLines: false)

  /// An output as Jupyter names it: "stream", "display_data", "execute_result" or "error", and what it holds.
  public struct Output: Sendable {
    /// Its kind.
    public let type: String
    /// What it holds beside its kind.
    public let content: [String: JSON]
  }

  static func outputs(of cell: Cell) -> [JSON] {
    cell.outputs.map { output in
      let output = inFiles.output(output, count: cell.executionCount)
      return .object(JSON.Members(output.content.merging(["output_type": .string(output.type)]) { $1 }))
    }
  }

  /// One output. `count`: how many cells had been run when its own was, itself included.
  public func output(_ output: CellOutput, count: Int?) -> Output {
    switch output {
    case .text(let text): stream("stdout", text)
    case .note(let text): stream("stderr", text)
    case .help(let page): stream("stdout", Self.text(page))
    case .code(let source): stream("stdout", Self.text(source))
    case .result(let shown):
      Output(
        type: "execute_result",
        content: [
          "execution_count": count.map { .number(Double($0)) } ?? .null, "metadata": .object([:]), "data": data(shown),
        ])
    case .display(let shown): Output(type: "display_data", content: ["metadata": .object([:]), "data": data(shown)])
    case .diagnostic(let diagnostic): error(diagnostic)
    case .interrupted(let note):
      error(name: "interrupted", note ?? "stopped", traceback: (note ?? "stopped").split(separator: "\n").map(String.init))
    }
  }

  private func text(_ text: String) -> JSON { splitsLines ? JupyterNotebook.lines(text) : .string(text) }

  private static func text(_ page: HelpPage) -> String { HelpText(width: 80).text(page).plain + "\n" }
  private static func text(_ source: Source) -> String { CodeText.page(source).plain + "\n" }

  private func stream(_ name: String, _ text: String) -> Output {
    Output(type: "stream", content: ["name": .string(name), "text": self.text(text)])
  }

  // MARK: Errors

  private func error(_ diagnostic: Diagnostic) -> Output {
    guard diagnostic.severity == .error else { return stream("stderr", DiagnosticRenderer().render(diagnostic)) }
    return error([diagnostic])
  }

  /// Errors of one run as one output, which is named after the first of them.
  public func error(_ diagnostics: [Diagnostic]) -> Output {
    let renderer = DiagnosticRenderer(style: .terminal)
    let lines = diagnostics.flatMap { renderer.render($0).split(separator: "\n", omittingEmptySubsequences: true) }
    return error(name: "error", diagnostics.first?.title ?? "error", traceback: lines.map(String.init))
  }

  private func error(name: String, _ title: String, traceback: [String]) -> Output {
    Output(
      type: "error",
      content: ["ename": .string(name), "evalue": .string(title), "traceback": .array(traceback.map { .string($0) })])
  }

  // MARK: Values

  /// The forms of a value under their MIME types; a text is always among them.
  public func data(_ shown: Shown) -> JSON { .object(JSON.Members(forms(of: shown))) }

  private func forms(of shown: Shown) -> [String: JSON] {
    var forms: [String: JSON] = ["text/plain": text(shown.text ?? "")]
    if let table = shown[.table] { forms["text/html"] = text(HTMLTable.text(table)) }
    if let html = shown[.html] { forms["text/html"] = text(html) }
    if let svg = shown[.svg] { forms["image/svg+xml"] = text(svg) }
    if let picture = ShownPicture(shown) { forms["image/png"] = .string(Base64.text(of: picture.enlarged)) }
    return forms
  }

  /// Several outputs as one, which can take the place of another: a single picture or value in all of its forms, texts as text, a mixture as
  /// HTML as well.
  public func data(_ outputs: [CellOutput]) -> JSON {
    if outputs.count == 1, let first = outputs.first?.shown { return data(first) }
    let plain = outputs.map(Self.plain).joined()
    var forms = ["text/plain": text(plain.hasSuffix("\n") ? String(plain.dropLast()) : plain)]
    let isPlain = outputs.allSatisfy { $0.isPlain }
    if !isPlain { forms["text/html"] = text(outputs.map(PageOutput.html).joined()) }
    return .object(JSON.Members(forms))
  }

  private static func plain(_ output: CellOutput) -> String {
    switch output {
    case .text(let text), .note(let text): text
    case .result(let shown), .display(let shown): (shown.text ?? "") + "\n"
    case .help(let page): text(page)
    case .code(let source): text(source)
    case .diagnostic(let diagnostic): DiagnosticRenderer().render(diagnostic)
    case .interrupted(let note): (note ?? "stopped") + "\n"
    }
  }
}

extension CellOutput {
  /// Whether HTML would show no more of it than text.
  fileprivate var isPlain: Bool {
    switch self {
    case .text, .note, .interrupted: true
    case .result, .display, .help, .code, .diagnostic: false
    }
  }

  /// The value or picture that it is.
  fileprivate var shown: Shown? {
    switch self {
    case .result(let shown), .display(let shown): shown
    case .text, .note, .help, .code, .diagnostic, .interrupted: nil
    }
  }
}
