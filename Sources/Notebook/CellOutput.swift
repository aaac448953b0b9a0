import Interpreter
import Syntax

/// What a cell has put out: finished, as it was.
public enum CellOutput: Sendable {
  /// Lines of standard output, each ended by a newline.
  case text(String)
  /// Lines that a terminal would show on standard error.
  case note(String)
  /// The value of the cell's last statement.
  case result(Shown)
  /// What `show` shows.
  case display(Shown)
  case help(HelpPage)
  /// Program text, for `source name`.
  case code(Source)
  case diagnostic(Diagnostic)
  /// The work was stopped at the user's word.
  case interrupted(note: String?)
}

extension CellOutput {
  /// What a session has put out, by itself; nil for progress and for frames, which are states of something.
  public init?(_ output: Output) {
    switch output {
    case .text(let text): self = .text(text + "\n")
    case .fragment(let text): self = .text(text)
    case .message(let text): self = .note(text.hasSuffix("\n") ? text : text + "\n")
    case .result(let shown): self = .result(shown)
    case .display(let shown): self = .display(shown)
    case .help(let page): self = .help(page)
    case .code(let source): self = .code(source)
    case .diagnostic(let diagnostic): self = .diagnostic(diagnostic)
    case .interrupted(let note): self = .interrupted(note: note)
    case .progress, .frame: return nil
    }
  }
}
