import Syntax

/// The options of a function, `...options: gan`, taken from another when the function is made. It does not hold the other, so that no
/// chains of functions come to be.
final class FunctionOptions {
  /// One of them.
  struct Option {
    let written: Function.WrittenParameter
    /// The template that it is a parameter of, and its place there.
    fileprivate let template: FunctionTemplate
    fileprivate let place: Int

    var name: String { written.syntax.name.text }
    var isRequired: Bool { written.syntax.defaultValue == nil }

    /// The check of its kind; nil where it takes anything.
    var check: ParameterCheck? {
      template.makeReady()
      return template.checks.first { $0.place == place }
    }
  }

  let all: [Option]
  let names: [String]

  /// What `syntax` says, where `function` is what the name of its function stands for.
  init(_ syntax: OptionsSyntax, of function: Function) {
    var found = function.ownParameters.enumerated().map { Option(written: $1, template: function.template, place: $0) }
    if let options = function.options { found += options.all }
    all = syntax.places(among: found.map(\.name)).map { found[$0] }
    names = all.map(\.name)
  }
}

extension Function {
  /// A parameter as its function's text has it.
  public struct WrittenParameter {
    /// The parameter in the syntax tree.
    public let syntax: ParameterSyntax
    /// The text that it stands in.
    public let source: Source
    /// The documentation of the function that it is a parameter of.
    public let documentation: String?

    /// `batch: count = 64`
    public var text: String { syntax.text(in: source) }
  }

  /// All that it takes by name: its own parameters, then its options.
  public var parameters: [WrittenParameter] { ownParameters + (options?.all.map(\.written) ?? []) }

  var ownParameters: [WrittenParameter] {
    (literal?.parameters ?? []).map { WrittenParameter(syntax: $0, source: source, documentation: documentation) }
  }
}

extension FunctionLiteral {
  /// All that the function takes by name, as its text and those of others say.
  /// - Parameter depth: How far options of options are followed, as a text may refer to itself.
  /// - Parameter definition: Finds the function of a name; nil where there is none.
  public func parameters(
    in source: Source, depth: Int = 16, definition: (String) -> (literal: FunctionLiteral, source: Source)?
  ) -> [Function.WrittenParameter] {
    let own = parameters.map { Function.WrittenParameter(syntax: $0, source: source, documentation: documentation) }
    guard depth > 0, let options, let found = definition(options.function.text) else { return own }
    let all = found.literal.parameters(in: found.source, depth: depth - 1, definition: definition)
    return own + options.places(among: all.map(\.syntax.name.text)).map { all[$0] }
  }
}
