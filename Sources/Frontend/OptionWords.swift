import Interpreter

/// The words that an argument takes: those in quotes, or in backticks, where help tells of it. For a builtin that is the help of the parameter,
/// for a function of the language the item "- `name`: …" of the documentation above it, or above the function whose options it takes.
public struct OptionWords {
  let session: Session

  /// What may stand behind `name:` in a call, as it is written there: strings in quotes, and names that have a value.
  func words(for name: String, of callee: Value) -> [String] {
    switch callee {
    case .builtin(let builtin):
      return builtin.forms.flatMap(\.parameters).filter { $0.name == name }.flatMap { OptionWords.marked(in: $0.help) }
        .filter(isMeant).uniqued
    case .function(let function):
      // The function's own words go before those of the functions whose options it takes.
      let documentations = [function.documentation] + function.parameters.map(\.documentation)
      let item = documentations.lazy.compactMap { $0.flatMap { Documentation($0).text(of: name) } }.first
      return OptionWords.marked(in: item ?? "").filter(isMeant).uniqued
    case .none, .boolean, .number, .string, .list, .range, .record, .object: return []
    }
  }

  /// What a field of a record may be set to, by the documentation of whoever made the record.
  func words(forField name: String, of record: Record) -> [String] {
    OptionWords.marked(in: record.help(name) ?? "").filter(isMeant).uniqued
  }

  /// A string, or the name of something that is there: help marks other things too.
  private func isMeant(_ word: String) -> Bool {
    word.hasPrefix("\"") || session[word] != nil || session.catalog.value(named: word) != nil
  }

  /// The words in quotes, with these, and in backticks, without.
  public static func marked(in text: String) -> [String] {
    var words: [String] = []
    var rest = Substring(text)
    while let opening = rest.firstIndex(where: { $0 == "\"" || $0 == "`" }) {
      let mark = rest[opening]
      let inside = rest[rest.index(after: opening)...]
      guard let closing = inside.firstIndex(of: mark) else { break }
      let word = inside[..<closing]
      if !word.isEmpty, word.allSatisfy({ $0.isLetter || $0.isNumber || "_-".contains($0) }) {
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
