import Interpreter
import Syntax

/// Ways to write in a conversation what the language has other words for.
public enum EntryShorthand {
  /// The program that an entry stands for: `help for`, `help ^` and `help learning rate` without quotes, `train?` and `?train` for help, and an
  /// entry that begins with `|>` for one that goes on with the last result.
  public static func program(of entry: String, hasResult: Bool) -> String {
    let tokens = Lexer.tokens(in: entry).filter { $0.kind != .end }
    if tokens.first?.kind == .pipe, hasResult { return "_ " + entry }
    let line = entry.trimmed
    guard !line.contains(where: \.isNewline), let first = line.first, let last = line.last else { return entry }
    if last == "?" || first == "?" {
      let name = line.drop { $0 == "?" }.trimmed(whileEnd: "?")
      return isTopic(name) ? help(name) : entry
    }
    guard line.hasPrefix("help "), let topic = Optional(String(line.dropFirst(5)).trimmed), !topic.isEmpty else { return entry }
    let parts = Lexer.tokens(in: topic).filter { $0.kind != .end && $0.span.lower < $0.span.upper }
    let isName = parts.count == 1 && parts[0].kind == .name
    guard !isName, isTopic(topic) else { return entry }
    return help(topic)
  }

  /// A word, several words, or one sign of the language; no other text of a program.
  private static func isTopic(_ text: String) -> Bool {
    let signs = Set("+-*/%^@=!<>|.,:;#_[](){}&\"")
    if text.count <= 3, !text.isEmpty, text.allSatisfy({ signs.contains($0) }) { return true }
    let words = text.split(separator: " ")
    return !words.isEmpty
      && words.allSatisfy { word in
        word.allSatisfy { $0.isLetter || $0.isNumber || "_.-".contains($0) } && word.first?.isLetter == true
      }
  }

  private static func help(_ topic: String) -> String {
    "help \"\(topic.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("{", with: "\\{"))\""
  }
}

extension StringProtocol {
  fileprivate var trimmed: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  fileprivate func trimmed(whileEnd mark: Character) -> String {
    var text = Substring(self)
    while text.last == mark || text.last?.isWhitespace == true { text.removeLast() }
    return text.trimmed
  }
}
