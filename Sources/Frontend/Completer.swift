import Base
import Interpreter
import Syntax

/// What could stand at the cursor, by the session's names. Nothing is called: of values only plain paths `a.b.c` are looked at.
public struct Completer {
  let session: Session
  private let folders: FolderReader

  /// Completes by the names of `session`, and by paths of what `folders` sees.
  public init(session: Session, folders: FolderReader = .system) {
    self.session = session
    self.folders = folders
  }

  /// `cursor`: an offset into the text's UTF-8.
  public func complete(_ text: String, _ cursor: Int) -> Completion {
    let context = CompletionContext(text: text, cursor: cursor)
    switch context.place {
    case .nowhere: return .none
    case .path(let typed, let isModule):
      let rest = String(decoding: text.utf8.dropFirst(max(0, cursor)), as: UTF8.self)
      if !isModule, let topics = topics(context) {
        return Completion(
          replaced: typed.utf8.count, candidates: NameMatch.fitting(typed, subjects + topics),
          suffix: rest.hasPrefix("\"") ? "" : "\"")
      }
      if !isModule, let words = words(context)?.filter({ $0.hasPrefix("\"") }), !words.isEmpty {
        let candidates = words.map { Completion.Candidate(String($0.dropFirst().dropLast())) }
        return Completion(
          replaced: typed.utf8.count, candidates: NameMatch.fitting(typed, candidates), suffix: rest.hasPrefix("\"") ? "" : "\"")
      }
      return PathCompletion(folders: folders, onlyPrograms: isModule).complete(typed, closesQuote: !rest.hasPrefix("\""))
    case .module(let prefix): return completion(prefix, session.standardModuleNames.map { .init($0) })
    case .field(let path, let prefix): return completion(prefix, fields(of: path))
    case .name(let prefix):
      if let words = words(context), !words.isEmpty { return values(words, prefix, context) }
      if let topics = topics(context) { return completion(prefix, subjects.filter { !$0.text.contains(" ") } + topics) }
      let arguments = context.call.map { namedArguments($0, owners: context.blockOwners) } ?? []
      // Without a letter all names would be too many; the arguments of a call are few, and so are the words within braces.
      if prefix.isEmpty {
        return completion("", context.beginsStatement ? arguments + words(within: context.blockOwners) : arguments)
      }
      // Where an argument's name is being written the catalog's words would only be in the way.
      let named = completion(prefix, arguments + variables(withFunctions: false))
      let isNamed = named.candidates.contains { $0.text.hasSuffix(": ") && $0.text.lowercased().hasPrefix(prefix.lowercased()) }
      if isNamed { return named }
      let isAlone = text.utf8.prefix(max(0, cursor)).elementsEqual(prefix.utf8)
      return completion(prefix, names(context, beginsEntry: isAlone))
    }
  }

  private func completion(_ prefix: String, _ candidates: [Completion.Candidate]) -> Completion {
    Completion(replaced: prefix.utf8.count, candidates: NameMatch.fitting(prefix, candidates))
  }

  // MARK: Values of arguments

  /// The words that the argument takes whose value begins at the cursor; nil where none does.
  private func words(_ context: CompletionContext) -> [String]? {
    if let path = context.assigned, let name = path.last, case .record(let record)? = value(at: Array(path.dropLast())) {
      return OptionWords(session: session).words(forField: name, of: record)
    }
    guard let call = context.call, let name = call.valueOf else { return nil }
    if let word = layerWord(call.callee, context.blockOwners) {
      return OptionWords(session: session).words(for: name, of: .builtin(word))
    }
    return value(at: call.callee).map { OptionWords(session: session).words(for: name, of: $0) }
  }

  /// The words first, then whatever else begins as typed; a string may be typed without its quote.
  private func values(_ words: [String], _ prefix: String, _ context: CompletionContext) -> Completion {
    let plain = words.map { Completion.Candidate($0.hasPrefix("\"") ? String($0.dropFirst().dropLast()) : $0) }
    let quoted = Set(words.filter { $0.hasPrefix("\"") }.map { String($0.dropFirst().dropLast()) })
    let fitting = NameMatch.fitting(prefix, plain).map { candidate -> Completion.Candidate in
      if quoted.contains(candidate.text) { return .init("\"\(candidate.text)\"") }
      return .init(
        candidate.text, summary: value(at: [OptionWords.callee(of: candidate.text) ?? candidate.text]).map(summary))
    }
    guard !prefix.isEmpty else { return Completion(replaced: 0, candidates: fitting) }
    let rest = completion(prefix, names(context, beginsEntry: false)).candidates.filter { other in
      other.text.hasPrefix(prefix) && !fitting.contains { $0.text == other.text }
    }
    return Completion(replaced: prefix.utf8.count, candidates: fitting + rest)
  }

  /// What a value is, or what a function says of itself.
  private func summary(_ value: Value) -> String {
    switch value {
    case .builtin(let builtin): builtin.summary
    case .function(let function): function.helpPage.summary
    case .none, .boolean, .number, .string, .list, .range, .record, .object: ValueSummary.line(value)
    }
  }

  // MARK: Topics of help

