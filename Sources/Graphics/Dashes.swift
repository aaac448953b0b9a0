/// Lines cut into dashes.
enum Dashes {
  /// How series beyond the tenth are told apart from those of the same color: unbroken, dashed, dotted, both in turn; in multiples of
  /// the line's width.
  static let patterns: [[Double]] = [[], [4, 3], [0.1, 2.2], [6, 2.4, 0.1, 2.4]]

  /// The dashes of lines, by the lengths of dashes and gaps in turn. A point that is not finite interrupts a line, and the pattern
  /// begins anew.
  static func cut(_ lines: [[Canvas.Point]], by pattern: [Double]) -> [[Canvas.Point]] {
    let period = pattern.reduce(0, +)
    guard pattern.count > 1, period > 0, period.isFinite, pattern.allSatisfy({ $0 >= 0 }) else { return lines }
    // Shorter ones could not be seen, and there would be very many.
    let lengths = pattern.map { max($0, 0.1) }
    return lines.flatMap { cut($0, lengths) }
  }

  private static func cut(_ line: [Canvas.Point], _ lengths: [Double]) -> [[Canvas.Point]] {
    var dashes: [[Canvas.Point]] = []
    var dash: [Canvas.Point] = []
    var (phase, left) = (0, lengths[0])
    func begin() { (phase, left) = (0, lengths[0]) }
    func end() {
      if dash.count > 1 { dashes.append(dash) }
      dash = []
    }
    var last: Canvas.Point?
    for point in line {
      guard point.x.isFinite, point.y.isFinite else {
        end()
        begin()
        last = nil
        continue
      }
      guard var from = last else {
        dash = [point]
        last = point
        continue
      }
      var (dx, dy) = (point.x - from.x, point.y - from.y)
      var length = (dx * dx + dy * dy).squareRoot()
      // What lies far outside of every sheet is not worth its dashes.
      if length > 1e5 {
        dash = phase % 2 == 0 ? dash + [point] : []
        length = 0
      }
      while length > left {
        let part = left / length
        from = Canvas.Point(from.x + dx * part, from.y + dy * part)
        if phase % 2 == 0 {
          dash.append(from)
          end()
        } else {
          dash = [from]
        }
        phase = (phase + 1) % lengths.count
        left = lengths[phase]
        (dx, dy) = (point.x - from.x, point.y - from.y)
        length = (dx * dx + dy * dy).squareRoot()
      }
      left -= length
      if phase % 2 == 0 { dash.append(point) }
      last = point
    }
    end()
    return dashes
  }
}
