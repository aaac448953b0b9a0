import Syntax

/// What a running program hands out. The interpreter itself never prints.
public enum Output {
  /// A line of standard output, without its end: what `print` writes.
  case text(String)
  /// The value of a statement, in the REPL.
  case echo(Value)
  /// What `show` shows: an image, a plot, a table.
  case display(any Object)
  /// A line for standard error.
  case message(String)
  case progress(Progress)
  case help(HelpPage)
  /// Program text, for `source name`.
  case code(Source)
  case diagnostic(Diagnostic)
}

/// How far a long work has come; shown on one line that is written over, where there is a terminal.
public struct Progress: Sendable {
  public var title: String
  public var done: Int
  public var total: Int?
  /// Further facts, as they shall be shown.
  public var note: String
  /// The last of its kind: the line can be removed.
  public var isFinished: Bool

  public init(title: String, done: Int, total: Int?, note: String = "", isFinished: Bool = false) {
    self.title = title
    self.done = done
    self.total = total
    self.note = note
    self.isFinished = isFinished
  }
}

/// Receives what a session hands out, on the interpreter's thread.
public protocol OutputSink: AnyObject {
  func receive(_ output: Output)
}
