/// Plots and pictures in rows and columns on one sheet, with a title for each row and each column.
public struct Figure: Sendable {
  /// What one place of the sheet shows.
  public enum Panel: Sendable {
    /// A diagram, drawn in the panel's size.
    case plot(Plot)
    /// Brought to the panel's size, its shape kept.
    case picture(Raster)
  }

  /// The panels from the top left; rows may differ in length.
  public var rows: [[Panel]]
  /// Beside the rows, turned to the left; may be fewer than there are rows.
  public var rowTitles: [String] = []
  /// Above the columns.
  public var columnTitles: [String] = []
  /// The width of each panel in pixels, 16…4096.
  public var width = 240
  /// The height of each panel in pixels, 16…4096.
  public var height = 240

  /// A sheet of such panels, without titles.
  public init(rows: [[Panel]]) { self.rows = rows }

  /// The sheet in pixels.
  ///
  /// - Throws: as `drawing` does.
  public func render() throws -> Raster { try Canvas(drawing()).raster }

  /// Draws the sheet on white.
  ///
  /// - Throws: a `GraphicsError` where there is no panel, a side is outside of 16…4096 or more than 256 panels are in a row
  ///   or column, and where a plot cannot be drawn.
  public func drawing() throws -> Drawing {
    let columns = rows.map(\.count).max() ?? 0
    guard columns > 0 else {
      throw GraphicsError(title: "a figure needs a panel", advice: "Give it at least one plot or picture.")
    }
    guard (16...4096).contains(width), (16...4096).contains(height) else {
      throw GraphicsError(
        title: "a panel cannot measure \(width)×\(height) pixels", advice: "Its sides lie between 16 and 4096 pixels.")
    }
    guard rows.count <= 256, columns <= 256 else {
      throw GraphicsError(title: "a figure of \(rows.count)×\(columns) panels is too large", advice: "256 in a row are the most.")
    }
    // Letters grow with the panels, but for small ones they stay large enough to be read.
    let size = min(max(Double(min(width, height)) / 14, 14), 48).rounded()
    let band = Int((size * 1.9).rounded())
    let gap = max(6, Int((Double(min(width, height)) / 26).rounded()))
    let left = gap + (rowTitles.isEmpty ? 0 : band)
    let top = gap + (columnTitles.isEmpty ? 0 : band)
    var drawing = try Drawing(width: left + columns * (width + gap), height: top + rows.count * (height + gap))
    for (row, panels) in rows.enumerated() {
      for (column, panel) in panels.enumerated() {
        let sheet = try drawn(panel)
        drawing.paste(
          sheet, x: left + column * (width + gap) + (width - sheet.width) / 2,
          y: top + row * (height + gap) + (height - sheet.height) / 2)
      }
    }
    for (row, title) in rowTitles.prefix(rows.count).enumerated() {
      let middle = Double(top + row * (height + gap)) + Double(height) / 2
      drawing.text(
        Canvas.shortened(title, to: Double(height), size: size, bold: true), at: Canvas.Point(Double(left) - size * 0.5, middle),
        size: size, PlotLayout.ink, anchor: .middle, bold: true, upwards: true)
    }
    for (column, title) in columnTitles.prefix(columns).enumerated() {
      let middle = Double(left + column * (width + gap)) + Double(width) / 2
      drawing.text(
        Canvas.shortened(title, to: Double(width), size: size, bold: true),
        at: Canvas.Point(middle, Double(top) - size * 0.5), size: size, PlotLayout.ink, anchor: .middle, bold: true)
    }
    return drawing
  }

  private func drawn(_ panel: Panel) throws -> Drawing {
    switch panel {
    case .plot(let plot): return try plot.drawing(width: width, height: height)
    case .picture(let picture):
      let scale = min(Double(width) / Double(picture.width), Double(height) / Double(picture.height))
      return Drawing(
        try picture.resized(
          width: min(width, max(1, Int((Double(picture.width) * scale).rounded()))),
          height: min(height, max(1, Int((Double(picture.height) * scale).rounded())))))
    }
  }
}
