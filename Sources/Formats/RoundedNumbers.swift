/// Whole numbers that change where they become float32: it has all of them up to 2²⁴ = 16,777,216, and of greater ones only some. Fractions are
/// rounded by their nature, and not counted.
public struct RoundedNumbers: Equatable, Sendable {
  /// How many there were.
  public private(set) var count = 0
  /// How many of them have become infinite.
  public private(set) var infiniteCount = 0
  /// The first of them as it was, and as it is now.
  public private(set) var original = ""
  /// What the first of them has become.
  public private(set) var stored: Float = 0
  /// Where that stands, counted through all numbers in row-major order.
  public var place = 0

  /// No number yet.
  public init() {}

  /// Up to here every whole number is a Float.
  public static let exactLimit = 16_777_216.0

  /// A number as a Float; counted where it is whole and the Float is another.
  @inline(__always)
  public mutating func float(_ number: Double, at place: Int = 0) -> Float {
    let float = Float(number)
    if Double(float) != number, RoundedNumbers.isWhole(number) {
      add(number.magnitude < 0x1p63 ? "\(Int64(number))" : "\(number)", float, at: place)
    }
    return float
  }

  /// Above 2⁵³ a Double itself does not tell whole numbers apart; but that a number becomes infinite is news.
  private static func isWhole(_ number: Double) -> Bool {
    number.magnitude > exactLimit && number.rounded() == number && (number.magnitude <= 0x1p53 || Float(number).isInfinite)
  }

  /// Counts the whole numbers among those that were read, which stand in `values` as Floats.
  mutating func add<Whole: FixedWidthInteger>(_ values: [Float], read: (Int) -> Whole) {
    for (place, float) in values.enumerated() where float.magnitude >= 16_777_216 {
      let number = read(place)
      if Whole(exactly: float) != number { add("\(number)", float, at: place) }
    }
  }

  mutating func add(_ values: [Float], read: (Int) -> Double) {
    for (place, float) in values.enumerated() where float.magnitude >= 16_777_216 { _ = self.float(read(place), at: place) }
  }

  private mutating func add(_ original: String, _ stored: Float, at place: Int) {
    count += 1
    if stored.isInfinite { infiniteCount += 1 }
    if count == 1 { (self.original, self.stored, self.place) = (original, stored, place) }
  }

  /// "16777217 becomes 16777216", with the place in an array of this shape, such as "at [0, 2]".
  public func first(in shape: [Int]) -> String {
    let now =
      stored.isInfinite ? (stored < 0 ? "-infinity" : "infinity") : stored.magnitude < 0x1p63 ? "\(Int64(stored))" : "\(stored)"
    var indices: [String] = []
    var rest = place
    for size in shape.reversed() where size > 0 {
      indices.insert("\(rest % size)", at: 0)
      rest /= size
    }
    return "\(original)\(indices.isEmpty ? "" : " at [\(indices.joined(separator: ", "))]") becomes \(now)"
  }
}
