/// The signs that commands stand for.
enum FormulaSymbols {
  /// A mark above or below what it belongs to.
  struct Accent {
    var mark: String
    var isWide = false
    var isBelow = false
    var takesLimits = false
  }

  static let accents: [String: Accent] = [
    "hat": Accent(mark: "^"), "widehat": Accent(mark: "^", isWide: true), "tilde": Accent(mark: "~"),
    "widetilde": Accent(mark: "~", isWide: true), "bar": Accent(mark: "¯"), "overline": Accent(mark: "¯", isWide: true),
    "vec": Accent(mark: "→"), "overrightarrow": Accent(mark: "→", isWide: true), "dot": Accent(mark: "˙"),
    "ddot": Accent(mark: "¨"),
    "check": Accent(mark: "ˇ"), "breve": Accent(mark: "˘"), "acute": Accent(mark: "´"), "grave": Accent(mark: "`"),
    "underline": Accent(mark: "_", isWide: true, isBelow: true), "overbrace": Accent(mark: "⏞", isWide: true, takesLimits: true),
    "underbrace": Accent(mark: "⏟", isWide: true, isBelow: true, takesLimits: true),
  ]

  static let bracketSizes: [String: String] = {
    var sizes: [String: String] = [:]
    for (name, size) in [("big", "1.2em"), ("Big", "1.8em"), ("bigg", "2.4em"), ("Bigg", "3em")] {
      for ending in ["", "l", "r", "m"] { sizes[name + ending] = size }
    }
    return sizes
  }()

  static let delimiters: [String: String] = [
    "{": "{", "}": "}", "|": "‖", "lbrace": "{", "rbrace": "}", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋",
    "lceil": "⌈",
    "rceil": "⌉", "lvert": "|", "rvert": "|", "vert": "|", "Vert": "‖", "lVert": "‖", "rVert": "‖", "uparrow": "↑",
    "downarrow": "↓",
    "lbrack": "[", "rbrack": "]", "backslash": "\\",
  ]

  /// The element of a command that takes nothing; nil where it is none.
  static func element(_ name: String) -> FormulaParser.Atom? {
    if let letter = letters[name] { return FormulaParser.Atom("<mi>\(letter)</mi>") }
    if let sign = uprightLetters[name] { return FormulaParser.Atom("<mi mathvariant=\"normal\">\(sign)</mi>") }
    if let sign = operators[name] { return FormulaParser.Atom("<mo>\(sign)</mo>") }
    if let sign = sums[name] { return FormulaParser.Atom("<mo movablelimits=\"true\">\(sign)</mo>", takesLimits: true) }
    if let sign = integrals[name] { return FormulaParser.Atom("<mo>\(sign)</mo>") }
    if let mark = delimiters[name] {
      let form =
        "({[⟨⌊⌈".contains(mark)
        ? " form=\"prefix\"" : ")}]⟩⌋⌉".contains(mark) ? " form=\"postfix\"" : " lspace=\"0.1em\" rspace=\"0.1em\""
      return FormulaParser.Atom("<mo stretchy=\"false\"\(form)>\(mark)</mo>")
    }
    if let width = spaces[name] { return FormulaParser.Atom("<mspace width=\"\(width)\"></mspace>") }
    if let words = limitNames[name] { return operatorName(words, takesLimits: true) }
    return functionNames.contains(name) ? operatorName(name) : nil
  }

  /// A name such as `log`, set upright, with room before what follows.
  static func operatorName(_ name: String, takesLimits: Bool = false) -> FormulaParser.Atom {
    let limits = takesLimits ? " movablelimits=\"true\"" : ""
    return FormulaParser.Atom(
      "<mo\(limits) lspace=\"0.17em\" rspace=\"0.17em\" stretchy=\"false\">\(name)</mo>", takesLimits: takesLimits)
  }

