import Base

/// Rounding to a decimal digit, of the number as it is and not of its product with a power of ten, which is rounded itself.
enum DecimalRounding {
  /// The nearest double to the decimal number of so many digits behind the point (before it, where negative) that is nearest to `number`;
  /// of two equally near, the one whose last digit is even. What Python's `round` gives.
  static func round(_ number: Double, decimals: Int) -> Double {
    // No double has a digit behind the 1074th, nor one before the 309th.
    guard number.isFinite, number != 0, decimals < 1075 else { return number }
    guard decimals > -310 else { return 0 * number }
    if decimals >= 0 {
      // From 2⁵² on all are whole.
      return number.magnitude >= 0x1p52 ? number : value(of: printed("%.*f", number, decimals)) ?? number
    }
    guard let exponent = exponent(of: number) else { return number }
    let digits = exponent + decimals
    if digits >= 0 { return value(of: printed("%.*e", number, digits)) ?? number }
    if digits < -1 { return 0 * number }
    // Between 0 and the first step: up where it is more than half of it.
    let significant = printed("%.*e", number.magnitude, 800).prefix { $0 != UInt8(ascii: "e") }.filter { $0 != UInt8(ascii: ".") }
    let half = UInt8(ascii: "5")
    let isMore =
      (significant.first ?? 0) > half || significant.first == half && significant.dropFirst().contains { $0 != UInt8(ascii: "0") }
    guard isMore else { return 0 * number }
    return value(of: Array("\(number < 0 ? "-" : "")1e\(-decimals)".utf8)) ?? number
  }

  /// The power of ten of the first digit.
  private static func exponent(of number: Double) -> Int? {
    // 18 digits, more than tell doubles apart: printing them rounds none to the next power.
    let text = printed("%.*e", number, 17)
    return text.lastIndex(of: UInt8(ascii: "e")).flatMap { Int(String(decoding: text[($0 + 1)...], as: UTF8.self)) }
  }

  private static func printed(_ format: String, _ number: Double, _ digits: Int) -> [UInt8] {
    Array(NumberText.printed(format, number, digits: digits).utf8)
  }

  /// Nil where the number is beyond the greatest double.
  private static func value(of text: [UInt8]) -> Double? {
    Double(String(decoding: text, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
  }
}
