/// A command of the language, with all that help, completion, argument checking and the reference need to know of it.
public final class Builtin {
  public let name: String
  /// One line, a sentence.
  public let summary: String
  /// The heading of the reference under which it stands.
  public let subject: String
  public let parameters: [Parameter]
  public let examples: [Example]
  public let details: String
  /// Whether its bare name as a statement calls it (`vars`).
  public let isCommand: Bool
  /// The other forms under the same name; the first form whose first parameter accepts the first argument is called.
  public internal(set) var alternatives: [Builtin] = []
  let body: (borrowing Invocation) throws -> Value

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
  public let code: String
  /// Empty where the code gives nothing; nil where the result cannot be told beforehand, so that it is only run.
  public let result: String?

  public init(_ code: String, _ result: String?) {
    self.code = code
    self.result = result
  }
}
