import Syntax

/// A function of the language: its text and the variables it captured.
public final class Function {
  public let literal: FunctionLiteral?
  /// Where its text stands.
  public let source: Source

  init(literal: FunctionLiteral?, source: Source) {
    self.literal = literal
    self.source = source
  }

  /// None for `x -> …` and for blocks.
  public var name: String? { literal?.name?.text }
  public var parameterNames: [String] { literal?.parameters.map(\.name.text) ?? [] }
  public var documentation: String? { literal?.documentation }
}
