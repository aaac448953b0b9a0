/// Where everything around a plot's data goes: title, axes with their ticks and labels, color bar, legend.
struct PlotLayout {
  let plot: Plot
  let frame: PlotFrame
  /// The size of a pixel of the standard drawing (640×420) in this one.
  let unit: Double
  let xTicks: Ticks
  let yTicks: Ticks
  let barTicks: Ticks?
  let labelSize: Double
  let titleSize: Double
  /// Drawings too small for words show the data alone.
  let hasWords: Bool

  /// Names along the x axis are turned upwards.
  let hasUprightNames: Bool
  /// The room on the right for the legend; 0 where it is not there.
  let outside: Double

  static let ink = Color(0x303030)
  private static let faint = Color(0xe4e4e4)
  private static let axis = Color(0x8a8a8a)

  /// - Parameters:
  ///   - unit: nil goes by the size of the drawing.
  ///   - least: how much room there is at least on the left.
  ///   - outside: how much room there is on the right for a legend outside of the frame; 0 for one inside of it.
  init(
    _ plot: Plot, width: Double, height: Double, unit: Double? = nil, left least: Double = 0, outside: Double = 0
  ) {
    self.plot = plot
    self.outside = outside
    let unit = unit ?? min(max(min(width / 640, height / 420), 0.7), 8)
    self.unit = unit
    labelSize = (13 * unit).rounded()
    titleSize = (15 * unit).rounded()
    hasWords = plot.axes && width >= 120 && height >= 90
    var (x, y) = plot.visibleRanges()
    guard hasWords else {
      let margin = plot.axes ? min(width, height) * 0.04 : 1
      var box = Canvas.Box(
        left: margin, top: margin, right: max(width - margin, margin + 1e-3), bottom: max(height - margin, margin + 1e-3))
      if !plot.axes, plot.equalUnits { PlotLayout.equalize(&x, &y, &box, plot) }
      frame = PlotFrame(box: box, x: x, y: y, xScale: plot.xScale, yScale: plot.yScale)
      xTicks = Ticks(over: x, count: 0, scale: plot.xScale)
      yTicks = Ticks(over: y, count: 0, scale: plot.yScale)
      barTicks = nil
      hasUprightNames = false
      return
    }
    // Above the frame stand the heading and what the color bar is of.
    let top = (plot.title == nil && plot.colorBar?.name == nil ? 14 : 36) * unit
    var bottom = height - (plot.xLabel == nil ? 32 : 52) * unit
    let labelSize = self.labelSize
    var yTicks = PlotLayout.yTicks(plot, y, bottom - top, unit, labelSize)
    let yRoom = min(PlotLayout.widest(yTicks, labelSize), plot.yNames == nil ? .infinity : width * 0.3)
    let left = max((plot.yLabel == nil ? 18 : 40) * unit + yRoom, least)
    var right = width - 20 * unit - outside
    barTicks = plot.colorBar.map { Ticks(over: $0.range, count: max(3, Int((bottom - top) / (46 * unit)))) }
    if let barTicks { right -= PlotLayout.widest(barTicks, labelSize) + 34 * unit }
    right = max(right, left + 20 * unit)
    // Names that have no room side by side stand upright.
    let slot = (right - left) / max(x.upperBound - x.lowerBound, 1e-300)
    let widestName = plot.xNames.map { $0.names.map { Canvas.width(of: $0, size: labelSize) }.max() ?? 0 } ?? 0
    hasUprightNames = plot.xNames.map { !$0.areNumbers && widestName + 8 * unit > slot } ?? false
    if hasUprightNames { bottom -= max(0, min(widestName, height * 0.42) - 10 * unit) }
    var box = Canvas.Box(
      left: left.rounded(), top: top.rounded(), right: right.rounded(), bottom: max(bottom, top + 20 * unit).rounded())
    if plot.equalUnits { PlotLayout.equalize(&x, &y, &box, plot) }
    if plot.equalUnits || hasUprightNames { yTicks = PlotLayout.yTicks(plot, y, box.height, unit, labelSize) }
    xTicks = PlotLayout.xTicks(plot, x, box.width, unit, labelSize, isUpright: hasUprightNames, widest: widestName)
    self.yTicks = yTicks
    frame = PlotFrame(box: box, x: x, y: y, xScale: plot.xScale, yScale: plot.yScale)
  }

  /// The layout with its legend outside of the frame where it would hide data inside and the frame stays wide.
  static func fitted(_ plot: Plot, width: Double, height: Double, unit: Double? = nil) -> PlotLayout {
    let layout = PlotLayout(plot, width: width, height: height, unit: unit)
    let wanted = layout.wantedOutside
    return wanted > 0 ? PlotLayout(plot, width: width, height: height, unit: unit, outside: wanted) : layout
  }

