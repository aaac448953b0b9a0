extension Typeface {
  /// What a character is made of: a glyph, raised or lowered or as it is, and the mark that it bears.
  struct Parts {
    /// Of the glyph, in its own units.
    let width: Double
    let path: String
    /// Whether it is drawn small, as a raised or lowered sign.
    let isSmall: Bool
    /// How far it is moved upwards, in units.
    let lift: Double
    /// The strokes of the mark, and its dots.
    let marks: [[Canvas.Point]]
    let dots: [Canvas.Point]

    init(_ character: Character) {
      // A letter that has a glyph with its mark is that.
      let whole = Glyphs.strokes[character] == nil ? Accents.parts(of: character) : nil
      let base = whole?.letter ?? character
      let (raised, lowered) = (Glyphs.raised[base], Glyphs.lowered[base])
      let plain = base.isWhitespace ? " " : raised ?? lowered ?? base
      // Marks stand where the dot of an i would be.
      let bare: Character =
        whole == nil || !Accents.isAbove(whole?.mark) ? plain : plain == "i" ? "ı" : plain == "j" ? "ȷ" : plain
      let glyph = Glyphs.strokes[Glyphs.alike[bare] ?? bare] ?? Glyphs.missing
      (width, path) = glyph
      isSmall = raised != nil || lowered != nil
      lift = raised != nil ? 3.4 : lowered != nil ? -1.6 : 0
      let mark = whole.map { Accents.strokes(of: $0.mark) } ?? ([], [])
      let top: Double = base.isUppercase && Accents.isAbove(whole?.mark) ? 2 : 0
      func placed(_ point: Canvas.Point) -> Canvas.Point { Canvas.Point(glyph.width / 2 + point.x, point.y + top) }
      marks = mark.0.map { $0.map(placed) }
      dots = mark.1.map(placed)
    }
  }
}
