/// A letter of our own typeface as it is in every size: for pages, on which text is no raster of pixels.
public struct Letter: Sendable {
  /// Lines of the pen, with round ends and corners, in tenths of the text's size: `x` from where the letter begins, `y` upwards from the
  /// baseline.
  public let lines: [[Canvas.Point]]
  /// The middles of dots.
  public let dots: [Canvas.Point]
  /// From here to where the next letter begins, in tenths of the size.
  public let advance: Double
  /// Of lines, in tenths of the size.
  public let penWidth: Double
  /// Of dots, in tenths of the size.
  public var dotRadius: Double { penWidth * 0.68 }

  /// The room between the ink of two letters, in tenths of the size.
  public static func spacing(bold: Bool) -> Double { bold ? 2.35 : 2 }

  /// The shape of a character; a box for one that is missing.
  public init(_ character: Character, bold: Bool) {
    penWidth = bold ? 1.4 : 0.95
    let glyph = Typeface.Parts(character)
    let shape = Typeface.Shape(glyph.path)
    let scale = glyph.isSmall ? 0.62 : 1
    func placed(_ point: Canvas.Point) -> Canvas.Point { Canvas.Point(point.x * scale, point.y * scale + glyph.lift) }
    lines = shape.lines.map { $0.map(placed) } + glyph.marks.map { $0.map(placed) }
    dots = (shape.dots + glyph.dots).map(placed)
    advance = glyph.width * scale + Letter.spacing(bold: bold) * (glyph.isSmall ? 0.8 : 1)
  }

  /// The width of a line of text, in tenths of its size.
  public static func width(of text: String, bold: Bool) -> Double {
    guard !text.isEmpty else { return 0 }
    return text.reduce(-spacing(bold: bold)) { $0 + Letter($1, bold: bold).advance }
  }
}
