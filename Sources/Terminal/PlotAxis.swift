import Glibc
import Graphics

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

/// The size of a plot's frame in characters, and what its axes span.
struct PlotRoom {
  private(set) var columns: Int
  private(set) var rows: Int
  private(set) var x: ClosedRange<Double>
  private(set) var y: ClosedRange<Double>

  /// As much as there is; where one unit is as long on both axes, a heat map gets fewer columns or rows, and other plots show more of an
  /// axis, for a character is about twice as high as it is wide.
  init(_ plot: Plot, columns: Int, rows: Int) {
    (self.columns, self.rows) = (columns, rows)
    (x, y) = plot.visibleRanges()
    guard plot.equalUnits, plot.xScale == .linear, plot.yScale == .linear else { return }
    let (lengthX, lengthY) = (x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
    let ratio = lengthX / lengthY
    guard ratio.isFinite, ratio > 0.2, ratio < 5 else { return }
    let (across, down) = (Double(columns), Double(rows) * 2)
    let isWide = across > down * ratio
    if plot.heatMap != nil {
      if isWide {
        self.columns = max(8, Int((down * ratio).rounded()))
      } else {
        self.rows = max(4, Int((across / ratio / 2).rounded()))
      }
    } else if isWide {
      let extra = (lengthY * across / down - lengthX) / 2
      x = x.lowerBound - extra...x.upperBound + extra
    } else {
      let extra = (lengthX * down / across - lengthY) / 2
      y = y.lowerBound - extra...y.upperBound + extra
    }
  }
}

/// A row of characters in which texts are written side by side, by the columns that they take.
struct TextRow {
  private var cells: [String]
  private var free = 0

  init(columns: Int) { cells = Array(repeating: " ", count: columns) }

  /// Writes a text, moved into the row where it would reach out of it; left out where it would touch the one before it.
  mutating func write(_ text: String, at column: Int, gap: Int) {
    let width = text.displayWidth
    let start = min(max(0, column), cells.count - width)
    guard start >= free else { return }
    put(text, at: start)
    free = start + width + gap
  }

  private mutating func put(_ text: String, at start: Int) {
    var place = start
    for character in text {
      let width = String(character).displayWidth
      guard width > 0, place >= 0, place + width <= cells.count else { continue }
      cells[place] = String(character)
      // The second column of a wide character is no character of its own.
      if width > 1 { cells[place + 1] = "" }
      place += width
    }
  }

  /// Without the spaces at its end.
  var text: String {
    var text = cells.joined()[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
