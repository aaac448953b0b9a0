import Base

/// Which part of a call or an operation a mark belongs to; the interpreter finds its place in the source.
public enum Operand: Hashable, Sendable {
  /// The argument bound to this parameter (for a variadic one, the first of them).
  case argument(String)
  /// The argument, or the index, at this place.
  case position(Int)
  /// The value at this place among those that a collecting block (`net { }`) gathered for this parameter.
  case item(String, Int)
  case left, right
  case callee
  /// The whole call or operation.
  case whole
}

/// What builtins and operators throw: what went wrong, without places. The interpreter turns it into a `Diagnostic` at the call.
public struct Failure: Error {
  /// Short, lower case, without a full stop.
  public var title: String
  /// Which operands the error marks, and what stands beneath each mark; empty where the mark says enough.
  public var marks: [(operand: Operand, text: String)]
  /// Whole sentences: why, and the way out.
  public var advice: [String]

  /// A failure with any number of sentences of advice.
  public init(_ title: String, _ marks: [(Operand, String)] = [], advice: [String] = []) {
    self.title = title
    self.marks = marks.map { (operand: $0.0, text: $0.1) }
    self.advice = advice
  }

  /// A failure with one sentence of advice.
  public init(_ title: String, _ marks: [(Operand, String)] = [], advice: String) {
    self.init(title, marks, advice: [advice])
  }
}

extension Failure {
  /// More memory was asked for than there is.
  init(_ shortage: Memory.Shortage) {
    self.init("there is not enough memory", [(.whole, "")], advice: [shortage.explanation, "Work on smaller parts."])
  }
}

/// The user, or the program, interrupted the work (Ctrl-C, or `stop`). `try` does not catch it.
public struct Interrupted: Error {
  /// What `stop` was given: how to go on.
  public var note: String?

  /// A stop with what the user shall know to go on.
  public init(note: String? = nil) {
    self.note = note
  }
}

/// `exit(code)` was called. `try` does not catch it.
public struct Exit: Error {
  /// The exit status, 0…255, of the process.
  public var code: Int32

  /// The end of the program with this status.
  public init(code: Int32) {
    self.code = code
  }
}
