import Formats
import Interpreter

/// The entries of this conversation, in order: to be looked at, and kept as a program.
struct EntryList {
  /// What was typed, and whether it ran to its end.
  private var entries: [(text: String, isDone: Bool)] = []

  static let page = HelpPage(
    title: "history", summary: "Lists the entries of this conversation, or keeps them as a program.",
    parameters: [
      HelpPage.Row(name: "history", text: "lists them with their numbers; those that failed have a ×"),
      HelpPage.Row(name: "history 3", text: "the last three of them"),
      HelpPage.Row(name: "history ring", text: "those of this and earlier conversations that hold a text"),
      HelpPage.Row(
        name: "history \"work.gan\"",
        text: "writes those that ran to their end into a program; a file that is there is left alone"),
    ],
    details: "Ctrl-R searches while one types; an entry that begins with a blank is in no history.")

  static let resetPage = HelpPage(
    title: "reset", summary: "Takes variables of the conversation away.",
    parameters: [
      HelpPage.Row(name: "reset", text: "all of them; the names that `use` brought stay"),
      HelpPage.Row(name: "reset digits", text: "those that are named; a builtin that one of them hid can be called again"),
    ])

  /// Which entries `history` is asked for.
  enum Wanted: Equatable {
    case all
    case last(Int)
    /// Also those of earlier conversations.
    case holding(String)
    /// They are to be written into a file.
    case file(String)

    /// What the text behind `history` says.
    init(_ text: String) {
      if text.isEmpty {
        self = .all
      } else if let count = Int(text), count > 0 {
        self = .last(count)
      } else if text.count > 2, text.first == "\"", text.last == "\"" {
        self = .file(String(text.dropFirst().dropLast()))
      } else {
        self = .holding(text)
      }
    }
  }

  /// Notes an entry; one that begins with a blank is kept out, as in a shell.
  mutating func note(_ text: String, isDone: Bool) {
    if let first = text.first, first != " ", first != "\t" { entries.append((text, isDone)) }
  }

  /// The entries as a page; only those at the end where a number is given.
  func list(last count: Int = .max) -> [String] {
    let width = "\(entries.count)".count
    return entries.enumerated().suffix(count).map { place, entry in
      let number = "\(place + 1)"
      let head = String(repeating: " ", count: width - number.count) + number + (entry.isDone ? "   " : " × ")
      return head + entry.text.replacing("\n", with: "\n" + String(repeating: " ", count: head.count))
    }
  }

  /// Writes the program that the entries are.
  ///
  /// - Returns: what is to be said of it.
  /// - Throws: `FormatError` where the file is there already, or cannot be written.
  func write(to path: String) throws -> String {
    guard !Files.exists(path) else {
      throw FormatError(title: "\(path) is there already", advice: "Name another file.", path: path)
    }
    let done = entries.filter(\.isDone)
    try DocumentFile.checkWritable(path)
    try AtomicFile.write(path, Array(done.map { $0.text + "\n" }.joined().utf8))
    return "wrote \(path): \(done.count) \(done.count == 1 ? "entry" : "entries")"
  }
}
