import Base
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
    var palette: [String] = []
    var signs: [Int: String] = [:]
    for index in plot.series.indices {
      let look = SeriesLook(plot, index, on: screen)
      palette.append(look.code)
      draw(index, look, color: palette.count - 1, field: &field, palette: &palette, signs: &signs)
    }
    for note in plot.notes { write(note, field: &field, palette: &palette, signs: &signs) }
    if plot.isEmpty {
      let middle = (x.value(at: columns / 2, count: columns), y.value(at: rows / 2, count: rows))
      write(Plot.Note(Plot.nothing, x: middle.0, y: middle.1), field: &field, palette: &palette, signs: &signs)
    }
    let reset = screen.colorDepth > .none ? "\u{1B}[0m" : ""
    return (0..<rows).map { row in
      var line = ""
      var code = ""
      for column in 0..<columns {
        let place = row * columns + column
        let pattern = field.patterns[place]
        let color = field.colors[place].map { palette[$0] } ?? ""
        let sign = signs[place]
        var cell = sign ?? String(BrailleField.character(pattern, unicode: screen.isUnicode))
        let isEmpty = pattern == 0 && sign == nil
        var newCode = isEmpty ? "" : color
        if let map = plot.heatMap, let shade = shade(map, column, row, isEmpty: isEmpty) {
          if isEmpty { cell = shade.text }
          newCode = shade.code + (isEmpty ? "" : color)
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

  private func draw(
    _ index: Int, _ look: SeriesLook, color: Int, field: inout BrailleField, palette: inout [String], signs: inout [Int: String]
  ) {
    let series = plot.series[index]
    func dot(_ x: Double, _ y: Double) -> (x: Int, y: Int)? {
      guard plot.shows(x, y), let column = self.x.nearPlace(x, count: field.width),
        let row = self.y.nearPlace(y, count: field.height)
      else { return nil }
      return (column, field.height - 1 - row)
    }
    switch series.style {
    case .line:
      var last: (x: Int, y: Int)?
      var phase = 0
      var lettered = -1
      for index in 0..<series.count {
        let here = dot(series.x[index], series.y[index])
        if let here {
          field.line(from: last ?? here, to: here, color: color, dots: look.dots, phase: &phase)
          if let letter = look.letter {
            write(letter, from: last ?? here, to: here, color: color, done: &lettered, field: &field, signs: &signs)
          }
        }
        last = here
      }
    case .scatter:
      // The places in the palette of the colors of single points.
      var places: [Color: Int] = [:]
      for index in 0..<series.count {
        guard let here = dot(series.x[index], series.y[index]) else { continue }
        var own = color
        if let wanted = series.pointColor(index) {
          own = places[wanted] ?? palette.count
          if own == palette.count {
            places[wanted] = own
            palette.append(wanted.readableOnDark.code(depth: screen.colorDepth))
          }
        }
        field.set(here.x, here.y, color: own)
        if let sign = look.sign, let place = field.cell(here.x, here.y) { signs[place] = sign }
      }
    case .bars: drawBars(series, look, color: color, field: &field)
    case .band:
      for index in 0..<min(series.count, series.lows.count) {
        guard let top = dot(series.x[index], series.y[index]), let bottom = dot(series.x[index], series.lows[index]) else {
          continue
        }
        // As far as halfway to the next point, or a single column.
        let next =
          index + 1 < min(series.count, series.lows.count)
          ? (dot(series.x[index + 1], series.y[index + 1]), dot(series.x[index + 1], series.lows[index + 1])) : (nil, nil)
        let (nextTop, nextBottom) = (next.0 ?? top, next.1 ?? bottom)
        for column in max(0, top.x)...max(0, top.x, min(nextTop.x, field.width)) {
          let part = nextTop.x > top.x ? Double(column - top.x) / Double(nextTop.x - top.x) : 0
          let high = Int((Double(top.y) + Double(nextTop.y - top.y) * part).rounded())
          let low = Int((Double(bottom.y) + Double(nextBottom.y - bottom.y) * part).rounded())
          for row in max(0, min(high, low))...max(0, min(max(high, low), field.height)) where (column + 2 * row) % 4 == 0 {
            field.set(column, row, color: color)
          }
        }
      }
    case .vertical:
      for value in series.x {
        guard let column = x.place(value, count: field.width) else { continue }
        field.line(from: (column, 0), to: (column, field.height - 1), color: color, dots: look.dots)
      }
    case .horizontal:
      for value in series.y {
        guard let row = y.place(value, count: field.height) else { continue }
        field.line(
          from: (0, field.height - 1 - row), to: (field.width - 1, field.height - 1 - row), color: color, dots: look.dots)
      }
    }
  }

  /// Writes a line's letter into those of its columns that a stretch of dots passes, once where several stretches pass one.
  private func write(
    _ letter: SeriesLook.Letter, from: (x: Int, y: Int), to: (x: Int, y: Int), color: Int, done lettered: inout Int,
    field: inout BrailleField, signs: inout [Int: String]
  ) {
    let (left, right) = from.x <= to.x ? (from, to) : (to, from)
    guard right.x >= 0, left.x < field.width else { return }
    // The dots in the middles of the letter's columns.
    for column in max(0, left.x / 2)...max(0, min(right.x / 2, columns - 1))
    where column % letter.period == letter.first && column != lettered {
      let dot = min(max(column * 2, left.x), right.x)
      let part = right.x > left.x ? Double(dot - left.x) / Double(right.x - left.x) : 0
      guard let cell = field.cell(dot, left.y + Int((Double(right.y - left.y) * part).rounded())) else { continue }
      lettered = column
      signs[cell] = letter.text
      field.color(cell, color)
    }
  }

  private func drawBars(_ series: Plot.Series, _ look: SeriesLook, color: Int, field: inout BrailleField) {
    let standard = series.widths.isEmpty ? series.barWidth : 0
    // Of several histograms, one over another, only the outlines are seen.
    let isOutline = series.isStepped && plot.series.count { $0.style == .bars && $0.isStepped } > 1
    let floor = y.nearPlace(0, count: field.height).map { field.height - 1 - $0 } ?? field.height - 1
    var last: (x: Int, y: Int)?
    var phase = 0
    for index in 0..<series.count where plot.shows(series.x[index], series.y[index]) || series.isStepped && series.y[index] == 0 {
      let half = (series.widths.indices.contains(index) ? series.widths[index] : standard) / 2
      let (from, to) = (series.x[index] - half, series.x[index] + half)
      let top = y.nearPlace(series.y[index], count: field.height).map { field.height - 1 - $0 } ?? floor
      guard let left = plot.xScale == .logarithmic && from <= 0 ? 0 : x.nearPlace(from, count: field.width),
        let right = x.nearPlace(to, count: field.width)
      else { continue }
      if isOutline {
        field.line(from: (left, last?.y ?? floor), to: (left, top), color: color, dots: look.dots, phase: &phase)
        field.line(from: (left, top), to: (right, top), color: color, dots: look.dots, phase: &phase)
        last = (right, top)
      } else {
        for column in max(0, left)...max(0, left, min(right - 1, field.width)) {
          for row in max(0, min(floor, top))...max(0, min(max(floor, top), field.height))
          where (column + row) % (look.isSparse ? 2 : 1) == 0 && (row % 2 == 0 || !look.isVerySparse) {
            field.set(column, row, color: color)
          }
        }
      }
    }
    if isOutline, let last { field.line(from: last, to: (last.x, floor), color: color, dots: look.dots, phase: &phase) }
  }

  /// The words of a note, from the cell in which their middle is, and dots towards what they point at.
  private func write(_ note: Plot.Note, field: inout BrailleField, palette: inout [String], signs: inout [Int: String]) {
    guard plot.shows(note.x, note.y), let column = x.place(note.x, count: columns), let row = y.place(note.y, count: rows)
    else { return }
    palette.append(note.color.map { $0.readableOnDark.code(depth: screen.colorDepth) } ?? "")
    let color = palette.count - 1
    if let tip = note.tip, plot.shows(tip.x, tip.y), let tipX = x.nearPlace(tip.x, count: field.width),
      let tipY = y.nearPlace(tip.y, count: field.height)
    {
      field.line(
        from: (column * 2 + 1, field.height - 2 - row * 4), to: (tipX, field.height - 1 - tipY), color: color, dots: [1, 1])
    }
    let line = note.text.plainLine
    let text = (screen.isUnicode ? line : String(line.map { $0.isASCII ? $0 : "?" })).cut(to: columns)
    var place = min(max(0, column - text.displayWidth / 2), columns - text.displayWidth)
    for character in text {
      let width = String(character).displayWidth
      guard width > 0, place >= 0, place + width <= columns else { continue }
      let cell = (rows - 1 - row) * columns + place
      signs[cell] = String(character)
      field.color(cell, color)
      if width > 1 { signs[cell + 1] = "" }
      place += width
    }
  }

  /// The heat map under a character: two cells, one above the other.
  private func shade(_ map: Plot.HeatMap, _ column: Int, _ row: Int, isEmpty: Bool) -> (text: String, code: String)? {
    func value(_ half: Int) -> Double? {
      map.value(x.value(at: column, count: columns), y.value(at: 2 * rows - 1 - half, count: 2 * rows))
    }
    guard let upper = value(2 * row), let lower = value(2 * row + 1) else { return nil }
    guard screen.colorDepth > .named else {
      return (ColorMap.shades(screen.isUnicode)[ColorMap.level(map.part((upper + lower) / 2))], "")
    }
    let ground = map.colorMap.color(map.part(lower)).code(ground: true, depth: screen.colorDepth)
    let over = map.colorMap.color(map.part(upper)).code(depth: screen.colorDepth)
    guard screen.isUnicode else { return (" ", ground) }
    return ("▀", isEmpty ? over + ground : ground)
  }
}

extension Plot.HeatMap {
  /// 0…1 along the color map.
  func part(_ value: Double) -> Double {
    let range = valueRange ?? span
    let length = range.upperBound - range.lowerBound
    return length > 0 ? (value - range.lowerBound) / length : 0.5
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

extension ColorMap {
  static func shades(_ unicode: Bool) -> [String] {
    unicode ? [" ", "░", "▒", "▓", "█"] : [" ", ".", ":", "=", "#"]
  }

  static func level(_ part: Double) -> Int {
    part.isNaN ? 0 : min(Int(min(max(part, 0), 1) * 5), 4)
  }

  /// One character of the color bar.
  func cell(_ part: Double, on screen: Screen) -> String {
    guard screen.colorDepth > .named else { return ColorMap.shades(screen.isUnicode)[ColorMap.level(part)] }
    return color(part).code(ground: true, depth: screen.colorDepth) + " "
  }
}
