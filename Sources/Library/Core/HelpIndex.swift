import Interpreter
import Syntax

/// All that help knows of: builtins, layers, the language, the standard library.
struct HelpIndex {
  private let session: Session
  private let builtins: [Builtin]

  init(_ session: Session) {
    self.session = session
    let catalog = session.catalog
    builtins = catalog.all + catalog.vocabularyNames.flatMap { catalog.all(vocabulary: $0) }
  }

  // MARK: The first page

  /// What to type first, then the subjects.
  var overview: HelpPage {
    var steps = [
      HelpPage.Row(name: "use gan", text: "brings the toolbox: models, training, measures"),
      HelpPage.Row(name: "help train", text: "tells about a name" + (isConversation ? "; so does train?" : "")),
      HelpPage.Row(name: "help \"learning rate\"", text: "looks for words in all names and texts"),
      HelpPage.Row(name: "help Measures", text: "lists what stands under a subject"),
      HelpPage.Row(name: isConversation ? "help for" : "help \"for\"", text: "tells about a keyword or a sign, such as ^ or |>"),
      HelpPage.Row(name: "source train", text: "shows the text of a function"),
      HelpPage.Row(name: "vars", text: "lists your variables"),
    ]
    for command in session.conversationCommands { steps.append(HelpPage.Row(name: command.title, text: command.summary)) }
    let subjects = session.catalog.subjects.map { HelpPage.Row(name: $0, text: Self.some(of: names(of: $0))) }
    let library = LibrarySubjects.all.map { subject in
      HelpPage.Row(name: subject.title, text: "\(subject.summary) (\(LibrarySubjects.definitions(of: subject).count))")
    }
    return HelpPage(
      title: "Gan", summary: "", parameters: steps,
      sections: [
        HelpPage.Section("Subjects of the standard library (use gan)", library),
        HelpPage.Section("Subjects of the language", subjects),
      ])
  }

  private var isConversation: Bool { !session.conversationCommands.isEmpty }

  private func names(of subject: String) -> [String] {
    var seen: Set<String> = []
    return builtins.filter { $0.subject == subject && seen.insert($0.name).inserted }.map(\.name)
  }

  /// The first few of some names, and how many there are.
  private static func some(of names: [String]) -> String {
    let few = names.prefix(5)
    return few.joined(separator: ", ") + (names.count > few.count ? ", … (\(names.count))" : "")
  }

  // MARK: Subjects, modules and functions that have not been brought yet

  /// `help "Products and convolutions"`, `help measures`, `help dragan`.
  func page(named name: String) -> HelpPage? {
    let small = name.lowercased()
    if let subject = session.catalog.subjects.first(where: { $0.lowercased() == small }) { return page(ofSubject: subject) }
    if let subject = LibrarySubjects.all.first(where: { $0.title.lowercased() == small }) { return page(of: subject) }
    if let module = StandardModules.module(bringing: name), let page = page(ofFunction: name, by: module) { return page }
    return StandardModules.names.contains(name) ? page(ofModule: name) : nil
  }

  private func page(ofSubject subject: String) -> HelpPage {
    var seen: Set<String> = []
    let rows = builtins.filter { $0.subject == subject && seen.insert($0.name).inserted }.map {
      HelpPage.Row(name: $0.name, text: $0.summary)
    }
    return HelpPage(title: subject, summary: "`help name` tells more about each.", parameters: rows)
  }

  private func page(of subject: LibrarySubjects.Subject) -> HelpPage {
    HelpPage(
      title: subject.title, summary: "`use gan` brings them, and `help name` tells more about each.",
      parameters: LibrarySubjects.definitions(of: subject).map {
        HelpPage.Row(name: $0.name, text: $0.documentation.summary.firstSentence)
      })
  }

  /// A module of the standard library.
  private func page(ofModule name: String) -> HelpPage? {
    guard let source = StandardModules.source(named: name), case .complete(let program) = Parser.parse(source) else { return nil }
    // Its heading only repeats the name.
    let prose = (program.documentation ?? "").split(separator: "\n", omittingEmptySubsequences: false).filter {
      !$0.hasPrefix("# ")
    }
    let rows = LibrarySubjects.definitions(in: name).map {
      HelpPage.Row(name: $0.name, text: $0.documentation.summary.firstSentence)
    }
    return HelpPage(title: "use \(name)", summary: prose.joined(separator: "\n"), parameters: rows)
  }

