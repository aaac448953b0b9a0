import Glibc

/// Numbers counted in intervals that lie side by side.
public struct Bins: Equatable, Sendable {
  /// The ends of the intervals, rising, one more than there are intervals. Each holds its lower end; the last its upper one too.
  public let edges: [Double]

  /// The most intervals that are chosen without being asked for.
  public static let most = 200

  /// Intervals with these ends; nil unless there are two or more that rise and are finite.
  public init?(edges: [Double]) {
    guard edges.count > 1, edges.allSatisfy(\.isFinite), zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
    self.edges = edges
  }

  /// `count` intervals of one width from the smallest to the largest finite number, or, on a logarithmic axis, of one ratio over those
  /// above 0; one number alone lies in the middle of an interval of width 1. nil where there is no such number.
  public init?(_ numbers: [Double], count: Int, scale: Plot.Scale = .linear) {
    guard count > 0, let range = Bounds(Bins.scaled(numbers, scale)).range else { return nil }
    self.init(range: range, count: count, scale: scale)
  }

  /// As many intervals as the rule of D. Freedman and P. Diaconis asks for ("On the histogram as a density estimator: L₂ theory", 1981): of
  /// the width 2·IQR/∛n, where IQR is the distance of the quartiles; where that is 0, log₂ n + 1 of them (H. A. Sturges, 1926). Where a
  /// few far numbers would make more than `most` necessary, the intervals reach only as far from the quartiles as that many do.
  public init?(_ numbers: [Double], scale: Plot.Scale = .linear) {
    let sorted = Bins.scaled(numbers, scale).sorted()
    guard let first = sorted.first, let last = sorted.last else { return nil }
    let (low, high) = (Bins.quantile(sorted, 0.25), Bins.quantile(sorted, 0.75))
    let width = 2 * (high - low) / cbrt(Double(sorted.count))
    guard last > first, width > 0 else {
      let sturges = Int(log2(Double(sorted.count)).rounded(.up)) + 1
      self.init(range: first...last, count: last > first ? min(sturges, Bins.most) : 1, scale: scale)
      return
    }
    var (from, to) = (first, last)
    if (to - from) / width > Double(Bins.most) {
      let reach = (Double(Bins.most) * width - (high - low)) / 2
      from = max(first, low - reach)
      to = min(last, high + reach)
    }
    self.init(range: from...to, count: min(max(Int(((to - from) / width).rounded(.up)), 1), Bins.most), scale: scale)
  }

  private init?(range: ClosedRange<Double>, count: Int, scale: Plot.Scale) {
    var (low, high) = (range.lowerBound, range.upperBound)
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    let step = high / Double(count) - low / Double(count)
    let places = (0...count).map { $0 == count ? high : low + Double($0) * step }
    self.init(edges: scale == .linear ? places : places.map { pow(10, $0) })
  }

  private static func scaled(_ numbers: [Double], _ scale: Plot.Scale) -> [Double] {
    switch scale {
    case .linear: numbers.filter(\.isFinite)
    case .logarithmic: numbers.filter { $0.isFinite && $0 > 0 }.map { log10($0) }
    }
  }

  /// Between the two nearest numbers in proportion.
  private static func quantile(_ sorted: [Double], _ part: Double) -> Double {
    let place = Double(sorted.count - 1) * part
    let index = min(Int(place), sorted.count - 1)
    let next = sorted[min(index + 1, sorted.count - 1)]
    return sorted[index] + (next - sorted[index]) * (place - Double(index))
  }

  /// How many of the numbers each interval holds, and how many finite ones lie beyond all of them.
  public func count(_ numbers: [Double]) -> (counts: [Double], beyond: Int) {
    var counts = [Double](repeating: 0, count: edges.count - 1)
    var beyond = 0
    for number in numbers where number.isFinite {
      guard let place = place(of: number) else {
        beyond += 1
        continue
      }
      counts[place] += 1
    }
    return (counts, beyond)
  }

  private func place(of number: Double) -> Int? {
    guard number >= edges[0], number <= edges[edges.count - 1] else { return nil }
    var (low, high) = (0, edges.count - 2)
    while low < high {
      let middle = (low + high + 1) / 2
      if number >= edges[middle] { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// The bars of a histogram of these numbers; as a density, its area is 1.
  public func series(_ name: String?, _ numbers: [Double], isDensity: Bool, color: Color? = nil) -> Plot.Series {
    let (counts, _) = count(numbers)
    let whole = counts.reduce(0, +)
    let widths = zip(edges, edges.dropFirst()).map { $1 - $0 }
    let heights = zip(counts, widths).map { isDensity ? (whole > 0 ? $0 / whole / $1 : 0) : $0 }
    var series = Plot.Series(
      name, style: .bars, x: zip(edges, widths).map { $0 + $1 / 2 }, y: heights, color: color)
    series.widths = widths
    series.isStepped = true
    return series
  }
}
