extension Plot {
  func draw(_ heatMap: HeatMap, _ layout: PlotLayout, on drawing: inout Drawing) {
    let frame = layout.frame
    let range = heatMap.valueRange ?? heatMap.span
    let length = range.upperBound - range.lowerBound
    @Sendable func part(_ value: Double) -> Double { length > 0 ? (value - range.lowerBound) / length : value.isNaN ? .nan : 0.5 }
    drawing.shade(frame.box, isSmooth: heatMap.isSmooth) { point in
      let (x, y) = frame.data(at: point)
      return heatMap.colorMap.color(part(heatMap.value(x: x, y: y)))
    }
    let (stepX, stepY) = (
      (heatMap.x.upperBound - heatMap.x.lowerBound) / Double(max(heatMap.columns - 1, 1)),
      (heatMap.y.upperBound - heatMap.y.lowerBound) / Double(max(heatMap.rows - 1, 1))
    )
    for level in heatMap.contourLevels {
      let stretches = Contours.stretches(heatMap.values, rows: heatMap.rows, columns: heatMap.columns, level: level)
      let lines = stretches.map { stretch in
        [stretch.from, stretch.to].map { point in
          frame.place(heatMap.x.lowerBound + point.x * stepX, heatMap.y.lowerBound + point.y * stepY)
        }
      }
      let isDark = heatMap.colorMap.color(length > 0 ? (level - range.lowerBound) / length : 0.5).brightness < 0.55
      drawing.stroke(lines, width: 1.1 * layout.unit, isDark ? .white : .black, opacity: isDark ? 0.55 : 0.45)
    }
    guard heatMap.numbers, layout.hasWords else { return }
    for row in 0..<heatMap.rows {
      for column in 0..<heatMap.columns {
        let value = heatMap.values[row * heatMap.columns + column]
        let place = frame.place(heatMap.x.lowerBound + Double(column) * stepX, heatMap.y.lowerBound + Double(row) * stepY)
        let text = heatMap.label(of: value)
        let room = frame.box.width / Double(heatMap.columns) - 2 * layout.unit
        guard Canvas.width(of: text, size: layout.labelSize) <= room,
          frame.box.height / Double(heatMap.rows) > layout.labelSize
        else { continue }
        drawing.text(
          text, at: Canvas.Point(place.x, place.y + (layout.labelSize * 0.35).rounded(.down)), size: layout.labelSize,
          heatMap.colorMap.color(part(value)).brightness < 0.55 ? .white : .black, anchor: .middle)
      }
    }
  }
}

extension Plot.HeatMap {
  /// A value as it is written into its cell: two or three digits, whole numbers whole.
  func label(of value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "–" : value > 0 ? "∞" : "−∞" }
    if value == value.rounded(), abs(value) < 1e6 { return Ticks.label(value, step: 1) }
    let largest = max(abs(span.lowerBound), abs(span.upperBound))
    return Ticks.label(value, step: max(largest, 1e-300) / 9.9)
  }
}
