import Interpreter
import Syntax

/// The words that an argument takes: those in quotes, or in backticks, where help tells of it, and functions and calls in backticks such as
/// `minutes(5)`. For a builtin that is the help of the parameter, for a function of the language the item "- `name`: …" of the documentation above
/// it, or above the function whose options it takes. An argument that takes a function takes the program's own, too.
public struct OptionWords {
  let session: Session

  /// What may stand behind `name:` in a call, as it is written there: strings in quotes, names that have a value, functions and calls.
  func words(for name: String, of callee: Value) -> [String] {
    switch callee {
    case .builtin(let builtin):
      let parameters = builtin.forms.flatMap(\.parameters).filter { $0.name == name }
      let words = parameters.flatMap { OptionWords.marked(in: $0.help) }.filter(isMeant)
      return (words + (parameters.contains { $0.kind.description.contains("function") } ? ownFunctions : [])).uniqued
    case .function(let function):
      // The function's own words go before those of the functions whose options it takes.
      let documentations = [function.documentation] + function.parameters.map(\.documentation)
      let item = documentations.lazy.compactMap { $0.flatMap { Documentation($0).text(of: name) } }.first
      let takesFunction = function.parameters.contains { $0.syntax.name.text == name && $0.syntax.kindText.contains("function") }
      return (OptionWords.marked(in: item ?? "").filter(isMeant) + (takesFunction ? ownFunctions : [])).uniqued
    case .none, .boolean, .number, .string, .list, .range, .record, .object: return []
    }
  }

  /// What a field of a record may be set to, by the documentation of whoever made the record.
  func words(forField name: String, of record: Record) -> [String] {
    OptionWords.marked(in: record.help(name) ?? "").filter(isMeant).uniqued
  }

  /// The names of the functions that the program has defined itself.
  private var ownFunctions: [String] {
    session.visibleNames.filter { name in
      if case .function(let function)? = session[name] { !function.source.isLibrary } else { false }
    }
  }

  /// A string, a function that is written out, the name of something that is there, or a call of it: help marks other things too.
  private func isMeant(_ word: String) -> Bool {
    let name = OptionWords.callee(of: word) ?? word
    return word.hasPrefix("\"") || word.contains("->") || session[name] != nil || session.catalog.value(named: name) != nil
  }

  /// The name of what a call such as `minutes(5)` calls; nil for other words.
  static func callee(of word: String) -> String? {
    word.hasSuffix(")") ? word.firstIndex(of: "(").map { String(word[..<$0]) } : nil
  }

  /// Whether a text is a function, `x -> x + 1`, or a call of something that has a name, `minutes(5)`.
  private static func isExpression(_ text: String) -> Bool {
    guard case .complete(let program) = Parser.parse(Source(name: "", text: text)), program.statements.count == 1,
      case .expression(let expression)? = program.statements.first?.kind
    else { return false }
    switch expression.kind {
    case .function: return true
    case .call(let call): if case .name = call.callee.kind { return text.hasSuffix(")") } else { return false }
    case .none, .boolean, .number, .string, .list, .record, .range, .name, .unary, .binary, .and, .or, .comparisonChain, .index,
      .field, .conditional, .attempt:
      return false
    }
  }

  /// The words in quotes, with these, and in backticks, without, functions and calls among these.
  public static func marked(in text: String) -> [String] {
    var words: [String] = []
    var rest = Substring(text)
    while let opening = rest.firstIndex(where: { $0 == "\"" || $0 == "`" }) {
      let mark = rest[opening]
      let inside = rest[rest.index(after: opening)...]
      guard let closing = inside.firstIndex(of: mark) else { break }
      let word = inside[..<closing]
      let isWord = !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "_-".contains($0) }
      if isWord || mark == "`" && isExpression(String(word)) {
        words.append(mark == "`" ? String(word) : "\"\(word)\"")
      }
      rest = inside[inside.index(after: closing)...]
    }
    return words
  }
}

extension [String] {
  /// Each once, at its first place.
  fileprivate var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
