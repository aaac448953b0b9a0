/// Cuts a text into tokens. It never gives up: what it cannot read is noted in `problems`, and read as what was probably meant.
public struct Lexer {
  /// A `##` block: the prose without its marks.
  struct Documentation {
    var text: String
    var span: Span
  }

  enum Frame {
    /// Inside quotes; `quote` is the index of the opening token.
    case string(isTriple: Bool, quote: Int)
    /// Inside the braces of an interpolation, with the brackets opened in there.
    case interpolation(brackets: Int, brace: Int)
  }

  let source: Source
  let bytes: [UInt8]
  var keepsComments = false
  var position = 0
  var tokens: [Token] = []
  var problems: [Diagnostic] = []
  var documentation: [Documentation] = []
  var frames: [Frame] = []
  var sawSpace = false
  var sawNewline = true
  /// The documentation that ends on the line before the one being read.
  var pendingDocumentation: Int32 = -1

  init(_ source: Source) {
    self.source = source
    self.bytes = source.bytes
    tokens.reserveCapacity(bytes.count / 4 + 8)
  }

  /// All tokens of a text, comments included, whatever is wrong with it: for coloring and completion.
  public static func tokens(in text: String) -> [Token] {
    var lexer = Lexer(Source(name: "", text: text))
    lexer.keepsComments = true
    lexer.run()
    return lexer.tokens
  }

  mutating func run() {
    skipHead()
    while true {
      if case .string(let isTriple, _) = frames.last {
        if !readStringPart(isTriple: isTriple) { break }
      } else {
        skipBlanks()
        if position >= bytes.count {
          if isInsideLine { closeLineStrings(); continue }
          break
        }
        readToken()
      }
    }
    add(.end, bytes.count, bytes.count)
  }

  // MARK: Pieces

  func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  mutating func add(_ kind: Token.Kind, _ lower: Int, _ upper: Int) {
    tokens.append(
      Token(
        kind: kind, span: Span(lower, upper), hasSpaceBefore: sawSpace || sawNewline, hasNewlineBefore: sawNewline,
        documentation: kind == .comment ? -1 : pendingDocumentation))
    if kind != .comment {
      sawSpace = false
      sawNewline = false
      pendingDocumentation = -1
    }
  }

  /// Notes a problem, at most one a line, so that a line in a foreign alphabet gives one message.
  mutating func report(_ title: String, _ span: Span, _ text: String, _ advice: String...) {
    if let last = problems.last?.labels.first?.span, source.line(at: Int(last.lower)) == source.line(at: Int(span.lower)) {
      return
    }
    problems.append(
      Diagnostic(title: title, labels: [.init(source: source, span: span, text: text)], advice: advice))
  }

  // MARK: Between tokens

  private mutating func skipHead() {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    if byte(position) == UInt8(ascii: "#"), byte(position + 1) == UInt8(ascii: "!") { skipLine() }
  }

  private mutating func skipLine() {
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
  }

  /// Whether the text read now is an interpolation of a string that must end on its line.
  private var isInsideLine: Bool {
    guard frames.count >= 2, case .string(isTriple: false, _) = frames[frames.count - 2] else { return false }
    return true
  }

  /// Closes the strings that should have ended on the line that ends here.
  private mutating func closeLineStrings() {
    while isInsideLine, case .string = frames[frames.count - 2] {
      reportOpenBrace(to: position)
      add(.interpolationClose, position, position)
      add(.stringClose, position, position)
      frames.removeLast(2)
    }
  }

  /// Notes that the interpolation being read has no `}`.
  mutating func reportOpenBrace(to end: Int) {
    for frame in frames.reversed() {
      guard case .interpolation(_, let brace) = frame else { continue }
      return report(
        "a `}` is missing in the string", Span(brace, end), "opened here",
        "A value stands between braces, `{x:.3}`; write `\\{` for a brace itself.")
    }
  }

