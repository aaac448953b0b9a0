/// The distribution of a set of numbers, in the buckets of TensorFlow's histograms (tensorflow/core/lib/histogram/histogram.cc).
public struct Histogram: Equatable, Sendable {
  /// The least of the finite numbers.
  public let least: Double
  /// The greatest of the finite numbers.
  public let greatest: Double
  /// How many finite numbers there are.
  public let count: Double
  /// Their sum.
  public let sum: Double
  /// The sum of their squares, from which TensorBoard works out their deviation.
  public let sumOfSquares: Double
  /// The upper ends of the buckets, rising. A bucket holds the numbers from the end of the one before it up to, and without, its own;
  /// neighboring empty buckets are one.
  public let limits: [Double]
  /// How many numbers each bucket holds.
  public let counts: [Double]

  /// NaN and infinities are left out; nil where nothing else is there.
  public init?(_ values: [Float]) {
    var (least, greatest) = (Double.infinity, -Double.infinity)
    var (count, sum, sumOfSquares) = (0.0, 0.0, 0.0)
    var all = [Double](repeating: 0, count: Histogram.allLimits.count)
    for value in values where value.isFinite {
      let number = Double(value)
      least = min(least, number)
      greatest = max(greatest, number)
      count += 1
      sum += number
      sumOfSquares += number * number
      all[Histogram.bucket(of: value)] += 1
    }
    guard count > 0 else { return nil }
    var limits: [Double] = []
    var counts: [Double] = []
    for (limit, count) in zip(Histogram.allLimits, all) {
      if count == 0, counts.last == 0 {
        limits[limits.count - 1] = limit
      } else {
        limits.append(limit)
        counts.append(count)
      }
    }
    (self.least, self.greatest, self.count, self.sum, self.sumOfSquares) = (least, greatest, count, sum, sumOfSquares)
    (self.limits, self.counts) = (limits, counts)
  }

  /// The upper ends of all buckets: 0, ±10⁻¹² and on by a tenth up to 10²⁰, and the greatest number there is.
  private static let allLimits: [Double] = {
    var positive: [Double] = []
    var limit = 1e-12
    while limit < 1e20 {
      positive.append(limit)
      limit *= 1.1
    }
    positive.append(.greatestFiniteMagnitude)
    return positive.reversed().map { -$0 } + [0] + positive
  }()

  /// The bucket of a finite number. Most are found by their sign, exponent and first digits, with one step to a neighbor at most.
  private static func bucket(of value: Float) -> Int {
    var place = Int(nearest[Int(value.bitPattern >> 16)])
    let number = Double(value)
    while place > 0, number < allLimits[place - 1] { place -= 1 }
    while number >= allLimits[place] { place += 1 }
    return place
  }

  /// For the upper 16 bits that a Float may have, the bucket of the number whose lower 16 bits are 0.
  private static let nearest: [UInt16] = (0..<1 << 16).map { beginning in
    let value = Double(Float(bitPattern: UInt32(beginning) << 16))
    var (low, high) = (0, allLimits.count - 1)
    // The entries of NaN and infinities are never read.
    while low < high {
      let middle = (low + high) / 2
      if value < allLimits[middle] { high = middle } else { low = middle + 1 }
    }
    return UInt16(low)
  }
}
