/// What the parser made of a text.
public enum ParseResult: Sendable {
  case complete(Program)
  /// The text breaks off where more must follow: a REPL reads on, a script reports `Incompleteness.diagnostic`.
  case incomplete(Incompleteness)
  /// At least one error, in the order of the text; one for each statement at most.
  case invalid([Diagnostic])
}

/// A text that could still become a program if more lines followed.
public struct Incompleteness: Sendable {
  /// What must follow, for a person: "the closing `)`", "a value after `+`".
  public var awaited: String
  /// How many levels the next line should be indented.
  public var depth: Int
  /// The same as an error, for where no more text can follow.
  public var diagnostic: Diagnostic

  /// A text of which something is awaited; see the properties.
  public init(awaited: String, depth: Int, diagnostic: Diagnostic) {
    self.awaited = awaited
    self.depth = depth
    self.diagnostic = diagnostic
  }
}
