/// The numbers `lower`, `lower + step`, … before `upper`. Lazy: holds no list.
public final class NumberRange {
  /// The first number, where there is any.
  public let lower: Double
  /// The end, which is not among the numbers.
  public let upper: Double
  /// The distance from one number to the next, below 0 for falling ones; never 0.
  public let step: Double
  /// How many numbers the range holds.
  public let count: Int

  /// Ranges of more numbers than this are refused: beyond it neighboring whole numbers are no longer told apart.
  public static let limit = 9_007_199_254_740_992.0

  /// Fails for a step of zero, for bounds that are not finite, for more than 2^53 numbers, and where a step is too small to lead to another number.
  public init?(lower: Double, upper: Double, step: Double = 1) {
    guard lower.isFinite, upper.isFinite, step.isFinite, step != 0 else { return nil }
    let steps = ((upper - lower) / step).rounded(.up)
    guard steps <= 1 || lower + step != lower && upper - step != upper else { return nil }
    guard steps < Self.limit, let count = Int(exactly: max(steps, 0)) else { return nil }
    self.lower = lower
    self.upper = upper
    self.step = step
    self.count = count
  }

  /// The number at a place from 0 up to `count`.
  public func number(at place: Int) -> Double { lower + Double(place) * step }
}
