/// How much of each pixel in a part of the sheet is covered by lines, 0…1.
struct Coverage {
  private let columns: Range<Int>
  private let rows: Range<Int>
  private var parts: [Float]

  init(columns: Range<Int>, rows: Range<Int>) {
    self.columns = columns
    self.rows = rows
    parts = [Float](repeating: 0, count: columns.count * rows.count)
  }

  var isEmpty: Bool { parts.isEmpty }

  /// Adds the pixels nearer than `radius` to a stretch. A pixel that is covered several times keeps its largest part.
  mutating func add(from start: Canvas.Point, to end: Canvas.Point, radius: Double) {
    let reach = radius + 0.5
    guard let (a, b) = cut(start, end, margin: reach + 1) else { return }
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let lengthSquared = dx * dx + dy * dy
    for y in Self.within(rows, min(a.y, b.y) - reach, max(a.y, b.y) + reach) {
      let middle = Double(y) + 0.5
      // The piece of the stretch that comes near this row bounds the columns to look at.
      var (low, high) = (0.0, 1.0)
      if abs(dy) > 1e-9 {
        let (t1, t2) = ((middle - reach - a.y) / dy, (middle + reach - a.y) / dy)
        low = min(max(min(t1, t2), 0), 1)
        high = min(max(max(t1, t2), 0), 1)
      }
      let (x1, x2) = (a.x + dx * low, a.x + dx * high)
      let row = (y - rows.lowerBound) * columns.count - columns.lowerBound
      for x in Self.within(columns, min(x1, x2) - reach, max(x1, x2) + reach) {
        let (px, py) = (Double(x) + 0.5 - a.x, middle - a.y)
        let t = lengthSquared > 0 ? min(max((px * dx + py * dy) / lengthSquared, 0), 1) : 0
        let (ex, ey) = (px - t * dx, py - t * dy)
        let part = Float(radius + 0.5 - (ex * ex + ey * ey).squareRoot())
        if part > parts[row + x] { parts[row + x] = min(part, 1) }
      }
    }
  }

  /// The places from `low` to `high` that are in `limits`. What is cut off a stretch of 1e300 pixels is rounded to far more than `Int` holds.
  private static func within(_ limits: Range<Int>, _ low: Double, _ high: Double) -> Range<Int> {
    guard low <= high, high >= Double(limits.lowerBound), low <= Double(limits.upperBound) else {
      return limits.lowerBound..<limits.lowerBound
    }
    let first = Int(max(low, Double(limits.lowerBound)).rounded(.down))
    let last = Int(min(high, Double(limits.upperBound)).rounded(.up))
    return first..<max(first, min(last + 1, limits.upperBound))
  }

  /// The part of a stretch within the rows and columns and a margin, so that points far away cost nothing.
  private func cut(
    _ start: Canvas.Point, _ end: Canvas.Point, margin: Double
  ) -> (Canvas.Point, Canvas.Point)? {
    let room = Canvas.Box(
      left: Double(columns.lowerBound) - margin, top: Double(rows.lowerBound) - margin,
      right: Double(columns.upperBound) + margin, bottom: Double(rows.upperBound) + margin)
    guard let part = room.part(ofStretch: start, end) else { return nil }
    func place(_ share: Double) -> Canvas.Point {
      Canvas.Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)
    }
    return (place(part.lowerBound), place(part.upperBound))
  }

  func forEach(_ body: (_ x: Int, _ y: Int, _ coverage: Double) -> Void) {
    var index = 0
    for y in rows {
      for x in columns {
        if parts[index] > 0 { body(x, y, Double(parts[index])) }
        index += 1
      }
    }
  }
}
