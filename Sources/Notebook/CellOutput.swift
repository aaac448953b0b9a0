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
