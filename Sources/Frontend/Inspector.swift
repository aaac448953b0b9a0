import Interpreter
import Syntax

/// What can be said of the word at a cursor. Nothing is called: of values only plain paths `a.b.c` are looked at.
public struct Inspector {
  private let session: Session

  /// Looks at the names of `session`.
  public init(session: Session) { self.session = session }

  /// What was found.
  public struct Finding: Sendable {
    /// The name that it is about, as it is written.
    public let name: String
    /// What is said of it.
    public let page: HelpPage
    /// Its text, for a function that is written in the language.
    public let source: Source?
  }

  /// What is said of the name at the cursor, or, where none stands there, of what is called around it. `cursor`: an offset into the text's
  /// UTF-8.
  public func inspect(_ text: String, _ cursor: Int) -> Finding? {
    let source = Source(name: "", text: text)
    let cursor = min(max(cursor, 0), source.bytes.count)
    let tokens = Lexer.tokens(in: text).filter { $0.kind != .end && $0.span.lower < $0.span.upper }
    // The name that holds the cursor, or ends at it.
    if let place = tokens.firstIndex(where: { Int($0.span.lower) <= cursor && cursor < Int($0.span.upper) && $0.isWord })
      ?? tokens.firstIndex(where: { Int($0.span.upper) == cursor && $0.isWord }),
      let found = finding(
        path(endingAt: place, tokens, source), blocks: CompletionContext(text: text, cursor: cursor).blockOwners)
    {
      return found
    }
    let context = CompletionContext(text: text, cursor: cursor)
    let callee = context.call?.callee ?? callee(around: cursor, tokens, source)
    return callee.flatMap { finding($0, blocks: context.blockOwners) }
  }

  /// What is called by the parenthesis that is open at the cursor, whatever lists lie between.
  private func callee(around cursor: Int, _ tokens: [Token], _ source: Source) -> [String]? {
    var depth = 0
    for place in tokens.indices.reversed() where Int(tokens[place].span.upper) <= cursor {
      if tokens[place].kind == .rightParenthesis { depth += 1 }
      guard tokens[place].kind == .leftParenthesis else { continue }
      guard depth == 0 else {
        depth -= 1
        continue
      }
      return place > 0 && tokens[place - 1].kind == .name ? path(endingAt: place - 1, tokens, source) : nil
    }
    return nil
  }

  /// `a.b.c` that ends with the token at a place.
  private func path(endingAt place: Int, _ tokens: [Token], _ source: Source) -> [String] {
    var names = [source.text(of: tokens[place].span)]
    var place = place
    while place >= 2, tokens[place - 1].kind == .dot, tokens[place - 2].kind == .name, !tokens[place].hasSpaceBefore {
      names.insert(source.text(of: tokens[place - 2].span), at: 0)
      place -= 2
    }
    return names
  }

  private func finding(_ path: [String], blocks: [[String]]) -> Finding? {
    let completer = Completer(session: session)
    let name = path.joined(separator: ".")
    if path.count == 1, session[name] == nil, let word = completer.layerWord(path, blocks) {
      return Finding(name: name, page: word.helpPage, source: nil)
    }
    switch completer.value(at: path) {
    case .function(let function)?:
      let source = Source(name: "\(function.source.name):\(function.sourceLine)", text: function.sourceText)
      return Finding(name: name, page: function.helpPage, source: source)
    case .builtin(let builtin)?: return Finding(name: name, page: builtin.helpPage, source: nil)
    case .some(let value): return Finding(name: name, page: page(of: value, named: name), source: nil)
    case nil:
      guard path.count == 1, let page = session.helpPage(named: name) else { return nil }
      return Finding(name: name, page: page, source: nil)
    }
  }

  /// A value in a few words: nothing is computed for it.
  private func page(of value: Value, named name: String) -> HelpPage {
    var rows: [HelpPage.Row] = []
    switch value {
    case .record(let record):
      rows = record.fields.prefix(40).map { HelpPage.Row(name: $0.name, text: ValueSummary.line($0.value)) }
    case .object(let object): rows = object.fieldNames.prefix(40).map { HelpPage.Row(name: $0, text: "") }
    case .none, .boolean, .number, .string, .list, .range, .function, .builtin: break
    }
    let summary =
      if case .number(let number) = value { "number \(Value.number(number).plainText)" } else { ValueSummary.line(value) }
    return HelpPage(title: name, summary: summary, parameters: rows)
  }
}

extension Token {
  /// Whether something can be said of it.
  fileprivate var isWord: Bool { role == .name || role == .keyword || role == .constant }
}
