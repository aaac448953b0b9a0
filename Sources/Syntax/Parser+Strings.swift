extension Parser {
  private enum Piece {
    case text(Span)
    case value(Expression, format: FormatSpecification?)
  }

  mutating func parseString() throws -> Expression {
    let start = index
    let isTriple = tokens[start].upper - tokens[start].lower == 3 && source.bytes[tokens[start].lower] == UInt8(ascii: "\"")
    let isForeign = source.bytes[tokens[start].lower] != UInt8(ascii: "\"")
    push()
    let pieces = try with(newlinesFree: true, blocks: true) { parser in
      var pieces: [Piece] = []
      while parser.current.kind != .stringClose {
        switch parser.current.kind {
        case .stringText:
          pieces.append(.text(parser.current.span))
          parser.advance()
        case .interpolationOpen: pieces.append(try parser.parseInterpolation())
        default: throw parser.missing("the closing `\(isTriple ? "\"\"\"" : "\"")`")
        }
      }
      return pieces
    }
    open.removeLast()
    advance()
    let margin = isTriple ? margin(of: pieces) : nil
    var result: [StringPiece] = []
    for (place, piece) in pieces.enumerated() {
      switch piece {
      case .text(let span):
        var text = isForeign ? source.text(of: span) : decode(span, margin: margin)
        if isTriple {
          if place == 0 { text = Self.withoutFirstNewline(text, source.bytes[Int(span.lower)...]) }
          if place == pieces.count - 1 { text = withoutLastLine(text, span, margin: margin ?? 0) }
        }
        if !text.isEmpty { result.append(.text(text)) }
      case .value(let value, let format): result.append(.interpolation(value, format: format))
      }
    }
    return try make(.string(result), span(from: start))
  }

  private mutating func parseInterpolation() throws -> Piece {
    let brace = index
    push()
    if current.kind == .interpolationClose {
      throw failure(
        "an empty pair of braces in a string", tokens[brace].span.union(current.span), "",
        "A value stands between them, `{x}`; write `\\{` and `\\}` for braces themselves.")
    }
    let value = try parseExpression()
    var format: FormatSpecification?
    if current.kind == .format {
      format = parseFormat(current)
      advance()
    }
    guard current.kind == .interpolationClose else {
      if current.kind == .end { throw missing("`}`") }
      if let hint = hintForUnexpected(in: "a string") { throw hint }
      throw failure(
        "`}` is missing in the string", current.span, "found \(describe(current))",
        also: [label(tokens[brace].span, "opened here")],
        "A value stands between braces, `{x:.3}`; write `\\{` for a brace itself.")
    }
    open.removeLast()
    advance()
    return .value(value, format: format)
  }

  private mutating func parseFormat(_ token: Token) -> FormatSpecification? {
    let written = text(token).dropFirst()
    switch FormatSpecification.parse(written) {
    case .success(let format): return format
    case .failure(let problem):
      report("the format of a value is not understood", token.span, problem.text, problem.advice)
      return nil
    }
  }

  // MARK: """

  /// The blanks that all lines of the text begin with; the line of the closing quotes counts, other empty ones do not.
  private func margin(of pieces: [Piece]) -> Int {
    var least: Int?
    for (place, piece) in pieces.enumerated() {
      guard case .text(let span) = piece else { continue }
      var offset = Int(span.lower)
      while offset < span.upper {
        guard source.bytes[offset] == UInt8(ascii: "\n") else {
          offset += 1
          continue
        }
        offset += 1
        let lineStart = offset
        while offset < span.upper, source.bytes[offset] == UInt8(ascii: " ") || source.bytes[offset] == UInt8(ascii: "\t") {
          offset += 1
        }
        let isEmpty =
          offset < span.upper && (source.bytes[offset] == UInt8(ascii: "\n") || source.bytes[offset] == UInt8(ascii: "\r"))
        let isLast = offset == span.upper && place == pieces.count - 1
        if !isEmpty || isLast { least = min(least ?? .max, offset - lineStart) }
      }
    }
    return least ?? 0
  }

  private static func withoutFirstNewline(_ text: String, _ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.starts(with: [UInt8(ascii: "\n")]) || bytes.starts(with: Array("\r\n".utf8)) else { return text }
    return String(text.dropFirst())
  }

  /// Without the line of the closing quotes, where nothing else stands on it.
  private func withoutLastLine(_ text: String, _ span: Span, margin: Int) -> String {
    var offset = Int(span.upper)
    while offset > span.lower, source.bytes[offset - 1] == UInt8(ascii: " ") || source.bytes[offset - 1] == UInt8(ascii: "\t") {
      offset -= 1
    }
    guard offset > span.lower, source.bytes[offset - 1] == UInt8(ascii: "\n") else { return text }
    guard let newline = text.lastIndex(where: { $0 == "\n" || $0 == "\r\n" }) else { return "" }
    return String(text[..<newline])
  }

  // MARK: Escapes

  /// The characters that a stretch of a string stands for; after each newline `margin` blanks are left out.
  private mutating func decode(_ span: Span, margin: Int?) -> String {
    let bytes = source.bytes
    let end = min(Int(span.upper), bytes.count)
    var offset = Int(span.lower)
    var decoded: [UInt8] = []
    decoded.reserveCapacity(end - offset)
    while offset < end {
      let byte = bytes[offset]
      offset += 1
      if byte == UInt8(ascii: "\n"), let margin {
        decoded.append(byte)
        var skipped = 0
        while skipped < margin, offset < end, bytes[offset] == UInt8(ascii: " ") || bytes[offset] == UInt8(ascii: "\t") {
          offset += 1
          skipped += 1
        }
        continue
      }
      guard byte == UInt8(ascii: "\\"), offset < end else {
        decoded.append(byte)
        continue
      }
      let escape = bytes[offset]
      offset += 1
      switch escape {
      case UInt8(ascii: "n"): decoded.append(0x0A)
      case UInt8(ascii: "t"): decoded.append(0x09)
      case UInt8(ascii: "r"): decoded.append(0x0D)
      case UInt8(ascii: "e"): decoded.append(0x1B)
      case UInt8(ascii: "0"): decoded.append(0)
      case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "#"): decoded.append(escape)
      case UInt8(ascii: "u"): decodeScalar(&offset, end, &decoded)
      default:
        let shown = source.text(of: Span(offset - 1, offset + (escape < 0x80 ? 0 : escape < 0xE0 ? 1 : escape < 0xF0 ? 2 : 3)))
        report(
          "`\\\(shown)` is not an escape", Span(offset - 2, offset), "",
          "The escapes are `\\n`, `\\t`, `\\r`, `\\e`, `\\0`, `\\\\`, `\\\"`, `\\{`, `\\}` and `\\u{1F600}`. A backslash itself is `\\\\`."
        )
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  /// `{1F600}` after `\u`.
  private mutating func decodeScalar(_ offset: inout Int, _ end: Int, _ decoded: inout [UInt8]) {
    let start = offset - 2
    guard offset < end, source.bytes[offset] == UInt8(ascii: "{") else {
      return report("a character is missing after `\\u`", Span(start, offset), "", "Its code stands in braces: `\\u{1F600}`.")
    }
    var close = offset
    while close < end, source.bytes[close] != UInt8(ascii: "}") { close += 1 }
    let digits = source.text(of: Span(offset + 1, close))
    offset = min(close + 1, end)
    guard digits.utf8.count <= 6, let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
      return report(
        "`\(digits)` is not the code of a character", Span(start, offset), "", "Write it in hexadecimal: `\\u{1F600}`.")
    }
    decoded.append(contentsOf: String(Character(scalar)).utf8)
  }
}
