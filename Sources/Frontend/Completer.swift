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
      return PathCompletion(folders: folders, onlyPrograms: isModule).complete(typed, closesQuote: !rest.hasPrefix("\""))
    case .module(let prefix): return completion(prefix, session.standardModuleNames.map { .init($0) })
    case .field(let path, let prefix): return completion(prefix, fields(of: path))
    case .name(let prefix):
      let arguments = context.call.map { namedArguments($0, owners: context.blockOwners) } ?? []
      // Without a letter all names would be too many; the arguments of a call are few.
      if prefix.isEmpty { return completion("", arguments) }
      // Where an argument's name is being written the catalog's words would only be in the way.
      let named = completion(prefix, arguments + variables())
      if named.candidates.contains(where: { $0.text.hasSuffix(": ") }) { return named }
      let isAlone = text.utf8.prefix(max(0, cursor)).elementsEqual(prefix.utf8)
      return completion(prefix, names(context, beginsEntry: isAlone))
    }
  }

  private func completion(_ prefix: String, _ candidates: [Completion.Candidate]) -> Completion {
    var seen: Set<String> = []
    let fitting = candidates.filter { $0.text.hasPrefix(prefix) && seen.insert($0.text).inserted }
    return Completion(replaced: prefix.utf8.count, candidates: fitting)
  }

  // MARK: Names

  /// `beginsEntry`: whether nothing stands before, so that a command of the conversation may be meant.
  private func names(_ context: CompletionContext, beginsEntry: Bool) -> [Completion.Candidate] {
    var result: [Completion.Candidate] = []
    for vocabulary in vocabularies(context.blockOwners) {
      result += session.catalog.all(vocabulary: vocabulary).map { .init($0.name, summary: $0.summary) }
    }
    result += variables()
    if beginsEntry { result += session.conversationCommands.map { .init($0.title, summary: $0.summary) } }
    result += session.catalog.all.map { .init($0.name, summary: $0.summary) }
    result += session.catalog.constants.sorted { $0.key < $1.key }.map { .init($0.key, summary: ValueSummary.line($0.value)) }
    result += Token.keywords.keys.map { .init($0) }
    result += context.textNames.map { .init($0) }
    return result.sorted { $0.text < $1.text }
  }

  private func variables() -> [Completion.Candidate] {
    session.visibleNames.map { name in .init(name, summary: session[name].map(ValueSummary.line)) }
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

  private func value(at path: [String]) -> Value? {
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

  private func layerWord(_ callee: [String], _ owners: [[String]]) -> Builtin? {
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
