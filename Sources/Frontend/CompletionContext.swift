import Syntax

/// What the text before the cursor says about what may come: found from its tokens alone, without evaluating anything.
struct CompletionContext: Equatable {
  enum Place: Equatable {
    /// Nothing can be completed: a comment, the field of an unknown value.
    case nowhere
    /// Inside a string: a file's path; after `use` only programs.
    case path(typed: String, isModule: Bool)
    /// After `use`.
    case module(prefix: String)
    /// After a point: `run.history.`
    case field(of: [String], prefix: String)
    case name(prefix: String)
  }

  struct Call: Equatable {
    /// The callee as it is written: `train`, `run.step_with`.
    var callee: [String]
    /// The named arguments that are there already.
    var given: [String]
    /// How many arguments without a name stand before the cursor.
    var positionalCount = 0
    /// Whether an argument begins here, so that a name with a colon may.
    var isArgumentStart: Bool
    /// The name of the argument whose value begins here: `objective: `.
    var valueOf: String?
  }

  var place: Place
  /// The innermost call whose arguments hold the cursor.
  var call: Call?
  /// Whose blocks hold the cursor, outermost first: `net { … }`.
  var blockOwners: [[String]]
  /// The field whose new value begins at the cursor: `run.penalty = `.
  var assigned: [String]?
  /// Whether a statement begins at the cursor, or with the name that is being written.
  var beginsStatement: Bool
  /// Names that occur in the text.
  var textNames: [String]

  init(text: String, cursor: Int) {
    var scan = Scan(String(decoding: text.utf8.prefix(max(0, cursor)), as: UTF8.self))
    scan.run()
    place = scan.place()
    call = scan.call()
    assigned = scan.assigned
    beginsStatement = scan.beginsStatement
    blockOwners = scan.frames.compactMap { $0.kind == .brace ? $0.callee : nil }
    var seen: Set<String> = []
    let whole = Source(name: "", text: text)
    textNames = Lexer.tokens(in: text).filter { $0.kind == .name && !(Int($0.span.lower)...Int($0.span.upper)).contains(cursor) }
      .map { whole.text(of: $0.span) }.filter { seen.insert($0).inserted }
  }
}

/// One walk over the tokens before the cursor, with the brackets that are open.
private struct Scan {
  struct Frame {
    enum Kind { case top, parenthesis, bracket, brace, string, interpolation }
    var kind: Kind
    /// What is called with this parenthesis, or whose block this brace opens.
    var callee: [String]?
    /// The token that opened it.
    var opener: Int
    /// The first token of the statement at hand.
    var statementStart: Int
  }

  let source: Source
  let tokens: [Token]
  var frames = [Frame(kind: .top, callee: nil, opener: -1, statementStart: 0)]
  /// The callee of the parenthesis that was closed last.
  private var closedCallee: [String]?

  init(_ before: String) {
    source = Source(name: "", text: before)
    // Closers that are not written stand at the end with width 0.
    tokens = Lexer.tokens(in: before).filter { $0.kind != .end && $0.span.lower < $0.span.upper }
  }

  private var bytes: [UInt8] { source.bytes }

  private func text(_ index: Int) -> String { source.text(of: tokens[index].span) }

  mutating func run() {
    for (index, token) in tokens.enumerated() {
      let last = frames.count - 1
      let isStatements = frames[last].kind == .top || frames[last].kind == .brace
      if isStatements, index > 0, token.hasNewlineBefore || tokens[index - 1].kind == .semicolon {
        frames[last].statementStart = index
      }
      switch token.kind {
      case .leftParenthesis:
        push(.parenthesis, token.hasSpaceBefore ? nil : path(endingAt: index - 1), index)
      case .leftBracket: push(.bracket, nil, index)
      case .leftBrace: push(.brace, owner(ofBraceAt: index), index)
      case .stringOpen: push(.string, nil, index)
      case .interpolationOpen: push(.interpolation, nil, index)
      case .rightParenthesis:
        closedCallee = frames[last].callee
        pop(.parenthesis)
      case .rightBracket: pop(.bracket)
      case .rightBrace: pop(.brace)
      case .stringClose: pop(.string)
      case .interpolationClose: pop(.interpolation)
      default: break
      }
    }
    // A string does not go on in the next line.
    if let last = frames.last, last.kind == .string,
      bytes[min(Int(tokens[last.opener].span.upper), bytes.count)...].contains(UInt8(ascii: "\n"))
    {
      frames.removeLast()
    }
  }