  private static let letters: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ",
    "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π",
    "varpi": "ϖ",
    "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ", "chi": "χ",
    "psi": "ψ",
    "omega": "ω", "ell": "ℓ", "imath": "ı", "jmath": "ȷ", "hbar": "ℏ",
  ]

  private static let uprightLetters: [String: String] = [
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ",
    "Psi": "Ψ",
    "Omega": "Ω", "infty": "∞", "partial": "∂", "nabla": "∇", "emptyset": "∅", "varnothing": "∅", "Re": "ℜ", "Im": "ℑ",
    "aleph": "ℵ",
    "top": "⊤", "bot": "⊥", "dagger": "†", "ldots": "…", "dots": "…", "cdots": "⋯", "vdots": "⋮", "ddots": "⋱", "dotsc": "…",
    "dotsb": "⋯",
    "prime": "′", "angle": "∠", "%": "%", "#": "#", "$": "$", "_": "_", "&": "&amp;", "S": "§", "star": "⋆",
  ]

  private static let operators: [String: String] = [
    "cdot": "⋅", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "ast": "∗", "circ": "∘", "bullet": "∙", "odot": "⊙",
    "oplus": "⊕",
    "otimes": "⊗", "ominus": "⊖", "cup": "∪", "cap": "∩", "setminus": "∖", "wedge": "∧", "land": "∧", "vee": "∨", "lor": "∨",
    "neg": "¬",
    "lnot": "¬", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "leqslant": "⩽", "geqslant": "⩾", "ll": "≪", "gg": "≫", "ne": "≠",
    "neq": "≠",
    "equiv": "≡", "approx": "≈", "sim": "∼", "simeq": "≃", "cong": "≅", "propto": "∝", "coloneqq": "≔", "triangleq": "≜",
    "doteq": "≐",
    "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆", "supset": "⊃", "supseteq": "⊇", "to": "→",
    "rightarrow": "→",
    "leftarrow": "←", "gets": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "Leftarrow": "⇐", "Leftrightarrow": "⇔",
    "implies": "⟹",
    "iff": "⟺", "mapsto": "↦", "longrightarrow": "⟶", "longmapsto": "⟼", "hookrightarrow": "↪", "nearrow": "↗", "searrow": "↘",
    "uparrow": "↑", "downarrow": "↓", "forall": "∀", "exists": "∃", "nexists": "∄", "mid": "∣", "parallel": "∥", "perp": "⟂",
    "colon": ":",
    "prec": "≺", "succ": "≻", "preceq": "⪯", "succeq": "⪰", "lesssim": "≲", "gtrsim": "≳", "dagger": "†", "vdash": "⊢",
    "models": "⊨",
    "therefore": "∴", "because": "∵", "backslash": "\\", "bmod": "mod",
  ]

  private static let sums: [String: String] = [
    "sum": "∑", "prod": "∏", "coprod": "∐", "bigcup": "⋃", "bigcap": "⋂", "bigoplus": "⨁", "bigotimes": "⨂", "bigwedge": "⋀",
    "bigvee": "⋁",
  ]

  private static let integrals: [String: String] = ["int": "∫", "iint": "∬", "iiint": "∭", "oint": "∮"]

  private static let spaces: [String: String] = [
    ",": "0.17em", ":": "0.22em", ">": "0.22em", ";": "0.28em", "!": "-0.17em", " ": "0.33em", "quad": "1em", "qquad": "2em",
    "enspace": "0.5em",
    "thinspace": "0.17em",
  ]

  private static let limitNames: [String: String] = [
    "lim": "lim", "max": "max", "min": "min", "sup": "sup", "inf": "inf", "limsup": "lim sup", "liminf": "lim inf",
    "argmax": "arg max",
    "argmin": "arg min", "Pr": "Pr", "det": "det", "gcd": "gcd",
  ]

  private static let functionNames: Set<String> = [
    "log", "ln", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "cot", "sec", "csc", "arg",
    "deg", "dim", "ker",
    "hom", "lg",
  ]
}
