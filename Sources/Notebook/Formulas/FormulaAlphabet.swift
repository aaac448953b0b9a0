/// The alphabets of mathematics: letters as the characters that Unicode has for them (Mathematical Alphanumeric Symbols).
struct FormulaAlphabet {
  /// Where its capitals, small letters and figures begin; nil for those that it has not.
  var capitals: UInt32?
  var smalls: UInt32?
  var figures: UInt32?
  /// Letters that Unicode had before, elsewhere.
  var exceptions: [Character: Character] = [:]
  /// Letters stay as they are, but upright.
  var isUpright = false

  static func named(_ name: String) -> FormulaAlphabet? { all[name] }

  private static let all: [String: FormulaAlphabet] = [
    "mathbb": doubleStruck, "Bbb": doubleStruck, "mathcal": script, "mathscr": script, "mathfrak": fraktur, "mathbf": bold,
    "boldsymbol": boldItalic,
    "bm": boldItalic, "mathsf": sans, "mathtt": monospace, "mathrm": upright, "mathit": FormulaAlphabet(),
  ]

  private static let doubleStruck = FormulaAlphabet(
    capitals: 0x1D538, smalls: 0x1D552, figures: 0x1D7D8,
    exceptions: ["C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ", "1": "𝟙"])
  private static let script = FormulaAlphabet(
    capitals: 0x1D49C, smalls: 0x1D4B6,
    exceptions: [
      "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ", "e": "ℯ", "g": "ℊ", "o": "ℴ",
    ])
  private static let fraktur = FormulaAlphabet(
    capitals: 0x1D504, smalls: 0x1D51E, exceptions: ["C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ"])
  private static let bold = FormulaAlphabet(capitals: 0x1D400, smalls: 0x1D41A, figures: 0x1D7CE)
  private static let boldItalic = FormulaAlphabet(capitals: 0x1D468, smalls: 0x1D482, figures: 0x1D7CE)
  private static let sans = FormulaAlphabet(capitals: 0x1D5A0, smalls: 0x1D5BA, figures: 0x1D7E2)
  private static let monospace = FormulaAlphabet(capitals: 0x1D670, smalls: 0x1D68A, figures: 0x1D7F6)
  private static let upright = FormulaAlphabet(isUpright: true)

  /// MathML with its letters in this alphabet; words of upright letters become one name.
  func styled(_ html: String) -> String {
    var result = ""
    var isTag = false
    for character in html {
      if character == "<" { isTag = true }
      result.append(isTag ? character : letter(character))
      if character == ">" { isTag = false }
    }
    guard isUpright else { return result }
    return result.replacing("</mi><mi>", with: "").replacing("<mi>", with: "<mi mathvariant=\"normal\">")
  }

  private func letter(_ character: Character) -> Character {
    if let exception = exceptions[character] { return exception }
    guard let code = character.asciiValue.map(UInt32.init) else { return character }
    let shifted: UInt32? =
      switch character {
      case "A"..."Z": capitals.map { $0 + code - 65 }
      case "a"..."z": smalls.map { $0 + code - 97 }
      case "0"..."9": figures.map { $0 + code - 48 }
      default: nil
      }
    return shifted.flatMap(UnicodeScalar.init).map(Character.init) ?? character
  }
}
