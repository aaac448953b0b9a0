extension Plot {
  /// Draws the diagram on white, or as a theme says. Plots below it make the sheet higher, unless its height is given.
  ///
  /// - Throws: a `GraphicsError` where a side is below 1 or the picture exceeds `Raster.largestByteCount`.
  public func render(width: Int? = nil, height: Int? = nil, scale: Double = 1, theme: Theme = .paper) throws -> Raster {
    try Canvas(drawing(width: width, height: height, scale: scale), theme: theme).raster
  }

  /// The diagram as a drawing: what `render` puts into pixels, and what pages are written of.
  ///
  /// - Parameters:
  ///   - width: in units; nil: its own `width`, by default 640.
  ///   - height: in units; nil: its own `height`, by default 420 and more for plots below it.
  ///   - scale: how many times as large everything is, letters and lines too.
  /// - Throws: a `GraphicsError` where a side is below 1 or a picture of it would exceed `Raster.largestByteCount`.
  public func drawing(width: Int? = nil, height: Int? = nil, scale: Double = 1) throws -> Drawing {
    let plots = stack
    let shares = Plot.shares(plots.count)
    // Letters of a plot that has measures of its own stay as large as they are.
    let isOwn = width == nil && height == nil && (self.width != nil || self.height != nil)
    let width = try Plot.side(Double(width ?? self.width ?? 640) * scale)
    let height = try Plot.side(Double(height ?? self.height ?? Int((420 / (shares.first ?? 1)).rounded())) * scale)
    let unit: Double? = isOwn ? scale : nil
    var drawing = try Drawing(width: width, height: height)
    drawing.title = title
    guard plots.count > 1 else {
      draw(PlotLayout.fitted(self, width: Double(width), height: Double(height), unit: unit), on: &drawing)
      return drawing
    }
    var heights = shares.map { max(1, Int(Double(height) * $0)) }
    heights[0] += max(0, height - heights.reduce(0, +))
    func layouts(_ unit: Double?, _ left: Double, _ outside: Double) -> [PlotLayout] {
      zip(plots, heights).map {
        PlotLayout($0, width: Double(width), height: Double($1), unit: unit, left: left, outside: outside)
      }
    }
    // Letters of one size, and axes of one length.
    let common = layouts(unit, 0, 0)[0].unit
    let left = layouts(common, 0, 0).map(\.frame.box.left).max() ?? 0
    let outside = layouts(common, left, 0).map(\.wantedOutside).max() ?? 0
    var top = 0
    for (layout, height) in zip(layouts(common, left, outside), heights) {
      var sheet = try Drawing(width: width, height: height)
      layout.plot.draw(layout, on: &sheet)
      drawing.paste(sheet, x: 0, y: top)
      top += height
    }
    return drawing
  }

  private static func side(_ length: Double) throws -> Int {
    guard length.isFinite, length < 1e9 else {
      throw GraphicsError(title: "a plot cannot be drawn this large", advice: "Its sides are whole numbers of pixels.")
    }
    return Int(length.rounded())
  }

  private func draw(_ layout: PlotLayout, on drawing: inout Drawing) {
    layout.drawGrid(on: &drawing)
    drawing.clipped(to: layout.frame.box) { drawing in
      if let heatMap { draw(heatMap, layout, on: &drawing) }
      for index in series.indices { draw(seriesAt: index, layout, on: &drawing) }
      drawNotes(layout, on: &drawing)
    }
    layout.drawAxes(on: &drawing)
    if isEmpty, layout.hasWords {
      let box = layout.frame.box
      drawing.text(
        Plot.nothing, at: Canvas.Point((box.left + box.right) / 2, (box.top + box.bottom) / 2), size: layout.labelSize,
        PlotLayout.ink, anchor: .middle)
    }
    if legend { layout.drawLegend(on: &drawing) }
  }
}
