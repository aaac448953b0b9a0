import Syntax

/// What the `##` lines above a function say, taken apart: the first paragraph, items about its parameters ("- `batch`: …"), examples (lines
/// that are indented and begin with `> `, and below them what they print), and the rest.
public struct Documentation {
  /// The first paragraph, on one line.
  public private(set) var summary = ""
  /// What stands under the names that an item begins with, on one line each.
  public private(set) var items: [(names: [String], text: String)] = []
  /// Lines of code with what they print.
  public private(set) var examples: [Example] = []
  /// All that follows the first paragraph and is neither an item nor an example, line by line.
  public private(set) var details = ""

  /// The parts of a text without its marks.
  public init(_ text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    var first: [String] = []
    while let line = lines.first, !line.isEmpty, !Self.isItem(line), !Self.isExample(line) { first.append(lines.removeFirst()) }
    summary = first.joined(separator: " ")
    var rest: [String] = []
    while let line = lines.popFirst() {
      if Self.isItem(line) {
        var item = line
        while let next = lines.first, next.hasPrefix("  "), !Self.isExample(next) {
          item += " " + lines.removeFirst().drop { $0 == " " }
        }
        addItem(item)
      } else if Self.isExample(line) {
        var code = [String(line.dropFirst(6))]
        while let next = lines.first, Self.isExample(next) { code.append(String(lines.removeFirst().dropFirst(6))) }
        var result: [String] = []
        while let next = lines.first, next.hasPrefix("    ") { result.append(String(lines.removeFirst().dropFirst(4))) }
        examples.append(Example(code.joined(separator: "\n"), result.isEmpty ? nil : result.joined(separator: "\n")))
      } else {
        rest.append(line)
      }
    }
    while rest.first?.isEmpty == true { rest.removeFirst() }
    while rest.last?.isEmpty == true { rest.removeLast() }
    details = rest.joined(separator: "\n")
  }

  /// What an item says of a name; nil where there is none.
  public func text(of name: String) -> String? { items.first { $0.names.contains(name) }?.text }

  private static func isItem(_ line: String) -> Bool { line.hasPrefix("- `") }
  private static func isExample(_ line: String) -> Bool { line.hasPrefix("    > ") }

  private mutating func addItem(_ line: String) {
    guard let colon = line.firstIndex(of: ":") else { return items.append(([], String(line.dropFirst(2)))) }
    let names = line[..<colon].split(separator: "`").map(String.init).filter {
      $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }
    items.append((names, String(line[line.index(after: colon)...].drop { $0 == " " })))
  }
}

extension Function.WrittenParameter {
  /// What the documentation of the function that it is a parameter of says of it.
  public var help: String? { documentation.flatMap { Documentation($0).text(of: syntax.name.text) } }

  /// Its row on a help page: what it is, its kind, and what it is when it is left out.
  var row: HelpPage.Row {
    var parts = [help ?? "", Kind.text(of: syntax.kinds.map(\.text))].filter { !$0.isEmpty }
    if let value = syntax.defaultValue {
      let text = source.text(of: value.span)
      parts.append(text == "none" ? "may be left out" : "by default \(text)")
    }
    let help = parts.first ?? ""
    return HelpPage.Row(
      name: syntax.name.text, text: parts.count > 1 ? "\(help) (\(parts.dropFirst().joined(separator: "; ")))" : help)
  }
}

extension Kind {
  /// What the words of a parameter's kind mean: "a whole number from 1 up, or a function".
  static func text(of words: [String]) -> String {
    let texts = words.map { word in
      [number, string, boolean, list, range, record, function, integer, count, amount, positive, share, finite]
        .first { $0.word == word }?.description ?? word.replacing("_", with: " ").withArticle
    }
    guard let last = texts.last, texts.count > 1 else { return texts.last ?? "" }
    return texts.dropLast().joined(separator: ", ") + " or " + last
  }
}
