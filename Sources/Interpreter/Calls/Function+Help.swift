import Syntax

extension Function {
  /// How it is called: `dragan(G, D, data, batch: 64)`.
  public var signature: String {
    let words = (literal?.parameters ?? []).map { parameter in
      parameter.defaultValue.map { "\(parameter.name.text): \(text(of: $0.span))" } ?? parameter.name.text
    }
    return "\(name ?? "")(\(words.joined(separator: ", ")))"
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
  public var sourceLine: Int { literal.map { source.line(of: $0.span) } ?? 1 }

  private func text(of span: Span) -> String {
    let bytes = source.bytes
    let lower = min(max(Int(span.lower), 0), bytes.count)
    let upper = min(max(Int(span.upper), lower), bytes.count)
    return String(decoding: bytes[lower..<upper], as: UTF8.self)
  }
}
