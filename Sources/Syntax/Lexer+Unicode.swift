/// Characters beyond ASCII: names, and the marks that look like ours.
extension Lexer {
  mutating func readUnicode() {
    guard let (scalar, width) = scalar(at: position) else {
      position = bytes.count
      return
    }
    let span = Span(position, position + width)
    if let ascii = Self.fullWidth[scalar] {
      // A string in curly quotes is one mistake, not two.
      if ascii == "\"" || ascii == "'" { return readCurlyString(scalar, width: width) }
      report(
        "`\(scalar)` (\(Self.code(scalar))) is not the `\(ascii)` of a keyboard in English", span, "",
        "Write `\(ascii)` (\(Self.code(ascii))).")
      guard let byte = ascii.isASCII ? UInt8(exactly: ascii.value) : nil else { return }
      return readPunctuation(byte, width: width)
    }
    if let (text, kind) = Self.mathematics[scalar] {
      report("`\(scalar)` is not an operator here", span, "", "Write `\(text)`.")
      position += width
      return add(kind, Int(span.lower), position)
    }
    // Some full-width letters and digits count as letters for Unicode; they would make names that look alike.
    if scalar.beginsName, !(0xFF00...0xFF5E).contains(scalar.value) { return readName() }
    position += width
    if scalar.properties.isWhitespace || [0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF].contains(scalar.value) {
      sawSpace = true
      report(
        "an invisible character stands here: \(scalar.properties.name?.lowercased() ?? "unnamed") (\(Self.code(scalar)))", span,
        "here", "Write a plain space. It came with the text that was pasted.")
      return
    }
    reportUnknown(scalar, span)
    add(.invalid, Int(span.lower), position)
  }

  mutating func reportUnknown(_ scalar: Unicode.Scalar, _ span: Span) {
    let isPrintable = scalar.value >= 0x20 && scalar.value != 0x7F
    let name = isPrintable ? "`\(scalar)`" : Self.code(scalar)
    switch scalar {
    case "\\":
      report("`\\` has no meaning here", span, "", "A line goes on by itself after an operator, a comma or inside brackets.")
    case "$": report("`$` has no meaning here", span, "", "A variable is its name alone; inside a string it is `{name}`.")
    case "²", "³":
      report("a small figure is not a power here", span, "", "Write `^ \(scalar == "²" ? 2 : 3)`.")
    default: report("the character \(name) has no meaning here", span, "", "Only inside a string or a comment may it stand.")
    }
  }

  private mutating func readCurlyString(_ scalar: Unicode.Scalar, width: Int) {
    let closers: [Unicode.Scalar] =
      scalar == "“" || scalar == "”" || scalar == "„" || scalar == "“" ? ["”", "“", "\""] : ["’", "‘", "'", "”"]
    var end = position + width
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") {
      for closer in closers + [scalar] {
        let mark = Array(String(Character(closer)).utf8)
        if bytes[end...].starts(with: mark) { return readForeignString(closers: mark, width: width) }
      }
      end += 1
    }
    readForeignString(closers: Array(String(Character(scalar)).utf8), width: width)
  }

  static func code(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Marks of Chinese and Japanese keyboards and of word processors, with the ASCII ones they stand for.
  private static let fullWidth: [Unicode.Scalar: Unicode.Scalar] = {
    var map: [Unicode.Scalar: Unicode.Scalar] = [
      "、": ",", "。": ".", "【": "[", "】": "]", "「": "\"", "」": "\"", "“": "\"", "”": "\"", "„": "\"", "‘": "'", "’": "'",
      "−": "-", "–": "-", "—": "-", "∗": "*", "∕": "/", "：": ":", "；": ";",
    ]
    for value in UInt32(0xFF01)...0xFF5E {
      guard let wide = Unicode.Scalar(value), let ascii = Unicode.Scalar(value - 0xFEE0) else { continue }
      if ascii.value < 0x80, !UInt8(ascii.value).isNamePart { map[wide] = ascii }
    }
    return map
  }()

  private static let mathematics: [Unicode.Scalar: (String, Token.Kind)] = [
    "×": ("*", .star), "·": ("*", .star), "⋅": ("*", .star), "÷": ("/", .slash), "≤": ("<=", .lessOrEqual),
    "≥": (">=", .greaterOrEqual), "≠": ("!=", .notEqual), "→": ("->", .arrow), "∧": ("and", .and), "∨": ("or", .or),
    "¬": ("not", .not), "…": ("..", .dots),
  ]
}
