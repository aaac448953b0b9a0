import Syntax

/// What a running program hands out: finished, so that it stays as it is wherever it is kept or sent. The interpreter itself never prints.
public enum Output: Sendable {
  /// A line of standard output, without its end: what `print` writes.
  case text(String)
  /// Text of standard output that what is printed next goes on: what `print x, end: " "` writes.
  case fragment(String)
  /// The value of a statement, where statements are echoed.
  case result(Shown)
  /// What `show` shows: an image, a plot.
  case display(Shown)
  /// A line for standard error.
  case message(String)
  case progress(Progress)
  /// What a `live { … }` shows now.
  case frame(LiveFrame)
  case help(HelpPage)
  /// Program text, for `source name`.
  case code(Source)
  case diagnostic(Diagnostic)
  /// The program was stopped at the user's word; what is to be said of it, where there is more to say.
  case interrupted(note: String?)
}

extension Output {
  /// Whether it is a part of what is looked at: these make up the frames of `live { … }`.
  var isShown: Bool {
    switch self {
    case .text, .fragment, .result, .display, .help, .code: true
    case .message, .progress, .frame, .diagnostic, .interrupted: false
    }
  }
}

/// How far a long work has come; shown on one line that is written over, where there is a terminal.
public struct Progress: Sendable {
  /// What is counted: "step", "reading".
  public var title: String
  /// How many are done, from 0.
  public var done: Int
  /// How many there are; nil where that is not known.
  public var total: Int?
  /// Further facts, as they shall be shown.
  public var note: String
  /// The last of its kind: the line can be removed.
  public var isFinished: Bool

  /// A state of the work named `title`.
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
  /// What it takes now; asked before a value is shown.
  var reception: Reception { get }
  /// How often it takes the frames of `live { … }`.
  var framePace: FramePace { get }
  func receive(_ output: Output)
  /// Takes away what it has received for the entry, or cell, that runs.
  func clear()
}

extension OutputSink {
  /// Text for 80 columns, for a sink that shows nothing else.
  public var reception: Reception { .text }
  /// The last one alone.
  public var framePace: FramePace { .last }
  /// What was written stays, as in a file.
  public func clear() {}
}

/// Which values of a program's statements are handed out.
public enum Echo: Sendable {
  case nothing
  /// That of the last statement.
  case last
  /// That of each statement, as in a conversation, where it is also kept as `_`.
  case each
  /// That of the last statement of an entry that may have many, as in a notebook, where it is also kept as `_`.
  case lastOfEntry

  /// Whether the program is an entry of a conversation.
  var isOfConversation: Bool {
    switch self {
    case .nothing, .last: false
    case .each, .lastOfEntry: true
    }
  }

  /// Whether the value of a statement is handed out.
  func shows(isLast: Bool) -> Bool {
    switch self {
    case .nothing: false
    case .last, .lastOfEntry: isLast
    case .each: true
    }
  }
}
