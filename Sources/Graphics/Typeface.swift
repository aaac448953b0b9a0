/// Text as strokes of a pen in any size. Upright and level strokes are moved onto whole pixels, so that small text stays
/// sharp; the rest of each glyph follows them.
struct Typeface {
  /// The height of the line in pixels; capitals are seven tenths of it high.
  let size: Double
  let bold: Bool

  private var scale: Double { size / 10 }
  var penWidth: Double { max(scale, 0.9) * (bold ? 1.4 : 0.95) }
  /// From the ink of a glyph to that of the next, pen included.
  private var spacing: Double { max(2, (scale * (bold ? 2.35 : 2)).rounded()) }

  /// A run of text, ready to draw: lines and dots relative to the start of its baseline, y upwards.
  struct Run {
    var lines: [[Canvas.Point]] = []
    var dots: [Canvas.Point] = []
    var width: Double = 0
  }

  func run(_ text: String) -> Run {
    var run = Run()
    var place = 0.0
    for character in text {
      let parts = Parts(character)
      let shape = Shape(parts.path)
      let hint = Hint(shape, width: parts.width, scale: scale * (parts.isSmall ? 0.62 : 1))
      let lift = (parts.lift * scale).rounded()
      func placed(_ point: Canvas.Point) -> Canvas.Point {
        let hinted = hint.apply(point)
        return Canvas.Point(place + hinted.x, hinted.y + lift)
      }
      run.lines += (shape.lines + parts.marks).map { $0.map(placed) }
      run.dots += (shape.dots + parts.dots).map(placed)
      run.width = place + hint.width
      place = run.width + (parts.isSmall ? (spacing * 0.8).rounded() : spacing)
    }
    return run
  }

  /// The strokes of a glyph in its own units.
  struct Shape {
    var lines: [[Canvas.Point]] = []
    var dots: [Canvas.Point] = []
    /// Where upright and level strokes lie.
    var uprights: [Double] = []
    var levels: [Double] = []

    init(_ path: String) {
      var line: [Canvas.Point] = []
      var words = path.split(separator: " ").makeIterator()
      func number() -> Double { words.next().flatMap { Double($0) } ?? 0 }
      while let command = words.next() {
        switch command {
        case "m", "d":
          if !line.isEmpty { lines.append(line) }
          line = []
          let point = Canvas.Point(number(), number())
          if command == "d" { dots.append(point) } else { line = [point] }
        case "q":
          guard let start = line.last else { continue }
          let control = Canvas.Point(number(), number())
          let end = Canvas.Point(number(), number())
          for step in 1...8 {
            let t = Double(step) / 8
            let (a, b, c) = ((1 - t) * (1 - t), 2 * t * (1 - t), t * t)
            line.append(
              Canvas.Point(a * start.x + b * control.x + c * end.x, a * start.y + b * control.y + c * end.y))
          }
        default:
          guard let start = line.last else { continue }
          let end = Canvas.Point(number(), number())
          if command == "l" {
            if start.x == end.x { uprights.append(end.x) }
            if start.y == end.y { levels.append(end.y) }
            line.append(end)
          } else {
            for step in 1...8 {
              let (sine, cosine) = Shape.quarter[step]
              let (x, y) = command == "h" ? (sine, 1 - cosine) : (1 - cosine, sine)
              line.append(Canvas.Point(start.x + (end.x - start.x) * x, start.y + (end.y - start.y) * y))
            }
          }
        }
      }
      if !line.isEmpty { lines.append(line) }
    }

    /// Sines and cosines of eighths of a right angle.
    private static let quarter: [(Double, Double)] = (0...8).map { step in
      let angle = Double(step) / 8 * Double.pi / 2
      return (Typeface.sine(angle), Typeface.sine(Double.pi / 2 - angle))
    }
  }

  /// A few terms of the series, exact enough for pixels, for angles of up to a right one.
  private static func sine(_ x: Double) -> Double {
    let square = x * x
    return x * (1 - square / 6 * (1 - square / 20 * (1 - square / 42 * (1 - square / 72))))
  }

  /// Moves a glyph's upright and level strokes onto whole pixels.
  private struct Hint {
    private var across: [(from: Double, to: Double)] = []
    private var up: [(from: Double, to: Double)] = []
    let width: Double
    private let scale: Double

    init(_ shape: Shape, width glyphWidth: Double, scale: Double) {
      self.scale = scale
      width = (glyphWidth * scale).rounded()
      across = Hint.anchors([0, glyphWidth] + shape.uprights, scale)
      up = Hint.anchors([-2, 0, 5, 7] + shape.levels, scale)
    }

    private static func anchors(_ places: [Double], _ scale: Double) -> [(from: Double, to: Double)] {
      Set(places).sorted().map { ($0, ($0 * scale).rounded()) }
    }

    func apply(_ point: Canvas.Point) -> Canvas.Point {
      Canvas.Point(Hint.map(point.x, across, scale), Hint.map(point.y, up, scale))
    }

    /// Linear between the anchors, and on with the plain scale beyond them.
    private static func map(_ value: Double, _ anchors: [(from: Double, to: Double)], _ scale: Double) -> Double {
      guard let first = anchors.first, let last = anchors.last else { return value * scale }
      if value <= first.from { return first.to + (value - first.from) * scale }
      if value >= last.from { return last.to + (value - last.from) * scale }
      for (low, high) in zip(anchors, anchors.dropFirst()) where value <= high.from {
        return low.to + (value - low.from) / (high.from - low.from) * (high.to - low.to)
      }
      return last.to
    }
  }
}
