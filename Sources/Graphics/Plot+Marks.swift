extension Plot {
  /// The number of a series among those that take a color of `Color.series`: lines across the frame take none, and what belongs to the
  /// series before it takes that one's.
  private func number(of index: Int) -> Int {
    var number = -1
    for series in series.prefix(index + 1) where !series.isGuide && (!series.followsPrevious || number < 0) { number += 1 }
    return max(number, 0)
  }

  /// The color of a series: its own, or the one that its number has.
  public func color(of index: Int) -> Color {
    guard series.indices.contains(index) else { return Color.ofSeries(index) }
    if let color = series[index].color { return color }
    if series[index].isGuide { return Plot.guide }
    if series[index].followsPrevious, index > 0 { return color(of: index - 1) }
    return Color.ofSeries(number(of: index))
  }

  /// The dashes of a series' lines in multiples of their width: its own, or, beyond the colors that there are, those that its number has.
  public func dashes(of index: Int) -> [Double] {
    guard series.indices.contains(index) else { return [] }
    if let dashes = series[index].dashes { return dashes }
    if series[index].isGuide { return [4, 3] }
    guard series[index].color == nil || series[index].isNumbered else { return [] }
    return Dashes.patterns[number(of: index) / Color.series.count % Dashes.patterns.count]
  }

  /// The shape of a series' points: its own, or, beyond the colors that there are, the one that its number has.
  public func marker(of index: Int) -> Marker {
    guard series.indices.contains(index) else { return .circle }
    if let marker = series[index].marker { return marker }
    guard series[index].color == nil || series[index].isNumbered else { return .circle }
    return Marker.allCases[number(of: index) / Color.series.count % Marker.allCases.count]
  }

  /// The number by which a series without a color of its own is told from the others; nil where it has one.
  public func number(told index: Int) -> Int? {
    guard series.indices.contains(index), !series[index].isGuide else { return nil }
    let own = series[index].color
    return own == nil || series[index].isNumbered ? number(of: index) : nil
  }

  func draw(seriesAt index: Int, _ layout: PlotLayout, on drawing: inout Drawing) {
    switch series[index].style {
    case .bars: drawBars(index, layout, on: &drawing)
    case .line: drawLine(index, layout, on: &drawing)
    case .scatter: drawPoints(index, layout, on: &drawing)
    case .band: drawBand(index, layout, on: &drawing)
    case .vertical, .horizontal: drawGuides(index, layout, on: &drawing)
    }
  }

  private func drawLine(_ index: Int, _ layout: PlotLayout, on drawing: inout Drawing) {
    let (series, color, frame) = (series[index], color(of: index), layout.frame)
    let width = (series.size ?? (series.count > 2000 ? 1.2 : 1.9)) * layout.unit
    let points = (0..<series.count).map { index in
      shows(series.x[index], series.y[index]) ? frame.place(series.x[index], series.y[index]) : Canvas.Point(.nan, .nan)
    }
    drawing.stroke(
      [Plot.thinned(points, columns: frame.box.width)], width: width, color, opacity: series.opacity ?? 1,
      dashes: dashes(of: index).map { $0 * width })
    // A point between two gaps would be a speck as thin as the line.
    for index in points.indices where points[index].x.isFinite {
      let isAlone =
        (index == 0 || points[index - 1].x.isNaN) && (index == points.count - 1 || points[index + 1].x.isNaN)
      if isAlone { drawing.circle(points[index], radius: width * 1.5, color) }
    }
  }

  /// Of very many points in a row within one column of pixels the first, the lowest, the highest and the last, in the
  /// column's middle: the line through them covers the same pixels.
  static func thinned(_ points: [Canvas.Point], columns: Double) -> [Canvas.Point] {
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

  private func drawPoints(_ index: Int, _ layout: PlotLayout, on drawing: inout Drawing) {
    let (series, frame) = (series[index], layout.frame)
    let standard = series.count > 2000 ? 2.4 : series.count > 300 ? 3.6 : 5.5
    var markers = Drawing.Markers(
      places: [], shape: marker(of: index), radius: (series.size ?? standard) / 2 * layout.unit, colors: [],
      opacity: series.opacity ?? (heatMap == nil ? 0.8 : 1))
    // On a heat map a light rim keeps points apart from the colors behind them.
    if heatMap != nil { markers.rim = 0.9 * layout.unit }
    let color = color(of: index)
    for index in 0..<series.count where shows(series.x[index], series.y[index]) {
      markers.places.append(frame.place(series.x[index], series.y[index]))
      markers.colors.append(series.pointColor(index) ?? color)
    }
    guard !markers.places.isEmpty else { return }
    if series.pointColors.isEmpty, series.shades == nil { markers.colors = [color] }
    drawing.mark(markers)
  }

  private func drawBars(_ index: Int, _ layout: PlotLayout, on drawing: inout Drawing) {
    let (series, color, frame) = (series[index], color(of: index), layout.frame)
    let isStepped = series.isStepped
    let standard = series.widths.isEmpty ? series.barWidth : 0
    let opacity = series.opacity ?? 0.88
    let floor = yScale == .linear ? min(max(0, frame.y.lowerBound), frame.y.upperBound) : frame.y.lowerBound
    var outline: [Canvas.Point] = []
    for index in 0..<series.count where shows(series.x[index], series.y[index]) || isStepped && series.y[index] == 0 {
      let half = (series.widths.indices.contains(index) ? series.widths[index] : standard) / 2
      let low = frame.place(max(series.x[index] - half, xScale == .linear ? -.infinity : frame.x.lowerBound), floor)
      let high = frame.place(
        series.x[index] + half, yScale == .linear ? series.y[index] : max(series.y[index], frame.y.lowerBound))
      drawing.fill(
        Canvas.Box(left: low.x, top: min(low.y, high.y), right: high.x, bottom: max(low.y, high.y)), color, opacity: opacity)
      if isStepped {
        if outline.isEmpty { outline.append(low) }
        outline += [Canvas.Point(low.x, high.y), high]
      }
    }
    guard isStepped, let last = outline.last else { return }
    outline.append(Canvas.Point(last.x, frame.place(frame.x.upperBound, floor).y))
    drawing.stroke([outline], width: 1.4 * layout.unit, color)
  }

  private func drawBand(_ index: Int, _ layout: PlotLayout, on drawing: inout Drawing) {
    let (series, color, frame) = (series[index], color(of: index), layout.frame)
    var (upper, lower): ([Canvas.Point], [Canvas.Point]) = ([], [])
    func finish() {
      if upper.count == 1 {
        drawing.line(from: upper[0], to: lower[0], width: 2 * layout.unit, color, opacity: series.opacity ?? 0.25)
      } else if upper.count > 1 {
        // Both thinned in the same way, an edge each.
        let edges = [upper, lower].map { Plot.thinned($0, columns: frame.box.width) }
        drawing.fill(edges[0] + edges[1].reversed(), color, opacity: series.opacity ?? 0.25)
      }
      (upper, lower) = ([], [])
    }
    for index in 0..<min(series.count, series.lows.count) {
      guard shows(series.x[index], series.y[index]), shows(series.x[index], series.lows[index]) else {
        finish()
        continue
      }
      upper.append(frame.place(series.x[index], series.y[index]))
      lower.append(frame.place(series.x[index], series.lows[index]))
    }
    finish()
  }

  private func drawGuides(_ number: Int, _ layout: PlotLayout, on drawing: inout Drawing) {
    let (series, frame) = (series[number], layout.frame)
    let width = (series.size ?? 1.3) * layout.unit
    for index in 0..<series.count {
      let isUpright = series.style == .vertical
      let (x, y) = isUpright ? (series.x[index], frame.y.lowerBound) : (frame.x.lowerBound, series.y[index])
      guard shows(x, y) else { continue }
      let place = frame.place(x, y)
      // Along the middles of pixels lines are sharpest.
      let (px, py) = (place.x.rounded(.down) + 0.5, place.y.rounded(.down) + 0.5)
      drawing.line(
        from: isUpright ? Canvas.Point(px, frame.box.top) : Canvas.Point(frame.box.left, py),
        to: isUpright ? Canvas.Point(px, frame.box.bottom) : Canvas.Point(frame.box.right, py), width: width,
        self.color(of: number), opacity: series.opacity ?? 1, dashes: dashes(of: number).map { $0 * width })
    }
  }

  /// The color of lines across the frame that have none of their own.
  public static let guide = Color(0x606060)
}

extension Plot.Series {
  /// Whether it is a line across the frame, and no data.
  public var isGuide: Bool { style == .vertical || style == .horizontal }
}
