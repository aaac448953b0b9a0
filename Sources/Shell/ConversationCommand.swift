import Interpreter

/// A command of a conversation alone, and not a word of the language: one statement, which `help` and completion show too. It is written
/// alone on its line; a variable of its name goes before it.
struct ConversationCommand {
  enum Sequel {
    case shows(HelpPage)
    /// The conversation ends with an exit code.
    case ends(Int32)
  }

  /// What `help` says of it.
  let page: HelpPage
  let perform: (Session) -> Sequel

  init(_ page: HelpPage, perform: @escaping (Session) -> Sequel) {
    self.page = page
    self.perform = perform
  }

  static var all: [ConversationCommand] {
    [
      ConversationCommand(EditorKeys.page) { _ in .shows(EditorKeys.page) },
      ConversationCommand(HelpPage(title: "quit", summary: "Ends the conversation, as Ctrl-D and `exit()` do.")) { _ in .ends(0)
      },
    ]
  }

  /// The command that an entry is; nil where it is to be run as a program.
  static func written(as entry: String, in session: Session) -> ConversationCommand? {
    let name = entry.split(whereSeparator: \.isWhitespace)
    guard name.count == 1, session[String(name[0])] == nil else { return nil }
    return all.first { $0.page.title == name[0] }
  }
}
