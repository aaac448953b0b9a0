import Graphics

/// How a series is told from the others in text: by its color where there are colors, else by the pattern of its dots.
struct SeriesLook {
  /// The escape code of its color; empty without colors.
  let code: String
  /// How many dots of a line are set and left out, in turn; empty for an unbroken line.
  let dots: [Int]
  /// What stands for each point of a scatter plot in place of a dot; nil: a dot.
  let sign: String?
  /// A letter that stands here and there on a line: where there are sixteen colors or none, which the eye or the terminal's palette may
  /// not tell apart.
  let letter: Letter?
  /// Whether bars have every second dot only, or every fourth.
  let isSparse: Bool
  let isVerySparse: Bool
  /// For the legend.
  let sample: String

  /// The sixteen colors for successive series, none of them that of a usual ground: the nearest ones to `Color.series` that are all
  /// different.
  static let named = [94, 33, 31, 36, 35, 32, 93, 96, 95, 92]

  /// A letter, and the columns in which it stands.
  struct Letter {
    let text: String
    /// How many columns lie between two of them.
    let period: Int
    /// The first column.
    let first: Int

    /// The letter of one of so many lines; none has another's columns.
    init(_ number: Int, of count: Int) {
      text = String(Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(number % 26))))
      period = max(14, 3 * count)
      first = period * number / count + period / (2 * count)
    }
  }

  private static let patterns = [[], [4, 3], [1, 2], [7, 2, 1, 2], [2, 2], [8, 4]]
  private static let signs = ["o", "x", "+", "*", "#", "%"]

  init(_ plot: Plot, _ index: Int, on screen: Screen) {
    let series = plot.series[index]
    let isPlain = screen.colorDepth == .none
    let told = plot.number(told: index)
    let own = plot.color(of: index).readableOnDark
    code =
      screen.colorDepth == .named
      ? told.map { "\u{1B}[\(SeriesLook.named[$0 % SeriesLook.named.count])m" } ?? own.code(depth: .named)
      : own.code(depth: screen.colorDepth)
    // Without colors patterns tell more of them apart.
    let number = isPlain ? told ?? index : (told ?? 0) / Color.series.count
    dots =
      series.isGuide
      ? [2, 2] : series.dashes.map { $0.isEmpty ? [] : [4, 3] } ?? SeriesLook.patterns[number % SeriesLook.patterns.count]
    let others = plot.series.indices.filter { plot.series[$0].style == .scatter && plot.series[$0].name != nil }
    let place = others.firstIndex(of: index) ?? 0
    // One set of points needs no sign of its own.
    sign = isPlain && place > 0 ? SeriesLook.signs[(place - 1) % SeriesLook.signs.count] : nil
    let lines = plot.series.indices.filter { plot.series[$0].style == .line && plot.series[$0].name != nil }
    letter =
      screen.colorDepth > .named || lines.count < 2 ? nil : lines.firstIndex(of: index).map { Letter($0, of: lines.count) }
    isSparse = isPlain && number % 3 > 0
    isVerySparse = isPlain && number % 3 == 2
    switch series.style {
    case .line where letter != nil:
      sample = (screen.isUnicode ? "─" : "-") + (letter?.text ?? "") + (screen.isUnicode ? "─" : "-")
    case .line, .vertical, .horizontal: sample = dots.isEmpty ? (screen.isUnicode ? "──" : "--") : SeriesLook.line(dots, screen)
    case .scatter: sample = sign ?? (screen.isUnicode ? "●" : "o")
    case .bars where series.isStepped && !dots.isEmpty: sample = SeriesLook.line(dots, screen)
    case .bars:
      sample = screen.isUnicode ? (isVerySparse ? "░" : isSparse ? "▒" : "█") : isVerySparse ? "." : isSparse ? ":" : "#"
    case .band: sample = screen.isUnicode ? "░░" : "::"
    }
  }

  /// A short piece of a line of dots.
  private static func line(_ dots: [Int], _ screen: Screen) -> String {
    var field = BrailleField(columns: 5, rows: 1)
    field.line(from: (0, 1), to: (9, 1), dots: dots)
    return field.patterns.map { String(BrailleField.character($0, unicode: screen.isUnicode)) }.joined()
  }
}
