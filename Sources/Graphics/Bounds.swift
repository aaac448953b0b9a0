/// The smallest and the largest of some numbers, as they come.
struct Bounds {
  private var low = Double.infinity
  private var high = -Double.infinity

  init() {}

  init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  /// Numbers that are NaN or infinite are passed over.
  mutating func add(_ value: Double) {
    guard value.isFinite else { return }
    low = min(low, value)
    high = max(high, value)
  }

  /// nil as long as nothing was added.
  var range: ClosedRange<Double>? { low <= high ? low...high : nil }
}