  private mutating func skipBlanks() {
    var blankLine = false
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 0x0B, 0x0C:
        sawSpace = true
        position += 1
      case UInt8(ascii: "\n"):
        if isInsideLine { closeLineStrings() }
        if case .string = frames.last { return }
        if blankLine { pendingDocumentation = -1 }
        blankLine = true
        sawNewline = true
        position += 1
      case UInt8(ascii: "#"):
        blankLine = false
        if isInsideLine { return skipCommentInsideString() }
        readComment()
      default: return
      }
    }
  }

  /// `"{x # y}"`: the rest of the line is a comment, as anywhere else, so the string cannot end.
  private mutating func skipCommentInsideString() {
    let start = position
    skipLine()
    report(
      "a comment inside a string's braces hides the rest of the line", Span(start, position), "read as a comment",
      "Write `\\#` outside of braces, or move the comment behind the string.")
    closeLineStrings()
  }

  private mutating func readComment() {
    let start = position
    skipLine()
    let end = position > start && bytes[position - 1] == UInt8(ascii: "\r") ? position - 1 : position
    if keepsComments { add(.comment, start, end) }
    guard sawNewline, byte(start + 1) == UInt8(ascii: "#"), byte(start + 2) != UInt8(ascii: "#") else {
      if sawNewline { pendingDocumentation = -1 }
      return
    }
    var textStart = start + 2
    if textStart < end, bytes[textStart] == UInt8(ascii: " ") { textStart += 1 }
    let line = source.text(of: Span(textStart, end))
    if pendingDocumentation >= 0 {
      documentation[Int(pendingDocumentation)].text += "\n" + line
      documentation[Int(pendingDocumentation)].span = documentation[Int(pendingDocumentation)].span.union(Span(start, end))
    } else {
      pendingDocumentation = Int32(clamping: documentation.count)
      documentation.append(Documentation(text: line, span: Span(start, end)))
    }
  }

  // MARK: Tokens

  private mutating func readToken() {
    let start = position
    let first = bytes[start]
    switch first {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): readName()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): readNumber()
    case UInt8(ascii: "\""): openString()
    case UInt8(ascii: "'"), UInt8(ascii: "`"): readForeignString(closers: [first], width: 1)
    case 0x80...: readUnicode()
    default: readPunctuation(first, width: 1)
    }
  }

  mutating func readName() {
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x80 {
        guard byte.isNamePart else { break }
        position += 1
      } else {
        guard let (scalar, width) = scalar(at: position), scalar.continuesName else { break }
        position += width
      }
    }
    let length = position - start
    var kind = Token.Kind.name
    if length <= 8, let word = Token.keywords[String(decoding: bytes[start..<position], as: UTF8.self)] { kind = word }
    add(kind, start, position)
  }

  func scalar(at offset: Int) -> (Unicode.Scalar, width: Int)? {
    let lead = byte(offset)
    let width = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard offset + width <= bytes.count else { return nil }
    guard let scalar = String(decoding: bytes[offset..<offset + width], as: UTF8.self).unicodeScalars.first else { return nil }
    return (scalar, width)
  }

  /// A mark of ASCII, or a full-width one that is read as the same.
  mutating func readPunctuation(_ first: UInt8, width: Int) {
    let start = position
    // Full-width marks stand alone: they are read as one-character tokens.
    let next = width == 1 ? byte(start + 1) : 0
    func single(_ kind: Token.Kind) -> (Token.Kind, Int) { (kind, width) }
    /// `kind` where `=` follows, or else `other`.
    func equals(_ kind: Token.Kind, _ other: Token.Kind) -> (Token.Kind, Int) {
      next == UInt8(ascii: "=") ? (kind, width + 1) : (other, width)
    }
    let (kind, length): (Token.Kind, Int)
    switch first {
    case UInt8(ascii: "("): (kind, length) = single(.leftParenthesis)
    case UInt8(ascii: ")"): (kind, length) = single(.rightParenthesis)
    case UInt8(ascii: "["): (kind, length) = single(.leftBracket)
    case UInt8(ascii: "]"): (kind, length) = single(.rightBracket)
    case UInt8(ascii: "{"): (kind, length) = single(.leftBrace)
    case UInt8(ascii: "}"): return readRightBrace(width: width)
    case UInt8(ascii: ","): (kind, length) = single(.comma)
    case UInt8(ascii: ";"): (kind, length) = single(.semicolon)
    case UInt8(ascii: ":"):
      if case .interpolation(brackets: 0, _) = frames.last { return readFormat() }
      (kind, length) = equals(.assign, .colon)
      if kind == .assign { report("`:=` is not an operator here", Span(start, start + length), "", "Assignment is written `=`.") }
    case UInt8(ascii: "."):
      if next.isDigit { return readFractionAlone() }
      guard next == UInt8(ascii: ".") else {
        (kind, length) = single(.dot)
        break
      }
      kind = .dots
      // Three stand before a record that is spread; elsewhere the parser says that two are meant.
      length = byte(start + 2) == UInt8(ascii: ".") ? 3 : 2
    case UInt8(ascii: "+"): (kind, length) = equals(.plusAssign, .plus)
    case UInt8(ascii: "-"): (kind, length) = next == UInt8(ascii: ">") ? (.arrow, width + 1) : equals(.minusAssign, .minus)
    case UInt8(ascii: "*"):
      guard next == UInt8(ascii: "*") else {
        (kind, length) = equals(.starAssign, .star)
        break
      }
      (kind, length) = byte(start + 2) == UInt8(ascii: "=") ? (.caretAssign, 3) : (.caret, 2)
      report("`**` is not an operator here", Span(start, start + 2), "", "A power is written `^`: `x ^ 2`.")
    case UInt8(ascii: "/"):
      guard next == UInt8(ascii: "/") || next == UInt8(ascii: "*") else {
        (kind, length) = equals(.slashAssign, .slash)
        break
      }
      return skipForeignComment(isBlock: next == UInt8(ascii: "*"))
    case UInt8(ascii: "%"): (kind, length) = equals(.percentAssign, .percent)
    case UInt8(ascii: "@"): (kind, length) = equals(.atAssign, .at)
    case UInt8(ascii: "^"): (kind, length) = equals(.caretAssign, .caret)
    case UInt8(ascii: "="):
      guard next == UInt8(ascii: "=") else {
        (kind, length) = next == UInt8(ascii: ">") ? (.arrow, width + 1) : single(.assign)
        if length == 2 {
          report("`=>` is not an operator here", Span(start, start + 2), "", "A function is written `x -> x + 1`.")
        }
        break
      }
      kind = .equal
      length = byte(start + 2) == UInt8(ascii: "=") ? 3 : 2
      if length == 3 { report("`===` is not an operator here", Span(start, start + 3), "", "Equality is written `==`.") }
    case UInt8(ascii: "!"): (kind, length) = readExclamation(width: width)
    case UInt8(ascii: "<"):
      if next == UInt8(ascii: ">") {
        (kind, length) = (.notEqual, 2)
        report("`<>` is not an operator here", Span(start, start + 2), "", "“Not equal” is written `!=`.")
      } else {
        (kind, length) = equals(.lessOrEqual, .less)
      }
    case UInt8(ascii: ">"): (kind, length) = equals(.greaterOrEqual, .greater)
    case UInt8(ascii: "|"):
      if next == UInt8(ascii: ">") {
        (kind, length) = (.pipe, width + 1)
      } else {
        (kind, length) = (.or, next == first ? 2 : 1)
        report(foreign(start, length), Span(start, start + length), "", "Write `or`.")
      }
    case UInt8(ascii: "&"):
      (kind, length) = (.and, next == first ? 2 : 1)
      report(foreign(start, length), Span(start, start + length), "", "Write `and`.")
    case UInt8(ascii: "?"): (kind, length) = single(.question)
    default:
      (kind, length) = (.invalid, 1)
      reportUnknown(Unicode.Scalar(first), Span(start, start + 1))
    }
    countBrackets(kind)
    position = start + length
    add(kind, start, position)
  }

  private func foreign(_ start: Int, _ length: Int) -> String {
    "`\(source.text(of: Span(start, start + length)))` is not an operator here"
  }

  private mutating func readExclamation(width: Int) -> (Token.Kind, Int) {
    let start = position
    guard byte(start + width) == UInt8(ascii: "=") else {
      let word = foreignCommand(behind: start)
      if width == 1, sawNewline, !word.isEmpty {
        let span = Span(start, start + 1 + word.utf8.count)
        report("`!\(word)` is a command of a shell", span, "", "It is typed in a shell. “Not” is written `not`.")
        return (.not, width)
      }
      report("`!` is not an operator here", Span(start, start + width), "", "Write `not`.")
      return (.not, width)
    }
    guard width == 1, byte(start + 2) == UInt8(ascii: "=") else { return (.notEqual, width + 1) }
    report("`!==` is not an operator here", Span(start, start + 3), "", "“Not equal” is written `!=`.")
    return (.notEqual, 3)
  }

  /// The letters behind a sign.
  private func foreignCommand(behind sign: Int) -> String {
    var end = sign + 1
    while Character(Unicode.Scalar(byte(end))).isASCII, Character(Unicode.Scalar(byte(end))).isLetter { end += 1 }
    return source.text(of: Span(sign + 1, end))
  }

  private mutating func countBrackets(_ kind: Token.Kind) {
    guard case .interpolation(let brackets, let brace) = frames.last else { return }
    let change = kind.closer != nil ? 1 : kind.isCloser ? -1 : 0
    if change != 0 { frames[frames.count - 1] = .interpolation(brackets: max(0, brackets + change), brace: brace) }
  }

  private mutating func readRightBrace(width: Int) {
    let start = position
    position += width
    if case .interpolation(brackets: 0, _) = frames.last {
      frames.removeLast()
      return add(.interpolationClose, start, position)
    }
    countBrackets(.rightBrace)
    add(.rightBrace, start, position)
  }

  private mutating func skipForeignComment(isBlock: Bool) {
    let start = position
    if isBlock {
      position += 2
      while position < bytes.count, !(bytes[position] == UInt8(ascii: "*") && byte(position + 1) == UInt8(ascii: "/")) {
        position += 1
      }
      position = min(position + 2, bytes.count)
      report("`/*` does not begin a comment here", Span(start, start + 2), "", "Each line of a comment begins with `#`.")
    } else {
      skipLine()
      report(
        "`//` does not begin a comment here", Span(start, start + 2), "",
        "A comment begins with `#`. The whole part of a quotient is `floor(a / b)`.")
    }
    sawSpace = true
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
  var isLetter: Bool { (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z") }
  var isNamePart: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }
}

extension Unicode.Scalar {
  var beginsName: Bool { self == "_" || properties.isXIDStart }
  /// Letters, digits, marks, and the small figures of x₁ that are letters to a mathematician.
  var continuesName: Bool { self == "_" || properties.isXIDContinue || (value >= 0x2080 && value <= 0x2089) }
}
