import Syntax

extension Function {
  /// How it is written: `dragan(G: net, D: net, data: data_set, batch: count = 64)`.
  public var signature: String {
    "\(name ?? "")(\(parameters.map(\.text).joined(separator: ", ")))"
  }

  /// What its documentation says.
  public var helpPage: HelpPage {
    HelpPage(title: name ?? "function", signature: signature, parameters: parameters, documentation: documentation)
  }

  /// The line of its source, counted from 1, on which its text begins.
  public var sourceLine: Int { literal.map { source.line(at: Int($0.span.lower)) } ?? 1 }
}

extension FunctionLiteral {
  /// What its documentation says, as its text has it.
  /// - Parameter definition: Finds the function of a name, whose options it takes.
  public func helpPage(
    named name: String, in source: Source, definition: (String) -> (literal: FunctionLiteral, source: Source)?
  ) -> HelpPage {
    let parameters = parameters(in: source, definition: definition)
    return HelpPage(
      title: name, signature: "\(name)(\(parameters.map(\.text).joined(separator: ", ")))", parameters: parameters,
      documentation: documentation)
  }
}

extension HelpPage {
  fileprivate init(title: String, signature: String, parameters: [Function.WrittenParameter], documentation: String?) {
    let parts = Documentation(documentation ?? "")
    let names = Set(parameters.map(\.syntax.name.text))
    // Items about other things, such as the fields of what it gives, stay as they are written.
    let others = parts.items.filter { !$0.names.contains(where: names.contains) }.map { item in
      "- \(item.names.map { "`\($0)`" }.joined(separator: ", "))\(item.names.isEmpty ? "" : ": ")\(item.text)"
    }
    self.init(
      title: title, summary: parts.summary, signatures: [signature], parameters: parameters.map(\.row), examples: parts.examples,
      details: (others + (parts.details.isEmpty ? [] : [parts.details])).joined(separator: "\n"))
  }
}
