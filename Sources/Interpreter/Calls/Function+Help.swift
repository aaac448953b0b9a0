import Syntax

extension Function {
  /// How it is written: `dragan(G: net, D: net, data: data_set, batch: count = 64)`.
  public var signature: String {
    "\(name ?? "")(\(parameters.map(\.text).joined(separator: ", ")))"
  }

  /// What its documentation says.
  public var helpPage: HelpPage {
    let lines = (documentation ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let first = lines.prefix { !$0.isEmpty }
    let rest = lines.dropFirst(first.count).drop { $0.isEmpty }
    return HelpPage(
      title: name ?? "function", summary: first.joined(separator: " "), signatures: [signature],
      details: rest.joined(separator: "\n"))
  }

  /// The line of its source, counted from 1, on which its text begins.
  public var sourceLine: Int { literal.map { source.line(at: Int($0.span.lower)) } ?? 1 }
}
