import Glibc

extension Plot {
  /// The part of both axes that is shown: the given ranges, else what the data spans and a little more. Always finite and
  /// never empty; on a logarithmic axis above 0.
  public func visibleRanges() -> (x: ClosedRange<Double>, y: ClosedRange<Double>) {
    var x = Bounds()
    var y = Bounds()
    var zeroBased = false
    var barHalf = 0.0
    for series in series {
      switch series.style {
      case .bars:
        zeroBased = true
        if series.widths.isEmpty { barHalf = max(barHalf, series.barWidth / 2) }
      case .line, .scatter, .band: break
      case .vertical:
        for value in series.x where xScale == .linear || value > 0 { x.add(value) }
        continue
      case .horizontal:
        for value in series.y where yScale == .linear || value > 0 { y.add(value) }
        continue
      }
      for index in 0..<series.count where shows(series.x[index], series.y[index]) {
        x.add(series.x[index])
        y.add(series.y[index])
      }
      for (place, width) in zip(series.x, series.widths) {
        if xScale == .linear || place - width / 2 > 0 { x.add(place - width / 2) }
        x.add(place + width / 2)
      }
      for (place, low) in zip(series.x, series.lows) where shows(place, low) { y.add(low) }
    }
    for note in notes where shows(note.x, note.y) {
      x.add(note.x)
      y.add(note.y)
      if let tip = note.tip, shows(tip.x, tip.y) {
        x.add(tip.x)
        y.add(tip.y)
      }
    }
    if zeroBased, yScale == .linear { y.add(0) }
    if barHalf > 0, let range = x.range {
      x.add(range.lowerBound - barHalf)
      x.add(range.upperBound + barHalf)
    }
    if let heatMap {
      // It fills the frame.
      let (heatX, heatY) = heatMap.extent
      return (
        Plot.usable(xRange ?? heatX, xScale, margin: 0), Plot.usable(yRange ?? heatY, yScale, margin: 0)
      )
    }
    let onlyBars = zeroBased && series.allSatisfy { $0.style == .bars }
    return (
      Plot.usable(xRange ?? x.range, xScale, margin: xRange == nil ? (onlyBars ? 0.02 : 0.03) : 0),
      Plot.usable(yRange ?? y.range, yScale, margin: yRange == nil ? 0.05 : 0, floor: zeroBased ? 0 : nil)
    )
  }

  /// Whether nothing in it has a place: then it says so.
  public var isEmpty: Bool {
    guard heatMap == nil, !notes.contains(where: { shows($0.x, $0.y) }) else { return false }
    return !series.contains { series in
      series.isGuide ? series.count > 0 : (0..<series.count).contains { shows(series.x[$0], series.y[$0]) }
    }
  }

  /// What stands in an empty plot.
  public static let nothing = "nothing to show"

  /// Whether a point can be shown at all: finite, and above 0 where the axis is logarithmic.
  public func shows(_ x: Double, _ y: Double) -> Bool {
    x.isFinite && y.isFinite && (xScale == .linear || x > 0) && (yScale == .linear || y > 0)
  }

  private static func usable(
    _ range: ClosedRange<Double>?, _ scale: Scale, margin: Double, floor: Double? = nil
  ) -> ClosedRange<Double> {
    switch scale {
    case .linear:
      var low = range?.lowerBound ?? 0
      var high = range?.upperBound ?? 1
      // Differences of the very largest numbers would be infinite.
      low = min(max(low.isFinite ? low : 0, -1e300), 1e300)
      high = min(max(high.isFinite ? high : 1, -1e300), 1e300)
      let least = max(abs(low), abs(high)) * 1e-12
      if high - low <= least {
        let half = max(abs(low) * 0.1, low == 0 ? 1 : 1e-300)
        return low - half...high + half
      }
      let extra = (high - low) * margin
      let newLow = low == floor ? low : low - extra
      let newHigh = high == floor ? high : high + extra
      return newLow...newHigh
    case .logarithmic:
      let high = range.map { $0.upperBound > 0 && $0.upperBound.isFinite ? $0.upperBound : 1 } ?? 1
      let low = range.map { $0.lowerBound > 0 ? min($0.lowerBound, high) : high / 1000 } ?? high / 1000
      let logLow = log10(min(max(low, 1e-300), 1e300))
      let logHigh = log10(min(max(high, 1e-300), 1e300))
      let extra = logHigh - logLow < 1e-9 ? 0.5 : (logHigh - logLow) * margin
      return pow(10, logLow - extra)...pow(10, logHigh + extra)
    }
  }
}

extension Plot.Series {
  /// The width of a bar in units of x: four fifths of the smallest distance of two of its points.
  public var barWidth: Double {
    let places = x.prefix(count).filter(\.isFinite).sorted()
    var gap = Double.infinity
    for (left, right) in zip(places, places.dropFirst()) where right > left { gap = min(gap, right - left) }
    return gap.isFinite ? gap * 0.8 : 0.8
  }
}

extension Plot.HeatMap {
  /// Whether there are so many values that they stand for a surface, and not each for itself.
  var isSmooth: Bool { !cells && rows >= 16 && columns >= 16 }

  /// The rectangle that the values cover. A surface ends at its outermost values; cells that stand for themselves reach
  /// half of their size beyond their centers.
  var extent: (x: ClosedRange<Double>, y: ClosedRange<Double>) {
    func widened(_ range: ClosedRange<Double>, _ count: Int) -> ClosedRange<Double> {
      let length = range.upperBound - range.lowerBound
      guard length > 0, length.isFinite else { return range.lowerBound - 0.5...range.upperBound + 0.5 }
      guard count > 1, !isSmooth else { return range }
      let half = length / Double(count - 1) / 2
      return range.lowerBound - half...range.upperBound + half
    }
    return (widened(x, columns), widened(y, rows))
  }
}
