import Base
import Glibc
import Graphics

/// A plot as text: a frame with round numbers along its axes, points and lines in braille dots, a heat map in half blocks.
public struct PlotPrinter {
  /// Where the lines will be shown: its colors and characters decide how.
  public var screen: Screen
  /// Columns of the whole plot, its axis included.
  public var width: Int
  /// Rows of the frame's inside; a plot below another has half of them.
  public var rows: Int

  /// By default as large as the screen allows, and no higher than it looks wide; at least 24 columns and 4 rows.
  public init(screen: Screen, width: Int? = nil, rows: Int? = nil) {
    self.screen = screen
    self.width = max(24, width ?? screen.width - 1)
    // A character is about twice as high as it is wide.
    self.rows = max(4, rows ?? min(max(screen.height - 8, 6), max(self.width * 3 / 10, 6)))
  }

  /// Lines of text, without line breaks.
  public func lines(_ plot: Plot) -> [String] {
    let plots = plot.stack
    // A plot below has half the rows, and few of them still show a curve.
    let heights = plots.indices.map { $0 == 0 ? rows : max(4, rows / 2) }
    let margin = zip(plots, heights).map { widest($0, rows: $1) }.max() ?? 1
    return zip(plots, heights).flatMap { lines($0, rows: $1, margin: margin) }
  }

  private func ticks(_ plot: Plot, _ range: ClosedRange<Double>, rows: Int) -> Ticks {
    if let names = plot.yNames { return Ticks(names: names, over: range, room: Double(rows), each: 1, fromEnd: true) }
    return Ticks(over: range, count: max(3, rows * 2 / 5), scale: plot.yScale)
  }

  private func widest(_ plot: Plot, rows: Int) -> Int {
    let labels = ticks(plot, plot.visibleRanges().y, rows: rows).labels.map { plain($0).displayWidth }
    return min(max(labels.max() ?? 0, 1), width / 3)
  }

  private func lines(_ plot: Plot, rows: Int, margin: Int) -> [String] {
    let room = PlotRoom(plot, columns: max(8, width - margin - 3), rows: rows)
    let (columns, rows) = (room.columns, room.rows)
    let yTicks = ticks(plot, room.y, rows: rows)
    let x = PlotAxis(range: room.x, scale: plot.xScale)
    let y = PlotAxis(range: room.y, scale: plot.yScale)

    var lines: [String] = []
    let indent = String(repeating: " ", count: margin + 1)
    if let title = plot.title { lines.append(indent + Style.heading(centered(plain(title), columns + 2), on: screen)) }
    if let label = plot.yLabel { lines.append(Style.faint(plain(label).cut(to: width), on: screen)) }
    let (corner, across, side, left) =
      screen.isUnicode ? (["┌", "┐", "└", "┘"], "─", "│", "┤") : (["+", "+", "+", "+"], "-", "|", "+")

    let inside = PlotInside(plot: plot, x: x, y: y, columns: columns, rows: rows, screen: screen).lines()
    var labels: [Int: String] = [:]
    for (value, text) in zip(yTicks.values, yTicks.labels) {
      if let place = y.place(value, count: rows) { labels[rows - 1 - place] = plain(text).cut(to: margin) }
    }
    lines.append(indent + faint(corner[0] + String(repeating: across, count: columns) + corner[1]))
    for (row, text) in inside.enumerated() {
      let label = labels[row] ?? ""
      let padding = String(repeating: " ", count: max(0, margin - label.displayWidth))
      lines.append(padding + label + " " + faint(labels[row] == nil ? side : left) + text + faint(side))
    }
    let (base, numbers) = foot(plot, x, room.x, columns: columns)
    lines.append(indent + faint(corner[2] + base + corner[3]))
    lines.append(indent + numbers)
    if let label = plot.xLabel { lines.append(indent + Style.faint(centered(plain(label), columns + 2), on: screen)) }
    lines += legend(plot, indent: indent)
    return lines
  }

  /// The lower edge of the frame with its marks, and the numbers or names under them.
  private func foot(_ plot: Plot, _ x: PlotAxis, _ range: ClosedRange<Double>, columns: Int) -> (base: String, numbers: String) {
    let ticks: Ticks
    var longest = columns
    if let names = plot.xNames {
      let slot = Double(columns) / (range.upperBound - range.lowerBound)
      let widest = names.names.map { plain($0).displayWidth }.max() ?? 0
      longest = min(widest, max(3, Int(min(slot, Double(columns))) - 1))
      ticks = Ticks(names: names, over: range, room: Double(columns), each: Double(longest))
    } else {
      ticks = Ticks(over: range, count: max(2, columns / 12), scale: plot.xScale)
    }
    var base = Array(repeating: screen.isUnicode ? "─" : "-", count: columns)
    var numbers = TextRow(columns: columns + 2)
    for (value, text) in zip(ticks.values, ticks.labels) {
      guard let place = x.place(value, count: columns) else { continue }
      base[place] = screen.isUnicode ? "┬" : "+"
      let text = plain(text).cut(to: longest)
      numbers.write(text, at: place + 1 - text.displayWidth / 2, gap: 1)
    }
    return (base.joined(), numbers.text)
  }

  private func legend(_ plot: Plot, indent: String) -> [String] {
    var lines: [String] = []
    if let bar = plot.colorBar {
      let range = bar.range
      let step = (range.upperBound - range.lowerBound) / 100
      let (low, high) = (Ticks.label(range.lowerBound, step: step), Ticks.label(range.upperBound, step: step))
      let cells =
        (0..<24).map { bar.colorMap.cell(Double($0) / 23, on: screen) }.joined() + (screen.colorDepth > .none ? "\u{1B}[0m" : "")
      lines.append(indent + [bar.name.map { plain($0) + " " } ?? "", plain(low), " ", cells, " ", plain(high)].joined())
    }
    let named = plot.series.enumerated().filter { !($0.element.name ?? "").isEmpty }
    guard plot.legend, !named.isEmpty else { return lines }
    let entries = named.map { index, series in
      let look = SeriesLook(plot, index, on: screen)
      let code = look.code
      let mark = look.sample
      return (code.isEmpty ? mark : code + mark + "\u{1B}[0m") + " " + plain(series.name ?? "").cut(to: width / 2)
    }
    return lines + Lines.filled(entries, separator: "   ", width: width - indent.count).map { indent + $0 }
  }

  private func faint(_ text: String) -> String { Style.faint(text, on: screen) }

  private func centered(_ text: String, _ width: Int) -> String {
    let text = text.cut(to: width)
    return String(repeating: " ", count: max(0, (width - text.displayWidth) / 2)) + text
  }

  /// Text that does nothing to the terminal, with the true minus sign only where it can be shown.
  private func plain(_ text: String) -> String {
    let line = text.plainLine
    return screen.isUnicode ? line : String(line.map { $0 == "−" ? "-" : $0.isASCII ? $0 : "?" })
  }
}
