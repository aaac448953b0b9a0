import Interpreter
import Syntax

/// `help`, `source`, `source_of`, `vars`, `variable_of`.
enum LookingBuiltins {
  private static let subject = "Looking"

  static func register(in catalog: Catalog) {
    let name = Parameter(
      "name", .any, default: .none, passing: .quoted,
      "a command, a function, a layer, a subject, a module, a keyword, or any words")
    catalog.add(
      Builtin(
        "help", "Tells what a command, a function or a sign of the language does, or where a word occurs.", subject: subject,
        parameters: [name],
        examples: [
          Example("help conv", nil), Example("help \"gradient\"", nil), Example("help \"^\"", nil), Example("help", nil),
        ],
        details: """
          Of a word that is no name it lists what has it in its name or its text, in the standard library too. In a conversation `help for`, \
          `help ^`, `help learning rate` and `train?` are written without quotes.
          """, isCommand: true
      ) { call in
        call.session.emit(.help(try page(call)))
        return .none
      })
    registerLastError(in: catalog)
    catalog.add(
      Builtin(
        "source", "Shows the text of a function that is written in the language, or of a module.", subject: subject,
        parameters: [Parameter("name", .any, passing: .quoted, "a function or a module")],
        examples: [Example("fn twice(x) = 2 * x; source twice", nil)]
      ) { call in
        let shown = try source(call)
        if !shown.isLibrary { call.session.deeds?.seeLine() }
        call.session.emit(.code(shown))
        return .none
      })
    catalog.add(
      Builtin(
        "source_of", "The text of a function that is written in the language, as a string.", subject: subject,
        parameters: [Parameter("function", .function, "the function")],
        examples: [Example("source_of(x -> 2 * x)", "\"x -> 2 * x\"")]
      ) { call in
        guard case .function(let function) = call.value("function") else {
          throw Failure(
            "only a function that is written in the language has a text",
            [(.argument("function"), call.value("function").briefly)], advice: "`help` tells about those that are built in.")
        }
        return .string(function.sourceText)
      })
    catalog.add(
      Builtin(
        "variable_of", "The name of your variable that holds a list, a record or an object itself; none where none does.",
        subject: subject, parameters: [Parameter("value", .any, "what it holds")],
        examples: [Example("a = {x: 1}; variable_of(a)", "\"a\""), Example("print variable_of({x: 1})", "none")]
      ) { call in
        let value = call.value("value")
        return call.session.variable(holding: value).map { .string($0) } ?? .none
      })
    catalog.add(
      Builtin(
        "vars", "Lists your variables, their kinds and values.", subject: subject, examples: [Example("vars", nil)],
        isCommand: true
      ) { call in
        let session = call.session
        let names = session.variableNames.filter { session[$0] != nil }
        let width = names.map(\.count).max() ?? 0
        for name in names {
          guard let value = session[name] else { continue }
          let padding = String(repeating: " ", count: width - name.count + 2)
          let text = try value.description(width: 60).split(separator: "\n").first.map(String.init) ?? ""
          session.emit(.text("\(name)\(padding)\(text.count > 60 ? text.prefix(59) + "…" : text)"))
        }
        return .none
      })
  }