  private static func yTicks(_ plot: Plot, _ y: ClosedRange<Double>, _ height: Double, _ unit: Double, _ size: Double) -> Ticks {
    if let names = plot.yNames { return Ticks(names: names, over: y, room: height, each: size * 1.1, fromEnd: true) }
    return Ticks(over: y, count: max(3, Int(height / (46 * unit))), scale: plot.yScale)
  }

  private static func xTicks(
    _ plot: Plot, _ x: ClosedRange<Double>, _ width: Double, _ unit: Double, _ size: Double, isUpright: Bool, widest name: Double
  ) -> Ticks {
    if let names = plot.xNames {
      return Ticks(names: names, over: x, room: width, each: isUpright ? size * 1.1 : name + 8 * unit)
    }
    var count = max(2, Int(width / (64 * unit)))
    var ticks = Ticks(over: x, count: count, scale: plot.xScale)
    // Fewer numbers where they would run into each other.
    while count > 2, widest(ticks, size) * 1.25 * Double(ticks.values.count) > width {
      count -= 1
      ticks = Ticks(over: x, count: count, scale: plot.xScale)
    }
    return ticks
  }

  /// The room that the color bar takes on the right of the frame.
  var barRoom: Double { barTicks.map { PlotLayout.widest($0, labelSize) + 34 * unit } ?? 0 }

  /// The width of the longest of some labels in pixels.
  private static func widest(_ ticks: Ticks, _ size: Double) -> Double {
    ticks.labels.map { Canvas.width(of: $0, size: size) }.max() ?? 0
  }

