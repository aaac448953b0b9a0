extension Canvas {
  /// Which point of a text its place names.
  public enum Anchor: Sendable {
    case start
    case middle
    case end
  }

  /// Draws a line of text in our own typeface: ASCII, Greek letters and signs of mathematics (λ μ σ ∇ ‖ ² × · – …), and
  /// letters with a hat; a box stands for what is missing.
  ///
  /// - Parameters:
  ///   - point: where the text begins, has its middle or ends, on the baseline.
  ///   - size: the height of a line in pixels; capitals are seven tenths of it.
  ///   - upwards: turned to the left by a right angle, as beside a vertical axis.
  public mutating func text(
    _ text: String, at point: Point, size: Double = 13, _ color: Color = .black, anchor: Anchor = .start,
    bold: Bool = false, upwards: Bool = false
  ) {
    guard point.x.isFinite, point.y.isFinite, size > 0, size < 10_000 else { return }
    let typeface = Typeface(size: size, bold: bold)
    let run = typeface.run(text)
    let shift: Double
    switch anchor {
    case .start: shift = 0
    case .middle: shift = (run.width / 2).rounded()
    case .end: shift = run.width
    }
    // Strokes are sharpest along the middles of pixels.
    let origin = Point(point.x.rounded(.down) + 0.5, point.y.rounded(.down) + 0.5)
    func placed(_ p: Point) -> Point {
      upwards
        ? Point(origin.x - p.y, origin.y - (p.x - shift)) : Point(origin.x + p.x - shift, origin.y - p.y)
    }
    stroke(run.lines.map { $0.map(placed) }, width: typeface.penWidth, color)
    for dot in run.dots { circle(placed(dot), radius: typeface.penWidth * 0.68, color) }
  }

  /// The width of a line of text in pixels.
  public static func width(of text: String, size: Double = 13, bold: Bool = false) -> Double {
    Typeface(size: size, bold: bold).run(text).width
  }

  /// The text, or as much of its beginning as fits into a width with … behind it.
  public static func shortened(_ text: String, to width: Double, size: Double = 13, bold: Bool = false) -> String {
    guard self.width(of: text, size: size, bold: bold) > width else { return text }
    var (low, high) = (0, text.count)
    while low < high {
      let middle = (low + high + 1) / 2
      if self.width(of: text.prefix(middle) + "…", size: size, bold: bold) <= width { low = middle } else { high = middle - 1 }
    }
    return text.prefix(low) + "…"
  }
}
