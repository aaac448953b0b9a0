import Base

extension FormulaParser {
  /// A command with what belongs to it; the lexer stands on its name.
  mutating func command(_ name: String) throws(Formula.Unreadable) -> Atom {
    if let symbol = FormulaSymbols.element(name) {
      advance()
      return symbol
    }
    if let accent = FormulaSymbols.accents[name] { return try accented(accent) }
    if let alphabet = FormulaAlphabet.named(name) {
      advance()
      return Atom(alphabet.styled(try argument()))
    }
    if let size = FormulaSymbols.bracketSizes[name] { return try bracket(size) }
    switch name {
    case "frac", "dfrac", "tfrac", "cfrac": return try fraction(name)
    case "binom":
      advance()
      let (upper, lower) = (try argument(), try argument())
      return Atom("<mrow><mo>(</mo><mfrac linethickness=\"0\">\(upper)\(lower)</mfrac><mo>)</mo></mrow>")
    case "sqrt": return try root()
    case "text", "textrm", "mbox", "textit", "textbf", "texttt", "textsf": return try text(name)
    case "operatorname": return try operatorName()
    case "left": return try fenced()
    case "begin": return try environment()
    case "overset", "stackrel":
      advance()
      let (upper, base) = (try argument(), try argument())
      return Atom("<mover>\(base)\(upper)</mover>")
    case "underset":
      advance()
      let (lower, base) = (try argument(), try argument())
      return Atom("<munder>\(base)\(lower)</munder>", takesLimits: false)
    case "not": return try negated()
    case "displaystyle", "textstyle", "scriptstyle", "nonumber", "notag":
      advance()
      return Atom("")
    default:
      advance()
      return Self.unknown(name)
    }
  }

  private mutating func fraction(_ name: String) throws(Formula.Unreadable) -> Atom {
    advance()
    let (upper, lower) = (try argument(), try argument())
    let style = name == "dfrac" || name == "cfrac" ? " displaystyle=\"true\"" : name == "tfrac" ? " displaystyle=\"false\"" : ""
    return Atom("<mfrac\(style)>\(upper)\(lower)</mfrac>")
  }

  private mutating func root() throws(Formula.Unreadable) -> Atom {
    let degree = lexer.option()
    advance()
    let content = try argument()
    guard let degree else { return Atom("<msqrt>\(content)</msqrt>") }
    var inner = FormulaParser(degree, depth: depth)
    return Atom("<mroot>\(content)<mrow>\(try inner.formula())</mrow></mroot>")
  }

  private mutating func accented(_ accent: FormulaSymbols.Accent) throws(Formula.Unreadable) -> Atom {
    advance()
    let base = try argument()
    let mark = "<mo stretchy=\"\(accent.isWide)\">\(accent.mark)</mo>"
    // A brace may have words of its own above or below it.
    if accent.isBelow { return Atom("<munder accentunder=\"true\">\(base)\(mark)</munder>", takesLimits: accent.takesLimits) }
    return Atom("<mover accent=\"true\">\(base)\(mark)</mover>", takesLimits: accent.takesLimits)
  }

  private mutating func text(_ name: String) throws(Formula.Unreadable) -> Atom {
    guard let text = lexer.verbatimGroup() else { throw Formula.Unreadable(reason: "\\\(name) has no text in braces") }
    advance()
    let style = ["textit": "font-style:italic", "textbf": "font-weight:bold", "texttt": "font-family:monospace"][name]
    // Blanks at the ends of the element would be dropped.
    let kept = Markup.escaped(text).replacing(" ", with: "\u{A0}")
    return Atom("<mtext\(style.map { " style=\"\($0)\"" } ?? "")>\(kept)</mtext>")
  }

  private mutating func operatorName() throws(Formula.Unreadable) -> Atom {
    let takesLimits = lexer.star()
    guard let name = lexer.verbatimGroup() else { throw Formula.Unreadable(reason: "\\operatorname has no name in braces") }
    advance()
    let words = name.replacing("\\,", with: "\u{2009}").replacing("\\", with: "")
    return FormulaSymbols.operatorName(Markup.escaped(words), takesLimits: takesLimits)
  }

  /// `\left( … \right)`: brackets that grow with what they hold.
  private mutating func fenced() throws(Formula.Unreadable) -> Atom {
    advance()
    let left = try delimiter()
    var content = ""
    while true {
      content += try row { $0 == .command("right") || $0 == .command("middle") }
      let isMiddle = sign == .command("middle")
      advance()
      let mark = try delimiter()
      guard isMiddle else {
        return Atom("<mrow>\(fence(left, "prefix"))\(content)\(fence(mark, "postfix"))</mrow>")
      }
      content += fence(mark, "infix")
    }
  }

  private func fence(_ mark: String, _ form: String) -> String {
    mark.isEmpty ? "" : "<mo fence=\"true\" stretchy=\"true\" form=\"\(form)\">\(mark)</mo>"
  }

  /// The bracket that the lexer stands on; empty for the point, which is none.
  private mutating func delimiter() throws(Formula.Unreadable) -> String {
    defer { advance() }
    switch sign {
    case .character("."): return ""
    case .character(let character) where "()[]|/<>".contains(character):
      return character == "<" ? "⟨" : character == ">" ? "⟩" : String(character)
    case .command(let name):
      guard let mark = FormulaSymbols.delimiters[name] else { throw Formula.Unreadable(reason: "\\\(name) is no bracket") }
      return mark
    case .character, .number, .open, .close, .superscript, .subscript, .cell, .end:
      throw Formula.Unreadable(reason: "a bracket is missing")
    }
  }

  private mutating func bracket(_ size: String) throws(Formula.Unreadable) -> Atom {
    advance()
    let mark = try delimiter()
    return Atom("<mo stretchy=\"true\" symmetric=\"true\" minsize=\"\(size)\" maxsize=\"\(size)\">\(mark)</mo>")
  }

  private mutating func environment() throws(Formula.Unreadable) -> Atom {
    guard let name = lexer.verbatimGroup() else { throw Formula.Unreadable(reason: "\\begin has no name in braces") }
    guard let kind = FormulaTable.Kind(rawValue: name.hasSuffix("*") ? String(name.dropLast()) : name) else {
      throw Formula.Unreadable(reason: "there is no environment \(name)")
    }
    if kind == .array, lexer.verbatimGroup() == nil { throw Formula.Unreadable(reason: "the columns of the array are missing") }
    advance()
    let lines = try table { $0 == .command("end") }
    guard lexer.verbatimGroup() == name else { throw Formula.Unreadable(reason: "\\begin{\(name)} has another \\end") }
    advance()
    return Atom(FormulaTable.html(lines, kind))
  }

  /// `\not=`, `\not\in`: the sign with a stroke through it.
  private mutating func negated() throws(Formula.Unreadable) -> Atom {
    advance()
    let html = try argument()
    guard html.hasPrefix("<mo"), let end = html.lastIndex(of: "<") else { return Atom(html) }
    return Atom(html[..<end] + "\u{338}" + html[end...])
  }
}
