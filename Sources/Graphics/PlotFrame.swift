import Glibc

/// Where a plot's data lie on the sheet: the box they are drawn in and the parts of the axes that it spans.
struct PlotFrame {
  let box: Canvas.Box
  let x: ClosedRange<Double>
  let y: ClosedRange<Double>
  let xScale: Plot.Scale
  let yScale: Plot.Scale

  /// The place of a point on the sheet; NaN where there is none.
  func place(_ px: Double, _ py: Double) -> Canvas.Point {
    Canvas.Point(
      box.left + PlotFrame.part(px, x, xScale) * box.width, box.bottom - PlotFrame.part(py, y, yScale) * box.height)
  }

  /// The data at a place on the sheet: the inverse of `place`.
  func data(at point: Canvas.Point) -> (x: Double, y: Double) {
    (
      PlotFrame.value((point.x - box.left) / box.width, x, xScale),
      PlotFrame.value((box.bottom - point.y) / box.height, y, yScale)
    )
  }

  private static func part(_ value: Double, _ range: ClosedRange<Double>, _ scale: Plot.Scale) -> Double {
    switch scale {
    case .linear: return (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    case .logarithmic:
      guard value > 0 else { return .nan }
      return log10(value / range.lowerBound) / log10(range.upperBound / range.lowerBound)
    }
  }

  private static func value(_ part: Double, _ range: ClosedRange<Double>, _ scale: Plot.Scale) -> Double {
    switch scale {
    case .linear: return range.lowerBound + part * (range.upperBound - range.lowerBound)
    case .logarithmic: return range.lowerBound * pow(range.upperBound / range.lowerBound, part)
    }
  }
}
