import Base
import Frontend
import Interpreter
import Syntax
import Terminal

extension EntryLanguage {
  /// What the editor is told of Gan, by its lexer and parser, and of a session's names.
  init(session: Session) {
    self.init()
    let completer = Completer(session: session)
    // Fields of values are looked at.
    complete = { text, cursor in
      LessonWord.completion(of: text, at: cursor, in: session)
        ?? (try? session.inside { completer.complete(text, cursor) }) ?? .none
    }
    // The dots of `cd ..` do not wait for the end of a range.
    need = { session.foreignEntry($0) == nil ? EntryLanguage.need($0) : .nothing }
    continues = EntryLanguage.continues
    paint = EntryLanguage.paint
    brackets = EntryLanguage.brackets
    problem = EntryLanguage.problem
  }

  /// By the parser's own word.
  static func need(_ text: String) -> Need {
    switch Parser.parse(Source(name: "", text: EntryShorthand.program(of: text, hasResult: true))) {
    case .incomplete(let incompleteness): .more(indentation: 2 * max(0, min(incompleteness.depth, 20)))
    case .complete, .invalid: .nothing
    }
  }

  /// Rule 2.3: these stand at the beginning of a line only where they go on with the line above.
  static func continues(_ line: String) -> Bool {
    guard let first = Lexer.tokens(in: line).first else { return false }
    return first.kind == .pipe || first.kind == .else || first.kind == .catch
  }

  static func paint(_ text: String) -> [Painted] {
    var offset = 0
    return CodeText.styled(Source(name: "", text: text)).parts.compactMap { part in
      defer { offset += part.text.utf8.count }
      guard let style = StyledText.style(part.role) else { return nil }
      return Painted(offset..<offset + part.text.utf8.count, style)
    }
  }

  /// The bracket before the cursor, or else the one at it, and its partner.
  static func brackets(_ text: String, _ cursor: Int) -> [Int] {
    guard text.utf8.count <= 20_000 else { return [] }
    let pairs: [Token.Kind: Token.Kind] = [
      .leftParenthesis: .rightParenthesis, .leftBracket: .rightBracket, .leftBrace: .rightBrace,
      .interpolationOpen: .interpolationClose,
    ]
    let closers = Set(pairs.values)
    var open: [(kind: Token.Kind, place: Int)] = []
    var found: [Int] = []
    for token in Lexer.tokens(in: text) where token.span.lower < token.span.upper {
      let place = Int(token.span.lower)
      if pairs[token.kind] != nil { open.append((token.kind, place)) }
      guard closers.contains(token.kind), let last = open.popLast(), pairs[last.kind] == token.kind else { continue }
      let pair = [last.place, place]
      if pair.contains(cursor - 1) { return pair }
      if pair.contains(cursor) { found = pair }
    }
    return found
  }

  static func problem(_ text: String) -> (range: Range<Int>, title: String)? {
    let program = EntryShorthand.program(of: text, hasResult: false)
    // The places are those of what was typed.
    guard program == text else { return nil }
    guard case .invalid(let diagnostics) = Parser.parse(Source(name: "", text: text)), let first = diagnostics.first,
      let label = first.labels.first
    else { return nil }
    let lower = max(0, Int(label.span.lower))
    return (lower..<max(lower, Int(label.span.upper)), first.title)
  }
}
