import Glibc

/// How numbers are written.
public enum NumberText {
  /// The number that a text holds, blanks around it aside; nil where it holds anything else.
  public static func number(_ text: String) -> Double? {
    let trimmed = String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    let known = ["infinity": Double.infinity, "-infinity": -.infinity, "nan": .nan][trimmed]
    return known ?? (trimmed.allSatisfy { "0123456789+-.eE".contains($0) } ? Double(trimmed) : nil)
  }

  /// The fewest digits that give the number back; without `.0` where it is whole; with an exponent from 1e21, and below 1e-6.
  public static func shortest(_ number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-infinity" : "infinity" }
    if number == 0 { return "0" }
    if abs(number) < 1e15, let whole = Int(exactly: number) { return String(whole) }
    let sign = number < 0 ? "-" : ""
    let (digits, point) = decimalDigits(abs(number).description)
    let count = digits.utf8.count
    if point > 21 || point < -5 {
      let rest = digits.dropFirst()
      return sign + digits.prefix(1) + (rest.isEmpty ? "" : ".\(rest)") + "e\(point - 1)"
    }
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    if point >= count { return sign + digits + String(repeating: "0", count: point - count) }
    return sign + digits.prefix(point) + "." + digits.dropFirst(point)
  }

  /// The significant digits of what Swift writes, and where the decimal point stands: 0.ddd × 10^point.
  private static func decimalDigits(_ text: String) -> (digits: String, point: Int) {
    let parts = text.split(separator: "e", maxSplits: 1)
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let whole = mantissa.first.map(String.init) ?? ""
    let fraction = mantissa.count > 1 ? String(mantissa[1]) : ""
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let all = whole + fraction
    let leading = all.prefix { $0 == "0" }.utf8.count
    var digits = String(all.dropFirst(leading))
    while digits.hasSuffix("0"), digits.utf8.count > 1 { digits.removeLast() }
    return (digits, whole.utf8.count - leading + exponent)
  }

  /// With so many digits after the point, rounded correctly.
  public static func fixed(_ number: Double, decimals: Int) -> String { printed("%.*f", number, decimals) }

  /// With so many digits after the point, and an exponent: 1.5e3.
  public static func exponent(_ number: Double, decimals: Int) -> String {
    let text = printed("%.*e", number, decimals)
    guard let mark = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: mark)...].drop { $0 == "+" }) else {
      return text
    }
    return text[..<mark] + "e\(exponent)"
  }

  /// At most so many significant digits; whole numbers without a point, with an exponent below 1e-4 and from 1e9.
  public static func significant(_ number: Double, digits: Int) -> String {
    if number == 0 || !number.isFinite { return shortest(number) }
    let size = abs(number)
    guard size >= 1e-4, size < 1e9 else { return trimmed(exponent(number, decimals: digits - 1)) }
    let whole = size >= 1 ? Int(log10(size)) + 1 : Int(log10(size).rounded(.up)) - (size == 1 ? 1 : 0)
    return trimmed(fixed(number, decimals: max(digits - whole, 0)))
  }

  /// The number that a `Float` was written as: the fewest digits that give it back.
  public static func exact(_ number: Float) -> String {
    if !number.isFinite { return shortest(Double(number)) }
    if let whole = Int64(exactly: number), whole.magnitude < 1 << 53 { return String(whole) }
    return number.description
  }

  /// Without zeros at the end of the fraction.
  public static func trimmed(_ text: String) -> String {
    let parts = text.split(separator: "e", maxSplits: 1)
    guard var mantissa = parts.first.map(String.init), mantissa.contains(".") else { return text }
    while mantissa.hasSuffix("0") { mantissa.removeLast() }
    if mantissa.hasSuffix(".") { mantissa.removeLast() }
    return parts.count == 2 ? "\(mantissa)e\(parts[1])" : mantissa
  }

  /// What C's `printf` writes of a number: `%.*f` or `%.*e`, rounded correctly to so many digits, 1100 at most.
  public static func printed(_ format: String, _ number: Double, digits: Int) -> String {
    var buffer = [CChar](repeating: 0, count: 1500)
    let length = withVaList([Int32(min(max(digits, 0), 1100)), number]) { vsnprintf(&buffer, buffer.count, format, $0) }
    let bytes = buffer.prefix(max(0, min(Int(length), buffer.count - 1))).map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func printed(_ format: String, _ number: Double, _ decimals: Int) -> String {
    if !number.isFinite { return shortest(number) }
    return printed(format, number, digits: min(decimals, 100))
  }
}
