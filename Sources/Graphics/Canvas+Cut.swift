extension Canvas.Box {
  /// The part of a stretch that lies in the box, from 0 at its start to 1 at its end (Liang and Barsky, 1984); nil where none does, and where
  /// the stretch is too long for its length to be a number.
  func part(ofStretch start: Canvas.Point, _ end: Canvas.Point) -> ClosedRange<Double>? {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    guard dx.isFinite, dy.isFinite else { return nil }
    var (low, high) = (0.0, 1.0)
    for (step, room) in [(-dx, start.x - left), (dx, right - start.x), (-dy, start.y - top), (dy, bottom - start.y)] {
      if step == 0 {
        if room < 0 { return nil }
      } else if step < 0 {
        low = max(low, room / step)
      } else {
        high = min(high, room / step)
      }
    }
    return low <= high ? low...high : nil
  }
}
