extension PlotLayout {
  /// Where the names of the series stand.
  enum LegendPlace: Equatable {
    case none
    /// In the frame.
    case inside(Canvas.Box)
    /// In a row beside the title.
    case besideTitle
    /// On the right of the frame.
    case outside(Canvas.Box)
  }

  /// The series that the legend lists: those with a name, as many as have room below one another.
  private var named: [Int] {
    let all = allNamed
    let rows = max(1, Int((frame.box.height - 25 * unit) / line))
    return all.count > rows ? Array(all.prefix(rows - 1)) : all
  }

  private var allNamed: [Int] { plot.series.indices.filter { !(plot.series[$0].name ?? "").isEmpty } }

  /// Says how many names have no room; nil where all have.
  private func rest(_ named: [Int]) -> String? {
    let count = allNamed.count - named.count
    return count > 0 ? "… \(count) more" : nil
  }

  private var line: Double { (19 * unit).rounded() }

  private func size(of named: [Int]) -> (width: Double, height: Double, row: Double) {
    let rest = rest(named)
    let widths = named.map { Canvas.width(of: name(of: $0), size: labelSize) }
    let widest = max(widths.max() ?? 0, rest.map { Canvas.width(of: $0, size: labelSize) } ?? 0)
    return (
      (widest + 46 * unit).rounded(), (Double(named.count + (rest == nil ? 0 : 1)) * line + 9 * unit).rounded(),
      rest == nil ? widths.reduce(0) { $0 + $1 + 46 * unit } : .infinity
    )
  }

  /// How much room on the right a legend wants that would hide data inside of the frame; 0 where it can stay inside or beside the
  /// title, or where the frame would become narrow.
  var wantedOutside: Double {
    let named = named
    guard hasWords, plot.legend, !named.isEmpty else { return 0 }
    let size = size(of: named)
    let fits = size.width < frame.box.width && size.height < frame.box.height
    if fits, emptiestCorner(size.width, size.height).hidden == 0 { return 0 }
    if frame.box.left + titleWidth + size.row < frame.box.right { return 0 }
    let room = size.width + 14 * unit
    return frame.box.width - room > frame.box.width * 0.5 && size.height <= frame.box.height + 30 * unit ? room : 0
  }

  private var titleWidth: Double { plot.title.map { Canvas.width(of: $0, size: titleSize, bold: true) } ?? .infinity }

  /// The names of the series: in the corner where they hide no data, else beside the title, else outside, else where they hide least.
  var legendPlace: LegendPlace {
    let named = named
    guard hasWords, plot.legend, !named.isEmpty else { return .none }
    let size = size(of: named)
    if outside > size.width {
      let left = frame.box.right + (outside - size.width).rounded() + (barTicks == nil ? 0 : barRoom)
      return .outside(
        Canvas.Box(left: left, top: frame.box.top, right: left + size.width, bottom: frame.box.top + size.height))
    }
    let fits = size.width < frame.box.width && size.height < frame.box.height
    let corner = emptiestCorner(size.width, size.height)
    if !fits || corner.hidden > 0, frame.box.left + titleWidth + size.row < frame.box.right { return .besideTitle }
    return fits ? .inside(corner.box) : .none
  }

  func drawLegend(on drawing: inout Drawing) {
    switch legendPlace {
    case .none: break
    case .besideTitle:
      let named = named
      var left = frame.box.right - size(of: named).row + 9 * unit
      for index in named {
        drawEntry(index, left: left, middle: frame.box.top - 18 * unit, on: &drawing)
        left += Canvas.width(of: name(of: index), size: labelSize) + 46 * unit
      }
    case .inside(let box), .outside(let box):
      drawing.fill(box, .white, opacity: 0.86)
      drawing.outline(
        Canvas.Box(left: box.left + 0.5, top: box.top + 0.5, right: box.right - 0.5, bottom: box.bottom - 0.5),
        width: max(1, unit.rounded()), Color(0xd0d0d0))
      for (number, index) in named.enumerated() {
        drawEntry(
          index, left: box.left + 9 * unit, middle: box.top + 4.5 * unit + (Double(number) + 0.5) * line, on: &drawing)
      }
      if let rest = rest(named) {
        let middle = box.top + 4.5 * unit + (Double(named.count) + 0.5) * line
        drawing.text(
          rest, at: Canvas.Point(box.left + 37 * unit, middle + (labelSize * 0.35).rounded(.down)), size: labelSize,
          PlotLayout.ink)
      }
    }
  }

  /// Names take at most two fifths of the frame.
  private func name(of index: Int) -> String {
    Canvas.shortened(plot.series[index].name ?? "", to: (frame.box.width + outside) * 0.4, size: labelSize)
  }