  private mutating func push(_ kind: Frame.Kind, _ callee: [String]?, _ opener: Int) {
    frames.append(Frame(kind: kind, callee: callee, opener: opener, statementStart: opener + 1))
  }

  private mutating func pop(_ kind: Frame.Kind) {
    guard let index = frames.lastIndex(where: { $0.kind == kind }) else { return }
    frames.removeSubrange(index...)
  }

  /// `a.b.c` that ends with the token at an index; nil where it hangs on a call or a bracket.
  private func path(endingAt end: Int) -> [String]? {
    guard end >= 0, tokens[end].kind == .name else { return nil }
    var names = [text(end)]
    var index = end
    while index >= 2, tokens[index - 1].kind == .dot, !tokens[index].hasSpaceBefore {
      guard tokens[index - 2].kind == .name else { return nil }
      names.insert(text(index - 2), at: 0)
      index -= 2
    }
    if index >= 1, tokens[index - 1].kind == .dot { return nil }
    return names
  }

  private func owner(ofBraceAt index: Int) -> [String]? {
    if index > 0, tokens[index - 1].kind == .rightParenthesis { return closedCallee }
    guard let frame = frames.last, frame.kind == .top || frame.kind == .brace else {
      return path(endingAt: index - 1)
    }
    return head(from: frame.statementStart)?.callee
  }

  /// The first name of the statement, or of the value that it assigns: the callee of a command.
  private func head(from start: Int) -> (callee: [String], next: Int)? {
    guard start < tokens.count else { return nil }
    var first = start
    var depth = 0
    for index in start..<tokens.count {
      switch tokens[index].kind {
      case .leftParenthesis, .leftBracket, .leftBrace: depth += 1
      case .rightParenthesis, .rightBracket, .rightBrace: depth -= 1
      case .assign, .plusAssign, .minusAssign, .starAssign, .slashAssign, .percentAssign, .atAssign, .caretAssign, .arrow,
        .return:
        if depth == 0 { first = index + 1 }
      default: break
      }
    }
    guard first < tokens.count, tokens[first].kind == .name else { return nil }
    var names = [text(first)]
    var next = first + 1
    while next + 1 < tokens.count, tokens[next].kind == .dot, !tokens[next].hasSpaceBefore, tokens[next + 1].kind == .name {
      names.append(text(next + 1))
      next += 2
    }
    return (names, next)
  }

  /// The end of the text is a name that is being written: its token.
  private var wordIndex: Int? {
    guard let last = tokens.last, Int(last.span.upper) == bytes.count,
      last.role == .name || last.role == .keyword || last.role == .constant
    else { return nil }
    return tokens.count - 1
  }

  func place() -> CompletionContext.Place {
    guard let frame = frames.last else { return .nowhere }
    if frame.kind == .string {
      let start = min(Int(tokens[frame.opener].span.upper), bytes.count)
      let isModule = frame.opener > 0 && tokens[frame.opener - 1].kind == .use
      return .path(typed: String(decoding: bytes[start...], as: UTF8.self), isModule: isModule)
    }
    if let last = tokens.last, last.kind == .comment,
      !bytes[min(Int(last.span.lower), bytes.count)...].contains(UInt8(ascii: "\n"))
    {
      return .nowhere
    }
    let word = wordIndex
    let prefix = word.map(text) ?? ""
    let previous = (word ?? tokens.count) - 1
    guard previous >= 0 else { return .name(prefix: prefix) }
    let isAdjacent = word == nil ? Int(tokens[previous].span.upper) == bytes.count : !tokens[previous + 1].hasSpaceBefore
    switch tokens[previous].kind {
    case .dot where isAdjacent: return path(endingAt: previous - 1).map { .field(of: $0, prefix: prefix) } ?? .nowhere
    case .dot,
      .number where isAdjacent:
      return .nowhere
    case .use: return .module(prefix: prefix)
    case .fn: return .nowhere
    default: return .name(prefix: prefix)
    }
  }

