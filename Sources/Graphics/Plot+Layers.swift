extension Plot {
  /// Several plots in one frame, the first at the bottom: the series of all, the one heat map that may be among them, and of
  /// titles, ranges and scales the first that is set.
  ///
  /// - Throws: a `GraphicsError` where two of them have a heat map.
  public init(layers: [Plot]) throws {
    self.init(
      title: layers.lazy.compactMap(\.title).first, xLabel: layers.lazy.compactMap(\.xLabel).first,
      yLabel: layers.lazy.compactMap(\.yLabel).first)
    let maps = layers.compactMap(\.heatMap)
    guard maps.count <= 1 else {
      throw GraphicsError(
        title: "only one of the layers can be a heat map", advice: "\(maps.count) are; the upper ones would hide those below.")
    }
    heatMap = maps.first
    series = layers.flatMap(\.series)
    notes = layers.flatMap(\.notes)
    xNames = layers.lazy.compactMap(\.xNames).first
    yNames = layers.lazy.compactMap(\.yNames).first
    width = layers.lazy.compactMap(\.width).first
    height = layers.lazy.compactMap(\.height).first
    below = layers.flatMap(\.below)
    xScale = layers.contains { $0.xScale == .logarithmic } ? .logarithmic : .linear
    yScale = layers.contains { $0.yScale == .logarithmic } ? .logarithmic : .linear
    xRange = layers.lazy.compactMap(\.xRange).first
    yRange = layers.lazy.compactMap(\.yRange).first
    equalUnits = layers.contains(where: \.equalUnits)
  }
}

extension Plot.Series {
  /// Arrows from points along vectors, as one line with gaps, the longest of them `length` long in units of the data.
  /// A vector that is 0 or not finite draws nothing.
  public static func arrows(
    x: [Double], y: [Double], dx: [Double], dy: [Double], length: Double, color: Color? = nil
  ) -> Plot.Series {
    let count = min(min(x.count, y.count), min(dx.count, dy.count))
    let sizes = (0..<count).map { (dx[$0] * dx[$0] + dy[$0] * dy[$0]).squareRoot() }
    let longest = sizes.lazy.filter(\.isFinite).max() ?? 0
    var (lineX, lineY): ([Double], [Double]) = ([], [])
    for place in 0..<count where sizes[place].isFinite && sizes[place] > longest * 0.02 {
      let (u, v) = (dx[place] / longest * length, dy[place] / longest * length)
      let tip = (x: x[place] + u, y: y[place] + v)
      // The head's two sides go back from the tip, at 27° to the shaft.
      lineX += [x[place], tip.x, .nan, tip.x - 0.34 * u - 0.17 * v, tip.x, tip.x - 0.34 * u + 0.17 * v, .nan]
      lineY += [y[place], tip.y, .nan, tip.y - 0.34 * v + 0.17 * u, tip.y, tip.y - 0.34 * v - 0.17 * u, .nan]
    }
    var series = Plot.Series(x: lineX, y: lineY, color: color)
    series.size = 1.3
    return series
  }
}

extension Plot.Series {
  /// Bars of several series at the same places, moved so that they stand side by side.
  public static func sideBySide(_ all: [Plot.Series]) -> [Plot.Series] {
    guard all.count > 1 else { return all }
    let widest = all.map(\.barWidth).min() ?? 0.8
    let width = widest / Double(all.count)
    return all.enumerated().map { number, series in
      var series = series
      let shift = (Double(number) - Double(all.count - 1) / 2) * width
      series.x = series.x.map { $0 + shift }
      series.widths = Array(repeating: width * 0.94, count: series.count)
      return series
    }
  }
}
