import Glibc

/// The places along an axis that carry a number, and those numbers as text.
public struct Ticks: Equatable, Sendable {
  /// Where the numbers stand, in units of the data, rising.
  public let values: [Double]
  /// The text of each of `values`: `label`, or a power of ten such as "10⁻⁸".
  public let labels: [String]
  /// Places between them that carry a small mark only: the 2 to 9 of each power of ten on a logarithmic axis.
  let minor: [Double]

  /// About `count` ticks within `range`: round numbers of the form 1, 2 or 5 times a power of ten (P. Heckbert, "Nice
  /// numbers for graph labels", Graphics Gems, 1990); on a logarithmic axis powers of ten, and their 2s and 5s where the
  /// range holds fewer than three powers.
  public init(over range: ClosedRange<Double>, count: Int = 6, scale: Plot.Scale = .linear) {
    switch scale {
    case .linear:
      (values, labels) = Ticks.linear(range, count)
      minor = []
    case .logarithmic:
      (values, labels) = Ticks.logarithmic(range, count)
      minor = Ticks.between(range)
    }
  }

  /// The names of places along an axis that lie within `range`, as many as have room.
  ///
  /// - Parameters:
  ///   - room: the length of the axis.
  ///   - each: the length that a name takes along it.
  ///   - fromEnd: whether, where some are left out, the last stays; else the first does.
  public init(names: Plot.Names, over range: ClosedRange<Double>, room: Double, each: Double, fromEnd: Bool = false) {
    let count = names.names.count
    let slot = room / (range.upperBound - range.lowerBound)
    var stride = 1
    // Counted by 2, 5, 10, 20, … where each has no room.
    while Double(stride) * slot < each, stride < count {
      let power = stride / 10 * 10 == stride || stride == 1 ? 2.0 : String(stride).hasPrefix("2") ? 2.5 : 2
      stride = Int((Double(stride) * power).rounded())
    }
    let places = names.names.indices.filter {
      range.contains(Double($0)) && (fromEnd ? count - 1 - $0 : $0) % stride == 0
    }
    values = places.map(Double.init)
    labels = places.map { names.names[$0] }
    minor = []
  }

  private static func between(_ range: ClosedRange<Double>) -> [Double] {
    guard range.lowerBound > 0, range.upperBound.isFinite else { return [] }
    let first = Int(log10(range.lowerBound).rounded(.down))
    let last = Int(log10(range.upperBound).rounded(.up))
    // More would be a gray band.
    guard last - first <= 8 else { return [] }
    return (first...last).flatMap { exponent in (2...9).map { Double($0) * pow(10, Double(exponent)) } }.filter(range.contains)
  }

  private static func linear(_ range: ClosedRange<Double>, _ count: Int) -> ([Double], [String]) {
    let length = range.upperBound - range.lowerBound
    guard length > 0, length.isFinite, range.lowerBound.isFinite else { return ([], []) }
    let step = niceStep(length / Double(max(count - 1, 1)))
    guard step > 0, step.isFinite else { return ([], []) }
    let first = (range.lowerBound / step - 1e-9).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    guard abs(first) < 1e15, abs(last) < 1e15, last - first < 1000 else { return ([], []) }
    var values: [Double] = []
    var number = first
    while number <= last {
      // Multiplying, instead of adding up steps, keeps the tick at 0 exactly 0.
      values.append(number * step)
      number += 1
    }
    // An axis needs two numbers to show its scale.
    if values.count < 2, count < 12 { return linear(range, count + 1) }
    return (values, values.map { label($0, step: step) })
  }

  /// The number of the form 1, 2, 5 × 10ⁿ nearest to `rough` in ratio.
  private static func niceStep(_ rough: Double) -> Double {
    let power = pow(10, log10(rough).rounded(.down))
    let fraction = rough / power
    let nice: Double = fraction < 1.5 ? 1 : fraction < 3.5 ? 2 : fraction < 7.5 ? 5 : 10
    return nice * power
  }

  private static func logarithmic(_ range: ClosedRange<Double>, _ count: Int) -> ([Double], [String]) {
    guard range.lowerBound > 0, range.upperBound.isFinite else { return ([], []) }
    let first = Int(log10(range.lowerBound).rounded(.down))
    let last = Int(log10(range.upperBound).rounded(.up))
    let powers = max(last - first, 1)
    let stride = max(1, (powers + count - 1) / max(count, 1))
    let within = (first...last).filter { range.contains(pow(10, Double($0))) }.count
    let factors: [Double] = within >= 3 ? [1] : [1, 2, 5]
    var values: [Double] = []
    for exponent in first...last where exponent % stride == 0 {
      for factor in factors {
        let value = factor * pow(10, Double(exponent))
        if value >= range.lowerBound * (1 - 1e-9), value <= range.upperBound * (1 + 1e-9) { values.append(value) }
      }
    }
    // Less than a factor of two or so holds none of these: there the axis looks linear anyway.
    return values.count >= 2 ? (values, values.map(powerLabel)) : linear(range, count)
  }

  /// A tick of a logarithmic axis: powers of ten far from 1 with their exponent, 10⁻⁸.
  private static func powerLabel(_ value: Double) -> String {
    let exponent = Int(log10(value).rounded())
    guard abs(exponent) > 3, abs(value / pow(10, Double(exponent)) - 1) < 1e-9 else { return label(value, step: value) }
    let raised: [Character: Character] = [
      "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹", "-": "⁻",
    ]
    return "10" + String(String(exponent).map { raised[$0] ?? $0 })
  }

  /// `value` with the digits that its neighbors one `step` away need: 0.25, 3000, 1.2e6, 1e-5.
  public static func label(_ value: Double, step: Double) -> String {
    guard value != 0, value.isFinite, step != 0, step.isFinite else { return value == 0 ? "0" : "\(value)" }
    let stepExponent = Int(log10(abs(step)).rounded(.down))
    let exponent = Int(log10(abs(value) * (1 + 1e-12)).rounded(.down))
    if exponent >= 6 || exponent < -4 {
      let digits = min(max(exponent - stepExponent, 0), 12)
      // Large numbers close to each other are read more easily as they are: 16777218, not 1.6777218e7.
      if digits > 3, exponent >= 6, exponent < 12 { return fixed(value, decimals: min(max(-stepExponent, 0), 14 - exponent)) }
      return trimmed(fixed(value / pow(10, Double(exponent)), decimals: digits)) + "e\(exponent)"
    }
    return fixed(value, decimals: min(max(-stepExponent, 0), 12))
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = Substring(text)
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return String(text)
  }

  /// `value` with a fixed number of decimals; at most 15 digits, which `Int` holds.
  private static func fixed(_ value: Double, decimals: Int) -> String {
    let scaled = (abs(value) * pow(10, Double(decimals))).rounded()
    guard let whole = Int(exactly: scaled) else { return "\(value)" }
    var digits = String(whole)
    if decimals > 0 {
      if digits.count <= decimals { digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits }
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
    }
    return (value < 0 && whole != 0 ? "−" : "") + digits
  }
}
