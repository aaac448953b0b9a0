/// A formula in a line of plain text, for terminals: Greek letters and signs as they are, scripts raised and lowered where Unicode has such
/// letters, fractions with a slash.
///
/// It reads the MathML that `Formula` writes, so that both know the same commands.
struct FormulaText {
  /// An element with what it holds; `text` is that of a leaf.
  private struct Element {
    var name: String
    var children: [Element] = []
    var text = ""
  }

  /// The text of a formula's source, without the dollar signs; the source itself where it cannot be read.
  static func text(of source: String) -> String {
    var parser = FormulaParser(source)
    guard let markup = try? parser.formula() else { return source }
    var reader = FormulaText(markup)
    let elements = reader.elements()
    var text = ""
    for part in row(elements, elements.map(flat)) where !(part == " " && (text.isEmpty || text.last == " ")) { text.append(part) }
    while text.last == " " { text.removeLast() }
    return text
  }

  // MARK: Reading

  private var rest: Substring

  private init(_ markup: String) { rest = markup[...] }

  /// The elements up to the end tag of the one around them.
  private mutating func elements() -> [Element] {
    var found: [Element] = []
    while let open = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: open)...]
      guard let close = rest.firstIndex(of: ">") else { break }
      let tag = rest[..<close]
      rest = rest[rest.index(after: close)...]
      if tag.first == "/" { break }
      var element = Element(name: String(tag.prefix { $0 != " " }))
      if ["mi", "mo", "mn", "mtext", "mspace"].contains(element.name) {
        element.text = Self.unescaped(rest.prefix { $0 != "<" })
        if element.name == "mspace" { element.text = " " }
        if element.name == "mo", tag.contains("lspace=\"0.17em\"") { element.name = "name" }
        rest = rest.firstIndex(of: ">").map { rest[rest.index(after: $0)...] } ?? ""
      } else {
        element.children = elements()
      }
      found.append(element)
    }
    return found
  }

  private static func unescaped(_ text: Substring) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&"), ("\u{A0}", " "), ("\u{2061}", "")].reduce(String(text)) {
      $0.replacing($1.0, with: $1.1)
    }
  }

  // MARK: Writing

  private static let spaced = Set("=<>≤≥≠≈∼→↦∈≔≡∝+−±⋅×⇒⟺←↔≪≫∣".map(String.init))
  private static let brackets = Set("([{⟨‖|".map(String.init))

  private static func flat(_ element: Element) -> String {
    let parts = element.children.map(flat)
    func part(_ place: Int) -> String { place < parts.count ? parts[place] : "" }
    switch element.name {
    case "mi", "mn", "mtext", "mspace": return element.text
    case "mo":
      return element.text == "-"
        ? " − " : spaced.contains(element.text) ? " \(element.text) " : element.text == "," ? ", " : element.text
    case "name": return " \(element.text) "
    case "msub", "munder": return spread(part(0).trimmedEnd + script(part(1), lowered, "_"))
    case "msup", "mover":
      if element.name == "mover", let mark = accents[part(1).trimmedEnd] { return part(0) + mark }
      return part(0).trimmedEnd + script(part(1), raised, "^")
    case "msubsup", "munderover": return spread(part(0).trimmedEnd + script(part(1), lowered, "_") + script(part(2), raised, "^"))
    case "mfrac": return grouped(part(0)) + "/" + grouped(part(1))
    case "msqrt": return "√" + grouped(parts.joined())
    case "mroot": return script(part(1), raised, "^") + "√" + grouped(part(0))
    case "mtable": return parts.joined(separator: "; ")
    case "mtr": return parts.joined(separator: " ")
    default: return row(element.children, parts)
    }
  }

  /// A minus at the beginning belongs to what follows.
  private static func row(_ children: [Element], _ parts: [String]) -> String {
    var text = ""
    for part in parts {
      let isSign = part == " − " || part == " + "
      let before = text.last { $0 != " " }
      text +=
        isSign && (before == nil || brackets.contains(before.map(String.init) ?? "")) ? String(part.dropFirst().dropLast()) : part
    }
    return text
  }

  /// A sum stands apart from what is summed.
  private static func spread(_ text: String) -> String { text.first.map { "∑∏∫".contains($0) } == true ? " \(text) " : text }

  private static func grouped(_ text: String) -> String {
    let text = text.trimmedEnd
    return text.contains { " +−=".contains($0) } && !(text.first == "(" && text.last == ")") ? "(\(text))" : text
  }

  private static let accents: [String: String] = [
    "^": "\u{302}", "~": "\u{303}", "¯": "\u{304}", "→": "\u{20D7}", "˙": "\u{307}",
  ]

  private static func script(_ text: String, _ letters: [Character: Character], _ mark: String) -> String {
    let text = text.filter { $0 != " " }
    guard !text.isEmpty else { return "" }
    let found = text.compactMap { letters[$0] }
    if found.count == text.count { return String(found) }
    return mark + (text.count == 1 ? text : "(\(text))")
  }

  private static let raised = letters(
    "0123456789+−-=()abcdefghijklmnoprstuvwxyzTαβγδθ′∗∗", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᵅᵝᵞᵟᶿ′**")
  private static let lowered = letters("0123456789+−-=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ")

  private static func letters(_ plain: String, _ small: String) -> [Character: Character] {
    Dictionary(zip(plain, small), uniquingKeysWith: { first, _ in first })
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = Substring(self)
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
