extension PlotLayout {
  /// The names of the series: in the corner where they hide no point, else beside the title, else where they hide least.
  func drawLegend(on canvas: inout Canvas) {
    let named = plot.series.indices.filter { !(plot.series[$0].name ?? "").isEmpty }
    guard hasWords, !named.isEmpty else { return }
    let line = (19 * unit).rounded()
    let widths = named.map { Canvas.width(of: name(of: $0), size: labelSize) }
    let boxWidth = ((widths.max() ?? 0) + 46 * unit).rounded()
    let boxHeight = (Double(named.count) * line + 9 * unit).rounded()
    let fits = boxWidth < frame.box.width && boxHeight < frame.box.height
    let corner = emptiestCorner(boxWidth, boxHeight)
    let row = widths.reduce(0) { $0 + $1 + 46 * unit }
    let title = plot.title.map { Canvas.width(of: $0, size: titleSize, bold: true) } ?? .infinity
    if !fits || corner.hidden > 0, frame.box.left + title + row < frame.box.right {
      var left = frame.box.right - row + 9 * unit
      for (index, width) in zip(named, widths) {
        drawEntry(index, left: left, middle: frame.box.top - 18 * unit, on: &canvas)
        left += width + 46 * unit
      }
    } else if fits {
      let box = corner.box
      canvas.fill(box, .white, opacity: 0.86)
      canvas.outline(
        Canvas.Box(left: box.left + 0.5, top: box.top + 0.5, right: box.right - 0.5, bottom: box.bottom - 0.5),
        width: max(1, unit.rounded()), Color(0xd0d0d0))
      for (number, index) in named.enumerated() {
        drawEntry(
          index, left: box.left + 9 * unit, middle: box.top + 4.5 * unit + (Double(number) + 0.5) * line, on: &canvas)
      }
    }
  }

  /// Names take at most two fifths of the frame.
  private func name(of index: Int) -> String {
    Canvas.shortened(plot.series[index].name ?? "", to: frame.box.width * 0.4, size: labelSize)
  }

  /// A sample of the series' look, and its name.
  private func drawEntry(_ index: Int, left: Double, middle y: Double, on canvas: inout Canvas) {
    let color = plot.color(of: index)
    let right = left + 20 * unit
    switch plot.series[index].style {
    case .line: canvas.line(from: Canvas.Point(left + 1, y), to: Canvas.Point(right - 1, y), width: 2.4 * unit, color)
    case .scatter: canvas.circle(Canvas.Point((left + right) / 2, y), radius: 3.6 * unit, color)
    case .bars:
      canvas.fill(
        Canvas.Box(left: left + 4 * unit, top: y - 5 * unit, right: right - 4 * unit, bottom: y + 5 * unit), color,
        opacity: 0.88)
    }
    canvas.text(
      name(of: index), at: Canvas.Point(right + 8 * unit, y + (labelSize * 0.35).rounded(.down)),
      size: labelSize, PlotLayout.ink)
  }

  private func emptiestCorner(_ width: Double, _ height: Double) -> (box: Canvas.Box, hidden: Int) {
    let gap = (8 * unit).rounded()
    let box = frame.box
    let corners = [(true, true), (false, true), (true, false), (false, false)].map { isRight, isTop in
      let left = isRight ? box.right - gap - width : box.left + gap
      let top = isTop ? box.top + gap : box.bottom - gap - height
      return Canvas.Box(left: left, top: top, right: left + width, bottom: top + height)
    }
    var hidden = [Int](repeating: 0, count: corners.count)
    for series in plot.series {
      // A few hundred points tell as much as all of them.
      for index in stride(from: 0, to: series.count, by: max(1, series.count / 500)) {
        guard plot.shows(series.x[index], series.y[index]) else { continue }
        let point = frame.place(series.x[index], series.y[index])
        let half = series.style == .bars ? series.barWidth / 2 / (frame.x.upperBound - frame.x.lowerBound) * box.width : gap
        for (number, corner) in corners.enumerated()
        where point.x > corner.left - half && point.x < corner.right + half && point.y < corner.bottom + gap
          && (point.y > corner.top - gap || series.style == .bars)
        {
          hidden[number] += 1
        }
      }
    }
    let best = hidden.indices.min { (hidden[$0], $0) < (hidden[$1], $1) } ?? 0
    return (corners[best], hidden[best])
  }
}
