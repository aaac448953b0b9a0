import Base

/// Reads a formula and writes it as MathML on the way.
struct FormulaParser {
  /// A part of a formula.
  struct Atom {
    var html: String
    /// Whether its scripts stand above and below it: sums, limits, braces.
    var takesLimits = false
    var isEmpty: Bool { html.isEmpty }

    init(_ html: String, takesLimits: Bool = false) {
      self.html = html
      self.takesLimits = takesLimits
    }
  }

  private static let depthLimit = 100

  var lexer: FormulaLexer
  private(set) var sign: FormulaLexer.Sign
  private(set) var depth: Int

  /// `depth`: how deep in another formula it lies.
  init(_ source: String, depth: Int = 0) {
    lexer = FormulaLexer(source)
    sign = lexer.next()
    self.depth = depth
  }

  mutating func advance() { sign = lexer.next() }

  /// The whole of it.
  mutating func formula() throws(Formula.Unreadable) -> String {
    let lines = try table { $0 == .end }
    guard sign == .end else { throw Formula.Unreadable(reason: "a } too many") }
    if lines.count == 1, lines[0].count == 1 { return lines[0][0] }
    return FormulaTable.html(lines, .aligned)
  }

  // MARK: Rows

  /// Atoms with their scripts, up to a sign that ends them.
  mutating func row(until isEnd: (FormulaLexer.Sign) -> Bool) throws(Formula.Unreadable) -> String {
    try enter()
    defer { depth -= 1 }
    var result = ""
    while !isEnd(sign) {
      if sign == .end { throw Formula.Unreadable(reason: "a } or an \\end is missing") }
      if sign == .close { throw Formula.Unreadable(reason: "a } too many") }
      result += try scripted().html
    }
    return result
  }

  private mutating func enter() throws(Formula.Unreadable) {
    depth += 1
    guard depth < Self.depthLimit else { throw Formula.Unreadable(reason: "it is nested too deeply") }
  }

  /// Rows of cells, divided by `\\` and `&`, up to a sign that ends them.
  mutating func table(until isEnd: (FormulaLexer.Sign) -> Bool) throws(Formula.Unreadable) -> [[String]] {
    var lines: [[String]] = [[]]
    while true {
      let cell = try row { isEnd($0) || $0 == .cell || Self.isNewline($0) }
      lines[lines.count - 1].append(cell)
      if isEnd(sign) { break }
      if Self.isNewline(sign) {
        _ = lexer.option()
        lines.append([])
      }
      advance()
    }
    if lines.count > 1, lines.last == [""] { lines.removeLast() }
    return lines
  }

  private static func isNewline(_ sign: FormulaLexer.Sign) -> Bool {
    sign == .command("\\") || sign == .command("cr") || sign == .command("newline")
  }

  // MARK: Scripts

  private mutating func scripted() throws(Formula.Unreadable) -> Atom {
    var base = sign == .superscript || sign == .subscript ? Atom("<mrow></mrow>") : try atom()
    if sign == .command("limits") {
      base.takesLimits = true
      advance()
    } else if sign == .command("nolimits") {
      base.takesLimits = false
      advance()
    }
    var lower: String?
    var upper: String?
    var primes = ""
    reading: while true {
      switch sign {
      case .subscript where lower == nil:
        advance()
        lower = try argument()
      case .superscript where upper == nil:
        advance()
        upper = try argument()
      case .character("'"), .character("’"):
        primes += "′"
        advance()
      case .subscript, .superscript: throw Formula.Unreadable(reason: "two scripts in one place")
      case .command, .character, .number, .open, .close, .cell, .end: break reading
      }
    }
    if !primes.isEmpty { upper = "<mrow><mo>\(primes)</mo>\(upper ?? "")</mrow>" }
    let (under, over, both) = base.takesLimits ? ("munder", "mover", "munderover") : ("msub", "msup", "msubsup")
    switch (lower, upper) {
    case (nil, nil): return base
    case (let lower?, nil): return Atom("<\(under)>\(base.html)\(lower)</\(under)>")
    case (nil, let upper?): return Atom("<\(over)>\(base.html)\(upper)</\(over)>")
    case (let lower?, let upper?): return Atom("<\(both)>\(base.html)\(lower)\(upper)</\(both)>")
    }
  }

  /// One element: a group in braces, or the next atom.
  mutating func argument() throws(Formula.Unreadable) -> String {
    try enter()
    defer { depth -= 1 }
    switch sign {
    case .open: return try group()
    case .end, .close, .cell, .superscript, .subscript: throw Formula.Unreadable(reason: "an argument is missing")
    case .number(let digits):
      // `x^12` is x¹2.
      guard let first = digits.first else { return "" }
      let rest = digits.dropFirst()
      if rest.isEmpty { advance() } else { sign = .number(String(rest)) }
      return "<mn>\(first)</mn>"
    case .command, .character:
      let html = try atom().html
      return html.isEmpty ? "<mrow></mrow>" : html
    }
  }

  /// What stands between braces, as one element.
  mutating func group() throws(Formula.Unreadable) -> String {
    advance()
    let content = try row { $0 == .close }
    advance()
    return "<mrow>\(content)</mrow>"
  }

  // MARK: Atoms

  private mutating func atom() throws(Formula.Unreadable) -> Atom {
    switch sign {
    case .open: return Atom(try group())
    case .number(let digits):
      advance()
      return Atom("<mn>\(digits)</mn>")
    case .character(let character):
      advance()
      return Atom(Self.element(character))
    case .command(let name): return try command(name)
    case .close, .cell, .end, .superscript, .subscript: throw Formula.Unreadable(reason: "something is missing before it")
    }
  }

  static func element(_ character: Character) -> String {
    switch character {
    case "-": "<mo>−</mo>"
    case "*": "<mo>∗</mo>"
    case "~": "<mspace width=\"0.33em\"></mspace>"
    case ",", ";": "<mo separator=\"true\">\(character)</mo>"
    case "(", "[": "<mo stretchy=\"false\" form=\"prefix\">\(character)</mo>"
    case ")", "]": "<mo stretchy=\"false\" form=\"postfix\">\(character)</mo>"
    case "|", "‖": "<mo stretchy=\"false\" lspace=\"0.1em\" rspace=\"0.1em\">\(character)</mo>"
    case "/": "<mo lspace=\"0.05em\" rspace=\"0.05em\">/</mo>"
    case _ where character.isLetter: "<mi>\(character)</mi>"
    default: "<mo>\(Markup.escaped(String(character)))</mo>"
    }
  }

  /// A command that is not known: shown as it is written.
  static func unknown(_ name: String) -> Atom {
    Atom("<mtext class=\"unknown\">\\\(Markup.escaped(name))</mtext>")
  }
}
