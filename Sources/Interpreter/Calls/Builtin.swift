/// A command of the language, with all that help, completion, argument checking and the reference need to know of it.
public final class Builtin {
  /// As programs write it.
  public let name: String
  /// One line, a sentence.
  public let summary: String
  /// The heading of the reference under which it stands.
  public let subject: String
  /// In order; a variadic one is the last that takes positional arguments.
  public let parameters: [Parameter]
  /// Shown by `help` and run as tests.
  public let examples: [Example]
  /// What `help` shows below the summary: whole sentences, in paragraphs; empty where the summary says all.
  public let details: String
  /// Whether its bare name as a statement calls it (`vars`).
  public let isCommand: Bool
  /// The other forms under the same name; the first form whose first parameter accepts the first argument is called.
  public internal(set) var alternatives: [Builtin] = []
  let body: (borrowing Invocation) throws -> Value

  /// A form of a command; see the properties. `Catalog.add` makes it known.
  public init(
    _ name: String, _ summary: String, subject: String, parameters: [Parameter] = [], examples: [Example] = [],
    details: String = "", isCommand: Bool = false, body: @escaping (borrowing Invocation) throws -> Value
  ) {
    self.name = name
    self.summary = summary
    self.subject = subject
    self.parameters = parameters
    self.examples = examples
    self.details = details
    self.isCommand = isCommand
    self.body = body
    isPlain = !parameters.contains { $0.isVariadic }
    parameterNames = parameters.map(\.name)
    blockPlace = parameters.lastIndex { $0.takesBlock } ?? parameters.count - 1
  }

  /// Whether so many positional arguments go to the first parameters one to one, without a choice of form.
  func takesPlain(_ count: Int) -> Bool { isPlain && alternatives.isEmpty && count <= parameters.count }
  private let isPlain: Bool

  let parameterNames: [String]
  /// The parameter that a block goes to; below 0 there is none.
  let blockPlace: Int

  /// This form and the others of its name.
  public var forms: [Builtin] { [self] + alternatives }
}

/// A line of code and what it prints (its value, as the REPL echoes it); run as a test.
public struct Example: Sendable {
  /// The line, as a person would type it.
  public let code: String
  /// Empty where the code gives nothing; nil where the result cannot be told beforehand, so that it is only run.
  public let result: String?

  /// A line with what it prints, as `result` says it.
  public init(_ code: String, _ result: String?) {
    self.code = code
    self.result = result
  }
}