  var assigned: [String]? {
    let sign = (wordIndex ?? tokens.count) - 1
    guard sign > 0, tokens[sign].kind == .assign, let path = path(endingAt: sign - 1), path.count > 1 else { return nil }
    return path
  }

  var beginsStatement: Bool {
    guard let frame = frames.last, frame.kind == .top || frame.kind == .brace else { return false }
    let next = wordIndex ?? tokens.count
    guard next > frame.statementStart, let last = tokens.last else { return true }
    if wordIndex != nil { return false }
    return last.kind == .semicolon || bytes[min(Int(last.span.upper), bytes.count)...].contains(UInt8(ascii: "\n"))
  }

  func call() -> CompletionContext.Call? {
    guard var frame = frames.last else { return nil }
    let word = wordIndex
    var previous = (word ?? tokens.count) - 1
    if frame.kind == .string, frames.count > 1 {
      // A string that is being written is an argument of the call around it.
      previous = frame.opener - 1
      frame = frames[frames.count - 2]
    }
    switch frame.kind {
    case .parenthesis:
      guard let callee = frame.callee else { return nil }
      let isStart = previous == frame.opener || (previous >= 0 && tokens[previous].kind == .comma)
      return arguments(of: callee, after: frame.opener, isStart: isStart, previous: previous)
    case .top, .brace:
      guard let (callee, next) = head(from: frame.statementStart) else { return nil }
      if next < tokens.count {
        guard tokens[next].hasSpaceBefore, beginsArgument(next) else { return nil }
      } else {
        guard bytes.last == UInt8(ascii: " ") else { return nil }
      }
      let isStart = previous == next - 1 || (previous >= 0 && tokens[previous].kind == .comma)
      return arguments(of: callee, after: next - 1, isStart: isStart, previous: previous)
    case .bracket, .string, .interpolation: return nil
    }
  }

  private func beginsArgument(_ index: Int) -> Bool {
    switch tokens[index].role {
    case .name, .number, .string, .constant: return true
    case .bracket: return true
    case .keyword: return tokens[index].kind == .not
    case .operator:
      let isTight = index + 1 < tokens.count ? !tokens[index + 1].hasSpaceBefore : false
      return tokens[index].kind == .minus && isTight
    case .punctuation, .comment, .invalid: return false
    }
  }

  /// Names with a colon after the opener, and commas, outside of inner brackets.
  private func arguments(of callee: [String], after opener: Int, isStart: Bool, previous: Int) -> CompletionContext.Call {
    var names: [String] = []
    var commas = 0
    var depth = 0
    for index in tokens.indices where index > opener {
      switch tokens[index].kind {
      case .leftParenthesis, .leftBracket, .leftBrace, .interpolationOpen: depth += 1
      case .rightParenthesis, .rightBracket, .rightBrace, .interpolationClose: depth -= 1
      case .comma where depth == 0: commas += 1
      case .colon where depth == 0 && index > 0 && tokens[index - 1].kind == .name: names.append(text(index - 1))
      default: break
      }
    }
    let isValue = previous > opener + 1 && tokens[previous].kind == .colon && tokens[previous - 1].kind == .name
    return .init(
      callee: callee, given: names, positionalCount: max(0, commas - names.count), isArgumentStart: isStart,
      valueOf: isValue ? text(previous - 1) : nil)
  }
}