  /// A function of a module that the program has not used: its parameters as the texts have them.
  private func page(ofFunction name: String, by user: String) -> HelpPage? {
    for module in StandardModules.names {
      guard let source = StandardModules.source(named: module), case .complete(let program) = Parser.parse(source),
        let literal = program.definition(of: name)
      else { continue }
      var page = literal.helpPage(named: name, in: source) { name in
        for module in StandardModules.names {
          guard let source = StandardModules.source(named: module), case .complete(let program) = Parser.parse(source) else {
            continue
          }
          if let literal = program.definition(of: name) { return (literal, source) }
        }
        return nil
      }
      page.summary += " It comes with `use \(user)`."
      return page
    }
    return nil
  }

  // MARK: Search

  private struct Hit {
    let row: HelpPage.Row
    /// 0: the name is it, 1: the name has it, 2: the summary, 3: the text.
    let rank: Int
  }

  /// What has all of the words in its name or its texts, the names first; nil where nothing has.
  func search(for text: String) -> HelpPage? {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    guard !words.isEmpty else { return nil }
    // Two letters are in every other text; as a word of their own they may mean something.
    func has(_ text: String, _ word: String) -> Bool {
      guard word.count < 3, word.allSatisfy(\.isLetter) else { return text.contains(word) }
      return text.split { !$0.isLetter }.contains { $0 == word }
    }
    func rank(_ name: String, _ summary: String, _ rest: String) -> Int? {
      let (name, summary, rest) = (name.lowercased(), summary.lowercased(), rest.lowercased())
      if words.joined(separator: "_") == name { return 0 }
      if words.allSatisfy({ has(name, $0) }) { return 1 }
      if words.allSatisfy({ has(summary, $0) || has(name, $0) }) { return 2 }
      return words.allSatisfy { has(rest, $0) || has(summary, $0) || has(name, $0) } ? 3 : nil
    }
    var hits: [Hit] = []
    func look(_ name: String, _ summary: String, _ rest: String, shown: String? = nil) {
      guard let rank = rank(name, summary, rest) else { return }
      hits.append(Hit(row: HelpPage.Row(name: shown ?? name, text: summary.firstSentence), rank: rank))
    }
    var seen: Set<String> = []
    for builtin in builtins where seen.insert(builtin.name).inserted {
      let page = builtin.helpPage
      look(builtin.name, page.summary, ([page.details] + page.parameters.flatMap { [$0.name, $0.text] }).joined(separator: " "))
    }
    for subject in LibrarySubjects.all {
      for found in LibrarySubjects.definitions(of: subject) where seen.insert(found.name).inserted {
        let parts = found.documentation
        look(found.name, parts.summary, ([parts.details] + parts.items.flatMap { $0.names + [$0.text] }).joined(separator: " "))
      }
    }
    for name in session.visibleNames where seen.insert(name).inserted {
      guard case .function(let function)? = session[name] else { continue }
      look(name, function.helpPage.summary, function.documentation ?? "")
    }
    for entry in LanguagePages.all where entry.spellings.contains(where: { $0.contains { $0.isLetter } }) || words.count == 1 {
      look(entry.spellings.joined(separator: " "), entry.page.summary, entry.page.details, shown: entry.page.title)
    }
    guard !hits.isEmpty else { return nil }
    let sorted = hits.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element.row)
    let rest = sorted.count - Self.most
    return HelpPage(
      title: "“\(text)”",
      summary: "Found in \(sorted.count == 1 ? "one name or its help" : "\(sorted.count) names or their help"), the best first.",
      parameters: Array(sorted.prefix(Self.most)), details: rest > 0 ? "There are \(rest) more; further words find fewer." : "")
  }

  /// So many hits are shown.
  private static let most = 40
}

extension Session {
  /// What is said of a name that stands for no variable and no command: a word of the language, a layer, a subject, a module, or a function of a
  /// module that has not been used; nil where nothing is.
  public func helpPage(named name: String) -> HelpPage? {
    for vocabulary in catalog.vocabularyNames {
      if let word = catalog.builtin(named: name, vocabulary: vocabulary) { return word.helpPage }
    }
    return LanguagePages.page(name) ?? HelpIndex(self).page(named: name)
  }
}