  private static func registerLastError(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "last_error", "Shows the last error once more, with every call within the standard library.", subject: subject,
        examples: [Example("last_error", nil)],
        details: """
          An error inside the standard library is shown at your own line, and the calls between on one line. This shows each of \
          them with its place; so does `gan --trace` for a whole script.
          """, isCommand: true
      ) { call in
        if let diagnostic = call.session.lastError {
          call.session.emit(.diagnostic(diagnostic.inFull))
        } else {
          call.session.emit(.message("there has been no error"))
        }
        return .none
      })
  }

  private static func named(_ call: borrowing Invocation) -> String? {
    if case .string(let name) = call.value("name") { name } else { nil }
  }

  /// A value that was given as such, or the one that a name stands for.
  private static func meant(_ call: borrowing Invocation) -> Value? {
    guard let name = named(call) else { return call.value("name") }
    return call.session.value(meantBy: name)
  }

  private static func page(_ call: borrowing Invocation) throws -> HelpPage {
    let session = call.session
    guard call.isGiven("name") else { return HelpIndex(session).overview }
    guard let name = named(call) else {
      let value = call.value("name")
      return value.helpPage(titled: value.typeName)
    }
    guard let page = session.helpPage(about: name) else { throw unknown(call) }
    return page
  }

  private static func unknown(_ call: borrowing Invocation) -> Failure {
    let name = named(call) ?? ""
    let catalog = call.session.catalog
    let layers = catalog.vocabularyNames.flatMap { catalog.all(vocabulary: $0).map(\.name) }
    let near = Suggestion.nearest(
      to: name,
      among: catalog.names + layers + call.session.visibleNames + call.session.conversationCommands.map(\.title)
        + StandardModules.publicNames)
    let words = name.split(separator: " ").map(String.init)
    if words.count > 1 {
      let index = HelpIndex(call.session)
      let known = words.filter { $0.count > 3 && index.search(for: $0) != nil }.map { "help \"\($0)\"" }
      return Failure(
        "no text of help has all of these words", [(.argument("name"), "")],
        advice: [known.isEmpty ? "`help` lists the subjects." : "There are texts for \(known.joined(separator: " and "))."])
    }
    return Failure(
      "there is no `\(name)`", [(.argument("name"), "")],
      advice: near.map { ["Did you mean `\($0)`?"] } ?? [
        "`help` lists the subjects; help \"word\" looks for a word in all texts."
      ])
  }

  private static func source(_ call: borrowing Invocation) throws -> Source {
    switch meant(call) {
    case .some(.function(let function)):
      return Source(
        name: "\(function.source.name):\(function.sourceLine)", text: function.sourceText, isLibrary: function.source.isLibrary)
    case .some(.builtin(let builtin)):
      throw Failure(
        "`\(builtin.name)` is built in, and not written in the language", [(.argument("name"), "")],
        advice: "`help \(builtin.name)` tells what it does.")
    case .some(let value): throw Failure("only functions have a source", [(.argument("name"), value.briefly)])
    case nil:
      guard let name = named(call), call.session.standardModuleNames.contains(name) else { throw unknown(call) }
      let module = Module.standard(Name(name, span: Span(0, 0)))
      return try call.session.moduleLoader(module, Source(name: "", text: ""))
    }
  }
}

extension Session {
  /// What help says of a name, a subject, or a sign of the language; nil where it knows nothing of it. Looked at within `inside`.
  fileprivate func helpPage(about name: String) -> HelpPage? {
    // As where it is typed alone: only a variable goes before a command of the conversation.
    if self[name] == nil, let page = conversationCommands.first(where: { $0.title == name }) { return page }
    if let value = value(meantBy: name) { return value.helpPage(titled: name) }
    return helpPage(named: name) ?? HelpIndex(self).search(for: name)
  }

  /// The value, builtin or layer that a name stands for.
  fileprivate func value(meantBy name: String) -> Value? {
    if let value = self[name] { return value }
    if let builtin = catalog.builtin(named: name) { return .builtin(builtin) }
    for vocabulary in catalog.vocabularyNames {
      if let builtin = catalog.builtin(named: name, vocabulary: vocabulary) { return .builtin(builtin) }
    }
    return catalog.value(named: name)
  }
}

extension Value {
  /// What help says of it.
  fileprivate func helpPage(titled title: String) -> HelpPage {
    switch self {
    case .builtin(let builtin): builtin.helpPage
    case .function(let function): function.helpPage
    case .none, .boolean, .number, .string, .list, .range, .record, .object:
      HelpPage(title: title, summary: "\(briefly), a variable.")
    }
  }
}
