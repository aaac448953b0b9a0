extension Plot {
  /// The plot and those below it, each for itself, from the top: over one x axis, whose name stands under the last.
  public var stack: [Plot] {
    guard !below.isEmpty else { return [self] }
    var all = self
    all.below = []
    var plots = [all] + below.flatMap(\.stack)
    all.series = plots.flatMap(\.series)
    let range = all.visibleRanges().x
    for index in plots.indices {
      plots[index].xRange = range
      plots[index].xScale = xScale
      plots[index].xLabel = index == plots.count - 1 ? xLabel : nil
    }
    return plots
  }

  /// How much of the height each of so many plots of a stack takes: the first as much as it has alone, the others a little more than half
  /// of that.
  static func shares(_ count: Int) -> [Double] {
    let weights = (0..<count).map { $0 == 0 ? 1 : 0.56 }
    let whole = weights.reduce(0, +)
    return weights.map { $0 / whole }
  }
}