  /// A sample of the series' look, and its name.
  private func drawEntry(_ index: Int, left: Double, middle y: Double, on drawing: inout Drawing) {
    let series = plot.series[index]
    let color = plot.color(of: index)
    let right = left + 20 * unit
    let box = Canvas.Box(left: left + 4 * unit, top: y - 5 * unit, right: right - 4 * unit, bottom: y + 5 * unit)
    let ends = (Canvas.Point(left + 1, y), Canvas.Point(right - 1, y))
    switch series.style {
    case .line:
      // So that more than one dash of the pattern is seen.
      let width = 1.9 * unit
      let dashes = plot.dashes(of: index)
      drawing.line(
        from: ends.0, to: ends.1, width: dashes.isEmpty ? 2.4 * unit : width, color, dashes: dashes.map { $0 * width * 0.75 })
    case .scatter:
      drawing.mark(
        Drawing.Markers(
          places: [Canvas.Point((left + right) / 2, y)], shape: plot.marker(of: index), radius: 3.6 * unit,
          colors: [series.shades.map { $0.colorMap.color(0.5) } ?? color]))
    case .bars:
      drawing.fill(box, color, opacity: series.opacity ?? 0.88)
      if series.isStepped { drawing.outline(box, width: 1.4 * unit, color) }
    case .band: drawing.fill(box, color, opacity: max(series.opacity ?? 0.25, 0.25))
    case .vertical, .horizontal:
      let width = (series.size ?? 1.3) * unit
      drawing.line(
        from: ends.0, to: ends.1, width: width, color, dashes: plot.dashes(of: index).map { $0 * width * 0.75 })
    }
    drawing.text(
      name(of: index), at: Canvas.Point(right + 8 * unit, y + (labelSize * 0.35).rounded(.down)),
      size: labelSize, PlotLayout.ink)
  }

  // MARK: Room

  /// The corner, or the middle of the top or bottom edge, where a box of this size hides least of the data.
  private func emptiestCorner(_ width: Double, _ height: Double) -> (box: Canvas.Box, hidden: Int) {
    let gap = (8 * unit).rounded()
    let box = frame.box
    func place(_ left: Double, _ isTop: Bool) -> Canvas.Box {
      let top = isTop ? box.top + gap : box.bottom - gap - height
      return Canvas.Box(left: left, top: top, right: left + width, bottom: top + height)
    }
    let (left, right) = (box.left + gap, box.right - gap - width)
    let middle = ((left + right) / 2).rounded()
    let corners = [
      place(right, true), place(left, true), place(right, false), place(left, false), place(middle, true), place(middle, false),
    ]
    var hidden = [Int](repeating: 0, count: corners.count)
    for index in plot.series.indices {
      for covered in covered(by: index) {
        for (number, corner) in corners.enumerated()
        where covered.right > corner.left - gap && covered.left < corner.right + gap && covered.bottom > corner.top - gap
          && covered.top < corner.bottom + gap
        {
          hidden[number] += 1
        }
      }
    }
    for note in plot.notes where plot.shows(note.x, note.y) {
      let words = self.box(of: note)
      for (number, corner) in corners.enumerated()
      where words.right > corner.left && words.left < corner.right && words.bottom > corner.top && words.top < corner.bottom {
        hidden[number] += 50
      }
    }
    let best = hidden.indices.min { (hidden[$0], $0) < (hidden[$1], $1) } ?? 0
    return (corners[best], hidden[best])
  }

  /// Boxes of the sheet that a series covers; of very many points, a few hundred tell as much as all of them.
  private func covered(by index: Int) -> [Canvas.Box] {
    let series = plot.series[index]
    func dot(_ point: Canvas.Point) -> Canvas.Box {
      Canvas.Box(left: point.x, top: point.y, right: point.x, bottom: point.y)
    }
    let step = max(1, series.count / 500)
    let shown = stride(from: 0, to: series.count, by: step).filter { plot.shows(series.x[$0], series.y[$0]) }
    switch series.style {
    case .vertical, .horizontal: return []
    case .scatter: return shown.map { dot(frame.place(series.x[$0], series.y[$0])) }
    case .bars:
      let floor = plot.yScale == .linear ? min(max(0, frame.y.lowerBound), frame.y.upperBound) : frame.y.lowerBound
      let standard = series.widths.isEmpty ? series.barWidth : 0
      return shown.map { index in
        let half = (series.widths.indices.contains(index) ? series.widths[index] : standard) / 2
        let low = frame.place(max(series.x[index] - half, plot.xScale == .linear ? -.infinity : frame.x.lowerBound), floor)
        let high = frame.place(series.x[index] + half, series.y[index])
        return Canvas.Box(left: low.x, top: min(low.y, high.y), right: high.x, bottom: max(low.y, high.y))
      }
    case .band:
      return shown.filter { $0 < series.lows.count && plot.shows(series.x[$0], series.lows[$0]) }.map { index in
        let (top, bottom) = (frame.place(series.x[index], series.y[index]), frame.place(series.x[index], series.lows[index]))
        return Canvas.Box(left: top.x, top: min(top.y, bottom.y), right: top.x, bottom: max(top.y, bottom.y))
      }
    case .line:
      var boxes: [Canvas.Box] = []
      var last: (index: Int, place: Canvas.Point)?
      for index in shown {
        let place = frame.place(series.x[index], series.y[index])
        boxes.append(dot(place))
        // Along the stretch from the one before, unless there was a gap.
        if let last, last.index + step == index, step > 1 || last.index + 1 == index {
          let (dx, dy) = (place.x - last.place.x, place.y - last.place.y)
          let pieces = min(Int(min((dx * dx + dy * dy).squareRoot(), 4000) / (8 * unit)), 400)
          for piece in 0..<max(pieces, 0) {
            let part = (Double(piece) + 0.5) / Double(pieces)
            boxes.append(dot(Canvas.Point(last.place.x + dx * part, last.place.y + dy * part)))
          }
        }
        last = (index, place)
      }
      return boxes
    }
  }
}
