import Interpreter
import Syntax

/// `help`, `source`, `source_of`, `vars`.
enum LookingBuiltins {
  private static let subject = "Looking"

  static func register(in catalog: Catalog) {
    let name = Parameter("name", .any, default: .none, passing: .quoted, "a command, a function, or a layer")
    catalog.add(
      Builtin(
        "help", "Tells what a command or a function does.", subject: subject, parameters: [name],
        examples: [Example("help conv", nil), Example("help", nil)], isCommand: true
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
        call.session.emit(.code(try source(call)))
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
    if let value = call.session[name] { return value }
    if let builtin = call.session.catalog.builtin(named: name) { return .builtin(builtin) }
    for vocabulary in call.session.catalog.vocabularyNames {
      if let builtin = call.session.catalog.builtin(named: name, vocabulary: vocabulary) { return .builtin(builtin) }
    }
    return call.session.catalog.value(named: name)
  }

  private static func page(_ call: borrowing Invocation) throws -> HelpPage {
    let session = call.session
    guard call.isGiven("name") else { return overview(session) }
    switch meant(call) {
    case .some(.builtin(let builtin)): return builtin.helpPage
    case .some(.function(let function)): return function.helpPage
    case .some(let value):
      let title = named(call) ?? value.typeName
      return HelpPage(title: title, summary: "\(value.briefly), a variable.")
    case nil:
      if let page = subjectPage(named(call) ?? "", session.catalog) { return page }
      if let page = modulePage(named(call) ?? "") { return page }
      if let page = session.conversationCommands.first(where: { $0.title == named(call) }) { return page }
      throw unknown(call)
    }
  }

  /// `help "Products and convolutions"`, `help layers`: what stands under one heading of the overview.
  private static func subjectPage(_ name: String, _ catalog: Catalog) -> HelpPage? {
    guard let subject = catalog.subjects.first(where: { $0.lowercased() == name.lowercased() }) else { return nil }
    let layers = catalog.vocabularyNames.flatMap { catalog.all(vocabulary: $0) }
    var rows: [HelpPage.Row] = []
    for builtin in catalog.all + layers where builtin.subject == subject && !rows.contains(where: { $0.name == builtin.name }) {
      rows.append(HelpPage.Row(name: builtin.name, text: builtin.summary))
    }
    return HelpPage(title: subject, summary: "`help name` tells more about each.", parameters: rows)
  }

  /// A module of the standard library that has not been brought in yet.
  private static func modulePage(_ name: String) -> HelpPage? {
    guard let source = StandardModules.source(named: name) else { return nil }
    guard case .complete(let program) = Parser.parse(source) else { return nil }
    var rows: [HelpPage.Row] = []
    for statement in program.statements {
      guard case .definition(let name, let literal) = statement.kind else { continue }
      rows.append(HelpPage.Row(name: name.text, text: literal.documentation ?? ""))
    }
    // Its heading only repeats the name.
    let prose = (program.documentation ?? "").split(separator: "\n").filter { !$0.hasPrefix("# ") }.joined(separator: "\n")
    return HelpPage(title: "use \(name)", summary: prose, parameters: rows)
  }

  private static func unknown(_ call: borrowing Invocation) -> Failure {
    let name = named(call) ?? ""
    let catalog = call.session.catalog
    let layers = catalog.vocabularyNames.flatMap { catalog.all(vocabulary: $0).map(\.name) }
    let near = Suggestion.nearest(
      to: name, among: catalog.names + layers + call.session.visibleNames + call.session.conversationCommands.map(\.title))
    return Failure(
      "there is no `\(name)`", [(.argument("name"), "")],
      advice: near.map { ["Did you mean `\($0)`?"] } ?? ["`help` lists all commands."])
  }

  private static func overview(_ session: Session) -> HelpPage {
    let catalog = session.catalog
    let layers = catalog.vocabularyNames.flatMap { catalog.all(vocabulary: $0) }
    let all = catalog.all + layers
    var rows: [HelpPage.Row] = []
    for subject in catalog.subjects {
      var names: [String] = []
      for builtin in all where builtin.subject == subject && !names.contains(builtin.name) { names.append(builtin.name) }
      rows.append(HelpPage.Row(name: subject, text: names.joined(separator: ", ")))
    }
    let commands = session.conversationCommands.map(\.title)
    if !commands.isEmpty { rows.append(HelpPage.Row(name: "Conversation", text: commands.joined(separator: ", "))) }
    return HelpPage(
      title: "Gan",
      summary: "`help name` tells more about a command, `source name` shows a function's text, `vars` your variables.",
      parameters: rows)
  }

  private static func source(_ call: borrowing Invocation) throws -> Source {
    switch meant(call) {
    case .some(.function(let function)):
      return Source(name: "\(function.source.name):\(function.sourceLine)", text: function.sourceText)
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
