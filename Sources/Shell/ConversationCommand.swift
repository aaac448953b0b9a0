import Interpreter

/// A command of a conversation alone, and not a word of the language: one statement, which `help` and completion show too. It is written
/// alone on its line, or with words behind it where it takes some; a variable of its name goes before it.
struct ConversationCommand {
  enum Sequel {
    case shows(HelpPage)
    /// `history` and the word behind it.
    case recalls(String?)
    case resets
    /// `learn` and the words behind it.
    case learns([String])
    /// The conversation ends with an exit code.
    case ends(Int32)
  }

  /// What `help` says of it.
  let page: HelpPage
  /// Whether a word may stand behind its name: letters and digits, or anything between quotation marks.
  let takesWords: Bool
  let perform: (Session, [String]) -> Sequel

  init(_ page: HelpPage, takesWords: Bool = false, perform: @escaping (Session, [String]) -> Sequel) {
    self.page = page
    self.takesWords = takesWords
    self.perform = perform
  }

  static var all: [ConversationCommand] {
    [
      ConversationCommand(EditorKeys.page) { _, _ in .shows(EditorKeys.page) },
      ConversationCommand(Tutor.page, takesWords: true) { _, words in .learns(words) },
      ConversationCommand(EntryList.page, takesWords: true) { _, words in .recalls(words.first) },
      ConversationCommand(EntryList.resetPage) { _, _ in .resets },
      ConversationCommand(HelpPage(title: "quit", summary: "Ends the conversation, as Ctrl-D and `exit()` do.")) { _, _ in
        .ends(0)
      },
    ]
  }

  /// The command that an entry is; nil where it is to be run as a program.
  static func written(as entry: String, in session: Session) -> (command: ConversationCommand, words: [String])? {
    let words = entry.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let name = words.first, session[name] == nil, let command = all.first(where: { $0.page.title == name }) else {
      return nil
    }
    let rest = words.dropFirst()
    let isWritten = rest.isEmpty || command.takesWords && rest.count == 1 && rest.allSatisfy(Self.isWord)
    return isWritten ? (command, Array(rest)) : nil
  }

  private static func isWord(_ text: String) -> Bool {
    let inner = text.dropFirst().dropLast()
    if text.count > 2, text.first == "\"", text.last == "\"", !inner.contains("\"") { return true }
    return text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }
}
