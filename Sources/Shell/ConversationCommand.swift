import Base
import Interpreter
import Syntax

/// A command of a conversation alone, and not a word of the language: one statement, which `help` and completion show too. It stands alone on
/// its line, or with words behind it; a variable of its name goes before it.
struct ConversationCommand {
  enum Sequel {
    case shows(HelpPage)
    case recalls(EntryList.Wanted)
    /// Variables are taken away; all of them where none is named.
    case resets([String])
    /// `learn` and the words behind it.
    case learns([String])
    case clears
    /// What stands behind the name has no meaning there.
    case refuses(Diagnostic)
    /// The conversation ends with an exit code.
    case ends(Int32)
  }

  /// What `help` says of it.
  let page: HelpPage
  /// What becomes of the text behind its name.
  let perform: (_ rest: String) -> Sequel

  init(_ page: HelpPage, perform: @escaping (_ rest: String) -> Sequel) {
    self.page = page
    self.perform = perform
  }

  /// One behind whose name nothing may stand.
  init(_ page: HelpPage, alone sequel: Sequel, advice: String) {
    self.page = page
    perform = { rest in
      rest.isEmpty ? sequel : .refuses(Diagnostic(title: "nothing stands behind `\(page.title)`", advice: [advice]))
    }
  }

  static var all: [ConversationCommand] {
    [
      ConversationCommand(EditorKeys.page, alone: .shows(EditorKeys.page), advice: "Write `keys` alone."),
      ConversationCommand(Tutor.page) { rest in
        let words = words(of: rest).map { $0.filter { $0 != "\"" } }
        return LessonWord.refusal(of: words, among: LessonWord.commands).map(Sequel.refuses) ?? .learns(words)
      },
      ConversationCommand(EntryList.page) { .recalls(EntryList.Wanted($0)) },
      ConversationCommand(EntryList.resetPage) { .resets(words(of: $0)) },
      ConversationCommand(
        HelpPage(title: "clear", summary: "Makes the screen empty, as Ctrl-L does; variables stay."), alone: .clears,
        advice: "Write `clear` alone for an empty screen; `reset x` takes a variable away."),
      ConversationCommand(
        HelpPage(title: "quit", summary: "Ends the conversation, as Ctrl-D and `exit()` do."), alone: .ends(0),
        advice: "Write `quit` alone; `exit 3` ends with an exit code."),
    ]
  }

  private static func words(of text: String) -> [String] {
    text.split { $0.isWhitespace || $0 == "," }.map(String.init)
  }

  /// The command that an entry is, with what stands behind its name; nil where it is to be run as a program.
  static func written(as entry: String, in session: Session) -> (command: ConversationCommand, rest: String)? {
    var text = entry.trimmingBlanks
    if text.last == ";" { text = text.dropLast().trimmingBlanks }
    guard !text.contains(where: \.isNewline) else { return nil }
    // `gan learn 3`, as in a shell.
    if text == "gan learn" || text.hasPrefix("gan learn "), session["learn"] == nil { text = String(text.dropFirst(4)) }
    let name = String(text.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    guard session[name] == nil, let command = all.first(where: { $0.page.title == name }) else { return nil }
    let behind = text.dropFirst(name.count)
    if behind.isEmpty { return (command, "") }
    // `keys x` is a call of the function.
    guard session.catalog.builtin(named: name) == nil else { return nil }
    // `quit()`, as in Python.
    if behind.first == "(", behind.last == ")" { return (command, behind.dropFirst().dropLast().trimmingBlanks) }
    let rest = behind.trimmingBlanks
    guard behind.first?.isWhitespace == true, let first = rest.first else { return nil }
    // `learn -1` and `learn --help`; `learn - 1` is a subtraction.
    let hasDash = first == "-" && rest.dropFirst().first?.isWhitespace == false
    guard first.isLetter || first.isNumber || first == "_" || first == "\"" || hasDash else { return nil }
    if ["-h", "--help"].contains(rest) {
      return (ConversationCommand(command.page, alone: .shows(command.page), advice: ""), "")
    }
    return (command, rest)
  }
}