  /// Makes a unit as long in both directions: a heat map's box shrinks to its shape, otherwise one axis shows more.
  private static func equalize(
    _ x: inout ClosedRange<Double>, _ y: inout ClosedRange<Double>, _ box: inout Canvas.Box, _ plot: Plot
  ) {
    guard plot.xScale == .linear, plot.yScale == .linear else { return }
    let (lengthX, lengthY) = (x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
    let ratio = lengthX / lengthY
    // A heat map much longer than wide would shrink to a strip.
    guard ratio.isFinite, ratio > 0.2, ratio < 5 else { return }
    if plot.heatMap != nil {
      if box.width > box.height * ratio {
        let spare = ((box.width - box.height * ratio) / 2).rounded()
        box.left += spare
        box.right -= spare
      } else {
        let spare = ((box.height - box.width / ratio) / 2).rounded()
        box.top += spare
        box.bottom -= spare
      }
    } else if box.width > box.height * ratio {
      let extra = (lengthY * box.width / box.height - lengthX) / 2
      x = x.lowerBound - extra...x.upperBound + extra
    } else {
      let extra = (lengthX * box.height / box.width - lengthY) / 2
      y = y.lowerBound - extra...y.upperBound + extra
    }
  }

  /// The faint lines behind the data; a heat map would hide them.
  func drawGrid(on drawing: inout Drawing) {
    guard hasWords, plot.heatMap == nil else { return }
    let box = frame.box
    // Names are no scale to read places from.
    for value in plot.xNames == nil ? xTicks.values : [] {
      let x = frame.place(value, frame.y.lowerBound).x.rounded(.down) + 0.5
      drawing.line(
        from: Canvas.Point(x, box.top), to: Canvas.Point(x, box.bottom), width: unit, PlotLayout.faint)
    }
    for value in yTicks.values {
      let y = frame.place(frame.x.lowerBound, value).y.rounded(.down) + 0.5
      drawing.line(from: Canvas.Point(box.left, y), to: Canvas.Point(box.right, y), width: unit, PlotLayout.faint)
    }
  }

  func drawAxes(on drawing: inout Drawing) {
    let box = frame.box
    let middle = Canvas.Box(left: box.left - 0.5, top: box.top - 0.5, right: box.right + 0.5, bottom: box.bottom + 0.5)
    let pen = max(1, unit.rounded())
    guard plot.axes else { return drawing.outline(middle, width: pen, PlotLayout.axis) }
    guard hasWords else { return }
    if plot.heatMap != nil {
      drawing.outline(middle, width: pen, PlotLayout.axis)
    } else {
      drawing.stroke(
        [
          [
            Canvas.Point(middle.left, middle.top), Canvas.Point(middle.left, middle.bottom),
            Canvas.Point(middle.right, middle.bottom),
          ]
        ], width: pen, PlotLayout.axis)
    }
    let tick = 4 * unit
    let capital = labelSize * 0.7
    for (value, label) in zip(xTicks.values, xTicks.labels) {
      let x = frame.place(value, frame.y.lowerBound).x.rounded(.down) + 0.5
      drawing.line(
        from: Canvas.Point(x, middle.bottom), to: Canvas.Point(x, middle.bottom + tick), width: pen, PlotLayout.axis)
      if hasUprightNames {
        let room = Double(drawing.height) - middle.bottom - tick - (plot.xLabel == nil ? 6 : 28) * unit
        drawing.text(
          Canvas.shortened(label, to: room, size: labelSize),
          at: Canvas.Point(x + (capital / 2).rounded(.down), middle.bottom + tick + 5 * unit), size: labelSize, PlotLayout.ink,
          anchor: .end, upwards: true)
        continue
      }
      drawing.text(
        label, at: Canvas.Point(x, middle.bottom + tick + capital + 5 * unit), size: labelSize, PlotLayout.ink, anchor: .middle)
    }
    for (value, label) in zip(yTicks.values, yTicks.labels) {
      let y = frame.place(frame.x.lowerBound, value).y.rounded(.down) + 0.5
      drawing.line(from: Canvas.Point(middle.left - tick, y), to: Canvas.Point(middle.left, y), width: pen, PlotLayout.axis)
      drawing.text(
        plot.yNames == nil ? label : Canvas.shortened(label, to: middle.left - tick - 9 * unit, size: labelSize),
        at: Canvas.Point(middle.left - tick - 5 * unit, y + (capital / 2).rounded(.down)), size: labelSize,
        PlotLayout.ink, anchor: .end)
    }
    for value in xTicks.minor {
      let x = frame.place(value, frame.y.lowerBound).x.rounded(.down) + 0.5
      drawing.line(
        from: Canvas.Point(x, middle.bottom), to: Canvas.Point(x, middle.bottom + tick / 2), width: pen, PlotLayout.axis)
    }
    for value in yTicks.minor {
      let y = frame.place(frame.x.lowerBound, value).y.rounded(.down) + 0.5
      drawing.line(from: Canvas.Point(middle.left - tick / 2, y), to: Canvas.Point(middle.left, y), width: pen, PlotLayout.axis)
    }
    drawWords(on: &drawing)
    drawColorBar(on: &drawing)
  }

  /// The title and the names of the axes, shortened where they would not fit.
  private func drawWords(on drawing: inout Drawing) {
    let box = frame.box
    if let title = plot.title {
      let room = Double(drawing.width) - box.left - 8 * unit
      drawing.text(
        Canvas.shortened(title, to: room, size: titleSize, bold: true), at: Canvas.Point(box.left, box.top - 13 * unit),
        size: titleSize, PlotLayout.ink, bold: true)
    }
    if let label = plot.xLabel {
      drawing.text(
        Canvas.shortened(label, to: box.width, size: labelSize),
        at: Canvas.Point(
          (box.left + box.right) / 2, hasUprightNames ? Double(drawing.height) - 10 * unit : box.bottom + 42 * unit),
        size: labelSize, PlotLayout.ink,
        anchor: .middle)
    }
    if let label = plot.yLabel {
      let widest = min(PlotLayout.widest(yTicks, labelSize), plot.yNames == nil ? .infinity : Double(drawing.width) * 0.3)
      drawing.text(
        Canvas.shortened(label, to: box.height, size: labelSize),
        at: Canvas.Point(box.left - widest - 22 * unit, (box.top + box.bottom) / 2), size: labelSize, PlotLayout.ink,
        anchor: .middle, upwards: true)
    }
  }

  private func drawColorBar(on drawing: inout Drawing) {
    guard let colorBar = plot.colorBar, let barTicks else { return }
    let box = frame.box
    let bar = Canvas.Box(
      left: (box.right + 14 * unit).rounded(), top: box.top, right: (box.right + 28 * unit).rounded(), bottom: box.bottom)
    drawing.shade(bar) { colorBar.colorMap.color((bar.bottom - $0.y) / bar.height) }
    let pen = max(1, unit.rounded())
    drawing.outline(
      Canvas.Box(left: bar.left - 0.5, top: bar.top - 0.5, right: bar.right + 0.5, bottom: bar.bottom + 0.5), width: pen,
      PlotLayout.axis)
    let range = colorBar.range
    let length = range.upperBound - range.lowerBound
    guard length > 0 else { return }
    for (value, label) in zip(barTicks.values, barTicks.labels) {
      let y = (bar.bottom - (value - range.lowerBound) / length * bar.height).rounded(.down) + 0.5
      drawing.line(
        from: Canvas.Point(bar.right + 0.5, y), to: Canvas.Point(bar.right + 4 * unit, y), width: pen, PlotLayout.axis)
      drawing.text(
        label, at: Canvas.Point(bar.right + 8 * unit, y + (labelSize * 0.35).rounded(.down)), size: labelSize, PlotLayout.ink)
    }
    if let name = colorBar.name {
      drawing.text(
        name, at: Canvas.Point(bar.left, box.top - 11 * unit), size: labelSize, PlotLayout.ink)
    }
  }
}