  /// What a name that is written without quotes may be, as behind `help `; nil for other arguments.
  private func topics(_ context: CompletionContext) -> [Completion.Candidate]? {
    guard let call = context.call, call.isArgumentStart, call.positionalCount == 0, call.callee.count == 1,
      session[call.callee[0]] == nil, let builtin = session.catalog.builtin(named: call.callee[0]),
      case .quoted? = builtin.parameters.first?.passing
    else { return nil }
    let layers = session.catalog.vocabularyNames.flatMap { session.catalog.all(vocabulary: $0) }
    var topics = variables()
    for page in session.conversationCommands { topics.append(.init(page.title, summary: page.summary)) }
    for builtin in session.catalog.all + layers { topics.append(.init(builtin.name, summary: builtin.summary)) }
    for module in session.standardModuleNames { topics.append(.init(module, summary: "a module")) }
    for keyword in Token.keywords.keys.sorted() { topics.append(.init(keyword)) }
    return topics
  }

  /// The subjects of the catalog, of which help tells as well.
  private var subjects: [Completion.Candidate] {
    var seen: Set<String> = []
    return session.catalog.all.map(\.subject).filter { seen.insert($0).inserted }.sorted().map { .init($0, summary: "a subject") }
  }

  // MARK: Names

  /// `beginsEntry`: whether nothing stands before, so that a command of the conversation may be meant.
  private func names(_ context: CompletionContext, beginsEntry: Bool) -> [Completion.Candidate] {
    var result: [Completion.Candidate] = []
    result += variables()
    if beginsEntry { result += session.conversationCommands.map { .init($0.title, summary: $0.summary) } }
    result += session.catalog.all.map { .init($0.name, summary: $0.summary) }
    result += session.catalog.constants.sorted { $0.key < $1.key }.map { .init($0.key, summary: ValueSummary.line($0.value)) }
    result += Token.keywords.keys.map { .init($0) }
    result += context.textNames.map { .init($0) }
    return words(within: context.blockOwners) + result.sorted { $0.text < $1.text }
  }

  /// The words that count within the braces that hold the cursor: the layers of a net. They go before all other names.
  private func words(within owners: [[String]]) -> [Completion.Candidate] {
    vocabularies(owners).flatMap { session.catalog.all(vocabulary: $0) }.map { .init($0.name, summary: $0.summary) }
  }

  private func variables(withFunctions: Bool = true) -> [Completion.Candidate] {
    session.visibleNames.compactMap { name in
      switch session[name] {
      case .function?, .builtin?: if !withFunctions { return nil }
      case nil, .none?, .boolean, .number, .string, .list, .range, .record, .object: break
      }
      return .init(name, summary: session[name].map(ValueSummary.line))
    }
  }

  /// The vocabularies of the blocks that hold the cursor, innermost first.
  private func vocabularies(_ owners: [[String]]) -> [String] {
    owners.reversed().compactMap { owner in
      guard owner.count == 1, let builtin = session.catalog.builtin(named: owner[0]) else { return nil }
      for parameter in builtin.forms.flatMap(\.parameters) {
        if case .collecting(let vocabulary) = parameter.passing { return vocabulary }
      }
      return nil
    }
  }

  // MARK: Fields

  func value(at path: [String]) -> Value? {
    guard let first = path.first, var value = session[first] ?? session.catalog.value(named: first) else { return nil }
    for name in path.dropFirst() {
      switch value {
      case .record(let record):
        guard let field = record[name] else { return nil }
        value = field
      case .object(let object):
        guard object.fieldNames.contains(name), let field = try? object.field(name) else { return nil }
        value = field
      case .none, .boolean, .number, .string, .list, .range, .function, .builtin: return nil
      }
    }
    return value
  }

  private func fields(of path: [String]) -> [Completion.Candidate] {
    switch value(at: path) {
    case .record(let record): record.fields.map { .init($0.name, summary: ValueSummary.line($0.value)) }
    case .object(let object): object.fieldNames.map { .init($0) }
    case nil, .none?, .boolean, .number, .string, .list, .range, .function, .builtin: []
    }
  }

  // MARK: Named arguments

  private func namedArguments(_ call: CompletionContext.Call, owners: [[String]]) -> [Completion.Candidate] {
    guard call.isArgumentStart else { return [] }
    var arguments: [(name: String, help: String?)]
    if let word = layerWord(call.callee, owners) {
      arguments = parameters(of: word)
    } else {
      switch value(at: call.callee) {
      case .builtin(let builtin): arguments = parameters(of: builtin)
      case .function(let function): arguments = parameters(of: function)
      case nil, .none?, .boolean, .number, .string, .list, .range, .record, .object: arguments = []
      }
    }
    arguments.removeFirst(min(call.positionalCount, arguments.count))
    return arguments.filter { !call.given.contains($0.name) }.map {
      .init($0.name + ": ", label: $0.name + ":", summary: $0.help)
    }
  }

  func layerWord(_ callee: [String], _ owners: [[String]]) -> Builtin? {
    guard callee.count == 1 else { return nil }
    for vocabulary in vocabularies(owners) {
      if let word = session.catalog.builtin(named: callee[0], vocabulary: vocabulary) { return word }
    }
    return nil
  }

  private func parameters(of function: Function) -> [(name: String, help: String?)] {
    function.parameters.map { ($0.syntax.name.text, $0.syntax.kinds.isEmpty ? nil : $0.syntax.kindText) }
  }

  private func parameters(of builtin: Builtin) -> [(name: String, help: String?)] {
    builtin.forms.flatMap(\.parameters).compactMap { parameter in
      switch parameter.passing {
      case .single, .quoted: (parameter.name, parameter.help)
      case .variadic, .block, .collecting: nil
      }
    }
  }
}
