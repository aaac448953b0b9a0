extension Builtin {
  /// How it is called: `round(x, decimals: 0)`.
  public var signature: String {
    let words = parameters.map { parameter -> String in
      switch parameter.passing {
      case .variadic: return "\(parameter.name)…"
      case .block, .collecting: return "{ \(parameter.name) }"
      case .single, .quoted:
        guard let value = parameter.defaultValue else { return parameter.name }
        if case .none = value { return "\(parameter.name): …" }
        return "\(parameter.name): \(value.plainText)"
      }
    }
    return "\(name)(\(words.joined(separator: ", ")))"
  }

  /// What the printed function shows of its parameters; `…` where it has other forms.
  var parameterList: String {
    let names = parameters.map { $0.isVariadic ? $0.name + "…" : $0.name }
    return (alternatives.isEmpty ? names : names + ["…"]).joined(separator: ", ")
  }

  /// All forms of its name on one page.
  public var helpPage: HelpPage {
    var rows: [HelpPage.Row] = []
    for parameter in forms.flatMap(\.parameters) {
      let name = parameter.isVariadic ? parameter.name + "…" : parameter.name
      var text = "\(parameter.help)"
      if let value = parameter.defaultValue {
        if case .none = value { text += " (may be left out)" } else { text += " (by default \(value.plainText))" }
      }
      if !rows.contains(where: { $0.name == name }) { rows.append(HelpPage.Row(name: name, text: text)) }
    }
    var summaries: [String] = []
    for form in forms where !summaries.contains(form.summary) { summaries.append(form.summary) }
    return HelpPage(
      title: name, summary: summaries.joined(separator: " "), signatures: forms.map(\.signature), parameters: rows,
      examples: forms.flatMap(\.examples), details: forms.map(\.details).filter { !$0.isEmpty }.joined(separator: "\n\n"))
  }
}
