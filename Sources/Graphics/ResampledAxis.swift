/// For each new pixel along one side: which given pixels it is made of, and with what weights (they add up to 1).
struct ResampledAxis: Sendable {
  struct Window: Sendable {
    let start: Int
    let firstWeight: Int
    let count: Int
  }

  private(set) var windows: [Window] = []
  private(set) var weights: [Float] = []
  /// The largest number of given pixels that one new pixel is made of.
  private(set) var widest = 1

  /// - Parameter part: what of the `old` pixels the `new` ones cover; what lies beside it still counts for those at its ends, as in
  ///   Pillow's `resize` with a box.
  init(from old: Int, part: Range<Double>, to new: Int, filter: Raster.Filter) {
    windows.reserveCapacity(new)
    let low = part.lowerBound
    let length = part.upperBound - low
    let scale = length / Double(new)
    for index in 0..<new {
      switch filter {
      case .nearest:
        append(start: min(Int(low + (Double(index) + 0.5) * scale), old - 1), weights: [1])
      case .area:
        appendArea(index, old: old, from: low, scale: scale)
      case .automatic:
        if Double(new) <= length {
          appendArea(index, old: old, from: low, scale: scale)
        } else {
          appendKernel(index, old: old, from: low, scale: scale, support: 2, ResampledAxis.cubic)
        }
      case .linear:
        appendKernel(index, old: old, from: low, scale: scale, support: 1) { max(0, 1 - abs($0)) }
      case .cubic:
        appendKernel(index, old: old, from: low, scale: scale, support: 2, ResampledAxis.cubic)
      }
    }
  }

  private mutating func append(start: Int, weights new: [Double]) {
    let sum = new.reduce(0, +)
    widest = max(widest, new.count)
    windows.append(Window(start: start, firstWeight: weights.count, count: new.count))
    weights.append(contentsOf: new.map { Float($0 / sum) })
  }

  private mutating func appendArea(_ index: Int, old: Int, from part: Double, scale: Double) {
    let low = part + Double(index) * scale
    let high = min(part + Double(index + 1) * scale, Double(old))
    let first = min(Int(low), old - 1)
    let last = max(first, min(Int(high.rounded(.up)) - 1, old - 1))
    append(
      start: first,
      weights: (first...last).map { max(min(high, Double($0 + 1)) - max(low, Double($0)), first == last ? 1 : 0) })
  }

  private mutating func appendKernel(
    _ index: Int, old: Int, from part: Double, scale: Double, support: Double, _ kernel: (Double) -> Double
  ) {
    let stretch = max(scale, 1)
    let center = part + (Double(index) + 0.5) * scale
    let first = max(Int((center - support * stretch).rounded(.down)), 0)
    let last = max(first, min(Int((center + support * stretch).rounded(.up)) - 1, old - 1))
    append(start: first, weights: (first...last).map { kernel((Double($0) + 0.5 - center) / stretch) })
  }

  private static func cubic(_ distance: Double) -> Double {
    let x = abs(distance)
    if x < 1 { return (1.5 * x - 2.5) * x * x + 1 }
    if x < 2 { return ((-0.5 * x + 2.5) * x - 4) * x + 2 }
    return 0
  }
}
