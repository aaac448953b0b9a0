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

  /// By default as large as the screen allows, up to 96 columns and 18 rows; at least 24 columns and 4 rows.
  public init(screen: Screen, width: Int? = nil, rows: Int? = nil) {
    self.screen = screen
    self.width = max(24, width ?? min(screen.width - 1, 96))
    self.rows = max(4, rows ?? min(max(screen.height - 8, 6), 18))
  }

  /// Lines of text, without line breaks.
  public func lines(_ plot: Plot) -> [String] {
    let plots = plot.stack
    // A plot below has half the rows, and few of them still show a curve.
    let heights = plots.indices.map { $0 == 0 ? rows : max(4, rows / 2) }
    let margin = zip(plots, heights).map { widest($0, rows: $1) }.max() ?? 1
    return zip(plots, heights).flatMap { lines($0, rows: $1, margin: margin) }
  }

  private func ticks(_ plot: Plot, rows: Int) -> Ticks {
    Ticks(over: plot.visibleRanges().y, count: max(3, rows * 2 / 5), scale: plot.yScale)
  }

  private func widest(_ plot: Plot, rows: Int) -> Int {
    max(ticks(plot, rows: rows).labels.map(\.displayWidth).max() ?? 0, 1)
  }

  private func lines(_ plot: Plot, rows: Int, margin: Int) -> [String] {
    let ranges = plot.visibleRanges()
    let yTicks = ticks(plot, rows: rows)
    let columns = max(8, width - margin - 3)
    let x = PlotAxis(range: ranges.x, scale: plot.xScale)
    let y = PlotAxis(range: ranges.y, scale: plot.yScale)

    var lines: [String] = []
    let indent = String(repeating: " ", count: margin + 1)
    if let title = plot.title { lines.append(indent + Style.heading(centered(title, columns + 2), on: screen)) }
    if let label = plot.yLabel { lines.append(Style.faint(label.cut(to: width), on: screen)) }
    let (corner, across, side, left, foot) =
      screen.isUnicode ? (["┌", "┐", "└", "┘"], "─", "│", "┤", "┬") : (["+", "+", "+", "+"], "-", "|", "+", "+")

    let inside = PlotInside(plot: plot, x: x, y: y, columns: columns, rows: rows, screen: screen).lines()
    var labels: [Int: String] = [:]
    for (value, text) in zip(yTicks.values, yTicks.labels) {
      if let place = y.place(value, count: rows) { labels[rows - 1 - place] = plain(text) }
    }
    lines.append(indent + faint(corner[0] + String(repeating: across, count: columns) + corner[1]))
    for (row, text) in inside.enumerated() {
      let label = labels[row] ?? ""
      let padding = String(repeating: " ", count: margin - label.displayWidth)
      lines.append(padding + label + " " + faint(labels[row] == nil ? side : left) + text + faint(side))
    }

    let xTicks = Ticks(over: ranges.x, count: max(2, columns / 12), scale: plot.xScale)
    var base = Array(repeating: Character(across), count: columns)
    var numbers = Array(repeating: Character(" "), count: columns + 2)
    var free = 0
    for (value, text) in zip(xTicks.values, xTicks.labels) {
      guard let place = x.place(value, count: columns) else { continue }
      base[place] = Character(foot)
      let text = plain(text)
      let start = min(max(0, place + 1 - text.count / 2), numbers.count - text.count)
      guard start >= free else { continue }
      for (offset, character) in text.enumerated() { numbers[start + offset] = character }
      free = start + text.count + 1
    }
    lines.append(indent + faint(corner[2] + String(base) + corner[3]))
    lines.append(indent + String(numbers).trimmingEnd)
    if let label = plot.xLabel { lines.append(indent + Style.faint(centered(label, columns + 2), on: screen)) }
    lines += legend(plot, indent: indent)
    return lines
  }

  private func legend(_ plot: Plot, indent: String) -> [String] {
    var lines: [String] = []
    if let map = plot.heatMap, map.colorBar {
      let range = map.shownRange
      let step = (range.upperBound - range.lowerBound) / 100
      let (low, high) = (Ticks.label(range.lowerBound, step: step), Ticks.label(range.upperBound, step: step))
      let bar = (0..<24).map { map.cell(Double($0) / 23, on: screen) }.joined() + (screen.colorDepth > .none ? "\u{1B}[0m" : "")
      lines.append(indent + [map.name.map { $0 + " " } ?? "", plain(low), " ", bar, " ", plain(high)].joined())
    }
    let named = plot.series.enumerated().filter { $0.element.name != nil }
    guard plot.legend, !named.isEmpty else { return lines }
    let entries = named.map { index, series in
      let mark: String
      switch series.style {
      case .line: mark = screen.isUnicode ? "──" : "--"
      case .scatter: mark = screen.isUnicode ? "●" : "o"
      case .bars: mark = screen.isUnicode ? "█" : "#"
      }
      return paint(mark, series.color ?? Color.ofSeries(index)) + " " + (series.name ?? "")
    }
    return lines + Lines.filled(entries, separator: "   ", width: width - indent.count).map { indent + $0 }
  }

  private func paint(_ text: String, _ color: Color) -> String {
    let code = color.readable.code(depth: screen.colorDepth)
    return code.isEmpty ? text : code + text + "\u{1B}[0m"
  }

  private func faint(_ text: String) -> String { Style.faint(text, on: screen) }

  private func centered(_ text: String, _ width: Int) -> String {
    let text = text.cut(to: width)
    return String(repeating: " ", count: max(0, (width - text.displayWidth) / 2)) + text
  }

  /// The true minus sign only where it can be shown.
  private func plain(_ label: String) -> String {
    screen.isUnicode ? label : String(label.map { $0 == "−" ? "-" : $0 })
  }
}

/// Where values stand along an axis.
struct PlotAxis {
  private let low: Double
  private let high: Double
  private let scale: Plot.Scale

  init(range: ClosedRange<Double>, scale: Plot.Scale) {
    self.scale = scale
    low = PlotAxis.scaled(range.lowerBound, scale)
    high = PlotAxis.scaled(range.upperBound, scale)
  }

  private static func scaled(_ value: Double, _ scale: Plot.Scale) -> Double {
    switch scale {
    case .linear: value
    case .logarithmic: log10(value)
    }
  }

  /// 0…1 within the range; nil for what has no place.
  func fraction(_ value: Double) -> Double? {
    let fraction = (PlotAxis.scaled(value, scale) - low) / (high - low)
    return fraction.isFinite ? fraction : nil
  }

  /// Which of `count` cells holds a value; nil outside.
  func place(_ value: Double, count: Int) -> Int? {
    guard let fraction = fraction(value), fraction > -1e-9, fraction < 1 + 1e-9 else { return nil }
    return min(max(Int(fraction * Double(count)), 0), count - 1)
  }

  /// Like `place`, for what may lie outside: kept near enough to be drawn towards.
  func nearPlace(_ value: Double, count: Int) -> Int? {
    fraction(value).map { Int((min(max($0, -4), 5) * Double(count)).rounded(.down)) }.map { $0 == count ? count - 1 : $0 }
  }

  /// The value in the middle of a cell.
  func value(at place: Int, count: Int) -> Double {
    let middle = low + (Double(place) + 0.5) / Double(count) * (high - low)
    switch scale {
    case .linear: return middle
    case .logarithmic: return pow(10, middle)
    }
  }
}

extension String {
  fileprivate var trimmingEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
