extension Plot {
  /// Draws the diagram on white. Plots below it make the sheet higher, unless its height is given.
  ///
  /// - Throws: a `GraphicsError` where a side is below 1 or the picture exceeds `Raster.largestByteCount`.
  public func render(width: Int = 640, height: Int? = nil) throws -> Raster {
    let plots = stack
    let shares = Plot.shares(plots.count)
    let height = height ?? Int((420 / (shares.first ?? 1)).rounded())
    guard plots.count > 1 else {
      return try render(PlotLayout(self, width: Double(width), height: Double(height)), width, height)
    }
    var canvas = try Canvas(width: width, height: height)
    var heights = shares.map { max(1, Int(Double(height) * $0)) }
    heights[0] += max(0, height - heights.reduce(0, +))
    func layouts(_ unit: Double?, _ left: Double) -> [PlotLayout] {
      zip(plots, heights).map { PlotLayout($0, width: Double(width), height: Double($1), unit: unit, left: left) }
    }
    // Letters of one size, and axes of one length.
    let unit = layouts(nil, 0)[0].unit
    let left = layouts(unit, 0).map(\.frame.box.left).max() ?? 0
    var top = 0
    for (layout, height) in zip(layouts(unit, left), heights) {
      canvas.paste(try layout.plot.render(layout, width, height), x: 0, y: top)
      top += height
    }
    return canvas.raster
  }

  private func render(_ layout: PlotLayout, _ width: Int, _ height: Int) throws -> Raster {
    var canvas = try Canvas(width: width, height: height)
    layout.drawGrid(on: &canvas)
    let frame = layout.frame
    canvas.clipped(to: frame.box) { canvas in
      if let heatMap { draw(heatMap, frame, layout, on: &canvas) }
      for (index, series) in series.enumerated() {
        switch series.style {
        case .bars: drawBars(series, color(of: index), frame, on: &canvas)
        case .line: drawLine(series, color(of: index), frame, layout, on: &canvas)
        case .scatter: drawPoints(series, color(of: index), frame, layout, on: &canvas)
        }
      }
    }
    layout.drawAxes(on: &canvas)
    if legend { layout.drawLegend(on: &canvas) }
    return canvas.raster
  }

  /// The color of a series: its own, or the one that its number has.
  public func color(of index: Int) -> Color {
    series.indices.contains(index) ? series[index].color ?? Color.ofSeries(index) : Color.ofSeries(index)
  }

  private func draw(_ heatMap: HeatMap, _ frame: PlotFrame, _ layout: PlotLayout, on canvas: inout Canvas) {
    let range = heatMap.valueRange ?? heatMap.span
    let length = range.upperBound - range.lowerBound
    canvas.paint(frame.box) { point in
      let (x, y) = frame.data(at: point)
      let value = heatMap.value(x: x, y: y)
      let part = length > 0 ? (value - range.lowerBound) / length : value.isNaN ? .nan : 0.5
      return heatMap.colorMap.color(part)
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
      let part = length > 0 ? (level - range.lowerBound) / length : 0.5
      let isDark = heatMap.colorMap.color(part).brightness < 0.55
      canvas.stroke(lines, width: 1.1 * layout.unit, isDark ? .white : .black, opacity: isDark ? 0.55 : 0.45)
    }
  }

  private func drawLine(
    _ series: Series, _ color: Color, _ frame: PlotFrame, _ layout: PlotLayout, on canvas: inout Canvas
  ) {
    let width = (series.size ?? (series.count > 2000 ? 1.2 : 1.9)) * layout.unit
    let points = (0..<series.count).map { index in
      shows(series.x[index], series.y[index]) ? frame.place(series.x[index], series.y[index]) : Canvas.Point(.nan, .nan)
    }
    canvas.stroke([Plot.thinned(points, columns: frame.box.width)], width: width, color)
    // A point between two gaps would be a speck as thin as the line.
    for index in points.indices where points[index].x.isFinite {
      let isAlone =
        (index == 0 || points[index - 1].x.isNaN) && (index == points.count - 1 || points[index + 1].x.isNaN)
      if isAlone { canvas.circle(points[index], radius: width * 1.5, color) }
    }
  }

  /// Of very many points in a row within one column of pixels the first, the lowest, the highest and the last, in the
  /// column's middle: the line through them covers the same pixels.
  private static func thinned(_ points: [Canvas.Point], columns: Double) -> [Canvas.Point] {
    guard Double(points.count) > columns * 8 else { return points }
    var result: [Canvas.Point] = []
    var start = 0
    while start < points.count {
      let column = points[start].x.rounded(.down)
      var (end, low, high) = (start + 1, start, start)
      while end < points.count, points[end].x.rounded(.down) == column {
        if points[end].y < points[low].y { low = end }
        if points[end].y > points[high].y { high = end }
        end += 1
      }
      if end - start <= 4 {
        result += points[start..<end]
      } else {
        result += Set([start, low, high, end - 1]).sorted().map { Canvas.Point(column + 0.5, points[$0].y) }
      }
      start = end
    }
    return result
  }

  private func drawPoints(
    _ series: Series, _ color: Color, _ frame: PlotFrame, _ layout: PlotLayout, on canvas: inout Canvas
  ) {
    let standard = series.count > 2000 ? 2.4 : series.count > 300 ? 3.6 : 5.5
    let radius = (series.size ?? standard) / 2 * layout.unit
    for index in 0..<series.count where shows(series.x[index], series.y[index]) {
      let place = frame.place(series.x[index], series.y[index])
      let own = series.pointColors.indices.contains(index) ? series.pointColors[index] : color
      // On a heat map a light rim keeps points apart from the colors behind them.
      if heatMap != nil { canvas.circle(place, radius: radius + 0.9 * layout.unit, .white, opacity: 0.9) }
      canvas.circle(place, radius: radius, own, opacity: heatMap == nil ? 0.8 : 1)
    }
  }

  private func drawBars(_ series: Series, _ color: Color, _ frame: PlotFrame, on canvas: inout Canvas) {
    let half = series.barWidth / 2
    for index in 0..<series.count where shows(series.x[index], series.y[index]) {
      let base = yScale == .linear ? min(max(0, frame.y.lowerBound), frame.y.upperBound) : frame.y.lowerBound
      let low = frame.place(max(series.x[index] - half, xScale == .linear ? -.infinity : frame.x.lowerBound), base)
      let high = frame.place(series.x[index] + half, series.y[index])
      canvas.fill(
        Canvas.Box(left: low.x, top: min(low.y, high.y), right: high.x, bottom: max(low.y, high.y)), color, opacity: 0.88)
    }
  }
}
