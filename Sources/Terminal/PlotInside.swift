import Graphics

/// What stands inside the frame of a plot of text.
struct PlotInside {
  let plot: Plot
  let x: PlotAxis
  let y: PlotAxis
  let columns: Int
  let rows: Int
  let screen: Screen

  func lines() -> [String] {
    var field = BrailleField(columns: columns, rows: rows)
    var palette: [Color] = []
    for (index, series) in plot.series.enumerated() {
      palette.append((series.color ?? Color.ofSeries(index)).readable)
      draw(series, color: palette.count - 1, field: &field, palette: &palette)
    }
    let reset = screen.colorDepth > .none ? "\u{1B}[0m" : ""
    return (0..<rows).map { row in
      var line = ""
      var code = ""
      for column in 0..<columns {
        let place = row * columns + column
        let pattern = field.patterns[place]
        let color = field.colors[place].map { palette[$0].code(depth: screen.colorDepth) } ?? ""
        var cell = String(BrailleField.character(pattern, unicode: screen.isUnicode))
        var newCode = pattern == 0 ? "" : color
        if let map = plot.heatMap, let shade = shade(map, column, row, pattern: pattern) {
          cell = pattern == 0 || screen.colorDepth <= .named ? (pattern == 0 ? shade.text : cell) : cell
          newCode = shade.code + (pattern == 0 ? "" : color)
        }
        if newCode != code {
          line += (code.isEmpty ? "" : reset) + newCode
          code = newCode
        }
        line += cell
      }
      return line + (code.isEmpty ? "" : reset)
    }
  }

  private func draw(_ series: Plot.Series, color: Int, field: inout BrailleField, palette: inout [Color]) {
    func dot(_ index: Int) -> (x: Int, y: Int)? {
      guard plot.shows(series.x[index], series.y[index]),
        let column = x.nearPlace(series.x[index], count: field.width), let row = y.nearPlace(series.y[index], count: field.height)
      else { return nil }
      return (column, field.height - 1 - row)
    }
    switch series.style {
    case .line:
      var last: (x: Int, y: Int)?
      for index in 0..<series.count {
        let here = dot(index)
        if let here {
          field.line(from: last ?? here, to: here, color: color)
        }
        last = here
      }
    case .scatter:
      for index in 0..<series.count {
        guard let here = dot(index) else { continue }
        var own = color
        if index < series.pointColors.count {
          let wanted = series.pointColors[index].readable
          own = palette.firstIndex(of: wanted) ?? palette.count
          if own == palette.count { palette.append(wanted) }
        }
        field.set(here.x, here.y, color: own)
      }
    case .bars:
      let half = series.barWidth / 2
      for index in 0..<series.count where plot.shows(series.x[index], series.y[index]) {
        guard let left = x.nearPlace(series.x[index] - half, count: field.width),
          let right = x.nearPlace(series.x[index] + half, count: field.width), let top = dot(index)?.y
        else { continue }
        let floor = y.nearPlace(0, count: field.height).map { field.height - 1 - $0 } ?? field.height - 1
        for column in max(0, left)...max(0, left, right - 1) {
          field.line(from: (column, floor), to: (column, top), color: color)
        }
      }
    }
  }

  /// The heat map under a character: two cells, one above the other.
  private func shade(_ map: Plot.HeatMap, _ column: Int, _ row: Int, pattern: UInt8) -> (text: String, code: String)? {
    func value(_ half: Int) -> Double? {
      map.value(x.value(at: column, count: columns), y.value(at: 2 * rows - 1 - half, count: 2 * rows))
    }
    guard let upper = value(2 * row), let lower = value(2 * row + 1) else { return nil }
    guard screen.colorDepth > .named else {
      return (Plot.HeatMap.shades(screen.isUnicode)[map.level(map.part((upper + lower) / 2))], "")
    }
    let ground = map.colorMap.color(map.part(lower)).code(ground: true, depth: screen.colorDepth)
    let over = map.colorMap.color(map.part(upper)).code(depth: screen.colorDepth)
    guard screen.isUnicode else { return (" ", ground) }
    return ("▀", pattern == 0 ? over + ground : ground)
  }
}

extension Plot.HeatMap {
  var shownRange: ClosedRange<Double> { valueRange ?? span }

  /// 0…1 along the color map.
  func part(_ value: Double) -> Double {
    let range = shownRange
    let length = range.upperBound - range.lowerBound
    return length > 0 ? (value - range.lowerBound) / length : 0.5
  }

  static func shades(_ unicode: Bool) -> [String] {
    unicode ? [" ", "░", "▒", "▓", "█"] : [" ", ".", ":", "=", "#"]
  }

  func level(_ part: Double) -> Int {
    part.isNaN ? 0 : min(Int(min(max(part, 0), 1) * 5), 4)
  }

  /// One character of the color bar.
  func cell(_ part: Double, on screen: Screen) -> String {
    guard screen.colorDepth > .named else { return Plot.HeatMap.shades(screen.isUnicode)[level(part)] }
    return colorMap.color(part).code(ground: true, depth: screen.colorDepth) + " "
  }

  /// The value of the cell at a place; nil outside of the map.
  func value(_ placeX: Double, _ placeY: Double) -> Double? {
    func cell(_ place: Double, _ range: ClosedRange<Double>, _ count: Int) -> Int? {
      let length = range.upperBound - range.lowerBound
      guard length > 0 else { return 0 }
      let position = (place - range.lowerBound) / length * Double(count - 1)
      guard position >= -0.5 - 1e-6, position <= Double(count) - 0.5 + 1e-6 else { return nil }
      return min(max(Int(position.rounded()), 0), count - 1)
    }
    guard let column = cell(placeX, x, columns), let row = cell(placeY, y, rows) else { return nil }
    return values[row * columns + column]
  }
}

extension Color {
  /// The same hue, light enough for a dark terminal; the colors of series are made for white paper.
  var readable: Color { brightness < 0.5 ? mixed(with: .white, part: 0.35) : self }
}
